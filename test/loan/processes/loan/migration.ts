import { sql, type Kysely } from 'kysely'

const id = 'text collate "C"'

/** The table of loans. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table loans (
        number ${id} primary key, profile ${id} not null, profile_version integer not null, stage ${id} not null,
        version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3),
        workflow_started_at timestamptz(3), request_id ${id} not null,
        device text not null, parent ${id}, assignee ${id}, requester ${id}, team ${id} not null,
        lent_at timestamptz(3) not null, returned_at timestamptz(3),
        calendar ${id} generated always as (state -> 'calendar' ->> 'id') stored,
        calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored)`,
  // What is asked of every process, whatever its type: each question by an index of its own.
  `create index loans_to_wake on loans (wake_at, number) where wake_at is not null`,
  `create index loans_unstarted on loans (lent_at) where workflow_started_at is null`,
  `create index loans_by_start on loans (lent_at desc, number desc)`,
  `create index loans_in_hand on loans (assignee, next_due_at) where not (stage not in ('lent', 'overdue', 'returned'))`,
  `create index loans_by_parent on loans (parent) where parent is not null`,
  `create index loans_by_calendar on loans (calendar, calendar_version) where stage not in ('closed')`,
]
