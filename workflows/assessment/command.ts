import { z } from 'zod'
import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import { isSuperior, isTheirOwn } from '../../domain/assessment/rights.ts'
import { workingDue } from '../../domain/calendar/working-time.ts'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { isStaff, roles } from '../../domain/people.ts'
import { conflict, forbidden, invalid, type FieldError, type FieldErrorCode, type Rejection } from '../../domain/rejection.ts'
import { defineCommandOf, type Definition } from '../common/command.ts'
import { lineUpTo } from '../common/inputs.ts'
import type { Command, Decision } from '../process.ts'
import type { AssessmentEvent } from './events.ts'
import { termsOf, type AssessmentPolicy, type AssessmentState, type AssessmentTerms, type SubjectState } from './state.ts'

/** How commands of an assessment are defined, and who may give them over whose score. */

export type AssessmentCommand = Command<AssessmentState, AssessmentEvent, AssessmentPolicy>
export type Deciding = Decision<AssessmentState, AssessmentPolicy>

export function defineCommand<Given>(definition: Definition<AssessmentState, AssessmentEvent, AssessmentPolicy, Given>): AssessmentCommand {
  return defineCommandOf(definition, beganAt)
}

export function beganAt({ openedAt }: AssessmentState): string {
  return openedAt
}

/** Who can stand above somebody; over whom, {@link subjectOf} says. */
export const superiors = { 'department-lead': 'any', management: 'any' } as const
/** Whoever works here, and can be scored: machines are not. */
export const staff = Object.fromEntries(
  roles.filter((role) => isStaff({ roles: [role] }) && role !== 'service').map((role) => [role, 'any'] as const),
)
export const management = { management: 'any' } as const

export const subjectSchema = labelled(
  lineUpTo(80).describe('whose score: `person:{id}` or `team:{id}`'),
  said('考核对象', '考核對象', 'Whose score'),
)
export const itemSchema = labelled(
  lineUpTo(300).describe('id of the item, as the score lists it'),
  said('未达标事项', '未達標事項', 'Item'),
)

/**
 * What the rows know of what an input names: of each place that names something which exists, what it is. Looked up before the act is given to the
 * process, which knows neither items nor tickets; what was not looked up does not exist. Judged after everything that decides who may act at all, so
 * that nobody learns by it what there is.
 */
export const foundSchema = z.record(z.string(), z.string()).default({})
export interface LookedUp {
  readonly found: Readonly<Record<string, string>>
}

/**
 * The score over which the actor decides; or why they may not. Whoever is not of the management is told the same of a score that is another's and
 * of one that is not there.
 */
export function subjectOf({ state, act: { actor } }: Deciding, given: string): Sought {
  const subject = state.subjects.find((one) => subjectKey(one) === given)
  if (subject && isTheirOwn(actor, subject)) return { refused: forbidden('own-score') }
  if (subject && isSuperior(actor, subject)) return { refused: null, subject, key: subjectKey(subject) }
  // What is no score by its form tells nothing of who is scored.
  const isForm = subjectForm.test(given)
  if (isForm && !actor.roles.includes('management')) return { refused: forbidden('not-their-superior') }
  const choices = state.subjects.filter((one) => isSuperior(actor, one)).map(subjectKey)
  return { refused: invalid({ path: 'subject', code: 'not-a-choice', params: { choices } }) }
}

const subjectForm = /^(?:person|team):/

export type Sought =
  | { readonly refused: null; readonly subject: SubjectState; readonly key: SubjectKey }
  | { readonly refused: Rejection; readonly subject?: undefined; readonly key?: undefined }

/** Why the actor decides over no score at all; undefined where there is one. */
export function superiorOfNobody({ state, act: { actor } }: Deciding): Rejection | undefined {
  return state.subjects.some((subject) => isSuperior(actor, subject)) ? undefined : forbidden('not-their-superior')
}

/** Which items a command decides about, and how it says that one is none of these. */
export interface Decidable {
  readonly kinds: readonly string[]
  readonly otherwise: FieldErrorCode
}

/** Why an item is none of that score, or none of those that are decided about; undefined where it is. */
export function itemError(path: string, given: string, what: string | undefined, of: Decidable | null): FieldError | undefined {
  if (what === undefined) return { path, code: 'no-such-item', params: { given } }
  return of === null || of.kinds.includes(what) ? undefined : { path, code: of.otherwise, params: { given } }
}

/** Why nothing is decided about an item: something was already; undefined where nothing was. */
export function decidedAlready({ decided }: SubjectState, item: string): Rejection | undefined {
  const command = own(decided, item)
  return command && conflict('item-decided', { command, item })
}

/**
 * Why somebody decides nothing about an item: they deferred what was then too late, or recorded the act that is in doubt. Who says so, and who finds it so,
 * are two.
 */
export function partyTo({ found }: LookedUp, path: string, { act }: Deciding): Rejection | undefined {
  return parties.some((party) => own(found, partyPath(path, party)) === act.actor.id) ? forbidden('own-record') : undefined
}

export const parties = ['deferredBy', 'recordedBy'] as const

/** By what {@link LookedUp} says who took part in what an item is about. */
export function partyPath(path: string, party: (typeof parties)[number]): string {
  return `${path}.${party}`
}

/** An instant so far ahead in working time. */
export function dueIn(
  { state, policy, act }: Deciding,
  within: keyof Pick<AssessmentTerms, 'confirmWithin' | 'objectWithin' | 'decideWithin'>,
): Instant {
  return workingDue(policy.calendar.calendar, act.at, termsOf(policy, state)[within])
}
