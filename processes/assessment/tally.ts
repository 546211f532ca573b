import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Asked } from '../../db/figures/figure.ts'
import { inReading } from '../../db/figures/measure.ts'
import type { Database } from '../../db/schema.ts'
import type { itemKinds } from '../../domain/assessment/model.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ProfileAssessment } from '../../domain/profile/assessments.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import { answerCharges } from './charges/answers.ts'
import { promiseCharges } from './charges/promises.ts'
import { solutionCharges } from './charges/solutions.ts'

/** Counts what is charged to each person and team, in one statement, so that all of it is of the same instant. */

export interface Tally {
  readonly counts: readonly Count[]
  readonly items: readonly Item[]
}

/** How much was counted for somebody by a figure; by none: in all. */
export interface Count {
  readonly kind: 'person' | 'team'
  readonly id: string
  readonly figure: string | null
  readonly clock: string | null
  readonly n: number
  readonly hits: number
  readonly tickets: number
  readonly toTeam: number
  /** Charged to nobody, and told apart. */
  readonly apart: number
}

/** Something that is shown of what was counted. */
export interface Item {
  readonly figure: string
  readonly clock: string | null
  readonly cycle: number | null
  readonly ticket: string
  readonly team: string
  /** Null: charged to the team alone. */
  readonly person: string | null
  readonly what: (typeof itemKinds)[number]
  readonly at: Instant
  readonly keptAt: Instant | null
  readonly recordedAt: Instant | null
  readonly recordedBy: string | null
  readonly score: number | null
  readonly absent: boolean
  readonly deferral: TicketEvent<'deferred'> | null
  readonly deferredAt: Instant | null
  readonly deferredBy: string | null
}

export async function tally(db: Kysely<Database>, asked: Asked, { criteria }: Pick<ProfileAssessment, 'criteria'>): Promise<Tally> {
  const clocks = criteria.flatMap(({ clock }) => clock ?? [])
  const wants = (figure: string) => criteria.some((criterion) => criterion.figure === figure)
  const charges = [
    ...(clocks.length > 0 ? [promiseCharges(asked, clocks)] : []),
    ...(wants('resolution-rate') ? [solutionCharges(asked)] : []),
    ...(wants('satisfaction') ? [answerCharges(asked)] : []),
  ]
  const rows = await inReading(db, statement(charges))
  return {
    counts: rows.flatMap((row) => (row.level === 'count' ? [row] : [])),
    items: rows.flatMap((row) => (row.level === 'item' ? [row] : [])),
  }
}

type Row = ({ readonly level: 'count' } & Count) | ({ readonly level: 'item' } & Item)

function statement(charges: readonly RawBuilder<unknown>[]): RawBuilder<Row> {
  return sql<Row>`
    with charged as materialized (${sql.join(
      charges.map((one) => sql`select * from (${one}) as charges`),
      sql` union all `,
    )}),
    subjects as (
      select 'team' as kind, team as id, figure, clock, ticket, hit, true as personal from charged
      union all
      select 'person', holder, figure, clock, ticket, hit, personal from charged where holder is not null)
    select 'count' as level, kind, id, figure, clock,
      (count(*) filter (where personal and hit is not null))::int as n, (count(*) filter (where personal and hit))::int as hits,
      (count(distinct ticket) filter (where personal and hit is not null))::int as tickets,
      (count(*) filter (where not personal and hit is not null))::int as to_team, (count(*) filter (where hit is null))::int as apart,
      ${nullsOf({ ...itemColumns, ticket: 'text', team: 'text', person: 'text' })}
    from subjects group by grouping sets ((kind, id, figure, clock), (kind, id))
    union all
    select 'item', null, null, figure, clock, null, null, null, null, null, ${sql.join(Object.keys(itemColumns).map((name) => sql.id(name)))},
      ticket, team, case when personal then holder end
    from charged where what is not null`
}

/** What is told of an item as its figure has it. */
const itemColumns = {
  cycle: 'int',
  what: 'text',
  at: 'timestamptz',
  kept_at: 'timestamptz',
  recorded_at: 'timestamptz',
  recorded_by: 'text',
  score: 'int',
  absent: 'boolean',
  deferral: 'jsonb',
  deferred_at: 'timestamptz',
  deferred_by: 'text',
} as const

function nullsOf(columns: Readonly<Record<string, string>>): RawBuilder<unknown> {
  return sql.join(Object.entries(columns).map(([name, type]) => sql`null::${sql.raw(type)} as ${sql.id(name)}`))
}
