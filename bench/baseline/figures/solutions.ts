import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { solved, type Statement } from './parts.ts'

/** Whether what customers brought was solved, at once, and for good. */

export const bareResolution = {
  'resolution-rate': rate(sql`solved`),
  'first-contact-resolution': rate(sql`solved and at_once`),
  'lasting-first-contact-resolution': (asked) => sql`
    with known as (${outcomes(asked)}),
    again as (
      select distinct known.number from known join tickets t on t.profile = ${asked.profile.id} and t.contact_keys && known.contact_keys and t.number <> known.number
        and t.submitted_at > known.solved_at and t.submitted_at <= known.solved_at + interval '7 days'
      where known.solved and known.at_once and ${classOf(sql`t.number`)} = ${classOf(sql`known.number`)}),
    young as (select number from known where solved and solved_at > ${asked.asOf}::timestamptz - interval '7 days')
    select count(*) filter (where not young) as n, count(*) filter (where not young and solved and at_once and not again) as hits,
      jsonb_build_object('young', count(*) filter (where young), 'running', count(*) filter (where not young and not solved and not silent),
        'silence', count(*) filter (where not young and not solved and silent)) as marks
    from (select solved, at_once, silent, number in (select number from young) as young, number in (select number from again) as again from known) as k`,

  'reopen-rate': (asked) => sql`
    select count(*) filter (where reopened or over) as n, count(*) filter (where reopened) as hits,
      jsonb_build_object('open', count(*) filter (where not reopened and not over)) as marks
    from (
      select exists (select from events e where e.process = solved.number and e.seq > solved.seq and e.type = 'reopened') as reopened,
        exists (
          select from events e where e.process = solved.number and e.seq > solved.seq and e.type = 'closed'
            and (e.data ->> 'reopenableUntil')::timestamptz <= ${asked.asOf}) as over
      from (${solved(asked)}) as solved) as known`,

  'repeat-rate': ({ profile, from, until }) => sql`
    with classified as (
      select distinct on (t.number) t.number, t.submitted_at, t.contact_keys, e.occurred_at, e.data -> 'classification' as class
      from tickets t join events e on e.process = t.number and e.type = 'completed'
      where t.profile = ${profile.id} and t.submitted_at < ${until} and t.submitted_at >= (
        select min(t.submitted_at) - interval '30 days' from events e join tickets t on t.number = e.process
        where t.profile = ${profile.id} and e.type = 'completed' and e.occurred_at >= ${from} and e.occurred_at < ${until})
      order by t.number, e.seq desc),
    followed as (
      select *, submitted_at - lag(submitted_at) over (partition by class order by submitted_at, number) <= interval '30 days' as repeats,
        submitted_at - lag(submitted_at) over (partition by class, contact_keys order by submitted_at, number) <= interval '30 days' as of_customer
      from classified)
    select count(*) as n, count(*) filter (where repeats) as hits, jsonb_build_object('same-customer', count(*) filter (where of_customer)) as marks
    from followed where occurred_at >= ${from} and occurred_at < ${until}`,
} satisfies Readonly<Record<string, Statement>>

function rate(hit: RawBuilder<unknown>): Statement {
  return (asked) => sql`
    with known as (${outcomes(asked)})
    select count(*) as n, count(*) filter (where ${hit}) as hits,
      jsonb_build_object('running', count(*) filter (where not solved and not silent), 'silence', count(*) filter (where not solved and silent)) as marks from known`
}

/** Of tickets submitted in the time, what became of each by now. */
function outcomes({ profile, from, until }: Asked): RawBuilder<unknown> {
  return sql`
    select t.number, t.contact_keys, coalesce(solved_seq > undone_seq, false) as solved, solved_at, coalesce(silent, false) as silent,
      undone_seq = 0 and (first.data ->> 'live')::boolean::int + (
        select count(*) from events c where c.process = t.number and c.type = 'contacted' and c.seq < completed_seq) <= 1 as at_once
    from tickets t join events first on first.process = t.number and first.seq = 1
    cross join lateral (
      select max(e.seq) filter (where e.type = 'confirmed' and e.data ->> 'outcome' <> 'unsolved') as solved_seq,
        max(e.occurred_at) filter (where e.type = 'confirmed' and e.data ->> 'outcome' <> 'unsolved') as solved_at,
        coalesce(max(e.seq) filter (where e.type = 'reopened' or e.type = 'confirmed' and e.data ->> 'outcome' = 'unsolved'), 0) as undone_seq,
        coalesce(max(e.seq) filter (where e.type = 'completed'), 0) as completed_seq,
        bool_or(e.data ->> 'silence' = 'true') as silent
      from events e where e.process = t.number and e.type in ('confirmed', 'reopened', 'completed', 'closed')) as ends
    where t.profile = ${profile.id} and t.submitted_at >= ${from} and t.submitted_at < ${until} and t.stage not in ('withdrawn', 'merged')`
}

function classOf(number: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select e.data -> 'classification' from events e where e.process = ${number} and e.type = 'completed' order by e.seq desc limit 1)`
}
