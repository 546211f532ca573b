import type { Instant } from '../../domain/instant.ts'
import type { ListedTicket, Ticket } from '../../db/tickets.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { shownTexts } from '../../domain/notices/facts.ts'
import type { Actor } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import { allowedCommands } from '../../workflows/ticket/outlook.ts'
import { stageLabels } from '../../domain/terms.ts'
import { actorOn, isCustomerOf } from '../access.ts'
import { summaryForCustomer, ticketForCustomer } from './for-customer.ts'
import { promiseView } from './promise.ts'
import type { UndeliveredView } from './undelivered.ts'

/** A ticket as lists show it to this caller: the customer's contact masked, people and teams by id. */
export function summaryFor(ticket: ListedTicket, profile: Profile, { caller, locale }: Pick<Seen, 'caller' | 'locale'>): TicketSummary {
  const summary = ticketSummary(ticket, profile, locale)
  return isCustomerOf(ticket, caller) ? summaryForCustomer(summary, profile) : summary
}

/** A ticket whole, as this caller may see it and act on it. */
export function ticketFor(ticket: Ticket, profile: Profile, seen: Seen): TicketView {
  const view = ticketView(ticket, profile, seen)
  return isCustomerOf(ticket, seen.caller) ? ticketForCustomer(view, profile) : view
}

export type TicketSummary = ReturnType<typeof ticketSummary>
export type TicketView = ReturnType<typeof ticketView>

function ticketSummary(ticket: ListedTicket, profile: Profile, locale: Locale) {
  const { number, type, priority, stage, channel, state } = ticket
  return {
    number,
    profile: ticket.profile,
    profileVersion: ticket.profileVersion,
    type,
    typeLabel: labelOf(profile.types, type, locale),
    priority,
    priorityLabel: labelOf(profile.priorities, priority, locale),
    stage,
    stageLabel: stageLabels[stage][locale],
    channel,
    channelLabel: labelOf(profile.channels, channel, locale),
    waiting: waitingView(state.waiting),
    representative: ticket.representative,
    requester: ticket.requester,
    assignee: ticket.assignee,
    team: ticket.team,
    helpers: [],
    customer: { ...shownTexts(ticket), phone: ticket.contactMasked.phone, email: ticket.contactMasked.email },
    title: ticket.title,
    fields: ticket.fields,
    keywords: ticket.keywords,
    tags: [...(state.customerTags ?? []).map((tag) => labelOf(profile.customerTags, tag, locale)), ...ticket.tags],
    version: ticket.version,
    submittedAt: ticket.submittedAt,
    closedAt: ticket.closedAt,
    nextDueAt: ticket.nextDueAt,
    promises: state.promises.map((promise) => promiseView(promise, profile, locale)),
  }
}

/** `reason` is null for who may not read it. */
export function waitingView(waiting: TicketState['waiting']): Waiting | null {
  return waiting && { id: waiting.id, for: waiting.for, reason: waiting.reason, since: waiting.since, until: waiting.until }
}

interface Waiting {
  readonly id: number
  readonly for: string
  readonly reason: string | null
  readonly since: string
  readonly until: string | null
}

function ticketView(ticket: Ticket, profile: Profile, { locale, caller, names, policy, now, undelivered, workflowPage }: Seen) {
  const { number, state } = ticket
  return {
    ...ticketSummary(ticket, profile, locale),
    description: ticket.description,
    diagnosis: state.diagnosis,
    plan: state.plan,
    tasks: state.tasks,
    agreedDueAt: state.agreedDueAt,
    priorityChange: state.priorityChange,
    closedBySilence: state.closedBySilence,
    urges: isCustomerOf(ticket, caller) ? (state.counts.customerUrges ?? 0) : state.counts.urges,
    resolvedAt: state.resolvedAt,
    reopenableUntil: state.reopenableUntil,
    undelivered,
    names,
    links: linksOf(number, workflowPage),
    allowed: allowedCommands(state, actorOn(ticket, caller), policy, now),
  }
}

/** Where else there is something to read about a ticket. */
function linksOf(number: string, workflowPage: string | undefined): Links {
  return {
    self: `/api/tickets/${number}`,
    events: `/api/tickets/${number}/events`,
    outlook: `/api/tickets/${number}/outlook`,
    contacts: `/api/tickets/${number}/contacts`,
    clocks: `/api/tickets/${number}/clocks`,
    ...(workflowPage !== undefined && { workflow: workflowPage }),
  }
}

interface Links {
  readonly self: string
  readonly events: string
  readonly outlook: string
  readonly clocks: string
  /** Staff only. */
  readonly contacts?: string
  readonly workflow?: string
}

interface Seen {
  readonly locale: Locale
  readonly caller: Actor
  /** Names of the people and teams by id. */
  readonly names: Readonly<Record<string, string>>
  /** By which the ticket runs, and the present: what may be done depends on both. */
  readonly policy: Policy
  readonly now: Instant
  readonly undelivered: readonly UndeliveredView[]
  readonly workflowPage: string | undefined
}

/** Ids of the people and teams that a ticket names to this caller; whose tasks are open is told to staff. */
export function idsIn(ticket: ListedTicket, caller: Actor): string[] {
  const { representative, requester, assignee, team, state } = ticket
  const owners = isCustomerOf(ticket, caller) ? [] : state.tasks.map(({ owner }) => owner)
  return [representative, requester, assignee, team, ...owners].filter((id) => id !== null)
}

function labelOf(list: readonly { readonly id: string; readonly label: Labels }[], id: string, locale: Locale): string {
  return list.find((item) => item.id === id)?.label[locale] ?? id
}
