import { z } from 'zod'
import { subjectKey } from '../../domain/assessment/model.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict, invalid, invalidIf, type Rejection } from '../../domain/rejection.ts'
import { isSuperior } from '../../domain/assessment/rights.ts'
import { reasonSchema, shortText } from '../common/inputs.ts'
import {
  decidedAlready,
  defineCommand,
  dueIn,
  foundSchema,
  itemError,
  itemSchema,
  partyTo,
  subjectOf,
  subjectSchema,
  superiorOfNobody,
  superiors,
  type Decidable,
  type Deciding,
  type LookedUp,
} from './command.ts'
import { unconfirmed, type SubjectState } from './state.ts'

/** 确认评分: what a superior decides before a score counts, and that it does. Never whoever is scored, and never whoever deferred. */

const excusing = () => z.strictObject({ subject: subjectSchema, item: itemSchema, reason: reasonSchema })

export const excuse = defineCommand<z.output<ReturnType<typeof excusing>> & LookedUp>({
  name: 'excuse',
  labels: said('认定客观原因', '認定客觀原因', 'Excuse'),
  summary:
    'Finds that nobody could help a delay: it leaves the count of that score. Whoever stands above the one who is scored decides it.',
  requirements: ['R11', 'R14'],
  may: superiors,
  stages: ['draft'],
  input: excusing,
  preparedInput: () => excusing().extend({ found: foundSchema }),
  blocked: blockedFor,
  decide(context, { subject: given, item, reason, found }) {
    const { subject, key, refused } = subjectOf(context, given)
    if (refused) return refused
    return (
      decidedOn(subject) ??
      invalidIf(itemError('item', item, found['item'], delays)) ??
      partyTo({ found }, 'item', context) ??
      decidedAlready(subject, item) ?? [{ type: 'delay-excused', subject: key, item, reason }]
    )
  },
})

const confirmingAct = () =>
  z.strictObject({
    subject: subjectSchema,
    item: itemSchema,
    remark: labelled(shortText.optional().describe('what speaks for it'), said('备注', '備註', 'Remark')),
  })

export const confirmAct = defineCommand<z.output<ReturnType<typeof confirmingAct>> & LookedUp>({
  name: 'confirm-act',
  labels: said('确认补录', '確認補錄', 'Confirm act'),
  summary: 'Confirms that an act which was recorded long afterwards took place when it is said to: the promise counts as kept.',
  requirements: ['R14'],
  may: superiors,
  stages: ['draft'],
  input: confirmingAct,
  preparedInput: () => confirmingAct().extend({ found: foundSchema }),
  blocked: blockedFor,
  decide(context, { subject: given, item, remark, found }) {
    const { subject, key, refused } = subjectOf(context, given)
    if (refused) return refused
    return (
      decidedOn(subject) ??
      invalidIf(itemError('item', item, found['item'], inDoubt)) ??
      partyTo({ found }, 'item', context) ??
      decidedAlready(subject, item) ?? [{ type: 'act-confirmed', subject: key, item, remark: remark ?? null }]
    )
  },
})

const takingBack = () => z.strictObject({ subject: subjectSchema, item: itemSchema, reason: reasonSchema })

export const takeBack = defineCommand<z.output<ReturnType<typeof takingBack>> & LookedUp>({
  name: 'take-back',
  labels: said('撤销认定', '撤銷認定', 'Take back'),
  summary: 'Takes back what was decided of an item while its score is a draft, and says why: an excuse, or the confirmation of an act.',
  requirements: ['R11', 'R14'],
  may: superiors,
  stages: ['draft'],
  input: takingBack,
  preparedInput: () => takingBack().extend({ found: foundSchema }),
  blocked: blockedFor,
  decide(context, { subject: given, item, reason, found }) {
    const { subject, key, refused } = subjectOf(context, given)
    if (refused) return refused
    const choices = Object.keys(subject.decided)
    return (
      decidedOn(subject) ??
      (choices.includes(item)
        ? undefined
        : invalid({ path: 'item', code: 'nothing-decided', params: choices.length > 0 ? { choices } : {} })) ??
      partyTo({ found }, 'item', context) ?? [{ type: 'decision-taken-back', subject: key, item, reason }]
    )
  },
})

export const confirm = defineCommand({
  name: 'confirm',
  labels: said('确认评分', '確認評分', 'Confirm'),
  summary: 'Confirms a score: it counts, who is scored may read it, and has some days to object.',
  requirements: ['R14'],
  may: superiors,
  stages: ['draft'],
  input: () => z.strictObject({ subject: subjectSchema }),
  blocked: blockedFor,
  decide(context, { subject: given }) {
    const { subject, key, refused } = subjectOf(context, given)
    if (refused) return refused
    const already = decidedOn(subject)
    if (already) return already
    const confirmed = { type: 'score-confirmed', subject: key, objectBy: dueIn(context, 'objectWithin') } as const
    const isLast = unconfirmed(context.state).every((other) => subjectKey(other) === key)
    return isLast ? [confirmed, { type: 'all-confirmed' }] : [confirmed]
  },
})

/** What was too late, or would be by when it was recorded. */
const delays: Decidable = { kinds: ['broken', 'backdated'], otherwise: 'not-a-delay' }
const inDoubt: Decidable = { kinds: ['backdated'], otherwise: 'not-in-doubt' }

/** What was confirmed stays as it is: then there is the objection. */
function decidedOn({ confirmedBy, objectBy }: SubjectState): Rejection | undefined {
  return confirmedBy === null ? undefined : conflict('confirmed-already', objectBy === null ? {} : { until: objectBy })
}

/** Nothing that the actor decides over is left to be confirmed. */
function blockedFor(context: Deciding): Rejection | undefined {
  const { state, act } = context
  const isLeft = unconfirmed(state).some((subject) => isSuperior(act.actor, subject))
  return superiorOfNobody(context) ?? (isLeft ? undefined : conflict('confirmed-already'))
}
