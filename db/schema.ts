import type { ColumnType, Generated, GeneratedAlways, Selectable } from 'kysely'
import type { Calendar } from '../domain/calendar/schema.ts'
import type { Contact } from '../domain/customer.ts'
import type { Instant } from '../domain/instant.ts'
import type { Labels, Locale } from '../domain/labels.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import type { NoticeKind } from '../domain/notices/kinds.ts'
import type { Preferences } from '../domain/notices/preferences.ts'
import type { Role } from '../domain/people.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { Stage } from '../domain/ticket-stages.ts'
import type { Notice, ProcessState } from '../workflows/process.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { Assigned, Fields } from '../workflows/ticket/events.ts'
import type { TicketState } from '../workflows/ticket/state.ts'

/**
 * The tables, as the newest migration leaves them. Columns are snake_case in Postgres and camelCase here. Instants are
 * canonical ISO strings both ways (`connect.ts` parses them); JSON is written through `json()` and read as declared here,
 * which is true because nobody but this folder writes it.
 */
export interface Database {
  tickets: TicketsTable
  /** A view (heads.ts). */
  processes: HeadsTable
  ticketSearch: TicketSearchTable
  events: EventsTable
  notes: NotesTable
  promises: PromisesTable
  assignments: AssignmentsTable
  dispatches: DispatchesTable
  contacts: ContactsTable
  requests: RequestsTable
  notices: NoticesTable
  people: PeopleTable
  teams: TeamsTable
  memberships: MembershipsTable
  skills: SkillsTable
  absences: AbsencesTable
  tokens: TokensTable
  profiles: ProfilesTable
  calendars: CalendarsTable
  counters: CountersTable
  allowances: AllowancesTable
}

export type JsonObject = Readonly<Record<string, unknown>>

/** Written as the text `json()` makes, read as what it says. */
type Json<T> = ColumnType<T, string, string>
type NullableJson<T> = ColumnType<T | null, string | null, string | null>

/** One row a ticket: its newest state, and the texts and contacts that its process does not carry. */
export interface TicketsTable {
  number: string
  profile: string
  profileVersion: number
  type: string
  priority: string
  /** The profile's priorities, most urgent first: what makes priorities of different profiles comparable. */
  priorityOrder: string[]
  /** 1 is the most urgent. */
  priorityRank: GeneratedAlways<number>
  stage: Stage
  /** Still on the way to its customer's confirmation or report: before `follow-up` and not ended off the path. */
  open: GeneratedAlways<boolean>
  channel: string
  title: string
  description: string
  fields: Json<Fields>
  keywords: string[]
  /** What tells about the solution (T15). */
  tags: string[]
  /** What tells about the customer (S4): each tag by its id and in every language, so that a list finds it by any. */
  customerTags: Generated<string[]>
  /** Null where nothing is known, or where what is known is contact data; then it is among what is sealed and masked. */
  customerName: string | null
  customerCompany: string | null
  customerAccount: string | null
  /** Phone, e-mail and whatever else is contact data, encrypted and bound to this number (S3; contact-vault.ts). */
  contactSealed: string
  contactMasked: Json<Contact>
  /** HMACs by which another ticket of the same customer is found. */
  contactKeys: string[]
  /** That no name, company or account in clear is contact data (contacts-at-rest.ts). */
  contactsChecked: Generated<boolean>
  representative: string | null
  requester: string | null
  assignee: string | null
  team: string
  waitingFor: string | null
  submittedAt: Instant
  assignedAt: Instant | null
  closedAt: Instant | null
  /** When the earliest promise still owed is or was due, paused ones aside; in the past means overdue. */
  nextDueAt: Instant | null
  /** When its workflow is to be woken, since something falls due; null when nothing does, or when it wakes by itself. */
  wakeAt: Instant | null
  /** Sequence number of the last event in the rows: events 1 to this are all there. */
  version: number
  state: Json<TicketState>
  /** Null until the workflow is known to run. */
  workflowStartedAt: Instant | null
  /** The working calendar its promises count by, and in which version (X2). */
  calendar: GeneratedAlways<string>
  calendarVersion: GeneratedAlways<number>
  /** The request that created it. */
  requestId: string
}

