import type { Selectable } from 'kysely'
import type { CustomerKeysTable, CustomerLogTable, CustomersTable } from './tables/customers.ts'
import type { DealingsTable } from './tables/dealings.ts'
import type { ModelsTable } from './tables/models.ts'
import type { NoticesTable } from './tables/notices.ts'
import type { AbsencesTable, MembershipsTable, PeopleTable, SkillsTable, TeamsTable, TokensTable } from './tables/people.ts'
import type { AssignmentsTable, ContactsTable } from './tables/ledgers.ts'
import type { EventsTable, HeadsTable, NotesTable, PromisesTable } from './tables/processes.ts'
import type { CalendarsTable, ProfilesTable, ProfileTemplatesTable, RetiredProfilesTable } from './tables/profiles.ts'
import type { AllowancesTable, CountersTable, RequestsTable } from './tables/requests.ts'
import type { DispatchesTable, TicketSearchTable, TicketsTable } from './tables/tickets.ts'

/**
 * The tables, as the newest migration leaves them; each is described in `tables/`. Columns are snake_case in Postgres and camelCase
 * here. Instants are canonical ISO strings both ways (`connect.ts` parses them); JSON is written through `json()` and read as declared
 * there, which is true because nobody but this folder writes it.
 */
export interface Database extends CommonTables, TypesTables {}

/** Those of types, which only their type's folder and this one ask by name. A type whose table is asked as a whole needs no line here. */
interface TypesTables {
  tickets: TicketsTable
  ticketSearch: TicketSearchTable
}

/** Those that are there whichever types are kept. */
export interface CommonTables {
  /** A view (heads.ts). */
  processes: HeadsTable
  events: EventsTable
  dealings: DealingsTable
  reportModels: ModelsTable
  assessmentModels: ModelsTable
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
  profileTemplates: ProfileTemplatesTable
  retiredProfiles: RetiredProfilesTable
  calendars: CalendarsTable
  counters: CountersTable
  allowances: AllowancesTable
  customers: CustomersTable
  customerKeys: CustomerKeysTable
  customerLog: CustomerLogTable
}

export type TicketRow = Selectable<TicketsTable>

/** What every process has. */
export type Head = Selectable<HeadsTable>
