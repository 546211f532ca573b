import { sql, type Kysely } from 'kysely'

/** Periodic reports: their table, and what they hold. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table reports (
    number text collate "C" primary key, profile text collate "C" not null, profile_version integer not null, stage text collate "C" not null,
    version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3), workflow_started_at timestamptz(3),
    request_id text collate "C" not null,
    report text collate "C" not null, period text collate "C" not null, title text not null,
    opened_at timestamptz(3) not null, due_at timestamptz(3) not null,
    preparer text collate "C", reviewer text collate "C", approver text collate "C", unreviewed boolean not null,
    calendar text collate "C" generated always as (state -> 'calendar' ->> 'id') stored,
    calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored)`,
  'create index reports_to_wake on reports (wake_at, number) where wake_at is not null',
  'create index reports_unstarted on reports (opened_at) where workflow_started_at is null',
  'create index reports_by_start on reports (opened_at desc, number desc)',
  `create index reports_by_calendar on reports (calendar, calendar_version) where stage not in ('sent')`,
  // Text and not JSON: its bytes are those of which the checksum is.
  `create table report_models (number text collate "C" primary key, model text not null, sha256 text not null, reckoned_at timestamptz(3) not null)`,
]
