import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'

/** What the figures of tickets are made of: parts of statements over what was known. */

/** Tickets of the profile that were submitted in the time asked about, as `t`; `submission` is what their first event says. */
export function submittedTickets({ profile, from, until, asOf }: Asked): RawBuilder<unknown> {
  return sql`(
    select t.*, first.data as submission from tickets t join events first on first.process = t.number and first.seq = 1
    where t.profile = ${profile.id} and t.submitted_at >= ${from} and t.submitted_at < ${until} and first.at <= ${asOf}) as t`
}

/** Events of these types that happened in the time asked about, of tickets of the profile, as `t`: with the number, and what the event says. */
export function happened({ profile, from, until, asOf }: Asked, ...types: readonly string[]): RawBuilder<unknown> {
  // Nothing is recorded before it happens, and events lie in the order in which they were recorded.
  return sql`(
    select t.number, t.submitted_at, e.seq, e.occurred_at, e.data from events e join tickets t on t.number = e.process
    where t.profile = ${profile.id} and e.type in (${sql.join(types.map((type) => sql.lit(type)))})
      and e.at >= ${from} and e.at <= ${asOf} and e.occurred_at >= ${from} and e.occurred_at < ${until}) as t`
}

/** What is selected where a count is all there is. */
export function thing({
  number,
  hit,
  elapsed,
  worked,
  mark,
  clock,
}: Partial<Record<'number' | 'hit' | 'elapsed' | 'worked' | 'mark' | 'clock', RawBuilder<unknown>>>): RawBuilder<unknown> {
  return sql`${number ?? sql`t.number`} as number, ${hit ?? sql`null::boolean`} as hit, ${elapsed ?? sql`null::float8`} as elapsed,
    ${worked ?? sql`null::float8`} as worked, ${mark ?? sql`null::text`} as mark, ${clock ?? sql`null::text`} as clock`
}

/** What is known of a ticket's end: a row each for the numbers that a statement gives. */
export function ends(numbers: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`(
    select e.process as number,
      (array_agg(e.stage order by e.seq desc))[1] as stage,
      (array_agg(e.seq order by e.seq desc) filter (where ${resolving}))[1] as resolved_seq,
      (array_agg(e.occurred_at order by e.seq desc) filter (where ${resolving}))[1] as resolved_at,
      coalesce(max(e.seq) filter (where ${undoing}), 0) as undone_seq,
      coalesce(max(e.seq) filter (where e.type = 'completed'), 0) as completed_seq,
      (array_agg(e.data -> 'classification' order by e.seq desc) filter (where e.type = 'completed'))[1] as class,
      (array_agg(e.data ->> 'silence' order by e.seq desc) filter (where e.type = 'closed'))[1] = 'true' as by_silence,
      coalesce(max(e.seq) filter (where e.type = 'closed'), 0) as closed_seq
    from events e where e.process in (${numbers}) and e.at <= ${asOf} group by e.process)`
}

/** The customer said solved or partly. */
export const resolving = sql`(e.type = 'confirmed' and e.data ->> 'outcome' in ('solved', 'partly'))`
/** The work began anew. */
export const undoing = sql`(e.type = 'reopened' or e.type = 'confirmed' and e.data ->> 'outcome' = 'unsolved')`
/** Of {@link ends}: whether it is solved as things were known. */
export const isResolved = sql`(ends.resolved_seq is not null and ends.resolved_seq > ends.undone_seq)`

/** By what two tickets are known to be of the same customer, of a row of tickets `t`: contact data, account, login. */
export const identities = sql`(t.contact_keys || array_remove(array['account ' || t.customer_account, 'login ' || t.requester], null))`

/** How the solution of each of these tickets was classified last, as far as was known: `number`, `class`, none for one that was not. */
export function classes(numbers: RawBuilder<unknown>, { asOf }: Pick<Asked, 'asOf'>): RawBuilder<unknown> {
  return sql`(
    select e.process as number, (array_agg(e.data -> 'classification' order by e.seq desc))[1] as class
    from events e where e.process in (${numbers}) and e.type = 'completed' and e.at <= ${asOf} group by e.process)`
}
