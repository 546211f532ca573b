import { sql, type RawBuilder } from 'kysely'
import type { Asked, Figure } from '../../../db/figures/figure.ts'
import { said } from '../../../domain/labels.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { ofEveryTicket } from './dimensions.ts'
import { thing } from './known.ts'

/** Which promises were kept. Each clock is a figure of its own: hourly progress reports would drown all others. */

const promises = said('项承诺', '項承諾', 'promises')

export const attainment: Figure = {
  id: 'attainment',
  kind: 'share',
  better: 'higher',
  label: said('承诺达成率', '承諾達成率', 'Promises kept'),
  unit: promises,
  definition: said(
    '最终到期时刻在统计期内的承诺中，按时完成的占按时完成与超时之和的比例，按时钟分列，不同时钟不合并。因优先级变更而即刻超时的，计入作出变更的统计期。暂停中的承诺按暂停前的到期时刻归属并列为进行中，恢复计时后随新的到期时刻改属其他统计期。由客户负责的时钟不计；进行中、已取消的另行列出，取消时已用去四分之三以上时限的单独标明。',
    '最終到期時刻在統計期內的承諾中，按時完成的占按時完成與逾時之和的比例，按時鐘分列，不同時鐘不合併。因優先等級變更而即刻逾時的，計入作出變更的統計期。暫停中的承諾依暫停前的到期時刻歸屬並列為進行中，恢復計時後隨新的到期時刻改屬其他統計期。由客戶負責的時鐘不計；進行中、已取消的另行列出，取消時已用去四分之三以上時限的單獨標明。',
    'Of promises whose last due instant lies in the period: kept ÷ (kept + broken), clock by clock and never over several. One that another priority broke at once belongs to the period of that decision. One that is paused counts as running, by when it was due before the pause; once it goes on, it belongs to the period of its new due instant. Clocks that the customer owes are left out; those still running and those cancelled are told apart, and so are those cancelled in their last quarter.',
  ),
  marks: {
    broken: said('已超时', '已逾時', 'broken'),
    running: said('进行中', '進行中', 'running'),
    cancelled: said('已取消', '已取消', 'cancelled'),
    'cancelled-late': said('临期取消', '臨期取消', 'cancelled in the last quarter'),
  },
  beside: ['running', 'cancelled', 'cancelled-late'],
  by: [...ofEveryTicket, 'clock'],
  apart: 'clock',
  // What rests may leave a time that is over: its due instant moves when it goes on.
  matures: true,
  requirements: ['T17', 'Q7', 'R12', 'M6'],
  counted: (asked) => sql`select ${thing({
    number: sql`process`,
    hit: sql`case state when 'kept' then true when 'broken' then false end`,
    mark: sql`case state when 'broken' then 'broken' when 'running' then 'running' when 'paused' then 'running'
        when 'cancelled' then case when stopped_at - started_at > (due_at - started_at) * 0.75 then 'cancelled-late' else 'cancelled' end end`,
    clock: sql`split_part(clock, ':', 1)`,
    cycle: sql`cycle`,
    dueAt: sql`due_at`,
  })}
    from (${promisesThen(asked)}) as cycles where belongs_at >= ${asked.from} and belongs_at < ${asked.until} and clock <> all(${owedByCustomers(asked.profile)})`,
}

/**
 * Every cycle that may belong to the time asked about, as it stood then: newest rows where nothing has touched them since, else from the events.
 * `decided_at` is when another priority broke it at once; null: none did.
 */
export function promisesThen({ profile, from, until, asOf }: Asked): RawBuilder<unknown> {
  return sql`
    with touched as materialized (select distinct process from events where at > ${asOf}),
    retargeted as materialized (
      select distinct process from events where occurred_at >= ${from} and at <= ${asOf} and type = 'promise-broken' and data ->> 'cause' = 'retarget'),
    decided as materialized (
      select process, data ->> 'clock' as clock, (data ->> 'cycle')::int as cycle, min(occurred_at) as decided_at from events
      where process in (select process from retargeted) and at <= ${asOf} and type = 'promise-broken' and data ->> 'cause' = 'retarget' group by 1, 2, 3),
    due as (
      select p.* from promises p where p.due_at >= ${from} and p.due_at < ${until}
      union all
      select p.* from promises p where p.process in (select process from retargeted) and not (p.due_at >= ${from} and p.due_at < ${until})),
    p as (
      select p.process, p.clock, p.cycle, p.started_at, p.due_at, p.stopped_at, p.state, p.recorded_late from due p join tickets t on t.number = p.process
      where t.profile = ${profile.id} and p.process not in (select process from touched)
      union all
      select * from (
        select distinct on (e.process, told ->> 'clock', told ->> 'cycle') e.process, told ->> 'clock' as clock, (told ->> 'cycle')::int as cycle,
          (told ->> 'startedAt')::timestamptz as started_at, (told ->> 'dueAt')::timestamptz as due_at,
          (told ->> 'stoppedAt')::timestamptz as stopped_at, told ->> 'state' as state, (told ->> 'recordedLate')::boolean as recorded_late
        from touched join tickets t on t.number = touched.process join events e on e.process = t.number cross join lateral jsonb_array_elements(e.promises) as told
        where t.profile = ${profile.id} and e.at <= ${asOf}
        order by e.process, told ->> 'clock', told ->> 'cycle', e.seq desc) as folded)
    select p.*, decided.decided_at, coalesce(decided.decided_at, p.due_at) as belongs_at
    from p left join decided on p.state = 'broken' and decided.process = p.process and decided.clock = p.clock and decided.cycle = p.cycle`
}

/** Clocks whose passing is nobody's fault here: what was awaited was the customer's to do. */
export function owedByCustomers({ clocks }: Pick<Profile, 'clocks'>): readonly string[] {
  return clocks.flatMap(({ id, whenDue }) => (whenDue === 'break' ? [] : [id]))
}
