import type { Column, ProcessTable } from '../../db/process-table.ts'
import type { CommonColumns } from '../../db/column-names.ts'
import type { LedgerLines } from '../../db/ledger-lines.ts'
import type { TicketsTable } from '../../db/tables/tickets.ts'
import { owedOfTickets } from '../../db/tickets.ts'
import { refreshSearch, searchColumns, searchInsert, searchLine } from '../../db/search.ts'
import { contactRule } from '../../domain/contact/within.ts'
import type { RecordedTicketEvent, TicketEvent } from '../../workflows/ticket/events.ts'
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
  priorityRank: { made: true },
  open: { made: true },
  channel: { type: 'text', ofState: ({ channel }) => channel },
  title: { type: 'text', ofForm: ({ title }) => title, ofEvent: (event) => correction(event)?.title },
  description: { type: 'text', ofForm: ({ description }) => description, ofEvent: (event) => correction(event)?.description },
  fields: { type: 'jsonb', ofForm: ({ fields }) => fields, ofEvent: fieldChanges, manner: 'merged' },
  keywords: { type: 'text[]', ofForm: ({ keywords }) => keywords },
  tags: { type: 'text[]', ofForm: () => [], ofEvent: (event) => (event.type === 'completed' ? event.tags : undefined) },
  customerTags: { type: 'text[]', ofForm: () => [], ofEvent: customerTags },
  customerName: customerText('name'),
  customerCompany: customerText('company'),
  customerAccount: customerText('account'),
  contactSealed: { type: 'text', ofForm: ({ contact }) => contact.sealed, ofEvent: (event) => correction(event)?.contact?.sealed },
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
  representative: { type: 'text', ofState: ({ representative }) => representative },
  requester: { type: 'text', ofState: ({ requester }) => requester },
  assignee: { type: 'text', ofState: ({ assignee }) => assignee },
  team: { type: 'text', ofState: ({ team }) => team },
  waitingFor: { type: 'text', ofState: ({ waiting }) => waiting?.for ?? null },
  submittedAt: { type: 'timestamptz', ofState: ({ submittedAt }) => submittedAt },
  assignedAt: { type: 'timestamptz', ofState: ({ assignedAt }) => assignedAt },
  closedAt: { type: 'timestamptz', ofState: ({ closedAt }) => closedAt },
  calendar: { made: true },
  calendarVersion: { made: true },
}

export const ticketTable: ProcessTable<TicketState, TicketEvent, NewTicket> = {
  name: 'tickets',
  columns,
  head: {
    parent: 'null::text collate "C"',
    open: 'open',
    owed: owedOfTickets,
    title: 'title',
    priority: 'priority',
    priorityRank: 'priority_rank',
    representative: 'representative',
    requester: 'requester',
    assignee: 'assignee',
    team: 'team',
    startedAt: 'submitted_at',
    calendar: 'calendar',
    calendarVersion: 'calendar_version',
  },
  ledgers: (events): LedgerLines => ({ assignments: assignmentLines(events), contacts: events.flatMap(conversationLines) }),
  search: { table: 'ticket_search', columns: searchColumns, refresh: refreshSearch, line: searchLine, insert: searchInsert },
}

/** What was corrected (X8). */
function correction(event: RecordedTicketEvent): TicketEvent<'corrected'>['changes'] | undefined {
  return event.type === 'corrected' ? event.changes : undefined
}

/** A customer's text that is contact data does not stand in clear: what came as such leaves none. */
function customerText(part: 'name' | 'company' | 'account'): TicketColumn {
  return {
    type: 'text',
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

function fieldChanges(event: RecordedTicketEvent): TicketEvent<'supplemented'>['fields'] | undefined {
  return event.type === 'supplemented' ? event.fields : correction(event)?.fields
}
