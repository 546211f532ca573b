import type { Contact } from '../domain/customer.ts'
import type { Instant } from '../domain/instant.ts'
import type { Notice, PromiseState } from '../workflows/process.ts'
import type { Outcome } from '../workflows/shell/protocol.ts'
import type { Fields, RecordedTicketEvent, TicketEvent } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import { entryOf, withoutSecrets, type EventEntry } from './events.ts'
import type { AssignmentsTable, ContactsTable } from './schema.ts'

/**
 * What a batch of events means in rows. Pure. Lines carry the sequence number of the event they come from, so that
 * whoever writes can leave out what the rows have already; columns and fields need none, since the row changes only when
 * the batch reaches beyond it, and then the batch has the last word.
 */

/** Who hears of an event; the process' own function with its policy bound. */
export type NoticesOf = (event: RecordedTicketEvent, state: TicketState) => readonly Notice[]

export interface ProjectedRows {
  readonly events: readonly EventEntry[]
  /** The last word on each cycle of a clock. */
  readonly promises: readonly (Omit<PromiseState, 'basis'> & { readonly seq: number })[]
  readonly assignments: readonly AssignmentLine[]
  readonly contacts: readonly Omit<ContactsTable, 'process'>[]
  readonly notices: readonly NoticeLine[]
  /** The last word on each column that the state does not carry. */
  readonly columns: readonly ColumnChange[]
  /** The last word on each field of the form. */
  readonly fields: Fields
}

/** `team` is null where the batch does not say which team had the ticket: then the row knows. */
export type AssignmentLine = Omit<AssignmentsTable, 'process' | 'team'> & { readonly team: string | null }

export interface NoticeLine {
  readonly seq: number
  readonly at: Instant
  readonly kind: string
  readonly recipientKind: Notice['recipient']['kind']
  readonly recipientId: string | null
  readonly params: Notice['params']
}

export type ColumnChange =
  | {
      readonly column: 'title' | 'description' | 'customerName' | 'customerCompany' | 'customerAccount' | 'contactSealed'
      /** Empty: there is none in clear. */
      readonly value: string
    }
  | { readonly column: 'tags' | 'customerTags' | 'contactKeys'; readonly value: readonly string[] }
  | { readonly column: 'contactMasked'; readonly value: Contact }

export function projectedRows(events: readonly RecordedTicketEvent[], state: TicketState, noticesOf: NoticesOf): ProjectedRows {
  return {
    events: events.map(entryOf),
    promises: lastOfEach(
      events.flatMap((event) => event.promises.map(({ basis: _, ...promise }) => ({ ...promise, seq: event.seq }))),
      ({ clock, cycle }) => `${clock} ${cycle}`,
    ),
    assignments: assignments(events),
    contacts: events.flatMap(conversation),
    notices: events.flatMap((event) => noticesOf(event, state).map((notice) => noticeLine(event, notice))),
    columns: lastOfEach(events.flatMap(columnChanges), ({ column }) => column),
    fields: Object.fromEntries(events.flatMap((event) => Object.entries(fieldChanges(event)))),
  }
}

/** The answer to a step: what its own events made of the ticket. */
export interface StepResponse {
  readonly number: string
  readonly version: number
  readonly stage: string
  readonly events: readonly EventEntry[]
}

/** The answer to the request of `outcome`; undefined when some of its events are not among `entries`. */
export function stepResponse(number: string, outcome: Outcome, entries: readonly EventEntry[]): StepResponse | undefined {
  const own = entries.filter(({ seq }) => seq >= outcome.from && seq <= outcome.to)
  const last = own.at(-1)
  if (last === undefined || own.length !== outcome.to - outcome.from + 1) return undefined
  return { number, version: outcome.to, stage: last.stage, events: own.map(withoutSecrets) }
}

/** When the earliest promise still owed is or was due; a paused one has no due instant until it resumes. */
export function nextDueAt(state: TicketState): Instant | null {
  const owed = state.promises.filter((promise) => promise.stoppedAt === null && promise.state !== 'paused')
  return owed.map(({ dueAt }) => dueAt).toSorted()[0] ?? null
}

