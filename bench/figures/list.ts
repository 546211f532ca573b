import { CamelCasePlugin, Kysely, PostgresDialect, type CompiledQuery } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import type { Database } from '../../db/schema.ts'
import { listTickets, type TicketQuery } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Figure } from '../harness/figure.ts'
import { call } from '../harness/http.ts'
import { fill } from '../harness/fill.ts'
import { alternating, baselineToOurs, compared, latencies, quantile, rounded, timed } from '../harness/rounds.ts'
import { inHand, register, wholeLife } from '../harness/tickets.ts'
import type { Office, World } from '../harness/world.ts'

/** Latency of a page by the commonest filters, with few tickets and with many in turn, against the statements it sends, bare. */
export const list: Figure = async ({ world, say, report, quick }) => {
  const many = quick ? 10_000 : 100_000
  const offices: Office[] = []
  for (const tickets of [few, many]) {
    say(`filling a database with ${tickets} tickets`)
    offices.push(await filled(world, tickets))
  }
  const desks = await Promise.all(offices.map((office) => openDesk(world, office)))
  const pages = quick ? 30 : 60
  for (const [name, filtered] of Object.entries(filters)) {
    say(name)
    const [ofFew, ofMany] = await Promise.all(desks.map((desk) => sidesOf(desk, filtered, pages)))
    if (!ofFew || !ofMany) throw new Error('there are two databases')
    const growing = { ours: ofMany.ours, baseline: ofFew.ours }
    await alternating(1, ofFew)
    await alternating(1, ofMany)
    const rounds = quick ? 2 : 5
    for (const [sides, tickets] of [
      [ofFew, few],
      [ofMany, many],
    ] as const) {
      const taken = await alternating(rounds, sides)
      for (const share of [0.5, 0.99]) {
        const figures = taken.map(({ ours, baseline }) => ({ ours: quantile(ours, share), baseline: quantile(baseline, share) }))
        report({ name: `list.${name}.p${share * 100}`, unit: 'ms', ...compared(figures, baselineToOurs), tickets })
      }
    }
    // The slowest of a hundred are few: more of them, or one hiccup of the machine decides.
    const taken = await alternating(rounds * 2, growing)
    const [p99, p99OfFew] = [taken.flatMap(({ ours }) => ours), taken.flatMap(({ baseline }) => baseline)].map((all) => quantile(all, 0.99))
    if (p99 === undefined || p99OfFew === undefined) throw new Error('rounds were taken')
    report({
      name: `list.${name}.growth`,
      unit: 'ms',
      ours: rounded(p99),
      baseline: rounded(p99OfFew),
      ratio: rounded(p99 / p99OfFew),
      tickets: many,
      against: few,
    })
  }
  for (const { stop } of desks) await stop()
}

const few = 1_000

interface Desk {
  readonly url: string
  readonly token: string
  readonly pool: pg.Pool
  stop(): Promise<void>
}

async function openDesk(world: World, office: Office): Promise<Desk> {
  const api = await world.api(office)
  const pool = new pg.Pool({ connectionString: office.databaseUrl, max: 1 })
  const stop = async () => {
    await pool.end()
    await api.stop()
  }
  return { url: api.url, token: office.tokens.engineer, pool, stop }
}

/** So many pages by HTTP, and by the bare statements. */
async function sidesOf({ url, token, pool }: Desk, { path, query, rows = 50 }: Filtered, pages: number) {
  const page = () => call(`${url}/api/tickets?${path}`, { method: 'GET', token })
  const { items } = pageSchema.parse(await page())
  if (items.length !== rows) throw new Error(`a page of ?${path} has ${items.length} of ${rows} tickets`)
  const statements = await statementsOf(pool, query)
  const bare = async () => {
    for (const { sql, parameters } of statements) await pool.query(sql, [...parameters])
  }
  return { ours: () => latencies(pages, 1, page), baseline: () => latencies(pages, 1, bare) }
}

interface Filtered {
  readonly path: string
  readonly query: Pick<TicketQuery, 'filters' | 'sort'>
  /** Tickets that the page has, with few and with many; a page is fifty. */
  readonly rows?: number
}

/** Everything, my work, a team's queue, what is overdue, what a text is found in, and the one ticket that a text is found in. */
const filters: Readonly<Record<string, Filtered>> = {
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
  rare: { path: 'q=copy00000700', query: { filters: { q: 'copy00000700' } }, rows: 1 },
}

const pageSchema = z.object({ items: z.array(z.unknown()) })

/** The statements that a list sends for its first page. */
async function statementsOf(pool: pg.Pool, query: Pick<TicketQuery, 'filters' | 'sort'>): Promise<readonly CompiledQuery[]> {
  const sent: CompiledQuery[] = []
  const db = new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    log: ({ query: statement }) => void sent.push(statement),
  })
  await listTickets(db, { limit: 50, now: instantOf(Date.now()), ...query })
  return sent
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
