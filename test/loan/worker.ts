import { readConfig } from '../../runtime/config.ts'
import { createLogger } from '../../runtime/logging.ts'
import { runWorker } from '../../worker/main.ts'
import { bundleWithLoans } from './bundle.ts'
import { processes } from './processes/index.ts'

/** A worker that keeps loans, as a process of its own: to be killed. */
const config = readConfig()
await runWorker(config, createLogger('worker', config.logLevel), { processes, bundle: await bundleWithLoans() })
process.send?.('ready')
