import { z } from 'zod'
import { checkFields, fieldsAskedOf } from '../../domain/fields.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Directory } from '../../domain/people.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import { priorityError, priorityOf, type Policy } from '../../domain/profile/policy.ts'
import { choiceError, invalid, type FieldError, type Rejection } from '../../domain/rejection.ts'
import { defineBirth } from '../common/birth.ts'
import type { Act } from '../process.ts'
import { handlerError, receiver, teamError } from '../common/assignees.ts'
import type { Fields, Target, TicketEvent } from './events.ts'
import { offered } from './offered.ts'
import type { TicketState } from './state.ts'
import { clockOf, termsOf } from '../common/terms.ts'

/** How a ticket comes into being: a registration form is checked, then becomes the first event. */

/** What the registration form says, texts and customer apart: those are rows, not state. */
const submissionSchema = z.strictObject({
  priority: z.string(),
  channel: z.string(),
  fields: z.record(z.string(), z.unknown()),
  live: z.boolean(),
  representative: z.string().optional(),
  assignee: z.string().optional(),
  team: z.string().optional(),
})
export type Submission = Readonly<z.output<typeof submissionSchema>>

export type CheckedSubmission =
  | { readonly ok: true; readonly submission: Submission; readonly fields: Fields }
  | { readonly ok: false; readonly rejection: Rejection }

/** Checks a submission against the profile's words, its type's fields and the people it names. */
export function checkSubmission(submission: Submission, policy: Policy, act: Pick<Act, 'actor' | 'directory'>): CheckedSubmission {
  const errors = [...wordErrors(submission, policy), ...peopleErrors(submission, act.directory)]
  const fields = checkFields(submission.fields, fieldsAskedOf(act.actor, policy.type.fields), { requireAll: true })
  if (!fields.ok) errors.push(...fields.errors)
  return errors.length === 0 && fields.ok ? { ok: true, submission, fields: fields.value } : { ok: false, rejection: invalid(...errors) }
}

/** What is wrong with the words of a submission that every type of a profile has; what is not given is not looked at. */
export function wordErrors(
  { priority, channel }: { readonly priority?: string | undefined; readonly channel?: string | undefined },
  words: Pick<Policy, 'channels'> & Parameters<typeof priorityError>[0],
): FieldError[] {
  return [
    priority === undefined ? undefined : priorityError(words, priority),
    channel === undefined ? undefined : choiceError('channel', channel, words.channels),
  ].filter((error) => error !== undefined)
}

/** What is wrong with the people and the team of a submission, as far as they are named. */
export function peopleErrors(
  { assignee, representative, team }: Pick<Submission, 'assignee' | 'representative' | 'team'>,
  directory: Directory,
): FieldError[] {
  return [
    assignee === undefined ? undefined : handlerError('assignee', assignee, directory),
    representative === undefined ? undefined : handlerError('representative', representative, directory),
    team === undefined ? undefined : teamError('team', team, directory),
  ].filter((error) => error !== undefined)
}

/** How a ticket begins: by its submission. Texts and customer come with its rows. */
export const birth = defineBirth<TicketState, TicketEvent, Policy, Submission>({
  input: submissionSchema,
  mentions: ({ assignee, representative, team }) => ({ people: [assignee, representative], teams: [team] }),
  initial: initialState,
  check({ policy, act }, submission) {
    const checked = checkSubmission(submission, policy, act)
    return checked.ok ? [] : (checked.rejection.errors ?? [])
  },
  first: ({ policy, act }, submission) => submitted(submission, policy, act),
})

function submitted(submission: Submission, policy: Policy, act: Act): TicketEvent<'submitted'> {
  const byCustomer = act.actor.roles.includes('customer')
  // Nor does another process that opens it keep in touch with anybody.
  const byMachine = act.actor.roles.includes('service') || act.actor.roles.length === 0
  const handler = submission.assignee === undefined ? undefined : receiver(submission.assignee, act.directory)
  const representative = submission.representative === undefined ? undefined : receiver(submission.representative, act.directory).assignee
  if (!priorityOf(policy, submission.priority))
    throw new Error(`priority ${submission.priority} was not checked against profile ${policy.profile.id}`)
  return {
    type: 'submitted',
    ticketType: policy.type.id,
    priority: submission.priority,
    channel: submission.channel,
    representative: representative ?? (byCustomer || byMachine ? null : act.actor.id),
    requester: byCustomer ? act.actor.id : null,
    assignee: handler?.assignee ?? null,
    team: submission.team ?? policy.type.team,
    live: submission.live,
    startWithin: startWithin(submission.priority, policy),
    calendar: { id: policy.calendar.calendar.id, version: policy.calendar.version },
    ...(handler?.insteadOf ? { insteadOf: handler.insteadOf } : {}),
    ...(policy.begins ? { begins: policy.begins } : {}),
    ...offered(policy),
  }
}

function startWithin(priority: string, policy: Policy): Target | null {
  const clock = clockOf(policy, knownClocks.start)
  const terms = clock && termsOf(clock, priority, policy)
  return terms && terms.within !== null ? { within: terms.within, timeBase: terms.timeBase } : null
}

/** A ticket before its first event. */
export function initialState(number: string, submittedAt: Instant): TicketState {
  return {
    version: 0,
    number,
    stage: 'intake',
    type: '',
    priority: '',
    channel: '',
    waiting: null,
    representative: null,
    requester: null,
    assignee: null,
    team: '',
    submittedAt,
    calendar: { id: '', version: 0 },
    priorityChange: null,
    assignedAt: null,
    reviewMeetingNeeded: false,
    reviewMeetingAt: null,
    agreedDueAt: null,
    diagnosis: null,
    plan: null,
    replan: false,
    completion: null,
    confirmationAskedAt: null,
    confirmation: null,
    resolvedAt: null,
    closedAt: null,
    reopenableUntil: null,
    closedBySilence: false,
    callbackAttempts: 0,
    settledAt: null,
    tasks: [],
    counts: { contacts: 0, updates: 0, failedVerifications: 0, unsolved: 0, reopenings: 0, urges: 0, deferrals: 0 },
    urgedAt: null,
    promises: [],
  }
}
