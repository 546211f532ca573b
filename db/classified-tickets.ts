import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Counted } from '../domain/reviews/effect.ts'
import type { Database } from './schema.ts'

/** Tickets by how their solution was classified last. Those that were withdrawn or merged are counted nowhere: one was no problem, the other is another's. */

export interface Classification {
  readonly module: string
  readonly type: string
  readonly cause: string
}

/**
 * Of the tickets of a profile submitted in a time, how many were classified, and how many so, as was known then. Tickets that nobody has
 * solved yet say nothing of it, and are left out.
 */
export async function countClassified(
  db: Kysely<Database>,
  asked: {
    readonly profile: string
    readonly classification: Classification
    readonly from: Instant
    readonly until: Instant
    readonly asOf: Instant
  },
): Promise<Counted> {
  const { profile, classification, from, until, asOf } = asked
  const { rows } = await sql<Counted>`
    select count(*)::int as tickets, (count(*) filter (where known.class @> ${JSON.stringify(classification)}::jsonb))::int as hits
    from tickets t, lateral (
      select (array_agg(e.data -> 'classification' order by e.seq desc) filter (where e.type = 'completed'))[1] as class,
        (array_agg(e.stage order by e.seq desc))[1] as stage
      from events e where e.process = t.number and e.at <= ${asOf}
    ) as known
    where t.profile = ${profile} and t.submitted_at >= ${from} and t.submitted_at < ${until}
      and known.class is not null and known.stage not in ('withdrawn', 'merged')`.execute(db)
  return rows[0] ?? { tickets: 0, hits: 0 }
}

/** A classification that came so often that it is to be reviewed. */
export interface FrequentClassification extends Classification {
  readonly profile: string
  /** The month in which its tickets were submitted, `2026-11`. */
  readonly month: string
  readonly tickets: number
  /** Their numbers, the one that came first in front; of very many the first. */
  readonly numbers: readonly string[]
}

/** How often a classification must come in a profile, whose days those of a zone are. */
export interface Frequency {
  readonly profile: string
  readonly zone: string
  readonly atLeast: number
}

/**
 * Classifications of which at least so many tickets were submitted in one calendar month, of those that were given to some ticket since an
 * instant. Tickets that count in a review of theirs, open or ended, are counted once, and one that is reviewed just now is not looked for.
 */
export async function frequentClassifications(
  db: Kysely<Database>,
  frequencies: readonly Frequency[],
  since: Instant,
  most: number,
): Promise<FrequentClassification[]> {
  const { rows } = await sql<FrequentClassification>`
    with frequency as (select * from jsonb_to_recordset(${JSON.stringify(frequencies)}::jsonb) as f (profile text, zone text, "atLeast" integer)),
    lately as materialized (
      select distinct t.profile, e.data #>> '{classification,module}' as module, e.data #>> '{classification,type}' as type,
        e.data #>> '{classification,cause}' as cause, date_trunc('month', t.submitted_at at time zone f.zone) as month
      from events e join tickets t on t.number = e.process join frequency f using (profile)
      where e.type = 'completed' and e.at >= ${since})
    select lately.profile, lately.module, lately.type, lately.cause, to_char(lately.month, 'YYYY-MM') as month,
      count(*)::int as tickets, (array_agg(t.number order by t.number))[1:${most}::int] as numbers
    from lately join frequency f using (profile), ${ticketsOf(sql`lately`, sql`lately.month at time zone f.zone`)} as t
    where date_trunc('month', t.submitted_at at time zone f.zone) = lately.month and not exists (
      select from reviews r where (r.profile, r.module, r.problem_type, r.cause) = (lately.profile, lately.module, lately.type, lately.cause)
        and (r.stage <> 'closed' or ${isCountedIn(sql`r`, sql`t`)}))
    group by 1, 2, 3, 4, 5, f."atLeast"
    having count(*) >= f."atLeast" and max(t.classified_at) >= ${since}
    order by 1, 2, 3, 4, 5`.execute(db)
  return rows
}

/** An open review with tickets of its classification that it does not count yet. */
export interface Joining {
  readonly number: string
  /** How many it counts. */
  readonly counted: number
  readonly tickets: readonly string[]
}

/**
 * Open reviews and the tickets that are to join them: those submitted since the beginning of the month in which the review opened, and those
 * classified since then, whenever they were submitted.
 */
export async function joiningTickets(
  db: Kysely<Database>,
  zones: readonly Pick<Frequency, 'profile' | 'zone'>[],
  most: number,
): Promise<Joining[]> {
  const beginning = sql`(date_trunc('month', r.opened_at at time zone z.zone) at time zone z.zone)`
  const { rows } = await sql<Joining>`
    with zones as (select * from jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) as z (profile text, zone text))
    select r.number, r.tickets as counted, (array_agg(t.number order by t.number))[1:${most}::int] as tickets
    from (
      select number, tickets, profile, module, problem_type as type, cause, opened_at from reviews
      where module is not null and stage <> 'closed' and workflow_started_at is not null
    ) as r join zones z using (profile), ${ticketsOf(sql`r`, beginning)} as t
    where (t.classified_at >= r.opened_at
        or t.submitted_at >= ${beginning})
      and not exists (
        select from reviews other
        where (other.profile, other.module, other.problem_type, other.cause) = (r.profile, r.module, r.type, r.cause)
          and ${isCountedIn(sql`other`, sql`t`)})
    group by r.number, r.tickets order by r.number`.execute(db)
  return rows
}

/**
 * Tickets of the profile and the classification in a row of that name, as they are classified now; those classified before `since` are not looked at.
 * A ticket is classified after it was submitted, so the beginning of its month leaves out none of that month.
 */
function ticketsOf(row: RawBuilder<unknown>, since: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lateral (
    select t.number, t.submitted_at, max(e.at) as classified_at
    from events e join tickets t on t.number = e.process
    where e.type = 'completed' and e.data #>> '{classification,module}' = ${row}.module and e.data #>> '{classification,type}' = ${row}.type
      and e.data #>> '{classification,cause}' = ${row}.cause and e.at >= ${since} and t.profile = ${row}.profile and t.stage not in ('withdrawn', 'merged')
      and not exists (select from events later where later.process = e.process and later.seq > e.seq and later.type = 'completed')
    group by t.number)`
}

function isCountedIn(review: RawBuilder<unknown>, ticket: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`exists (
    select from events j where j.process = ${review}.number and j.type = 'tickets-joined' and j.data -> 'tickets' ? ${ticket}.number)`
}
