import { z } from 'zod'
import { fieldsOfCustomers } from '../../domain/fields.ts'
import { own } from '../../domain/own.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { queryWait } from '../../domain/waits.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { EventData, EventType } from '../../workflows/ticket/events.ts'
import { promisesForCustomer, shownClocks, type ShownClocks } from './ticket-customer-clocks.ts'
import type { EventView } from './ticket-events.ts'
import type { OutlookView } from './ticket-outlook-view.ts'
import { fieldsSchema } from './ticket-schemas.ts'
import type { TicketSummary, TicketView } from './ticket-view.ts'

/**
 * What customers see of their own tickets. Each view of a ticket is written out member by member: one that is new is hidden, and does
 * not compile, until somebody decides here what customers see of it. What they do not see keeps its place, empty. Of the log they
 * see the events and members that are named here; any other is left out.
 */

export function summaryForCustomer(summary: TicketSummary, rules: Profile): TicketSummary {
  const { number, profile, profileVersion, type, typeLabel, priority, priorityLabel, stage, customerStatus, channel, channelLabel } =
    summary
  const { representative, requester, assignee, team, title, fields, version, submittedAt, closedAt } = summary
  const { name, company, account, phone, email } = summary.customer
  const promises = promisesForCustomer(summary.promises, shownClocks(rules))
  return {
    number,
    profile,
    profileVersion,
    type,
    typeLabel,
    priority,
    priorityLabel,
    stage,
    // What a stage is called among us means nothing to them.
    stageLabel: customerStatus,
    customerStatus,
    channel,
    channelLabel,
    waiting: waitingForCustomer(summary.waiting),
    representative,
    requester,
    assignee,
    team,
    helpers: [],
    customer: { name, company, account, phone, email, entry: null },
    title,
    fields: fieldsForCustomer(fields, shownFields(rules, type)),
    // Tags and keywords say what we think of a customer (S4).
    keywords: [],
    tags: [],
    version,
    submittedAt,
    closedAt,
    nextDueAt: nextDueOf(promises),
    promises,
  }
}

export function ticketForCustomer(ticket: TicketView, rules: Profile): TicketView {
  const { description, language, agreedDueAt, closedBySilence, urges, resolvedAt, reopenableUntil, names, allowed } = ticket
  const { self, events, outlook, clocks: clocksLink } = ticket.links
  const summary = summaryForCustomer(ticket, rules)
  return {
    ...summary,
    description,
    language,
    diagnosis: null,
    plan: null,
    tasks: [],
    agreedDueAt,
    priorityChange: null,
    intervention: null,
    duties: [],
    milestones: [],
    closedBySilence,
    urges,
    resolvedAt,
    reopenableUntil,
    // Who we take them for, they read in their own entry.
    customerEntry: null,
    entryFound: null,
    suggestedEntries: [],
    undelivered: [],
    names,
    links: { self, events, outlook, clocks: clocksLink },
    allowed,
    allowedActs: [],
  }
}

export function outlookForCustomer(outlook: OutlookView, clocks: ShownClocks): OutlookView {
  const { number, version, stage, customerStatus, holder } = outlook
  return {
    number,
    version,
    stage,
    stageLabel: customerStatus,
    customerStatus,
    holder,
    waiting: waitingForCustomer(outlook.waiting),
    promises: promisesForCustomer(outlook.promises, clocks),
    next: outlook.next.flatMap(({ clock, label, cycle, level, dueAt, to, notice, noticeLabel, cancelledBy }) => {
      const told = to.flatMap(({ kind, label: who }) => (kind === 'customer' ? [{ kind, label: who, people: [] }] : []))
      // When it is due, and what they will be told: not how word climbs among us.
      if (!clocks.has(clock) || (level !== 'due' && level !== 'end' && told.length === 0)) return []
      return [{ clock, label, cycle, level, dueAt, notice, noticeLabel, to: told, cancelledBy: cancelledBy.filter(isForCustomers) }]
    }),
    steps: outlook.steps.flatMap(({ command, label }) => (isForCustomers(command) ? [{ command, label }] : [])),
    unwatched: [],
    undelivered: [],
  }
}

