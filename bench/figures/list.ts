import pg from 'pg'
import { ticketPage, type TicketQuery } from '../../db/tickets.ts'
import { connect } from '../../db/connect.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Figure } from '../harness/figure.ts'
import { call } from '../harness/http.ts'
import { fill } from '../harness/fill.ts'
import { alternating, baselineToOurs, compared, latencies, quantile, rounded, timed } from '../harness/rounds.ts'
import { inHand, register, wholeLife } from '../harness/tickets.ts'
import type { World } from '../harness/world.ts'

/** Latency of a page of fifty by the five commonest filters, with few tickets and with many, against the bare SQL of it. */
export const list: Figure = async ({ world, say, report, quick }) => {
  const many = quick ? 10_000 : 100_000
  const p99s: number[][] = []
  for (const tickets of [few, many]) {
    say(`filling a database with ${tickets} tickets`)
    const office = await filled(world, tickets)
    const api = await world.api(office)
    const pool = new pg.Pool({ connectionString: office.databaseUrl, max: 1 })
    const db = connect(office.databaseUrl, { poolSize: 1 })
    const p99OfSize: number[] = []
    for (const [name, { path, query }] of Object.entries(filters)) {
      const { sql, parameters } = ticketPage(db, { limit: 50, now: instantOf(Date.now()), ...query }).compile()
      const pages = quick ? 30 : 60
      const sides = {
        ours: () => latencies(pages, 1, () => call(`${api.url}/api/tickets?${path}`, { method: 'GET', token: office.tokens.engineer })),
        baseline: () => latencies(pages, 1, () => pool.query(sql, [...parameters])),
      }
      await alternating(1, sides)
      const rounds = await alternating(quick ? 2 : 5, sides)
      p99OfSize.push(
        quantile(
          rounds.flatMap(({ ours }) => ours),
          0.99,
        ),
      )
      for (const share of [0.5, 0.99]) {
        const figures = rounds.map(({ ours, baseline }) => ({ ours: quantile(ours, share), baseline: quantile(baseline, share) }))
        report({ name: `list.${name}.p${share * 100}`, unit: 'ms', ...compared(figures, baselineToOurs), tickets })
      }
    }
    p99s.push(p99OfSize)
    await pool.end()
    await db.destroy()
    await api.stop()
  }
  Object.keys(filters).forEach((name, at) => {
    const [atFew = 0, atMany = 0] = p99s.map((ofSize) => ofSize[at] ?? 0)
    report({
      name: `list.${name}.growth`,
      unit: 'ms',
      ours: rounded(atMany),
      baseline: rounded(atFew),
      ratio: rounded(atMany / atFew),
      tickets: many,
      against: few,
    })
  })
}

const few = 1_000

/** Everything, my work, a team's queue, what is overdue, and what a text is found in. */
const filters: Readonly<Record<string, { readonly path: string; readonly query: Pick<TicketQuery, 'filters' | 'sort'> }>> = {
  newest: { path: '', query: {} },
  mine: {
    path: 'assignee=engineer-wang&open=true&sort=nextDue',
    query: { filters: { assignee: 'engineer-wang', open: true }, sort: 'nextDue' },
  },
  queue: {
    path: 'team=tech-support&assignee=&open=true&sort=priority',
    query: { filters: { team: 'tech-support', assignee: null, open: true }, sort: 'priority' },
  },
  overdue: { path: 'overdue=true&open=true&sort=nextDue', query: { filters: { overdue: true, open: true }, sort: 'nextDue' } },
  text: { path: `q=${encodeURIComponent('验证码')}`, query: { filters: { q: '验证码' } } },
}

/** A few real tickets, led to different places, and copies of their rows with other numbers, people and instants. */
async function filled(world: World, tickets: number) {
  const office = await world.database(`list_${tickets}`)
  const [worker, api] = [await world.worker(office), await world.api(office)]
  const desk = { ...office, url: api.url }
  await timed(10, 10, async (index) => {
    if (index < 4) await register(desk, { assignee: undefined })
    else if (index < 7) await inHand(desk)
    else await wholeLife(desk)
  })
  await api.stop()
  await worker.stop()
  await fill(office.databaseUrl, tickets)
  return office
}