/** What every process has, whatever its type: read only. */
export interface HeadsTable {
  number: string
  /** Name of its process type, which is not the `type` of a ticket. */
  processType: string
  /** Number of the process that it belongs to. */
  parent: string | null
  profile: string
  profileVersion: number
  stage: string
  /** Still on its way. */
  open: boolean
  /** No further act is possible. */
  ended: boolean
  title: string
  /** 1 is the most urgent; null where the type knows no priorities. */
  priorityRank: number | null
  /** Who keeps in touch with whom it is for. */
  representative: string | null
  /** The customer whose it is, if they have a login. */
  requester: string | null
  assignee: string | null
  team: string
  startedAt: Instant
  nextDueAt: Instant | null
  wakeAt: Instant | null
  version: number
  state: Json<ProcessState>
  workflowStartedAt: Instant | null
  /** Null where its promises count by no calendar. */
  calendar: string | null
  calendarVersion: number | null
}

/** What is searched for, apart from the ticket's row so that a step does not write the search index anew. */
export interface TicketSearchTable {
  number: string
  /** Number, title and description, folded. */
  text: string
  /** The pieces of `text` (search-terms.ts). */
  terms: string
  /** Customer's name, company and account, folded. */
  customer: string
  customerTerms: string
}

/** Every event of every process, whole: a process' state can be folded from its rows. */
export interface EventsTable {
  process: string
  seq: number
  type: string
  at: Instant
  occurredAt: Instant
  actor: string
  requestId: string | null
  stage: string
  /** What the event says beyond the columns. */
  data: Json<JsonObject>
  promises: Json<readonly PromiseState[]>
}

/** Lines of a process' log that are no events, such as internal notes. They move no clock. */
export interface NotesTable {
  id: GeneratedAlways<number>
  /** Number of the process. */
  ticket: string
  /** The command that wrote it. */
  type: Generated<string>
  author: string
  text: string
  at: Instant
  requestId: string
}

/** Every cycle of every clock, as the newest event that touched it left it. */
export interface PromisesTable {
  process: string
  clock: string
  cycle: number
  startedAt: Instant
  dueAt: Instant
  pausedMinutes: number
  state: PromiseState['state']
  stoppedAt: Instant | null
  recordedLate: boolean
  /** Due beyond the last day whose holidays are known. */
  provisional: boolean
  /** The event that last touched it. */
  seq: number
}

/** The assignment ledger 分配记录台账 (R6). */
export interface AssignmentsTable {
  process: string
  seq: number
  at: Instant
  manner: Assigned['manner'] | 'submitted' | 'released'
  assignee: string | null
  team: string
  previous: string | null
  reason: string | null
  by: string
}

/** Who was lately chosen for a ticket, so that one chosen for twenty at once counts as busy before any of them is in the rows. */
export interface DispatchesTable {
  ticket: string
  person: string
  at: Instant
}

/** The communication record: every conversation with the customer (Q3). */
export interface ContactsTable {
  process: string
  seq: number
  /** The event that records it: `contacted`, `confirmed` or `called-back`. */
  type: string
  at: Instant
  occurredAt: Instant
  channel: string
  direction: 'outbound' | 'inbound'
  /** False for a call that nobody answered. */
  reached: boolean
  text: string
  by: string
}

/** Each POST, from before it takes effect until its answer is stored. */
export interface RequestsTable {
  id: string
  caller: string
  key: string
  route: string
  bodyHash: string
  ticket: string | null
  status: Generated<'pending' | 'done'>
  responseStatus: number | null
  response: NullableJson<unknown>
  createdAt: Instant
  doneAt: Instant | null
  /** When the sweeper last asked what became of it. */
  sweptAt: Instant | null
}

