import { assessment } from './assessment/host.ts'
import { registryOf } from './registry.ts'
import { report } from './report/host.ts'
import { review } from './review/host.ts'
import { sample } from './sample/host.ts'
import { ticket } from './ticket/host.ts'

/** The registry: every process type that the product keeps. A line here is all that the API, the gateway and the worker need of one. */
export const processes = registryOf(ticket, report, review, assessment, sample)
