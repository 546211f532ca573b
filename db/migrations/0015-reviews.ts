import { sql, type Kysely } from 'kysely'

/** Reviews: their table, and by what they find the tickets of a classification. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table reviews (
    number text collate "C" primary key, profile text collate "C" not null, profile_version integer not null, stage text collate "C" not null,
    version integer not null, state jsonb not null, next_due_at timestamptz(3), wake_at timestamptz(3), workflow_started_at timestamptz(3),
    request_id text collate "C" not null,
    title text not null, searched jsonb not null, because text collate "C" not null, parent text collate "C",
    module text collate "C", problem_type text collate "C", cause text collate "C", assignee text collate "C", team text collate "C" not null,
    opened_at timestamptz(3) not null, tickets integer not null, causes text[] collate "C" not null, round integer not null,
    outcome text collate "C")`,
  'create index reviews_to_wake on reviews (wake_at, number) where wake_at is not null',
  'create index reviews_unstarted on reviews (opened_at) where workflow_started_at is null',
  'create index reviews_by_start on reviews (opened_at desc, number desc)',
  "create index reviews_in_hand on reviews (assignee, next_due_at) where stage in ('opened', 'analysis', 'actions', 'effect')",
  'create index reviews_by_parent on reviews (parent) where parent is not null',
  // Whoever opens them, and however many at once: of a classification there is one open review.
  `create unique index reviews_one_open on reviews (profile, module, problem_type, cause) where module is not null and stage <> 'closed'`,
  'create index reviews_by_classification on reviews (profile, module, problem_type, cause) where module is not null',
  // Each solution is classified once or twice in the life of a ticket.
  `create index events_classified on events (
    (data #>> '{classification,module}'), (data #>> '{classification,type}'), (data #>> '{classification,cause}'), at) where type = 'completed'`,
]
