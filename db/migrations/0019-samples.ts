import { sql, type Kysely } from 'kysely'

/** Samples: their table, and by what figures find what was judged in a time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table samples (
    number text collate "C" primary key, profile text collate "C" not null, profile_version integer not null, stage text collate "C" not null,
    version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3), workflow_started_at timestamptz(3),
    request_id text collate "C" not null,
    title text not null, sample text collate "C" not null, assignee text collate "C", opened_at timestamptz(3) not null,
    manner text collate "C" not null, drawn_from text collate "C", period_from timestamptz(3), period_until timestamptz(3),
    wanted integer not null, frame integer, seed text collate "C", tickets text[] collate "C" not null,
    drawn integer not null, judged integer not null, excused integer not null, faultless integer not null,
    calendar text collate "C" generated always as (state -> 'calendar' ->> 'id') stored,
    calendar_version integer generated always as ((state -> 'calendar' ->> 'version')::integer) stored)`,
  'create index samples_to_wake on samples (wake_at, number) where wake_at is not null',
  'create index samples_unstarted on samples (opened_at) where workflow_started_at is null',
  'create index samples_by_start on samples (opened_at desc, number desc)',
  "create index samples_in_hand on samples (assignee, next_due_at) where not (stage not in ('judging'))",
  "create index samples_by_calendar on samples (calendar, calendar_version) where stage not in ('closed')",
  // A few dozen a month, where there are tens of thousands of others.
  "create index events_judged on events (occurred_at) where type in ('judged', 'rejudged')",
]
