import type { Context } from '../deps.ts'
import { createReadiness } from '../../gateway/readiness.ts'
import type { App } from './serving.ts'

/** Whether the process lives, and whether it can serve. For load balancers and people; no token needed. */
export function addHealth(app: App, context: Context): void {
  const readiness = createReadiness(context)

  app.get('/health', (c) => c.json({ status: 'ok' }))

  app.get('/ready', async (c) => {
    const ready = await readiness()
    return c.json(ready, ready.status === 'ok' ? 200 : 503)
  })
}
