import { sql } from 'kysely'
import type { Context } from '../deps.ts'
import type { App } from '../operation.ts'

/** Whether the process lives, and whether it can serve. For load balancers and people; no token needed. */
export function addHealth(app: App, { db, gateway }: Context): void {
  app.get('/health', (c) => c.json({ status: 'ok' }))

  app.get('/ready', async (c) => {
    const [postgres, temporal] = await Promise.all([reachesPostgres(), gateway.reachable()])
    const ready = postgres.ok && temporal.ok
    return c.json({ status: ready ? 'ok' : 'not ready', postgres: said(postgres), temporal: said(temporal) }, ready ? 200 : 503)
  })

  /** Longer waits look like a hanging service to whoever probes. */
  async function reachesPostgres(): Promise<{ readonly ok: boolean }> {
    const probe = sql`select 1`.execute(db).then(
      () => ({ ok: true }),
      () => ({ ok: false }),
    )
    return Promise.race([probe, new Promise<{ ok: boolean }>((resolve) => setTimeout(() => resolve({ ok: false }), probeMs).unref())])
  }
}

const probeMs = 2_000

/** What is away is named; why is for the log, since reasons name hosts. */
function said({ ok }: { readonly ok: boolean }): 'ok' | 'away' {
  return ok ? 'ok' : 'away'
}
