import { sql, type Kysely } from 'kysely'

/** What the clocks need of the rows: which calendar version a ticket counts by, and which promises may still move. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table promises add column provisional boolean not null default false`,
  `alter table tickets
    add column calendar text collate "C" generated always as (state -> 'calendar' ->> 'id') stored,
    add column calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored`,
  // Those that a new version of a calendar has not reached yet.
  `create index tickets_by_calendar on tickets (calendar, calendar_version) where stage not in ('archived', 'withdrawn', 'merged')`,
  // What waits for a supervisor's decision (S12).
  `create index tickets_to_decide on tickets (team, number) where state -> 'priorityChange' <> 'null'`,
]
