import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { answersIn, isSatisfied } from '../../ticket/figures/answers.ts'
import { charge, heldBefore, holdsTable, solutionBefore } from './charge.ts'

/**
 * For whom customers' answers count (`satisfaction`): for whoever had the ticket when the solution was recorded of which the answer is; where there was none, just before
 * the answer. Whoever has the ticket by the time of the callback may have done nothing about it.
 */
export function answerCharges(asked: Asked): RawBuilder<unknown> {
  return sql`
    with given as materialized (select answer.*, ${isSatisfied} as is_satisfied from ${answersIn(asked)}),
    ${holdsTable(sql`select number from given`, asked)},
    judged as materialized (select t.*, ${solutionBefore(sql`t.seq`)} as solution_seq from given t)
    select ${charge({
      figure: sql`'satisfaction'`,
      ticket: sql`t.number`,
      holder: sql`h.holder`,
      team: sql`h.team`,
      hit: sql`t.is_satisfied`,
      what: sql`case when not t.is_satisfied then 'dissatisfied' end`,
      at: sql`t.at`,
      score: sql`t.score`,
    })}
    from judged t join holds h on h.process = t.number and ${heldBefore(sql`t.solution_seq`)}`
}
