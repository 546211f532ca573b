import { startRounds } from '../runtime/rounds.ts'
import { createDelivery } from './deliver.ts'
import type { Delivering } from './send.ts'

/** Soon enough that nobody waits for a mail, and one short query when there is nothing. */
const intervalMs = 1_000
/** So long what is under way when the worker stops may take to end in peace. */
const graceMs = 8_000

/** Delivers notices until stopped: first in peace, then at once ({@link createDelivery}). A round that fails is logged, and the next one goes on. */
export function startDelivery(delivering: Delivering, grace = graceMs): { stop(): Promise<void> } {
  const { log, transport } = delivering
  const cut = new AbortController()
  const deliver = createDelivery(delivering)
  const rounds = startRounds(intervalMs, (begun) =>
    deliver({ begun, cut: cut.signal }).catch((err: unknown) => log.warn({ err }, 'a round of delivery failed; the next one tries again')),
  )
  return {
    async stop() {
      const ending = setTimeout(() => cut.abort(), grace)
      await rounds.stop()
      clearTimeout(ending)
      transport.close()
    },
  }
}
