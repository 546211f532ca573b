import { sql, type Kysely } from 'kysely'

/**
 * The first tables. Names and meanings: ../tables/. Longer than other files, since it was released: a released migration is not taken apart.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** Ids and codes compare byte by byte: fast, and an upgrade of the system's locales does not spoil their indexes. */
const id = 'text collate "C"'
const ids = 'text[] collate "C"'

const statements = [
  `create table tickets (
    number ${id} primary key,
    profile ${id} not null,
    profile_version integer not null,
    type ${id} not null,
    priority ${id} not null,
    priority_order ${ids} not null,
    priority_rank integer not null generated always as (coalesce(array_position(priority_order, priority), 1000)) stored,
    stage ${id} not null,
    open boolean not null generated always as (stage not in ('follow-up', 'archived', 'withdrawn', 'merged')) stored,
    channel ${id} not null,
    title text not null,
    description text not null,
    fields jsonb not null,
    keywords ${ids} not null,
    tags ${ids} not null,
    customer_name text,
    customer_company text,
    customer_account ${id},
    contact_sealed text not null,
    contact_masked jsonb not null,
    contact_keys ${ids} not null,
    representative ${id},
    requester ${id},
    assignee ${id},
    team ${id} not null,
    waiting_for ${id},
    submitted_at timestamptz(3) not null,
    assigned_at timestamptz(3),
    closed_at timestamptz(3),
    next_due_at timestamptz(3),
    version integer not null,
    state jsonb not null,
    workflow_started_at timestamptz(3),
    request_id ${id} not null
  )`,
  // Lists, newest first: everything, and each filter that may leave few rows.
  `create index tickets_by_submission on tickets (submitted_at desc, number desc)`,
  ...['profile', 'type', 'priority', 'stage', 'assignee', 'team', 'representative', 'requester'].map(
    (column) => `create index tickets_by_${column} on tickets (${column}, submitted_at desc, number desc)`,
  ),
  `create index tickets_by_tag on tickets using gin (tags)`,
  // The other two orders of a list.
  `create index tickets_by_due on tickets (coalesce(next_due_at, 'infinity'), number)`,
  `create index tickets_by_urgency on tickets (priority_rank, submitted_at, number)`,
  `create index tickets_open_by_urgency on tickets (priority_rank, submitted_at, number) where open`,
  // A team's queue, a person's work, a customer's other tickets, and what is left to start.
  `create index tickets_queued on tickets (team, priority_rank, submitted_at, number) where open and assignee is null`,
  `create index tickets_in_hand on tickets (assignee, next_due_at) where open`,
  `create index tickets_represented on tickets (representative, next_due_at)
    where open or next_due_at is not null or state -> 'tasks' <> '[]'`,
  `create index tickets_by_contact on tickets using gin (contact_keys)`,
  `create index tickets_by_account on tickets (customer_account) where customer_account is not null`,
  `create index tickets_unstarted on tickets (submitted_at) where workflow_started_at is null`,

  `create table ticket_search (
    number ${id} primary key references tickets on delete cascade,
    text text not null,
    terms tsvector not null,
    customer text not null,
    customer_terms tsvector not null
  )`,
  `create index ticket_search_terms on ticket_search using gin (terms)`,
  `create index ticket_search_customer_terms on ticket_search using gin (customer_terms)`,

  `create table events (
    process ${id} not null,
    seq integer not null,
    type ${id} not null,
    at timestamptz(3) not null,
    occurred_at timestamptz(3) not null,
    actor ${id} not null,
    request_id ${id},
    stage ${id} not null,
    data jsonb not null,
    promises jsonb not null,
    primary key (process, seq)
  )`,

  `create table notes (
    id bigint generated always as identity primary key,
    ticket ${id} not null references tickets on delete cascade,
    author ${id} not null,
    text text not null,
    at timestamptz(3) not null,
    request_id ${id} not null unique
  )`,
  `create index notes_by_ticket on notes (ticket, at, id)`,

  `create table promises (
    process ${id} not null,
    clock ${id} not null,
    cycle integer not null,
    started_at timestamptz(3) not null,
    due_at timestamptz(3) not null,
    paused_minutes double precision not null,
    state ${id} not null check (state in ('running', 'paused', 'kept', 'broken', 'cancelled')),
    stopped_at timestamptz(3),
    recorded_late boolean not null,
    seq integer not null,
    primary key (process, clock, cycle)
  )`,

  `create table assignments (
    process ${id} not null,
    seq integer not null,
    at timestamptz(3) not null,
    manner ${id} not null,
    assignee ${id},
    team ${id} not null,
    previous ${id},
    reason text,
    by ${id} not null,
    primary key (process, seq)
  )`,
  `create index assignments_by_time on assignments (at desc, process desc, seq desc)`,
  `create index assignments_by_assignee on assignments (assignee, at desc)`,
  `create index assignments_by_team on assignments (team, at desc)`,

  `create table contacts (
    process ${id} not null,
    seq integer not null,
    type ${id} not null,
    at timestamptz(3) not null,
    occurred_at timestamptz(3) not null,
    channel ${id} not null,
    direction ${id} not null check (direction in ('outbound', 'inbound')),
    reached boolean not null,
    text text not null,
    by ${id} not null,
    primary key (process, seq)
  )`,

  `create table requests (
    id ${id} not null,
    caller ${id} not null,
    key ${id} not null,
    route ${id} not null,
    body_hash ${id} not null,
    ticket ${id},
    status ${id} not null default 'pending' check (status in ('pending', 'done')),
    response_status integer,
    response jsonb,
    created_at timestamptz(3) not null,
    done_at timestamptz(3),
    swept_at timestamptz(3),
    primary key (caller, key)
  )`,
  // Derived from caller, key and more, so unique without saying so: a second unique constraint would be one too many to
  // insert against with ON CONFLICT.
  `create index requests_by_id on requests (id)`,
  `create index requests_pending on requests (created_at) where status = 'pending'`,
  `create index requests_done on requests (done_at) where status = 'done'`,

  `create table notices (
    id bigint generated always as identity primary key,
    process ${id} not null,
    seq integer not null,
    kind ${id} not null,
    recipient_kind ${id} not null check (recipient_kind in ('customer', 'person', 'team')),
    recipient_id ${id},
    params jsonb not null,
    created_at timestamptz(3) not null,
    status ${id} not null default 'queued' check (status in ('queued', 'sent', 'dead')),
    attempts integer not null default 0,
    last_error text,
    provider_id text,
    unique nulls not distinct (process, seq, kind, recipient_kind, recipient_id)
  )`,
  `create index notices_queued on notices (id) where status = 'queued'`,
  `create index notices_dead on notices (id) where status = 'dead'`,

  `create table people (
    id ${id} primary key,
    name text not null,
    email text,
    roles ${ids} not null,
    active boolean not null default true
  )`,
  `create table teams (
    id ${id} primary key,
    labels jsonb not null,
    lead ${id} references people,
    supervisor ${id} references people,
    department_head ${id} references people
  )`,
  `create table memberships (
    team ${id} not null references teams on delete cascade,
    person ${id} not null references people on delete cascade,
    primary key (team, person)
  )`,
  `create index memberships_by_person on memberships (person)`,
  `create table skills (
    person ${id} not null references people on delete cascade,
    skill ${id} not null,
    primary key (person, skill)
  )`,
  `create table absences (
    id bigint generated always as identity primary key,
    person ${id} not null references people on delete cascade,
    absent_from timestamptz(3) not null,
    absent_until timestamptz(3) check (absent_until > absent_from),
    deputy ${id} references people check (deputy <> person),
    note text
  )`,
  `create index absences_by_person on absences (person, absent_until)`,
  `create table tokens (
    hash bytea primary key,
    person ${id} not null references people on delete cascade,
    label text not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    expires_at timestamptz(3),
    revoked_at timestamptz(3)
  )`,
  `create index tokens_by_person on tokens (person)`,

  `create table profiles (
    id ${id} not null,
    version integer not null,
    content jsonb not null,
    source text,
    installed_at timestamptz(3) not null,
    installed_by ${id} not null,
    primary key (id, version)
  )`,
  `create table calendars (
    id ${id} not null,
    version integer not null,
    content jsonb not null,
    source text,
    covered_through date not null,
    installed_at timestamptz(3) not null,
    installed_by ${id} not null,
    primary key (id, version)
  )`,

  `create table counters (
    key ${id} primary key,
    last bigint not null
  )`,
]
