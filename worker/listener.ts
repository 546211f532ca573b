import type { Readiness } from '../gateway/readiness.ts'
import type { Logger } from '../runtime/logging.ts'
import { jsonPage, servePaths, type Page, type Place } from './http.ts'

/** What the worker tells the machines that look after it. */
export interface Telling {
  readonly readiness: () => Promise<Readiness>
  readonly figures: () => Promise<Page>
}

/**
 * Serves /health, /ready and /metrics of the worker.
 * @throws Error naming the variable when the port is taken
 */
export async function listen(
  { host, hosts, port }: Place,
  { readiness, figures }: Telling,
  log: Logger,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const paths = {
    '/health': () => Promise.resolve(jsonPage(200, { status: 'ok' })),
    '/ready': async () => {
      const ready = await readiness()
      return jsonPage(ready.status === 'ok' ? 200 : 503, ready)
    },
    '/metrics': figures,
  }
  const served = await servePaths({ host, hosts, port }, paths, log).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The worker cannot listen on port ${port} of ${host} (BIHUAN_WORKER_PORT): ${reason}. Choose another.`, { cause })
  })
  log.info({ url: served.url }, 'health, readiness and figures are served')
  return served
}