/** The outbox: who hears of an event. Delivery claims, sends and marks; the row is the record of what became of it. */
export interface NoticesTable {
  id: GeneratedAlways<number>
  process: string
  seq: number
  kind: NoticeKind
  recipientKind: Notice['recipient']['kind']
  /** Null for the customer; `supervisor@tech-support` for a place over a team. */
  recipientId: string | null
  params: Json<Notice['params']>
  createdAt: Instant
  /** `muted`: whoever would have got it does without this kind, or has heard the same as somebody else. `dead`: given up, for a `cause`. */
  status: Generated<'queued' | 'sent' | 'dead' | 'muted'>
  /** Quiet hours hold it until then, or until the ticket's priority is no more `heldPriority`. */
  heldUntil: Instant | null
  heldPriority: string | null
  /** It failed for a while; tried again then. */
  retryAt: Instant | null
  /** Some worker has it in hand; one that died gives it up then. */
  claimedUntil: Instant | null
  /** It waits for the next digest of these people, until `heldUntil`; null: it goes by itself. */
  gatheredFor: string[] | null
  /** The digest that it stands in, once that is put together: what makes a repeat the same mail. */
  digest: string | null
  /** When delivery looks at it next: the latest of the three, else `createdAt`. */
  dueAt: GeneratedAlways<Instant>
  /** Attempts that count: those that reached a mail server. */
  attempts: Generated<number>
  firstFailedAt: Instant | null
  triedAt: Instant | null
  sentAt: Instant | null
  /** `relay`: a colleague was asked to tell the customer. */
  channel: 'email' | 'relay' | null
  /** The people it was sent to; empty for the customer. */
  reached: Generated<string[]>
  /** The customer's address, masked. */
  address: string | null
  messageId: string | null
  /** What it said when it was sent. */
  said: NullableJson<Said>
  /** Why it was given up, or why it went another way than it was meant to. */
  cause: NoticeCause | null
  /** Colleagues whom mail does not reach: it goes to whoever stands above them. */
  passedOver: Generated<string[]>
  /** What went wrong last, in the words of the mail server where it had any; addresses masked. */
  lastError: string | null
  /** What the mail server called it. */
  providerId: string | null
}

export interface Said {
  readonly language: Locale
  readonly subject: string
  readonly text: string
}

export interface PeopleTable {
  id: string
  name: string
  email: string | null
  roles: Role[]
  active: Generated<boolean>
  preferences: ColumnType<Preferences, string | undefined, string>
}

export interface TeamsTable {
  id: string
  labels: Json<Labels>
  /** Whom the breach ladder climbs to (X4): team lead 组长, supervisor 主管, department head 部门负责人. */
  lead: string | null
  supervisor: string | null
  departmentHead: string | null
}

export interface MembershipsTable {
  team: string
  person: string
}

export interface SkillsTable {
  person: string
  skill: string
}

/** Somebody is away from `absentFrom` until before `absentUntil` (X8). */
export interface AbsencesTable {
  id: GeneratedAlways<number>
  person: string
  absentFrom: Instant
  /** Null while nobody knows. */
  absentUntil: Instant | null
  deputy: string | null
  note: string | null
}

export interface TokensTable {
  /** SHA-256 of the token; the token itself is nowhere. */
  hash: Buffer
  person: string
  label: string
  createdAt: Instant
  lastUsedAt: Instant | null
  expiresAt: Instant | null
  revokedAt: Instant | null
}

/** Installed versions of profiles; a version never changes (X1). */
export interface ProfilesTable {
  id: string
  version: number
  content: Json<Profile>
  /** The document as it was written, comments included; null for one that was never a text here. */
  source: string | null
  installedAt: Instant
  installedBy: string
}

/** Working calendars (X2). They carry no version of their own: each change becomes the next one. */
export interface CalendarsTable {
  id: string
  version: number
  content: Json<Calendar>
  source: string | null
  /** Local date through which holidays are announced; promises beyond it are guesses. */
  coveredThrough: string
  installedAt: Instant
  installedBy: string
}

/** The last serial given out under each prefix of ticket numbers. */
export interface CountersTable {
  key: string
  last: number
}

/** How often a caller has done something since then, of what is limited by the day. */
export interface AllowancesTable {
  caller: string
  kind: string
  since: Instant
  used: number
}

export type TicketRow = Selectable<TicketsTable>

/** What every process has. */
export type Head = Selectable<HeadsTable>
