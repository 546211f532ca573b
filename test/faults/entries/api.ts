import { processes } from '../../../processes/index.ts'
import { createGateway, type Gateway } from '../../../gateway/gateway.ts'
import { runApi } from '../../../api/main.ts'
import { readConfig } from '../../../runtime/config.ts'
import { createLogger } from '../../../runtime/logging.ts'
import { report, watched, watchStatements } from './edges.ts'

/** The product's API, with its edges watched. */

watchStatements()
const config = readConfig()
const gateway = createGateway({ ...config, processes })
const watchedGateway: Gateway = {
  ...gateway,
  start: (process, input, deadlineMs) =>
    watched(
      'workflow start',
      () => input.id,
      () => gateway.start(process, input, deadlineMs),
    ),
  step: (number, command, call) =>
    watched(
      'update',
      () => `${number} ${command}`,
      () => gateway.step(number, command, call),
    ),
}
const { url } = await runApi(config, createLogger('api', config.logLevel), { gateway: watchedGateway })
report({ ready: url })
