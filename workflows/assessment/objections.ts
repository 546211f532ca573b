import { z } from 'zod'
import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import { isTheirOwn } from '../../domain/assessment/rights.ts'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { conflict, forbidden, invalidIf, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { longText, reasonSchema } from '../common/inputs.ts'
import {
  defineCommand,
  dueIn,
  foundSchema,
  itemError,
  itemSchema,
  management,
  partyTo,
  staff,
  subjectOf,
  subjectSchema,
  type LookedUp,
} from './command.ts'
import type { AssessmentEvent } from './events.ts'
import { openObjections, type AssessmentState, type SubjectState } from './state.ts'

/** 异议: who is scored says once what is wrong, in time; until it is decided, one level up, nothing is deducted. */

export const object = defineCommand({
  name: 'object',
  labels: said('提出异议', '提出異議', 'Object'),
  summary: 'Objects to a score that is confirmed, once: who is scored does, of a team its lead. Nothing is deducted until it is decided.',
  requirements: ['R14'],
  may: staff,
  // When all of it is final, who comes late hears that the time is over.
  stages: ['draft', 'confirmed', 'final'],
  input: () =>
    z.strictObject({
      subject: subjectSchema,
      reason: labelled(longText.describe('what is wrong with it'), said('异议理由', '異議理由', 'Objection')),
    }),
  blocked({ state, act: { actor } }) {
    const theirs = state.subjects.filter((subject) => isTheirOwn(actor, subject))
    const [first] = theirs
    if (!first) return forbidden('not-their-score')
    if (state.stage !== 'final') return undefined
    const silent = theirs.find(({ objection }) => objection === null)
    return silent ? conflict('objection-late', { until: silent.objectBy ?? state.dueAt }) : objectedAlready(first)
  },
  decide(context, { subject: given, reason }) {
    const { state, act } = context
    const subject = state.subjects.find((one) => subjectKey(one) === given)
    if (!subject || !isTheirOwn(act.actor, subject)) return forbidden('not-their-score')
    const { objectBy, objection, isFinal } = subject
    if (objectBy === null) return conflict('not-confirmed')
    if (objection !== null) return objectedAlready(subject)
    if (isFinal) return conflict('objection-late', { until: objectBy })
    const decideBy = dueIn(context, 'decideWithin')
    // A calendar that was amended meanwhile can have one that came later be due earlier.
    const [first] = openObjections(state)
    const by = !first || decideBy < first.decideBy ? decideBy : null
    return [{ type: 'objected', subject: subjectKey(subject), reason, decideBy, by }]
  },
})

function objectedAlready({ objection }: SubjectState): Rejection {
  return conflict('objected-already', objection && !objection.isDecided ? { until: objection.decideBy } : {})
}

const deciding = () =>
  z.strictObject({
    subject: subjectSchema,
    upheld: labelled(z.boolean().describe('whether who objects is right'), said('异议成立', '異議成立', 'Upheld')),
    reason: reasonSchema,
    excused: labelled(
      z.array(itemSchema).max(200).default([]).describe('of one that is upheld: ids of the items that leave the count by it'),
      said('剔除的未达标事项', '剔除的未達標事項', 'Excused items'),
    ),
  })

export const decideObjection = defineCommand<z.output<ReturnType<typeof deciding>> & LookedUp>({
  name: 'decide-objection',
  labels: said('裁定异议', '裁定異議', 'Decide objection'),
  summary:
    'Decides on an objection, one level up: another person than who confirmed the score, where there is one. With that the score is final.',
  requirements: ['R14'],
  may: management,
  stages: ['draft', 'confirmed'],
  input: deciding,
  preparedInput: () => deciding().extend({ found: foundSchema }),
  blocked({ state }) {
    if (openObjections(state).length > 0) return undefined
    return conflict(state.subjects.some(({ objection }) => objection !== null) ? 'objection-decided' : 'no-objection')
  },
  decide(context, { subject: given, upheld, reason, excused, found }) {
    const { state, act } = context
    const { subject, key, refused } = subjectOf(context, given)
    if (refused) return refused
    if (subject.objection === null) return conflict('no-objection')
    if (subject.objection.isDecided) return conflict('objection-decided')
    if (subject.confirmedBy === act.actor.id && found[otherDeciders] !== undefined) return forbidden('own-decision')
    return (
      invalidIf(
        ...excused.map(
          (item, at) => itemError(`excused[${at}]`, item, found[`excused[${at}]`], null) ?? decidedBefore(`excused[${at}]`, item, subject),
        ),
        upheld && excused.length === 0 ? { path: 'excused', code: 'nothing-upheld' } : undefined,
        !upheld && excused.length > 0 ? { path: 'excused', code: 'only-with', params: { value: 'upheld: true' } } : undefined,
      ) ??
      excused.map((_, at) => partyTo({ found }, `excused[${at}]`, context)).find((refusal) => refusal !== undefined) ?? [
        { type: 'objection-decided', subject: key, upheld, reason, excused, ...nextDue(state, key) },
        ...finalised(state, [key]),
      ]
    )
  },
})

/** Why nothing is excused by an objection that does not count against anybody as it is; undefined where it does. */
function decidedBefore(path: string, given: string, { decided }: SubjectState): FieldError | undefined {
  const command = own(decided, given)
  return command && { path, code: command === 'excuse' ? 'excused-already' : 'act-confirmed-already', params: { given } }
}

/** By what {@link LookedUp} says that others than who confirmed may decide. */
export const otherDeciders = 'others'

/** What the clock of decisions does with one. */
function nextDue(state: AssessmentState, decided: SubjectKey): { readonly first: boolean; readonly by: Instant | null } {
  const [first, next] = openObjections(state)
  return first?.key === decided ? { first: true, by: next?.decideBy ?? null } : { first: false, by: null }
}

/** When these become final by it: where no other score is left, so is the assessment. */
export function finalised({ subjects, stage }: AssessmentState, keys: readonly SubjectKey[]): AssessmentEvent[] {
  const isWhole = stage === 'confirmed' && subjects.every((subject) => subject.isFinal || keys.includes(subjectKey(subject)))
  return isWhole ? [{ type: 'finalised' }] : []
}
