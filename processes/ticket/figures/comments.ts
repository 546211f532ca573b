import { sql, type RawBuilder } from 'kysely'
import type { Asked } from '../../../db/figures/figure.ts'
import { answersIn, isSatisfied } from './answers.ts'

/** The answers that satisfaction counts, of customers who gave words with theirs: `number`, `hit`, `score`, `at`, and the `texts` in clear. */
export function commentedAnswers(asked: Asked): RawBuilder<unknown> {
  return sql`select answer.number, ${isSatisfied} as hit, null::text as clock, answer.score, answer.at, said.texts
    from ${answersIn(asked)} join events e on e.process = answer.number and e.seq = answer.seq
    cross join lateral (select array_remove(array[${sql.join(customersOwn.map((part) => sql`e.data ->> ${sql.lit(part)}`))}], null) as texts) as said
    where cardinality(said.texts) > 0`
}

/** What of a callback or a confirmation is the customer's words. */
const customersOwn = ['remark', 'experience', 'suggestions', 'effect'] as const
