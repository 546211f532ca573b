import { z } from 'zod'
import type { KnownProblem, OwedAction } from '../../db/known-problems.ts'
import type { Findings, FoundAction } from '../../db/review-findings.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { usualReviews } from '../../domain/profile/reviews.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { actionStateLabels, actionStates } from '../../domain/reviews/actions.ts'
import { effectOutcomes, effectTold, ratePer100, type Counted } from '../../domain/reviews/effect.ts'
import { stageLabel } from '../../domain/stages.ts'
import { reviewStages } from '../../workflows/review/stages.ts'
import { instantAnswer, namesSchema, pageOf, personAnswer, wholeList } from './schemas.ts'

/** What reviews found and decided, as people are answered it. */

const causeSchema = z
  .object({
    causeKind: z.string().describe('id of its kind in the profile'),
    label: z.string().describe('what the kind is called'),
    text: z.string().describe('the cause itself'),
  })
  .meta({ id: 'FoundCause', description: 'A cause that a review found' })

const actionSchema = z
  .object({
    action: z.int().min(1).describe('its number, within the review'),
    text: z.string().describe('what is done'),
    owner: personAnswer('who sees that it is done'),
    dueAt: instantAnswer('when it is due'),
    dueBefore: z.array(instantAnswer('when it was due')).describe('when it was due before it was put off, the first first'),
    state: z.enum(actionStates).describe('how far it is'),
    stateLabel: z.string().describe('what that is called; an open one that is late says so'),
    overdue: z.boolean().describe('it was not carried out in time'),
    endedAt: instantAnswer('when it was carried out or dropped').nullable(),
    report: z.string().nullable().describe('what was done, or why it was dropped'),
    links: z.array(z.string()).describe('where it can be seen'),
  })
  .meta({ id: 'ImprovementAction', description: 'An improvement action of a review' })

const countedSchema = z
  .object({
    from: instantAnswer('from when tickets were counted'),
    until: instantAnswer('until when, not included'),
    tickets: z.int().min(0).describe('tickets submitted then whose solution is classified'),
    hits: z.int().min(0).describe('those of the classification'),
    per100: z.number().nullable().describe('those of the classification in 100'),
  })
  .meta({ id: 'CountedSpan', description: 'How often a classification was seen in a time' })

const effectSchema = z
  .object({
    outcome: z.enum(effectOutcomes).describe('what was found'),
    label: z.string().describe('what that is called'),
    at: instantAnswer('when it was looked at'),
    before: countedSchema.nullable().describe('before the review opened; null: nothing could be counted'),
    after: countedSchema.nullable().describe('since its last action was carried out'),
  })
  .meta({ id: 'ReviewEffect', description: 'Whether what a review decided had an effect' })

const findingsShape = {
  summary: z.string().nullable().describe('what the analysis found; null: not yet'),
  causes: z.array(causeSchema).describe('root causes'),
  actions: z.array(actionSchema).describe('improvement actions, in the order in which they were decided'),
  effect: effectSchema.nullable().describe('what was found of the effect last; null: nothing yet'),
  conclusion: z.string().nullable().describe('what is to be remembered; null: it goes on'),
}

export const findingsSchema = z
  .object({
    number: z.string().describe('number of the review'),
    ...findingsShape,
    participants: z
      .array(
        z.object({
          person: personAnswer('who takes part'),
          party: z.string().nullable().describe('for whom they speak; null: for none'),
        }),
      )
      .describe('who takes part'),
    tickets: z.array(z.string()).describe('numbers of the tickets that it counts'),
    names: namesSchema,
  })
  .meta({ id: 'ReviewFindings', description: 'What a review found and decided' })

const knownProblemSchema = z
  .object({
    number: z.string().describe('number of the review'),
    profile: z.string().describe('id of its profile'),
    title: z.string().describe('what it is about'),
    stage: z.enum(reviewStages.map(({ id }) => id)).describe('where the review stands'),
    stageLabel: z.string().describe('what the stage is called'),
    module: z.string().nullable().describe('module of its classification; null: it has none'),
    type: z.string().nullable().describe('type of its classification'),
    cause: z.string().nullable().describe('cause of its classification'),
    classification: z.array(z.string()).describe('what the three are called; none where it has none'),
    tickets: z.int().min(0).describe('how many tickets it counts'),
    openedAt: instantAnswer('when the review opened'),
    ...findingsShape,
  })
  .meta({ id: 'KnownProblem', description: 'A problem that was reviewed: where it came from, and what was done about it' })
