import { byDepartment } from './collaboration.ts'
import { z } from 'zod'
import { checkFields, fieldsAskedOf, type FieldValues } from '../../domain/fields.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Directory } from '../../domain/people.ts'
import { knownClocks } from '../../domain/profile/clocks.ts'
import { deadlineClocks } from '../../domain/profile/deadline.ts'
import type { Facts } from '../../domain/profile/conditions.ts'
import type { Speaking } from '../../domain/profile/languages.ts'
import { routeFor } from '../../domain/profile/routing.ts'
import { priorityError, priorityOf, type Policy } from '../../domain/profile/policy.ts'
import { choiceError, type FieldError } from '../../domain/rejection.ts'
import { defineBirth } from '../common/birth.ts'
import type { Act } from '../act.ts'
import { handlerError, receiver, teamError } from '../common/assignees.ts'
import type { Mentions } from '../common/mentions.ts'
import type { Target, TicketEvent } from './events.ts'
import { factsOf } from '../common/facts.ts'
import { factsGiven } from './facts.ts'
import { languageError, languageSchema } from './inputs.ts'
import { offered } from './offered.ts'
import { beginning } from './path.ts'
import type { TicketState } from './state.ts'
import { clockOf, termsOf } from '../common/terms.ts'

/** How a ticket comes into being: a registration form is checked, then becomes the first event. */

/** What the registration form says, texts and customer apart: those are rows, not state. */
const submissionSchema = z.strictObject({
  priority: z.string(),
  channel: z.string(),
  fields: z.record(z.string(), z.unknown()),
  live: z.boolean(),
  language: languageSchema.optional(),
  representative: z.string().optional(),
  assignee: z.string().optional(),
  team: z.string().optional(),
})
export type Submission = Readonly<z.output<typeof submissionSchema>>

/** What is wrong with the words of a submission that every type of a profile has; what is not given is not looked at. */
export function wordErrors(
  { priority, channel, language }: Partial<Readonly<Record<'priority' | 'channel', string | undefined>> & Pick<Submission, 'language'>>,
  words: Pick<Policy, 'channels'> & Pick<Speaking, 'languages'> & Parameters<typeof priorityError>[0],
): FieldError[] {
  return [
    priority === undefined ? undefined : priorityError(words, priority),
    channel === undefined ? undefined : choiceError('channel', channel, words.channels),
    languageError(language, words),
  ].filter((error) => error !== undefined)
}

/** The people and the team that a submission names, as far as it does. */
export function mentionsIn({ assignee, representative, team }: Named): Mentions {
  return { people: [assignee, representative], teams: [team] }
}

type Named = { readonly [Name in 'assignee' | 'representative' | 'team']?: string | undefined }

/** What is wrong with the people and the team of a submission, as far as they are named. */
export function peopleErrors({ assignee, representative, team }: Named, directory: Directory): FieldError[] {
  return [
    assignee === undefined ? undefined : handlerError('assignee', assignee, directory),
    representative === undefined ? undefined : handlerError('representative', representative, directory),
    team === undefined ? undefined : teamError('team', team, directory),
  ].filter((error) => error !== undefined)
}

/** How a ticket begins: by its submission, which the API reads with the rest of the form. Texts and customer come with its rows. */
export const birth = defineBirth<TicketState, TicketEvent<'submitted'>, Policy, Submission>({
  input: submissionSchema,
  mentions: mentionsIn,
  initial: initialState,
  check({ policy, act: { actor, directory } }, submission) {
    const { priority, channel, language = policy.language } = submission
    const about = { type: policy.type.id, priority, channel, language }
    const fields = checkFields(submission.fields, fieldsAskedOf(actor, policy.type.fields), { requireAll: true, about })
    return [...wordErrors(submission, policy), ...peopleErrors(submission, directory), ...(fields.ok ? [] : fields.errors)]
  },
  first: ({ policy, act }, submission) => submitted(submission, policy, act),
})

function submitted(submission: Submission, policy: Policy, act: Act): TicketEvent<'submitted'> {
  const byCustomer = act.actor.roles.includes('customer')
  const byMachine = act.actor.roles.includes('service')
  const handler = submission.assignee === undefined ? undefined : receiver(submission.assignee, act.directory)
  const representative = submission.representative === undefined ? undefined : receiver(submission.representative, act.directory).assignee
  const facts = factsGiven(valuesIn(submission, policy), policy)
  const language = submission.language ?? (policy.factLanguage && policy.language)
  const spoken = language && { language }
  const told = factsOf({ type: policy.type.id, priority: submission.priority, channel: submission.channel, ...facts, ...spoken })
  const begins = beginning(policy, told)
  const assignee = handler?.assignee ?? null
  const team = submission.team ?? routeFor(policy, told).team
  if (!priorityOf(policy, submission.priority))
    throw new Error(`priority ${submission.priority} was not checked against profile ${policy.profile.id}`)
  return {
    type: 'submitted',
    ticketType: policy.type.id,
    priority: submission.priority,
    channel: submission.channel,
    ...spoken,
    representative: representative ?? (byCustomer || byMachine ? null : act.actor.id),
    requester: byCustomer ? act.actor.id : null,
    assignee,
    team,
    live: submission.live,
    ...byDepartment(act.actor, { team, assignee }, submission.live),
    startWithin: startWithin(told, policy),
    calendar: { id: policy.calendar.calendar.id, version: policy.calendar.version },
    ...(handler?.insteadOf ? { insteadOf: handler.insteadOf } : {}),
    ...(policy.deadline === undefined ? {} : { deadlineClocks: deadlineClocks(policy) }),
    ...(begins !== 'intake' && { begins }),
    ...offered(policy),
    ...facts,
  }
}

/** The values of its fields as they are kept; they are checked by now. */
function valuesIn({ fields }: Submission, policy: Policy): FieldValues {
  if (policy.factFields === undefined) return {}
  const checked = checkFields(fields, policy.type.fields, { requireAll: false })
  return checked.ok ? checked.value : {}
}

function startWithin(facts: Facts, policy: Policy): Target | null {
  const clock = clockOf(policy, knownClocks.start)
  const terms = clock && termsOf(clock, facts, policy)
  return terms && terms.within !== null && terms.from === undefined ? { within: terms.within, timeBase: terms.timeBase } : null
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
