import { createGateway, type Gateway } from '../../../gateway/gateway.ts'
import { runApi } from '../../../api/main.ts'
import { readConfig } from '../../../runtime/config.ts'
import { createLogger } from '../../../runtime/logging.ts'
import { report, watched, watchStatements } from './edges.ts'

/** The product's API, with its edges watched. */

watchStatements()
const config = readConfig()
const gateway = createGateway(config)
const watchedGateway: Gateway = {
  ...gateway,
  start: (input, deadlineMs) =>
    watched(
      'workflow start',
      () => input.id,
      () => gateway.start(input, deadlineMs),
    ),
  step: (number, command, call) =>
    watched(
      'update',
      () => `${number} ${command}`,
      () => gateway.step(number, command, call),
    ),
}
const { url } = await runApi(config, createLogger('api', config.logLevel), watchedGateway)
report({ ready: url })
