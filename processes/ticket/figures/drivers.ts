import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { said, type Labels } from '../../../domain/labels.ts'
import { answersIn, isSatisfied } from './answers.ts'
import { owedByCustomers } from './promises.ts'

/**
 * What may move how satisfied customers are (R13 满意度与处理情况): what had happened to a ticket by the time its customer answered. What happened
 * later cannot have moved the answer.
 */

export interface Driver {
  /** Column of {@link drivenAnswers}. */
  readonly id: 'broken' | 'reopened' | 'transferred'
  readonly label: Labels
  /** What it is called of a ticket to which it happened, and of one to which it did not. */
  readonly yes: Labels
  readonly no: Labels
  readonly definition: Labels
}

export const drivers: readonly Driver[] = [
  {
    id: 'broken',
    label: said('承诺', '承諾', 'Promises'),
    yes: said('有承诺超时', '有承諾逾時', 'Some promise broken'),
    no: said('没有承诺超时', '沒有承諾逾時', 'No promise broken'),
    definition: said(
      '评价之前，该工单至少有一项承诺的最终到期时刻已过且未按时完成；由客户负责的时钟不计。',
      '評價之前，該工單至少有一項承諾的最終到期時刻已過且未按時完成；由客戶負責的時鐘不計。',
      'Of at least one promise of the ticket the last due instant had passed by the answer, and it was not kept. Clocks that the customer owes are left out.',
    ),
  },
  {
    id: 'reopened',
    label: said('重新打开', '重新開啟', 'Reopening'),
    yes: said('曾重新打开', '曾重新開啟', 'Reopened'),
    no: said('未重新打开', '未重新開啟', 'Not reopened'),
    definition: said('评价之前，该工单曾被重新打开。', '評價之前，該工單曾被重新開啟。', 'The ticket was reopened before the answer.'),
  },
  {
    id: 'transferred',
    label: said('转手', '轉手', 'Transfer'),
    yes: said('曾转手', '曾轉手', 'Transferred'),
    no: said('未转手', '未轉手', 'Not transferred'),
    definition: said(
      '评价之前，该工单先后由一人以上处理，或先后归属一个以上的团队，登记时的团队计入。',
      '評價之前，該工單先後由一人以上處理，或先後歸屬一個以上的團隊，登記時的團隊計入。',
      'Before the answer more than one person had had the ticket, or more than one team, the one of its registration included.',
    ),
  },
]

/** The answers that satisfaction counts, each with what had happened by then: `number`, `hit`, and a column for each driver. */
export function drivenAnswers(asked: Asked): RawBuilder<unknown> {
  const { asOf } = asked
  const before = sql`e.process = answer.number and e.at <= ${asOf} and e.occurred_at <= answer.at`
  return sql`select answer.number, ${isSatisfied} as hit, null::text as clock, ${isBroken(asked)} as broken,
      (select true from events e where ${before} and e.type = 'reopened' limit 1) is not null as reopened,
      (select count(distinct e.data ->> 'assignee') > 1 or count(distinct e.data ->> 'team') > 1 from events e
        where ${before} and e.type in ('submitted', 'assigned')) as transferred
    from ${answersIn(asked)}`
}

/** By the rows of promises where nothing has touched the ticket since, else from its events. */
function isBroken({ asOf, profile }: Pick<Asked, 'asOf' | 'profile'>): RawBuilder<unknown> {
  const broken = sql`state = 'broken' and due_at <= answer.at and clock <> all(${owedByCustomers(profile)})`
  return sql`case when (select e.at from events e where e.process = answer.number order by e.seq desc limit 1) <= ${asOf}
    then (select true from promises where process = answer.number and ${broken} limit 1) is not null
    else (
      select true from (
        select distinct on (told ->> 'clock', told ->> 'cycle') told ->> 'clock' as clock, told ->> 'state' as state, (told ->> 'dueAt')::timestamptz as due_at
        from events e cross join lateral jsonb_array_elements(e.promises) as told
        where e.process = answer.number and e.at <= ${asOf} order by told ->> 'clock', told ->> 'cycle', e.seq desc) as folded
      where ${broken} limit 1) is not null end`
}
