import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Dimension, FigurePart, Numbers, Spread } from '../../domain/figures/figure.ts'
import { dimensions } from '../../domain/figures/figure.ts'
import type { Database } from '../schema.ts'
import { keysOf, narrowingsTo, thenTable } from './dimensions.ts'
import type { Asked, Figure } from './figure.ts'

/** What is asked beside the time. */
export interface Narrowing {
  /** What to split it by; absent: not at all. */
  readonly by?: Dimension | undefined
  /** To what of each dimension it is narrowed. */
  readonly where?: Readonly<Partial<Record<Dimension, string>>>
}

export interface Measured {
  readonly total: Numbers
  /** The largest first; none where nothing was asked to be split. Of a dimension with several keys a thing is counted in each. */
  readonly parts: readonly FigurePart[]
}

/** Reckons a figure: all of it in one statement, so that its parts and its total are of the same instant. */
export async function measure(
  db: Kysely<Database>,
  figure: Pick<Figure, 'counted' | 'kind'>,
  asked: Asked,
  { by, where = {} }: Narrowing,
): Promise<Measured> {
  const { counted, things, filter } = narrowedTo(figure.counted, asked, by === undefined ? [] : [by], where)
  const keys = by === undefined ? sql`null::text[]` : keysOf[by]
  // What has no times is added up before anything else is done with it: of tens of thousands of promises a few dozen lines are left.
  const tally =
    figure.kind === 'duration'
      ? sql`select ${keys} as keys, hit, mark, elapsed, worked, 1 as things from ${things} ${filter}`
      : sql`select ${keys} as keys, hit, mark, null::float8 as elapsed, null::float8 as worked, count(*) as things from ${things} ${filter} group by 1, 2, 3`
  const split =
    by === undefined
      ? sql``
      : sql`union all select 1, key, hit, mark, elapsed, worked, things from tally left join lateral unnest(keys) as key on true`
  const statement = sql<Row>`
    with ${counted},
    tally as materialized (${tally}),
    rows as (select 0 as level, null::text as key, hit, mark, elapsed, worked, things from tally ${split})
    select level, key, null as mark, sum(things)::int as things, coalesce(sum(things) filter (where hit is not null), 0)::int as asked,
      coalesce(sum(things) filter (where hit), 0)::int as hits, count(elapsed)::int as measured,
      ${spreadOf(figure, sql`elapsed`)} as elapsed, ${spreadOf(figure, sql`worked`)} as worked
    from rows group by level, key
    union all
    select level, key, mark, sum(things)::int, null, null, null, null, null from rows where mark is not null group by level, key, mark`
  const rows = await inReading(db, statement)
  const whole = numbersOf(
    figure,
    rows.filter(({ level }) => level === 0),
  )
  const parts = new Map(
    rows.filter(({ level }) => level === 1).map(({ key }) => [key, rows.filter((row) => row.level === 1 && row.key === key)]),
  )
  return {
    total: whole,
    parts: [...parts].map(([key, ofKey]) => ({ key, ...numbersOf(figure, ofKey) })).toSorted(largestFirst),
  }
}

/** One thing that a figure counted. */
export interface CountedThing {
  readonly number: string
  readonly clock: string | null
  /** Of a promise: which time it was made, from 1, and when it was due. */
  readonly cycle: number | null
  readonly dueAt: string | null
  readonly criterion: string | null
  readonly mark: string | null
  readonly hit: boolean | null
  readonly elapsed: number | null
  readonly worked: number | null
}

/** What a figure is made of, thing by thing: as many as it counts, and those that it tells apart. */
export async function countedThings(
  db: Kysely<Database>,
  figure: Pick<Figure, 'counted'>,
  asked: Asked,
  where: NonNullable<Narrowing['where']>,
): Promise<CountedThing[]> {
  const { counted, things, filter } = narrowedTo(figure.counted, asked, [], where)
  return inReading(
    db,
    sql<CountedThing>`with ${counted} select counted.number, clock, cycle, due_at, criterion, mark, hit, elapsed, worked from ${things} ${filter}
      order by counted.number, clock, cycle, criterion, mark, hit, elapsed`,
  )
}

