import { startBareRoutes } from '../baseline/processes.ts'
import type { Figure } from '../harness/figure.ts'
import { call } from '../harness/http.ts'
import { alternating, compared, oursToBaseline, timed } from '../harness/rounds.ts'
import { register } from '../harness/tickets.ts'

/** One ticket by its number, against a route that asks the database the same and gives the row as it is. */
export const read: Figure = async ({ world, report, quick }) => {
  const office = await world.database('read')
  const api = await world.api(office)
  const routes = await startBareRoutes(world, office.databaseUrl)
  const desk = { ...office, url: api.url }
  const numbers: string[] = []
  await timed(100, atOnce, async () => numbers.push(await register(desk)))
  const reads = quick ? 200 : 1_000
  const reading = (url: string, token?: string) => async () =>
    reads /
    (await timed(reads, atOnce, (index) =>
      call(`${url}/${numbers[index % numbers.length]}`, { method: 'GET', ...(token !== undefined && { token }) }),
    ))
  const sides = {
    ours: reading(`${api.url}/api/tickets`, office.tokens.agent),
    baseline: reading(`${routes.url}/tickets`, office.tokens.agent),
  }
  await alternating(1, sides)
  report({ name: 'read', unit: 'GETs/s', ...compared(await alternating(quick ? 2 : 7, sides), oursToBaseline), atOnce, readsARound: reads })
  await api.stop()
  await routes.stop()
}

const atOnce = 20
