import { countedBy } from '../../db/create-process-table.ts'
import type { Column, ProcessTable } from '../../db/process-table.ts'
import type { CommonColumns } from '../../db/column-names.ts'
import type { LedgerLines } from '../../db/ledger-lines.ts'
import type { TicketsTable } from '../../db/tables/tickets.ts'
import { owedOfTickets } from '../../db/tickets.ts'
import { refreshSearch, searchColumns, searchInsert, searchLine } from '../../db/search.ts'
import { isContested } from '../../db/customers/contest.ts'
import { amongEachOther, entryColumns, entryLines, entryParts } from '../../db/customers/intake.ts'
import { contactRule } from '../../domain/contact/within.ts'
import type { RecordedTicketEvent, TicketEvent } from '../../workflows/ticket/events.ts'
import { formChanges } from '../../workflows/ticket/form-changes.ts'
import { isUnresolved } from '../../workflows/ticket/availability.ts'
import { openMilestones } from '../../workflows/ticket/milestones.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import type { NewTicket } from './form.ts'
import { assignmentLines, conversationLines } from './ledgers.ts'

type TicketColumn = Column<TicketState, TicketEvent, NewTicket>
type Columns = Readonly<Record<Exclude<keyof TicketsTable, CommonColumns>, TicketColumn>>

/** What the rows hold of a ticket: each column with when it is written. */
const columns: Columns = {
  type: { type: 'text', ofState: ({ type }) => type },
  priority: { type: 'text', ofState: ({ priority }) => priority },
  priorityOrder: { type: 'text[]', ofForm: ({ priorities }) => priorities },
  priorityRank: { type: 'integer', made: 'coalesce(array_position(priority_order, priority), 1000)' },
  open: { type: 'boolean', made: "stage not in ('follow-up', 'archived', 'withdrawn', 'merged')" },
  channel: { type: 'text', ofState: ({ channel }) => channel },
  title: { type: 'text', prose: true, ofForm: ({ title }) => title, ofEvent: (event) => correction(event)?.title },
  description: { type: 'text', prose: true, ofForm: ({ description }) => description, ofEvent: (event) => correction(event)?.description },
  fields: { type: 'jsonb', ofForm: ({ fields }) => fields, ofEvent: formChanges, manner: 'merged' },
  keywords: { type: 'text[]', ofForm: ({ keywords }) => keywords },
  tags: { type: 'text[]', ofForm: () => [], ofEvent: (event) => (event.type === 'completed' ? event.tags : undefined) },
  customerTags: { type: 'text[]', ofForm: () => [], ofEvent: customerTags },
  customerName: customerText('name'),
  customerCompany: customerText('company'),
  customerAccount: customerText('account'),
  contactSealed: {
    type: 'text',
    prose: true,
    ofForm: ({ contact }) => contact.sealed,
    ofEvent: (event) => correction(event)?.contact?.sealed,
  },
  contactMasked: { type: 'jsonb', ofForm: ({ contact }) => contact.masked, ofEvent: (event) => correction(event)?.contact?.masked },
  contactKeys: { type: 'text[]', ofForm: ({ contact }) => contact.keys, ofEvent: (event) => correction(event)?.contact?.keys },
  contactRule: { type: 'integer', ofForm: () => contactRule },
  contactsChecked: {
    type: 'boolean',
    ofForm: () => true,
    // An API of an older release may bring contact data in what is corrected.
    becomes: (given) =>
      `own.contacts_checked and coalesce(${['customerName', 'customerCompany', 'customerAccount'].map(given).join(', ')}) is null`,
  },
  customerEntry: {
    type: 'text',
    nullable: true,
    ofForm: ({ entry }) => (entry ? entryColumns(entry).id : null),
    ofEvent: linkedEntry,
    manner: 'clearable',
  },
  entryFound: {
    type: 'text',
    nullable: true,
    ofForm: ({ entry }) => (entry ? entryColumns(entry).found : null),
    // Who is reached another way may be another customer: the worker looks again, but not behind the back of a person or a CRM who said whose it is.
    becomes: (given) => `case when ${given('customerEntry')}::text is not null then 'hand'
      when ${given('contactKeys')}::text[] is not null and coalesce(own.entry_found, '') not in ('hand', 'external-id') then null else own.entry_found end`,
  },
  representative: { type: 'text', nullable: true, ofState: ({ representative }) => representative },
  requester: { type: 'text', nullable: true, ofState: ({ requester }) => requester },
  assignee: { type: 'text', nullable: true, ofState: ({ assignee }) => assignee },
  team: { type: 'text', ofState: ({ team }) => team },
  helpers: {
    type: 'text[]',
    ofState: (state) => [
      ...new Set([...(state.helpers ?? []).map(({ person }) => person), ...openMilestones(state).map(({ owner }) => owner)]),
    ],
  },
  departments: {
    type: 'text[]',
    ofState: (state) => (isUnresolved(state.stage) ? [...new Set(openMilestones(state).map(({ department }) => department))] : []),
  },
  waitingFor: { type: 'text', nullable: true, ofState: ({ waiting }) => waiting?.for ?? null },
  submittedAt: { type: 'timestamptz', ofState: ({ submittedAt }) => submittedAt },
  assignedAt: { type: 'timestamptz', nullable: true, ofState: ({ assignedAt }) => assignedAt },
  closedAt: { type: 'timestamptz', nullable: true, ofState: ({ closedAt }) => closedAt },
  ...countedBy,
}