/** What things know of themselves. */
const ofThings: ReadonlySet<Dimension> = new Set(['clock', 'criterion'])

/** What a figure counts: the beginning of a statement, its things with what is so of them in these dimensions, and to which of them it is narrowed. */
export function narrowedTo(
  things: (asked: Asked) => RawBuilder<unknown>,
  asked: Asked,
  by: readonly Dimension[],
  where: NonNullable<Narrowing['where']>,
) {
  const narrowed = narrowingsTo(where)
  const needed = dimensions.filter((dimension) => !ofThings.has(dimension) && (by.includes(dimension) || where[dimension] !== undefined))
  const isJoined = needed.length > 0
  return {
    counted: sql`counted as ${isJoined ? sql`materialized` : sql``} (${things(asked)}) ${isJoined ? sql`, ${thenTable(needed, asked)}` : sql``}`,
    things: isJoined ? sql`counted join "then" using (number)` : sql`counted`,
    filter: narrowed.length > 0 ? sql`where ${sql.join(narrowed, sql` and `)}` : sql``,
  }
}

/** Runs a statement that reckons: read only, and set for it. */
export async function inReading<R>(db: Kysely<Database>, statement: RawBuilder<R>): Promise<R[]> {
  const { rows } = await db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`select ${sql.join(Object.entries(settings).map(([name, value]) => sql`set_config(${name}, ${value}, true)`))}`.execute(trx)
      return statement.execute(trx)
    })
  return rows
}

/** Compiling takes longer than any figure. A figure sorts what it counts in memory; and it has one processor, so that whoever acts meanwhile has the others. */
const settings = { jit: 'off', work_mem: '64MB', max_parallel_workers_per_gather: '0' }

interface Row {
  readonly level: number
  readonly key: string | null
  readonly mark: string | null
  readonly things: number
  readonly asked: number | null
  readonly hits: number | null
  readonly measured: number | null
  readonly elapsed: Times | null
  readonly worked: Times | null
}

type Times = readonly [mean: number, median: number, p90: number]

/** Sorted for it: what has no times is not. */
function spreadOf({ kind }: Pick<Figure, 'kind'>, column: RawBuilder<unknown>): RawBuilder<unknown> {
  if (kind !== 'duration') return sql`null::float8[]`
  return sql`case when count(${column}) > 0 then array[avg(${column}), percentile_cont(0.5) within group (order by ${column}), percentile_cont(0.9) within group (order by ${column})] end`
}

function numbersOf({ kind }: Pick<Figure, 'kind'>, rows: readonly Row[]): Numbers {
  const all = rows.find(({ mark }) => mark === null)
  const n = { count: all?.things, share: all?.asked, duration: all?.measured }[kind] ?? 0
  return {
    n,
    hits: kind === 'share' ? (all?.hits ?? 0) : null,
    elapsed: kind === 'duration' ? spread(all?.elapsed) : null,
    worked: kind === 'duration' ? spread(all?.worked) : null,
    marks: Object.fromEntries(
      rows.flatMap(({ mark, things }) => (mark === null ? [] : [[mark, things] as const])).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ),
  }
}

function spread(row: Times | null | undefined): Spread | null {
  if (!row) return null
  const [mean, median, p90] = row
  return { mean: Math.round(mean), median: Math.round(median), p90: Math.round(p90) }
}

/** By how many, then by key; what has none comes last. */
function largestFirst(one: FigurePart, other: FigurePart): number {
  if ((one.key === null) !== (other.key === null)) return one.key === null ? 1 : -1
  return other.n - one.n || (String(one.key) < String(other.key) ? -1 : 1)
}
