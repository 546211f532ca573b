import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'

/**
 * What the figures of tickets are made of: parts of statements over what was known. They are worded for the indexes of migration 0016: `e.type in (…)`
 * of one ticket, or of a time, is answered without a look at the events themselves unless what they say is asked for.
 */

/** Tickets of the profile that were submitted in the time asked about, as `t`. */
export function submittedTickets({ profile, from, until, asOf }: Asked): RawBuilder<unknown> {
  // What is recorded first is the submission, at its own instant.
  return sql`(
    select number, stage, submitted_at from tickets
    where profile = ${profile.id} and submitted_at >= ${from} and submitted_at < ${until} and submitted_at <= ${asOf}) as t`
}

/** Whether the customer was on the line when the ticket `t` was submitted. */
export const live = sql`(select (first.data ->> 'live')::boolean from events first where first.process = t.number and first.seq = 1)`

/** What the ticket `t` had become off its path, `withdrawn` or `merged`; null: neither. Nothing leads back from there, so today's stage says where to look. */
export function offPath(asked: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`case when ${isOffPath(asked)} then t.stage end`
}

export function isOffPath({ asOf }: Pick<Asked, 'asOf'>): RawBuilder<boolean> {
  // Asked of each such ticket, of which there are few: `exists` would be answered by a hash of all events.
  return sql`(t.stage in ('withdrawn', 'merged') and (
    select true from events e where e.process = t.number and e.stage = t.stage and e.at <= ${asOf} limit 1) is not null)`
}

/** Events of these types that happened in the time asked about, of tickets of the profile, as `t`: with the number, and what the event says. */
export function happened({ profile, from, until, asOf }: Asked, ...types: readonly EventType[]): RawBuilder<unknown> {
  return sql`(
    select t.number, t.submitted_at, e.type, e.seq, e.occurred_at, e.data from events e join tickets t on t.number = e.process
    where t.profile = ${profile.id} and e.type in (${listed(types)})
      and e.occurred_at >= ${from} and e.occurred_at < ${until} and e.at <= ${asOf}) as t`
}

/** That none of these types is known to have followed the event `t`. */
export function isLast({ asOf }: Pick<Asked, 'asOf'>, ...types: readonly EventType[]): RawBuilder<boolean> {
  return sql`not exists (
    select from events later where later.process = t.number and later.type in (${listed(types)}) and later.seq > t.seq and later.at <= ${asOf})`
}

/** Types of events by which a ticket is solved, or may be. */
export const resolvingTypes = ['confirmed', 'resolved'] as const satisfies readonly EventType[]

/** Of an event `t` of these types: whether its customer said solved or partly, or is not asked by the profile. */
export const isResolving = sql`(t.type = 'resolved' or t.data ->> 'outcome' in ('solved', 'partly'))`

/** The closings in the time asked about, of tickets that were not reopened as far as is known, as `t`. */
export function finishedTickets(asked: Asked): RawBuilder<unknown> {
  return sql`(select t.* from ${happened(asked, 'closed')} where ${isLast(asked, 'reopened', 'closed')}) as t`
}

export function listed(types: readonly EventType[]): RawBuilder<unknown> {
  return sql.join(types.map((type) => sql.lit(type)))
}

/** What is selected where a count is all there is. */
export function thing({
  number,
  hit,
  elapsed,
  worked,
  mark,
  clock,
  cycle,
  dueAt,
  criterion,
}: Partial<
  Record<'number' | 'hit' | 'elapsed' | 'worked' | 'mark' | 'clock' | 'cycle' | 'dueAt' | 'criterion', RawBuilder<unknown>>
>): RawBuilder<unknown> {
  return sql`${number ?? sql`t.number`} as number, ${hit ?? sql`null::boolean`} as hit, ${elapsed ?? sql`null::float8`} as elapsed,
    ${worked ?? sql`null::float8`} as worked, ${mark ?? sql`null::text`} as mark, ${clock ?? sql`null::text`} as clock,
    ${cycle ?? sql`null::int`} as cycle, ${dueAt ?? sql`null::timestamptz`} as due_at, ${criterion ?? sql`null::text`} as criterion`
}

/** By what two tickets are known to be of the same customer, of a row of tickets `t`: contact data, account, login. */
export const identities = sql`(t.contact_keys || array_remove(array['account ' || t.customer_account, 'login ' || t.requester], null))`

/** How the solution of the ticket of that number was classified last, as far as was known, as text, which sorts faster than JSON; null: not at all. */
export function classOf(number: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`(
    select e.data ->> 'classification' from events e where e.process = ${number} and e.type = 'completed' and e.at <= ${asOf} order by e.seq desc limit 1)`
}