/** The event without what is internal; nothing when all of it is. `requester` is the customer who reads it. */
export function eventForCustomer(event: EventView, requester: string | null, shown: ShownFields): EventView[] {
  const fields = shownOf(event, requester)
  if (fields === undefined) return []
  const { seq, type, at, occurredAt, actor, stage } = event
  const told = { ...Object.fromEntries(fields.map((field) => [field, own(event, field)])), seq, type, at, occurredAt, actor, stage }
  return type === 'supplemented' ? supplementForCustomer(told, shown) : [told]
}

/** Nothing when all that was supplied is internal. */
function supplementForCustomer(told: EventView, shown: ShownFields): EventView[] {
  const supplied = supplementSchema.parse(told)
  const fields = fieldsForCustomer(supplied.fields, shown)
  return supplied.text === null && Object.keys(fields).length === 0 ? [] : [{ ...told, fields }]
}

const supplementSchema = z.object({ fields: fieldsSchema, text: z.string().nullable() })

/** Of a ticket's own fields those that customers see. */
export type ShownFields = (id: string) => boolean

/**
 * By the ticket's type: all but those that are internal, and those that the profile no longer knows. What is internal in any type is not shown:
 * the ticket may have been taken for one of that.
 */
export function shownFields({ types }: Pick<Profile, 'types'>, type: string): ShownFields {
  const fields = types.find(({ id }) => id === type)?.fields ?? []
  const internal = new Set(types.flatMap((one) => one.fields.filter((field) => field.internal === true)).map(({ id }) => id))
  const shown = new Set(fieldsOfCustomers(fields).map(({ id }) => id))
  return (id) => shown.has(id) && !internal.has(id)
}

function fieldsForCustomer<V>(values: Readonly<Record<string, V>>, shown: ShownFields): Record<string, V> {
  return Object.fromEntries(Object.entries(values).filter(([id]) => shown(id)))
}

function shownOf(event: EventView, requester: string | null): readonly string[] | undefined {
  const { type, actor } = event
  if ((type === 'progress-updated' || type === 'act-recorded') && event['visibleToCustomer'] !== true) return undefined
  // What we ask among ourselves is ours.
  if ((type === 'waiting-started' || type === 'waiting-ended') && event['for'] === queryWait.id) return undefined
  const theirs = actor === requester
  // That colleagues urge each other on is theirs.
  if (type === 'urged' && !theirs) return undefined
  const fields = own<readonly string[]>(shownToCustomers, type)
  return theirs && fields ? [...fields, ...(own<readonly string[]>(shownOfTheirOwn, type) ?? [])] : fields
}

/** What a customer sees of an event of each type. Absent: that there is such an event is internal, too. */
export const shownToCustomers = {
  submitted: ['ticketType', 'priority', 'channel'],
  supplemented: ['fields', 'text'],
  'intake-reviewed': ['complete', 'missing', 'message'],
  accepted: [],
  'progress-updated': ['text'],
  'act-recorded': ['act', 'label', 'fields'],
  'waiting-started': ['for', 'until', 'asked'],
  'waiting-ended': ['for'],
  completed: ['solution'],
  resolved: [],
  confirmed: ['outcome', 'remark', 'satisfaction'],
  closed: [],
  'called-back': ['reached'],
  urged: [],
  reopened: [],
  withdrawn: [],
  archived: [],
} as const satisfies ShownEvents

/** Only what there is can be named. */
type ShownEvents = { readonly [T in EventType]?: readonly (keyof EventData[T])[] }

/** What they see beside that of what they did themselves: why staff did it, staff tell each other. */
const shownOfTheirOwn = {
  urged: ['reason'],
  reopened: ['reason'],
  withdrawn: ['reason'],
} as const satisfies ShownEvents

/** For what it waits and until when; why is written for colleagues, and that they ask each other is theirs. */
function waitingForCustomer(waiting: TicketSummary['waiting']): TicketSummary['waiting'] {
  return waiting === null || waiting.for === queryWait.id
    ? null
    : { id: waiting.id, for: waiting.for, reason: null, since: waiting.since, until: waiting.until }
}

function nextDueOf(promises: TicketSummary['promises']): string | null {
  const owed = promises.filter(({ state, stoppedAt }) => stoppedAt === null && state !== 'paused')
  return owed.map(({ dueAt }) => dueAt).toSorted()[0] ?? null
}

function isForCustomers(command: string): boolean {
  return ticketProcess.commands.find(({ name }) => name === command)?.may.customer !== undefined
}