export const ticketTable: ProcessTable<TicketState, TicketEvent, NewTicket> = {
  name: 'tickets',
  columns,
  head: {
    title: 'title',
    startedAt: 'submitted_at',
    open: 'open',
    owed: owedOfTickets,
  },
  ledgers: (events): LedgerLines => ({ assignments: assignmentLines(events), contacts: events.flatMap(conversationLines) }),
  search: { table: 'ticket_search', columns: searchColumns, refresh: refreshSearch, line: searchLine, insert: searchInsert },
  beside: {
    isContested,
    among: togetherEntered,
    again: async (db, form) => (form.entry ? { ...form, entry: await form.entry.again(db) } : form),
    lines(number, { entry }) {
      const { made, learned } = entry ? entryLines(number, entry) : { made: [], learned: [] }
      return [made, learned]
    },
    insert: entryParts,
    kinds: 2,
  },
}

/** Their customers, each knowing of those before. */
function togetherEntered(forms: readonly NewTicket[]): NewTicket[] {
  const entries = amongEachOther(forms.flatMap(({ entry }) => entry ?? []))[Symbol.iterator]()
  return forms.map((form) => (form.entry ? { ...form, entry: entries.next().value ?? form.entry } : form))
}

/** What was corrected (X8). */
function correction(event: RecordedTicketEvent): TicketEvent<'corrected'>['changes'] | undefined {
  return event.type === 'corrected' ? event.changes : undefined
}

/** Whose it is since somebody said so; an empty text: nobody's. */
function linkedEntry(event: RecordedTicketEvent): string | undefined {
  return event.type === 'customer-linked' ? (event.entry ?? '') : undefined
}

/** A customer's text that is contact data does not stand in clear: what came as such leaves none. */
function customerText(part: 'name' | 'company' | 'account'): TicketColumn {
  return {
    type: 'text',
    nullable: true,
    ...(part !== 'account' && { prose: true }),
    ofForm: ({ customer }) => customer[part],
    ofEvent(event) {
      const changes = correction(event)
      return changes?.customer?.[part] ?? (changes?.contact?.masked[part] === undefined ? undefined : '')
    },
    manner: 'clearable',
  }
}

function customerTags(event: RecordedTicketEvent): readonly string[] | undefined {
  if (event.type !== 'customer-tagged') return undefined
  return [...new Set(event.tags.flatMap(({ id, label }) => [id, ...Object.values(label)]))]
}
