import { z } from 'zod'
import type { Account } from '../../domain/assessment/account.ts'
import { assessmentModelSchema, scoreItemSchema } from '../../domain/assessment/model.ts'
import type { Scored } from '../../domain/assessment/rights.ts'
import type { Locale } from '../../domain/labels.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import type { SubjectState } from '../../workflows/assessment/state.ts'
import { commendationsSchema } from './commendations.ts'
import { instantAnswer, namesSchema, personAnswer } from './schemas.ts'

/** What is answered of scores. */

export const subjectKindSchema = z.enum(['person', 'team']).meta({ id: 'ScoredKind', description: 'who can be scored' })

const count = (meaning: string) => z.int().min(0).describe(meaning)
const decidedShape = { by: personAnswer('who decided it'), at: instantAnswer('when') }
const excuseSchema = z
  .object({ ...decidedShape, reason: z.string().describe('why') })
  .meta({ id: 'ScoreExcuse', description: 'That something leaves the count' })
const objectionSchema = z
  .object({
    by: personAnswer('who objected'),
    at: instantAnswer('when'),
    reason: z.string().describe('what is wrong, as they say'),
    decided: z
      .object({ ...decidedShape, reason: z.string().describe('why'), upheld: z.boolean().describe('whether who objected is right') })
      .meta({ id: 'ObjectionDecision', description: 'What was decided about an objection' })
      .nullable()
      .describe('null: not yet'),
  })
  .meta({ id: 'ScoreObjection', description: 'An objection to a score' })

const criterionShape = {
  criterion: z.string().describe('id of the criterion in the plan'),
  label: z.string().describe('what it is called'),
  weight: count('what it weighs beside the others'),
  standard: z.number().describe('below so many percent it is marked'),
  n: count('how many count'),
  hits: count('how many of them'),
  excused: count('how many were excused, and do not count'),
  unconfirmed: count('how many were recorded late by whom they speak for, and count as misses until another confirms them'),
  rate: z.number().nullable().describe('in percent; null: nothing counts'),
  below: z.boolean().describe('below its standard'),
  few: z.boolean().describe('so few that nothing is deducted for it'),
}

const reasonSchema = z
  .object({
    reason: z.enum(['score', 'rank', 'criterion']).describe('what speaks for it'),
    criterion: z.string().optional().describe('of `criterion`: which'),
    score: z.number().optional().describe('of `score`: points'),
    from: z.number().optional().describe('of `score`: from so many on somebody is proposed'),
    rank: z.int().optional().describe('of `rank`: the place'),
    of: z.int().optional().describe('of `rank`: among so many'),
    rate: z.number().optional().describe('of `criterion`: in percent'),
    standard: z.number().optional().describe('of `criterion`: in percent'),
    n: z.int().optional().describe('of `criterion`: how many count'),
  })
  .meta({ id: 'OutstandingReason', description: 'Why somebody is proposed as outstanding' })

const scoreShape = {
  kind: subjectKindSchema.describe('whether a person or a team is scored'),
  id: z.string().describe('id of the person or the team'),
  name: z.string().describe('what they were called when it was reckoned'),
  tickets: count('how many tickets were counted for them'),
  score: z.number().nullable().describe('0 to 100; null: nothing counts'),
  deduction: z.number().describe('points that are deducted for what is below its standard, beside the score'),
  suspended: z.boolean().describe('the deduction does not hold while an objection waits for its decision'),
  few: z.boolean().describe('too few tickets to be ranked, or for anything to be deducted'),
  rank: z.int().min(1).nullable().describe('place among people, or among teams; null: not ranked'),
  state: z
    .enum(['draft', 'confirmed', 'objected', 'settled'])
    .meta({ id: 'ScoreState', description: 'how far a score has come' })
    .describe('`draft`: nobody has confirmed it; `objected`: an objection waits; `settled`: it is final'),
  outstanding: z
    .object({ proposed: z.boolean().describe('whether they are'), reasons: z.array(reasonSchema).describe('why') })
    .describe('proposed as outstanding 优秀个人'),
  confirmed: z
    .object(decidedShape)
    .meta({ id: 'ScoreConfirmation', description: 'That a superior confirmed it' })
    .nullable()
    .describe('who confirmed it; null: nobody yet'),
  objectBy: instantAnswer('until when it can be objected to; null: it is not confirmed').nullable(),
  prolonged: z
    .object({
      at: instantAnswer('when that was found'),
      from: instantAnswer('until when it could be objected to, as was said first'),
      until: instantAnswer('until when it can'),
    })
    .meta({ id: 'ProlongedObjections', description: 'That everything was down when the time for objections ended, so that it goes on' })
    .nullable()
    .describe('null: it was not'),
  objection: objectionSchema.nullable().describe('null: none'),
}

