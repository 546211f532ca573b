import { sql, type Kysely } from 'kysely'

/** Assessments: their table, and what was counted for them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table assessments (
    number text collate "C" primary key, profile text collate "C" not null, profile_version integer not null, stage text collate "C" not null,
    version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3), workflow_started_at timestamptz(3),
    request_id text collate "C" not null,
    assessment text collate "C" not null, period text collate "C" not null, title text not null,
    opened_at timestamptz(3) not null, due_at timestamptz(3) not null,
    calendar text collate "C" generated always as (state -> 'calendar' ->> 'id') stored,
    calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored)`,
  'create index assessments_to_wake on assessments (wake_at, number) where wake_at is not null',
  'create index assessments_unstarted on assessments (opened_at) where workflow_started_at is null',
  'create index assessments_by_start on assessments (opened_at desc, number desc)',
  `create index assessments_by_calendar on assessments (calendar, calendar_version) where stage not in ('closed')`,
  // Text and not JSON: its bytes are those of which the checksum is.
  `create table assessment_models (number text collate "C" primary key, model text not null, sha256 text not null, reckoned_at timestamptz(3) not null)`,
]
