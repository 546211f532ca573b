import { startRounds } from '../runtime/rounds.ts'
import { createDelivery } from './deliver.ts'
import type { Delivering } from './send.ts'

/** Soon enough that nobody waits for a mail, and one short query when there is nothing. */
const intervalMs = 1_000
/** What is under way when the worker stops may end in peace; then it is cut off, and repeated by the next worker. */
const graceMs = 8_000

/** Delivers notices until stopped. A round that fails is logged, and the next one goes on. */
export function startDelivery(delivering: Delivering): { stop(): Promise<void> } {
  const { log, transport } = delivering
  const cut = new AbortController()
  const deliver = createDelivery({
    ...delivering,
    transport: { ...transport, send: (mail) => transport.send(mail, cut.signal) },
  })
  const rounds = startRounds(intervalMs, (ending) =>
    deliver(ending).catch((err: unknown) => log.warn({ err }, 'a round of delivery failed; the next one tries again')),
  )
  return {
    async stop() {
      const grace = setTimeout(() => cut.abort(), graceMs)
      await rounds.stop()
      clearTimeout(grace)
      transport.close()
    },
  }
}
