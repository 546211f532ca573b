import type { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import type { ListedTicket, Ticket } from '../../db/tickets.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { withMilestones } from '../../domain/milestones.ts'
import { own } from '../../domain/own.ts'
import { shownTexts } from '../../domain/notices/subject-values.ts'
import type { Actor } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import { allowedCommands } from '../../workflows/ticket/outlook.ts'
import { allowedActs } from '../../workflows/ticket/own-acts.ts'
import { stageLabel, statusLabel } from '../../domain/stages.ts'
import { stagesOf } from '../../domain/profile/stages.ts'
import { actorOn, isCustomerOf } from '../access/access.ts'
import { formFields } from './form.ts'
import { promiseView } from './promise.ts'
import type { EntryInShort } from './customers.ts'
import type { ticketSchema, ticketSummarySchema } from './ticket-schemas.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import type { UndeliveredView } from './ticket-undelivered.ts'

/** A ticket as staff see it. People and teams by id. */

export type TicketSummary = Unchanging<z.output<typeof ticketSummarySchema>>
export type TicketView = Unchanging<z.output<typeof ticketSchema>>

export function ticketSummary(ticket: ListedTicket, profile: Profile, locale: Locale): TicketSummary {
  const { number, type, priority, stage, channel, state } = ticket
  const stages = stagesOf(profile)
  const clocks = withMilestones(profile.clocks, state.milestones ?? [])
  return {
    number,
    profile: ticket.profile,
    profileVersion: ticket.profileVersion,
    type,
    typeLabel: labelOf(profile.types, type, locale),
    priority,
    priorityLabel: labelOf(profile.priorities, priority, locale),
    stage,
    stageLabel: stageLabel(stages, stage, locale),
    customerStatus: statusLabel(stages, stage, locale),
    channel,
    channelLabel: labelOf(profile.channels, channel, locale),
    waiting: waitingView(state.waiting),
    representative: ticket.representative,
    requester: ticket.requester,
    assignee: ticket.assignee,
    team: ticket.team,
    helpers: state.helpers ?? [],
    customer: { ...shownTexts(ticket), phone: ticket.contactMasked.phone, email: ticket.contactMasked.email, entry: ticket.customerEntry },
    title: ticket.title,
    fields: ticket.fields,
    keywords: ticket.keywords,
    tags: [...(state.customerTags ?? []).map((tag) => labelOf(profile.customerTags, tag, locale)), ...ticket.tags],
    version: ticket.version,
    submittedAt: ticket.submittedAt,
    closedAt: ticket.closedAt,
    nextDueAt: ticket.nextDueAt,
    promises: state.promises.map((promise) => promiseView(promise, clocks, locale)),
  }
}

/** `reason` is null for who may not read it. */
export function waitingView(waiting: TicketState['waiting']): TicketSummary['waiting'] {
  return waiting && { id: waiting.id, for: waiting.for, reason: waiting.reason, since: waiting.since, until: waiting.until }
}

export function ticketView(ticket: Ticket, profile: Profile, seen: Seen): TicketView {
  const { locale, caller, names, policy, now, undelivered, workflowPage, entry, suggested } = seen
  const { state } = ticket
  return {
    ...ticketSummary(ticket, profile, locale),
    description: ticket.description,
    language: state.language ?? profile.language,
    diagnosis: state.diagnosis,
    plan: state.plan,
    tasks: state.tasks,
    agreedDueAt: state.agreedDueAt,
    priorityChange: state.priorityChange,
    intervention: state.intervention ?? null,
    duties: state.duties ?? [],
    milestones: state.milestones ?? [],
    closedBySilence: state.closedBySilence,
    urges: isCustomerOf(ticket, caller) ? (state.counts.customerUrges ?? 0) : state.counts.urges,
    resolvedAt: state.resolvedAt,
    reopenableUntil: state.reopenableUntil,
    customerEntry: entry,
    entryFound: ticket.entryFound,
    suggestedEntries: suggested,
    undelivered,
    names,
    links: linksOf(ticket, workflowPage),
    allowed: allowedCommands(state, actorOn(ticket, caller), policy, now),
    allowedActs: allowedActs(state, actorOn(ticket, caller), policy).map(({ id, label, fields }) => ({
      ...{ id, label: label[locale], fields: formFields(fields, locale) },
      lastAt: own(state.acts ?? {}, id) ?? null,
    })),
  }
}

/** Where else there is something to read about a ticket; staff alone find all of it. */
function linksOf({ number, customerEntry }: Ticket, workflowPage: string | undefined): TicketView['links'] {
  return {
    self: `/api/tickets/${number}`,
    events: `/api/tickets/${number}/events`,
    outlook: `/api/tickets/${number}/outlook`,
    contacts: `/api/tickets/${number}/contacts`,
    clocks: `/api/tickets/${number}/clocks`,
    ...(customerEntry !== null && { history: `/api/tickets?entry=${customerEntry}` }),
    ...(workflowPage !== undefined && { workflow: workflowPage }),
  }
}

export interface Seen {
  readonly locale: Locale
  readonly caller: Actor
  /** Names of the people and teams by id. */
  readonly names: Readonly<Record<string, string>>
  /** By which the ticket runs, and the present: what may be done depends on both. */
  readonly policy: Policy
  readonly now: Instant
  readonly undelivered: readonly UndeliveredView[]
  readonly workflowPage: string | undefined
  /** Whose it is, and whose it may be. */
  readonly entry: EntryInShort | null
  readonly suggested: readonly EntryInShort[]
}

function labelOf(list: readonly { readonly id: string; readonly label: Labels }[], id: string, locale: Locale): string {
  return list.find((item) => item.id === id)?.label[locale] ?? id
}
