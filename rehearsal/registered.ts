import { checkFields } from '../domain/fields.ts'
import type { Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import type { Policy } from '../domain/profile/policy.ts'
import type { FieldError } from '../domain/rejection.ts'
import { begin } from '../workflows/engine.ts'
import type { RecordedTicketEvent } from '../workflows/ticket/events.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { birth, type Submission } from '../workflows/ticket/submission.ts'
import type { Imagined } from './asked.ts'
import { actorOf, directoryOf } from './people.ts'
import { withInstants } from './moments.ts'
import { sampleOf } from './usual.ts'

/** The registration of an imagined ticket: the form is checked as every form is, then it begins. */

export interface Registering {
  readonly ticket: Imagined
  readonly policy: Policy
  /** Ids of fields on which it depends what becomes of it: only who rehearses can say them. */
  readonly deciding: readonly string[]
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

export function registered({ ticket, policy, deciding, number, at, teams, language }: Registering): Registered {
  const { priorities, channels } = policy
  const channel = ticket.channel ?? channels[0] ?? ''
  const submission: Submission = {
    priority: ticket.priority ?? priorities[Math.floor(priorities.length / 2)]?.id ?? '',
    channel,
    fields: withInstants(ticket.fields, policy.zone),
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
    .filter(({ id }) => !deciding.includes(id))
  const given = {
    ...submission,
    fields: { ...submission.fields, ...Object.fromEntries(lacking.map((field) => [field.id, sampleOf(field, at, language)])) },
  }
  const beginning = birth.of(given)
  const errors = beginning.check(context)
  if (errors.length > 0) return { ok: false, errors }
  const { state, event } = begin(ticketProcess, number, beginning, context)
  // As the row would have them: by ids, and clean.
  const kept = checkFields(given.fields, policy.type.fields, { requireAll: false })
  return {
    ok: true,
    submission: kept.ok ? { ...given, fields: kept.value } : given,
    state,
    event,
    team: state.team,
    filled: lacking.map(({ id }) => id),
  }
}
