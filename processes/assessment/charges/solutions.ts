import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { owedByCustomers } from '../../ticket/figures/promises.ts'
import { howFar, wasSilent } from '../../ticket/figures/resolution.ts'
import { charge, heldBefore, holdsTable, solutionBefore } from './charge.ts'

/**
 * For whom tickets count as solved or not (`resolution-rate`): for whoever had the ticket when the solution was recorded of which the customer's last word is, or
 * their silence; where there was no solution, just before that. A ticket without any such word counts for whoever had it when the time ended, if a promise of
 * it is broken by then: who got it a day before has done nothing wrong yet.
 */
export function solutionCharges(asked: Asked): RawBuilder<unknown> {
  // The last moment of the time asked about is that before its end.
  const atEnd = sql`(h.from_at < ${asked.until} and (h.to_at is null or h.to_at >= ${asked.until}))`
  return sql`
    with known as materialized (${howFar(asked)}),
    ${holdsTable(sql`select number from known`, asked)},
    worded as (
      select t.*, ${wasSilent} as silent from known t),
    judged as materialized (
      select t.number, t.is_resolved, t.silent, t.submitted_at, word.seq, ${solutionBefore(sql`word.seq`)} as solution_seq,
        case when word.seq is null then ${isLate(asked)} end as is_late
      from worded t cross join lateral (
        select nullif(case when t.is_resolved then t.resolved_seq when t.silent then t.closed_seq else t.undone_seq end, 0) as seq) as word)
    select ${charge({
      figure: sql`'resolution-rate'`,
      ticket: sql`t.number`,
      holder: sql`h.holder`,
      team: sql`h.team`,
      hit: sql`case when t.seq is not null or t.is_late then t.is_resolved end`,
      what: sql`case when t.is_resolved then null when t.silent then 'silence' when t.is_late then 'running' when t.seq is null then null when word.type = 'reopened' then 'reopened' else 'unsolved' end`,
      at: sql`coalesce(word.occurred_at, t.submitted_at)`,
    })}
    from judged t join holds h on h.process = t.number and case when t.seq is null then ${atEnd} else ${heldBefore(sql`t.solution_seq`)} end
      left join events word on word.process = t.number and word.seq = t.seq and not t.is_resolved`
}

/** Whether a promise of the ticket `t` is known to be broken. Asked of those without an answer, of which there are few. */
function isLate({ profile, asOf }: Asked): RawBuilder<boolean> {
  return sql`exists (
    select from (
      select distinct on (told ->> 'clock', told ->> 'cycle') told ->> 'clock' as clock, told ->> 'state' as state
      from events e cross join lateral jsonb_array_elements(e.promises) as told where e.process = t.number and e.at <= ${asOf}
      order by told ->> 'clock', told ->> 'cycle', e.seq desc) as p
    where p.state = 'broken' and p.clock <> all(${owedByCustomers(profile)}))`
}