export const knownProblemPageSchema = pageOf(knownProblemSchema, { names: namesSchema }).meta({
  id: 'KnownProblemPage',
  description: 'One page',
})

export const owedActionSchema = z
  .object({
    review: z.string().describe('number of the review'),
    title: z.string().describe('what the review is about'),
    action: z.int().min(1).describe('number of the action, within the review'),
    text: z.string().describe('what is to be done'),
    owner: personAnswer('who sees that it is done'),
    dueAt: instantAnswer('when it is due'),
    overdue: z.boolean().describe('it is late'),
  })
  .meta({ id: 'OwedAction', description: 'An improvement action that is still to be carried out' })

export const owedActionsSchema = wholeList(owedActionSchema, {
  total: z.int().min(0).describe('how many there are, also beyond `limit`'),
  names: namesSchema,
}).meta({
  id: 'OwedActions',
  description: 'Improvement actions that are open now',
})

/** In whose words it is told, and when. */
interface Telling {
  readonly locale: Locale
  readonly now: string
}

export function findingsView({ summary, causes, actions, effect, conclusion }: Findings, { reviews }: Profile, { locale, now }: Telling) {
  const kinds = [...(reviews?.causes ?? []), ...usualReviews.causes]
  return {
    summary,
    causes: causes.map(({ kind, text }) => ({ causeKind: kind, label: named(kinds, kind, locale), text })),
    actions: actions.map((action) => actionView(action, { locale, now })),
    effect: effect && {
      outcome: effect.outcome,
      label: effectTold(effect, conclusion !== null)[locale],
      at: effect.at,
      before: effect.before && withRate(effect.before),
      after: effect.after && withRate(effect.after),
    },
    conclusion,
  }
}

function withRate<T extends Counted>(counted: T) {
  return { ...counted, per100: ratePer100(counted) }
}

function actionView({ id, endedAt, state, dueAt, dueBefore, links, ...action }: FoundAction, { locale, now }: Telling) {
  const overdue = dueAt < (endedAt ?? now)
  const label = actionStateLabels[state === 'open' && overdue ? 'overdue' : state]
  return { action: id, ...action, dueBefore: [...dueBefore], dueAt, state, stateLabel: label[locale], overdue, endedAt, links: [...links] }
}

export function knownProblemView(problem: KnownProblem, findings: Findings, profile: Profile, telling: Telling) {
  const { locale } = telling
  const { number, title, stage, module, type, cause, tickets, openedAt } = problem
  const { classification, types } = profile
  const axes = [
    [classification.modules, module],
    [types, type],
    [classification.causes, cause],
  ] as const
  return {
    ...{ number, profile: profile.id, title, module, type, cause, tickets, openedAt },
    stage: reviewStages.find(({ id }) => id === stage)?.id ?? 'opened',
    stageLabel: stageLabel(reviewStages, stage, locale),
    classification: axes.flatMap(([list, id]) => (id === null ? [] : [named(list, id, locale)])),
    ...findingsView(findings, profile, telling),
  }
}

/** A word that people chose freely is its own name. */
function named(list: readonly { readonly id: string; readonly label: Labels }[], id: string, locale: Locale): string {
  return list.find((one) => one.id === id)?.label[locale] ?? id
}

/** Each with its text, which its review found. */
export function owedActionViews(owed: readonly OwedAction[], found: ReadonlyMap<string, Findings>, now: string) {
  return owed.map(({ review, title, action, owner, dueAt }) => {
    const text = found.get(review)?.actions.find(({ id }) => id === action)?.text ?? ''
    return { review, title, action, text, owner, dueAt, overdue: dueAt < now }
  })
}

/** Ids of the people in findings. */
export function idsInFindings({ actions }: Findings): string[] {
  return actions.map(({ owner }) => owner)
}
