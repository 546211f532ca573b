import type { PayloadCodec } from '@temporalio/common'
import { Worker } from '@temporalio/worker'
import { runWorker } from '../../../worker/main.ts'
import type { Clock } from '../../../runtime/clock.ts'
import { readConfig } from '../../../runtime/config.ts'
import { createLogger } from '../../../runtime/logging.ts'
import { passing, report, watched, watchStatements } from './edges.ts'

/** The product's worker, with its edges watched. */

// Leaves payloads as they are; it is here because the SDK calls it right before and right after workflow code.
const watch: PayloadCodec = {
  async decode(payloads) {
    await passing('before', 'workflow code', () => textOf(payloads))
    return payloads
  },
  async encode(payloads) {
    await passing('after', 'workflow code', () => textOf(payloads))
    return payloads
  },
}

const create = Worker.create.bind(Worker)
Worker.create = async (options) =>
  create({
    ...options,
    // First to encode and last to decode, so that it sees what the code sees.
    dataConverter: { ...options.dataConverter, payloadCodecs: [watch, ...(options.dataConverter?.payloadCodecs ?? [])] },
    interceptors: {
      activity: [
        () => ({
          inbound: {
            execute: (input, next) =>
              watched(
                'activity',
                () => JSON.stringify(input.args),
                () => next(input),
              ),
          },
        }),
      ],
    },
  })

watchStatements()
const config = readConfig()
// A fast clock, since the hosts of a real installation disagree too: what the sweeper waits 5 s for has passed at once. It looks more
// often than usual, and takes up requests after two seconds: the tests wait for it, and what they say does not depend on how long.
const fast: Clock = { now: () => new Date(Date.now() + 25_000) }
const sweepTimes = { everyMs: 1_000, intakeGraceMs: 5_000, requestGraceMs: 27_000 }
await runWorker(config, createLogger('worker', config.logLevel), { clock: fast, sweepTimes, reviewsEveryMs: 1_000 })
report({ ready: 'worker' })

function textOf(payloads: Parameters<PayloadCodec['encode']>[0]): string {
  return payloads.map(({ data }) => (data ? Buffer.from(data).toString('utf8') : '')).join('\n')
}
