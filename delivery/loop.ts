import { setTimeout as sleep } from 'node:timers/promises'
import { createDelivery, type Delivering } from './deliver.ts'

/** Soon enough that nobody waits for a mail, and one short query when there is nothing. */
const intervalMs = 1_000
/** What is under way when the worker stops may end in peace; then it is cut off, and repeated by the next worker. */
const graceMs = 8_000

/** Delivers notices until stopped. A round that fails is logged, and the next one goes on. */
export function startDelivery(delivering: Delivering): { stop(): Promise<void> } {
  const { log, transport } = delivering
  const ending = new AbortController()
  const cut = new AbortController()
  const deliver = createDelivery({
    ...delivering,
    transport: { ...transport, send: (mail) => transport.send(mail, cut.signal) },
  })
  const running = (async () => {
    while (!ending.signal.aborted) {
      await deliver(ending.signal).catch((err: unknown) => log.warn({ err }, 'a round of delivery failed; the next one tries again'))
      await sleep(intervalMs, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  })()
  return {
    async stop() {
      ending.abort()
      const grace = setTimeout(() => cut.abort(), graceMs)
      await running
      clearTimeout(grace)
      transport.close()
    },
  }
}
