import type { Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import type { Policy } from '../domain/profile/policy.ts'
import type { ProfileField } from '../domain/profile/schema.ts'
import type { FieldError } from '../domain/rejection.ts'
import { begin } from '../workflows/engine.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { birth, type Submission } from '../workflows/ticket/submission.ts'
import type { Imagined } from './asked.ts'
import { actorOf, directoryOf } from './people.ts'
import { sampleTitle } from './usual.ts'

/** The registration of an imagined ticket: the form is checked as every form is, then it begins. */

export interface Registering {
  readonly ticket: Imagined
  readonly policy: Policy
  readonly number: string
  readonly at: Instant
  readonly teams: readonly string[]
  readonly language: Locale
}

export type Registered =
  | {
      readonly ok: true
      readonly submission: Submission
      readonly state: TicketState
      readonly event: RecordedTicketEvent
      readonly team: string
      /** Fields that were filled in here. */
      readonly filled: readonly string[]
    }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export function registered({ ticket, policy, number, at, teams, language }: Registering): Registered {
  const { priorities, channels } = policy
  const channel = ticket.channel ?? channels[0] ?? ''
  const submission: Submission = {
    priority: ticket.priority ?? priorities[Math.floor(priorities.length / 2)]?.id ?? '',
    channel,
    fields: ticket.fields,
    live: ticket.live ?? (ticket.by === 'representative' && policy.liveChannels.includes(channel)),
    ...(ticket.language && { language: ticket.language }),
    ...(ticket.assigned && { assignee: 'handler' }),
  }
  const act = { requestId: 'registration', actor: actorOf(ticket.by, undefined, teams), at, directory: directoryOf(teams) }
  const context = { policy, act, parent: null }
  const lacking = birth
    .of(submission)
    .check(context)
    .flatMap(({ path, code }) => (code === 'required' ? policy.type.fields.filter(({ id }) => path === `fields.${id}`) : []))
    // What a condition asks for decides what is promised: only who rehearses can say it.
    .filter(({ id }) => !(policy.factFields ?? []).includes(id))
  const given = {
    ...submission,
    fields: { ...submission.fields, ...Object.fromEntries(lacking.map((field) => [field.id, sampleOf(field, at, language)])) },
  }
  const beginning = birth.of(given)
  const errors = beginning.check(context)
  if (errors.length > 0) return { ok: false, errors }
  const { state, event } = begin(ticketProcess, number, beginning, context)
  return { ok: true, submission: given, state, event, team: state.team, filled: lacking.map(({ id }) => id) }
}

/** Something that a field takes. */
function sampleOf({ kind, choices }: ProfileField, at: Instant, language: Locale): string | number | boolean {
  switch (kind) {
    case 'date':
      return at.slice(0, 10)
    case 'instant':
      return at
    case 'number':
      return 1
    case 'boolean':
      return false
    case 'choice':
      return choices?.[0]?.id ?? ''
    default:
      return sampleTitle[language]
  }
}
