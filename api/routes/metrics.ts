import { backlogSource } from '../../db/backlog.ts'
import { createScrape } from '../../runtime/metrics.ts'
import type { Context } from '../deps.ts'
import type { App } from './serving.ts'

/**
 * GET /metrics, for Prometheus. No token, which could only be checked while the database is there; nothing in it is about a
 * person. A proxy that is open to the world must not pass it on.
 */
export function addMetrics(app: App, { db, clock }: Context): void {
  const scrape = createScrape([backlogSource({ db, clock })])
  app.get('/metrics', async (c) => {
    const { contentType, text } = await scrape()
    return c.body(text, 200, { 'Content-Type': contentType })
  })
}