/** Whether the events change what is searched for. */
export function changesSearch(rows: ProjectedRows): boolean {
  return rows.columns.some(({ column }) => searched.has(column))
}

const searched: ReadonlySet<ColumnChange['column']> = new Set<ColumnChange['column']>([
  'title',
  'description',
  'customerName',
  'customerCompany',
  'customerAccount',
])

/** The assignment ledger's lines (R6). */
function assignments(events: readonly RecordedTicketEvent[]): AssignmentLine[] {
  const lines: AssignmentLine[] = []
  let team: string | null = null
  for (const event of events) {
    const line = { seq: event.seq, at: event.at, by: event.actor }
    if (event.type === 'submitted') {
      team = event.team
      if (event.assignee !== null)
        lines.push({ ...line, manner: 'submitted', assignee: event.assignee, team, previous: null, reason: null })
    } else if (event.type === 'assigned') {
      team = event.team
      lines.push({ ...line, manner: event.manner, assignee: event.assignee, team, previous: event.previous, reason: event.reason })
    } else if (event.type === 'released') {
      lines.push({ ...line, manner: 'released', assignee: null, team, previous: event.assignee, reason: event.reason })
    }
  }
  return lines
}

/** The communication record's line of an event that is a conversation with the customer, or an attempt at one (Q3, T12). */
function conversation(event: RecordedTicketEvent): Omit<ContactsTable, 'process'>[] {
  const line = { seq: event.seq, type: event.type, at: event.at, occurredAt: event.occurredAt, by: event.actor, reached: true }
  switch (event.type) {
    case 'contacted':
      return [{ ...line, channel: event.channel, direction: event.direction, text: event.text }]
    case 'confirmed':
      return [{ ...line, channel: event.channel, direction: 'outbound', text: event.remark ?? '' }]
    case 'called-back':
      return [{ ...line, channel: 'phone', direction: 'outbound', reached: event.reached, text: event.experience ?? '' }]
    default:
      return []
  }
}

function noticeLine({ seq, at }: RecordedTicketEvent, { kind, recipient, params }: Notice): NoticeLine {
  return { seq, at, kind, recipientKind: recipient.kind, recipientId: recipientId(recipient), params }
}

/** `supervisor@tech-support` for a place over a team. */
function recipientId(recipient: Notice['recipient']): string | null {
  if (recipient.kind === 'customer') return null
  return recipient.kind === 'role' ? `${recipient.role}@${recipient.team}` : recipient.id
}

function columnChanges(event: RecordedTicketEvent): ColumnChange[] {
  if (event.type === 'completed') return [{ column: 'tags', value: event.tags }]
  if (event.type === 'customer-tagged')
    return [{ column: 'customerTags', value: [...new Set(event.tags.flatMap(({ id, label }) => [id, ...Object.values(label)]))] }]
  return event.type === 'corrected' ? corrections(event.changes) : []
}

function corrections({ title, description, customer, contact }: TicketEvent<'corrected'>['changes']): ColumnChange[] {
  const texts = [
    ['title', title],
    ['description', description],
    // What came as contact data no longer stands in clear.
    ['customerName', customer?.name ?? (contact?.masked.name && '')],
    ['customerCompany', customer?.company ?? (contact?.masked.company && '')],
    ['customerAccount', customer?.account ?? (contact?.masked.account && '')],
    ['contactSealed', contact?.sealed],
  ] as const
  return [
    ...texts.flatMap(([column, value]): ColumnChange[] => (value === undefined ? [] : [{ column, value }])),
    ...(contact
      ? [{ column: 'contactMasked', value: contact.masked } as const, { column: 'contactKeys', value: contact.keys } as const]
      : []),
  ]
}

function fieldChanges(event: RecordedTicketEvent): Fields {
  if (event.type === 'supplemented') return event.fields
  return event.type === 'corrected' ? (event.changes.fields ?? {}) : {}
}

function lastOfEach<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()]
}