const scoreSchema = z
  .object({
    ...scoreShape,
    criteria: z
      .array(z.object(criterionShape).meta({ id: 'CriterionScore', description: 'What was counted by a criterion' }))
      .describe('one for each criterion of the plan'),
  })
  .meta({ id: 'Score', description: 'A score' })

const itemSchema = scoreItemSchema
  .extend({
    excused: excuseSchema.nullable().describe('that it does not count, and why; null: it counts'),
    confirmed: z
      .object({ ...decidedShape, remark: z.string().nullable().describe('what speaks for it') })
      .meta({ id: 'ConfirmedAct', description: 'That another person confirmed an act' })
      .nullable()
      .describe('of an act recorded late: that another person confirmed it'),
  })
  .meta({ id: 'AccountedItem', description: 'An item of a score, and what was decided of it' })

const accountSchema = z
  .object({
    ...scoreShape,
    criteria: z
      .array(
        z
          .object({
            ...criterionShape,
            definition: z.string().describe('exactly what is counted (口径)'),
            division: z.string().nullable().describe('how the rate comes about: `19 ÷ 20 = 95.00%`'),
            toTeam: count('broken beside; these count for the team alone'),
            toNobody: count('broken beside by a change of priority; these count for nobody'),
            running: count('tickets beside that are still on their way, without a broken promise; they are not counted'),
            items: z.array(itemSchema).describe('everything that did not go well, or is in doubt'),
          })
          .meta({ id: 'CriterionAccount', description: 'What was counted by a criterion, one by one' }),
      )
      .describe('one for each criterion of the plan'),
    sum: z.string().nullable().describe('how the score comes about: the weighted mean of the rates'),
  })
  .meta({ id: 'ScoreAccount', description: 'A score, and how it came about' })

export const scoresAnswer = z.object({
  number: z.string().describe('number of the assessment'),
  label: z.string().describe('what it is called'),
  period: z.string().describe('of which month'),
  asOf: instantAnswer('as of which instant it was reckoned'),
  items: z.array(scoreSchema).describe('the scores that the caller may see'),
  commendations: commendationsSchema.describe('of whoever is scored by them; for the management, of everybody'),
  names: namesSchema,
})

export const accountAnswer = z.object({
  number: z.string().describe('number of the assessment'),
  account: accountSchema,
  commendations: commendationsSchema.describe('of who is scored'),
  names: namesSchema,
})

export const assessmentContentSchema = z.object({
  model: assessmentModelSchema.describe('what was counted; of one score alone where that was asked for'),
  accounts: z.array(accountSchema).describe('the scores that follow, by everything that was decided so far'),
  commendations: commendationsSchema.describe('everybody’s; of one score alone where that was asked for'),
})

type ScoreView = Unchanging<z.input<typeof scoreSchema>>
type AccountView = Unchanging<z.input<typeof accountSchema>>

/** A score with what its process knows of it. */
export interface ShownScore {
  readonly account: Account
  readonly subject: Pick<SubjectState, 'objectBy'> & Scored
}

export function scoreView({ account, subject }: ShownScore, locale: Locale): ScoreView {
  return { ...commonView({ account, subject }, locale), criteria: account.criteria.map((criterion) => criterionView(criterion, locale)) }
}

export function accountView({ account, subject }: ShownScore, locale: Locale): AccountView {
  return {
    ...commonView({ account, subject }, locale),
    criteria: account.criteria.map((criterion) => ({
      ...criterionView(criterion, locale),
      definition: criterion.definition[locale],
      division: criterion.rate,
      toTeam: criterion.result.toTeam ?? 0,
      toNobody: criterion.result.toNobody ?? 0,
      running: criterion.result.running ?? 0,
      items: criterion.items.map(({ confirmed, ...item }) => ({
        ...item,
        confirmed: confirmed && { ...confirmed, remark: confirmed.remark ?? null },
      })),
    })),
    sum: account.sum,
  }
}

function commonView({ account, subject }: ShownScore, locale: Locale) {
  const { score, name, confirmed, prolonged, objection } = account
  const { kind, id, tickets, deduction, suspended, few, rank, state, outstanding } = score
  return {
    ...{ kind, id, tickets, deduction, suspended, few, rank, state, confirmed, prolonged, objection },
    name: typeof name === 'string' ? name : name[locale],
    score: score.score,
    outstanding: { proposed: outstanding.proposed, reasons: [...outstanding.reasons] },
    objectBy: subject.objectBy,
  }
}

function criterionView({ score, label }: Account['criteria'][number], locale: Locale) {
  return { ...score, label: label[locale] }
}

/** Ids of the people whom an account names. */
export function idsInAccount({ confirmed, objection, criteria }: Account): string[] {
  const decided = criteria.flatMap(({ items }) =>
    items.flatMap((item) => [item.excused?.by, item.confirmed?.by, item.recordedBy, item.deferral?.by]),
  )
  return [confirmed?.by, objection?.by, objection?.decided?.by, ...decided].filter((id) => id !== undefined)
}
