import { sql, type RawBuilder } from 'kysely'
import { dimensions, type Dimension } from '../../domain/figures/figure.ts'
import { narrowingsTo, thenTable } from '../../db/figures/dimensions.ts'
import type { Asked } from '../../db/figures/figure.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import { workingSpans } from '../../domain/calendar/working-spans.ts'
import { instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import { openThen } from '../ticket/figures/backlog.ts'
import { owedByCustomers, promisesThen } from '../ticket/figures/promises.ts'
import type { Sheet } from './sheet.ts'

/**
 * Tickets that a report lists by their numbers: as they stood at the end of its time as far as was known, folded from events. Made a week late,
 * it lists the same.
 */

type Plan = Extract<SectionPlan, { readonly kind: 'tickets' }>

export async function ticketsSection(sheet: Sheet, { kind, list, most }: Plan) {
  const { db, asked, profile, report } = sheet
  const only: Readonly<Partial<Record<Dimension, string>>> = report.only ?? {}
  const needed = dimensions.filter((one) => one === 'type' || one === 'priority' || one === 'team' || only[one] !== undefined)
  const { rows } = await sql<Row>`
    with counted as materialized (${listed[list](sheet)}), ${thenTable(needed, asked)},
    found as materialized (select * from counted join "then" using (number) where ${sql.join([sql`true`, ...narrowingsTo(only)], sql` and `)})
    select found.number, ${titleThen(asked)} as title, found.type, found.priority, found.team, split_part(found.clock, ':', 1) as clock, found.at, found.late, (select count(*)::int from found) as total
    from found join tickets t using (number) order by found.late desc nulls last, found.at, found.number, found.clock limit ${most}`.execute(
    db,
  )
  const [typeOf, priorityOf, teamOf, clockOf] = await Promise.all(
    (['type', 'priority', 'team', 'clock'] as const).map((dimension) => namesOfParts(db, dimension, profile, [])),
  )
  const named = (nameOf: typeof typeOf, key: string | null) => (key === null || !nameOf ? null : nameOf(key))
  return {
    kind,
    list,
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ number, title, type, priority, team, clock, at, late }) => ({
      number,
      title,
      type: named(typeOf, type) ?? { 'zh-CN': type, 'zh-TW': type, en: type },
      priority: named(priorityOf, priority),
      team: named(teamOf, team),
      clock: named(clockOf, clock),
      at,
      late: late === null ? null : Math.round(late),
    })),
  }
}

interface Row {
  readonly number: string
  readonly title: string
  readonly type: string
  readonly priority: string | null
  readonly team: string | null
  readonly clock: string | null
  readonly at: Instant
  readonly late: number | null
  readonly total: number
}

/** Each list as a statement: `number`, `clock`, `at`, and by how many milliseconds it is `late`. */
const listed: Readonly<Record<Plan['list'], (sheet: Sheet) => RawBuilder<unknown>>> = {
  overdue: ({ asked }) => sql`select number, clock, due_at as at, ${lateness(asked)} as late
    from ${openPromises(asked)} as p where state = 'broken' and stopped_at is null and clock <> all(${owedByCustomers(asked.profile)})`,
  'due-soon': ({ asked }) => sql`select number, clock, due_at as at, null::float8 as late
    from ${openPromises(asked)} as p where state = 'running' and due_at >= ${asked.until} and due_at < ${nextMorning(asked)}`,
  breaches: ({ asked }) => sql`select number, clock, due_at as at, ${lateness(asked)} as late
    from (select process as number, clock, due_at, stopped_at, state, belongs_at from (${promisesThen(asked)}) as cycles) as p
    where state = 'broken' and belongs_at >= ${asked.from} and belongs_at < ${asked.until} and clock <> all(${owedByCustomers(asked.profile)})`,
  unclaimed: ({ asked }) => sql`select number, null::text as clock, at, null::float8 as late from (
      select distinct on (e.process) e.process as number, e.occurred_at as at,
        case e.type when 'released' then null else e.data ->> 'assignee' end as assignee
      from events e where e.process in (${openNumbers(asked)}) and e.type in ('submitted', 'assigned', 'released')
        and e.at <= ${asked.asOf} and e.occurred_at < ${asked.until}
      order by e.process, e.seq desc) as last where assignee is null`,
}

/** The end of the next stretch of working time that begins after the report was made: what is due by then must be done before it is read again. */
function nextMorning({ until, working }: Sheet['asked']): Instant {
  const month = plus(until, 'P31D')
  const day = workingSpans(working, until, month).find(({ from }) => instantOf(from) > until)
  return day ? instantOf(day.to) : plus(until, 'P1D')
}

/** What the ticket `t` was called by then. A title that was first corrected later is kept nowhere: it has that of now. */
function titleThen({ until, asOf }: Asked): RawBuilder<unknown> {
  return sql`coalesce((
    select e.data #>> '{changes,title}' from events e
    where e.process = t.number and e.type = 'corrected' and e.at <= ${asOf} and e.occurred_at < ${until} and e.data #>> '{changes,title}' is not null
    order by e.seq desc limit 1), t.title)`
}

function openNumbers(asked: Asked): RawBuilder<unknown> {
  return sql`select t.number from ${openThen(asked)}`
}

/** The latest cycle of each clock of the tickets that were open. */
function openPromises(asked: Asked): RawBuilder<unknown> {
  return sql`(select distinct on (number, clock) * from ${promisesOf(asked, openNumbers(asked))} as every order by number, clock, cycle desc)`
}

/** Every cycle of these tickets, as their events tell it. */
function promisesOf({ profile, asOf, until }: Asked, numbers: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(
    select distinct on (e.process, told ->> 'clock', told ->> 'cycle') e.process as number, told ->> 'clock' as clock, (told ->> 'cycle')::int as cycle,
      (told ->> 'dueAt')::timestamptz as due_at, (told ->> 'stoppedAt')::timestamptz as stopped_at, told ->> 'state' as state
    from events e join tickets t on t.number = e.process and t.profile = ${profile.id}
    cross join lateral jsonb_array_elements(e.promises) as told
    where e.process in (${numbers}) and e.at <= ${asOf} and e.occurred_at < ${until}
    order by e.process, told ->> 'clock', told ->> 'cycle', e.seq desc)`
}

/** In milliseconds, up to when it was done, or to the end of the time asked about. */
function lateness({ until, asOf }: Asked): RawBuilder<unknown> {
  return sql`extract(epoch from coalesce(stopped_at, least(${until}::timestamptz, ${asOf}::timestamptz)) - due_at) * 1000`
}
