import { sql, type Kysely } from 'kysely'

/** The first tables. Names and meanings: ../schema.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table tickets (
    number text primary key,
    profile text not null,
    profile_version integer not null,
    type text not null,
    priority text not null,
    priority_order text[] not null,
    priority_rank integer not null generated always as (coalesce(array_position(priority_order, priority), 1000)) stored,
    stage text not null,
    open boolean not null generated always as (stage not in ('follow-up', 'archived', 'withdrawn', 'merged')) stored,
    channel text not null,
    title text not null,
    description text not null,
    fields jsonb not null,
    keywords text[] not null,
    tags text[] not null,
    customer_name text,
    customer_company text,
    customer_account text,
    contact_sealed text not null,
    contact_masked jsonb not null,
    contact_keys text[] not null,
    representative text,
    requester text,
    assignee text,
    team text not null,
    waiting_for text,
    submitted_at timestamptz(3) not null,
    assigned_at timestamptz(3),
    closed_at timestamptz(3),
    next_due_at timestamptz(3),
    version integer not null,
    state jsonb not null,
    workflow_started_at timestamptz(3),
    request_id text not null
  )`,
  // Lists, newest first: everything, and each filter that may leave few rows.
  `create index tickets_by_submission on tickets (submitted_at desc, number desc)`,
  ...['profile', 'type', 'priority', 'stage', 'assignee', 'team', 'requester'].map(
    (column) => `create index tickets_by_${column} on tickets (${column}, submitted_at desc, number desc)`,
  ),
  `create index tickets_by_tag on tickets using gin (tags)`,
  // The other two orders of a list.
  `create index tickets_by_due on tickets (coalesce(next_due_at, 'infinity'), number)`,
  `create index tickets_by_urgency on tickets (priority_rank, submitted_at, number)`,
  // A team's queue, a person's work, a customer's other tickets, and what is left to start.
  `create index tickets_queued on tickets (team, priority_rank, submitted_at, number) where open and assignee is null`,
  `create index tickets_in_hand on tickets (assignee, next_due_at) where open`,
  `create index tickets_represented on tickets (representative, next_due_at) where open or next_due_at is not null`,
  `create index tickets_by_contact on tickets using gin (contact_keys)`,
  `create index tickets_by_account on tickets (customer_account) where customer_account is not null`,
  `create index tickets_unstarted on tickets (submitted_at) where workflow_started_at is null`,

  `create table ticket_search (
    number text primary key references tickets on delete cascade,
    text text not null,
    terms text[] not null,
    customer text not null,
    customer_terms text[] not null
  )`,
  `create index ticket_search_terms on ticket_search using gin (terms)`,
  `create index ticket_search_customer_terms on ticket_search using gin (customer_terms)`,

  `create table events (
    process text not null,
    seq integer not null,
    type text not null,
    at timestamptz(3) not null,
    occurred_at timestamptz(3) not null,
    actor text not null,
    request_id text,
    stage text not null,
    data jsonb not null,
    promises jsonb not null,
    primary key (process, seq)
  )`,

  `create table notes (
    id bigint generated always as identity primary key,
    ticket text not null references tickets on delete cascade,
    author text not null,
    text text not null,
    at timestamptz(3) not null,
    request_id text not null unique
  )`,
  `create index notes_by_ticket on notes (ticket, at, id)`,

  `create table promises (
    process text not null,
    clock text not null,
    cycle integer not null,
    started_at timestamptz(3) not null,
    due_at timestamptz(3) not null,
    paused_minutes double precision not null,
    state text not null check (state in ('running', 'paused', 'kept', 'broken', 'cancelled')),
    stopped_at timestamptz(3),
    recorded_late boolean not null,
    seq integer not null,
    primary key (process, clock, cycle)
  )`,

  `create table assignments (
    process text not null,
    seq integer not null,
    at timestamptz(3) not null,
    manner text not null,
    assignee text,
    team text not null,
    previous text,
    reason text,
    by text not null,
    primary key (process, seq)
  )`,
  `create index assignments_by_time on assignments (at desc, process desc, seq desc)`,
  `create index assignments_by_assignee on assignments (assignee, at desc)`,
  `create index assignments_by_team on assignments (team, at desc)`,

  `create table contacts (
    process text not null,
    seq integer not null,
    type text not null,
    at timestamptz(3) not null,
    occurred_at timestamptz(3) not null,
    channel text not null,
    direction text not null check (direction in ('outbound', 'inbound')),
    reached boolean not null,
    text text not null,
    by text not null,
    primary key (process, seq)
  )`,

  `create table requests (
    id text primary key,
    caller text not null,
    key text not null,
    route text not null,
    body_hash text not null,
    ticket text,
    status text not null default 'pending' check (status in ('pending', 'done')),
    response_status integer,
    response jsonb,
    created_at timestamptz(3) not null,
    done_at timestamptz(3),
    swept_at timestamptz(3),
    unique (caller, key)
  )`,
  `create index requests_pending on requests (created_at) where status = 'pending'`,
  `create index requests_done on requests (done_at) where status = 'done'`,

  `create table notices (
    id bigint generated always as identity primary key,
    process text not null,
    seq integer not null,
    kind text not null,
    recipient_kind text not null check (recipient_kind in ('customer', 'person', 'team')),
    recipient_id text,
    params jsonb not null,
    created_at timestamptz(3) not null,
    status text not null default 'queued' check (status in ('queued', 'sent', 'dead')),
    attempts integer not null default 0,
    last_error text,
    provider_id text,
    unique nulls not distinct (process, seq, kind, recipient_kind, recipient_id)
  )`,
  `create index notices_queued on notices (id) where status = 'queued'`,
  `create index notices_dead on notices (id) where status = 'dead'`,

  `create table people (
    id text primary key,
    name text not null,
    email text,
    roles text[] not null,
    active boolean not null default true
  )`,
  `create table teams (
    id text primary key,
    labels jsonb not null,
    lead text references people,
    supervisor text references people,
    department_head text references people
  )`,
  `create table memberships (
    team text not null references teams on delete cascade,
    person text not null references people on delete cascade,
    primary key (team, person)
  )`,
  `create index memberships_by_person on memberships (person)`,
  `create table skills (
    person text not null references people on delete cascade,
    skill text not null,
    primary key (person, skill)
  )`,
  `create table absences (
    id bigint generated always as identity primary key,
    person text not null references people on delete cascade,
    absent_from timestamptz(3) not null,
    absent_until timestamptz(3) check (absent_until > absent_from),
    deputy text references people check (deputy <> person),
    note text
  )`,
  `create index absences_by_person on absences (person, absent_until)`,
  `create table tokens (
    hash bytea primary key,
    person text not null references people on delete cascade,
    label text not null,
    created_at timestamptz(3) not null,
    last_used_at timestamptz(3),
    expires_at timestamptz(3),
    revoked_at timestamptz(3)
  )`,
  `create index tokens_by_person on tokens (person)`,

  `create table profiles (
    id text not null,
    version integer not null,
    content jsonb not null,
    source text not null,
    installed_at timestamptz(3) not null,
    installed_by text not null,
    primary key (id, version)
  )`,
  `create table calendars (
    id text not null,
    version integer not null,
    content jsonb not null,
    source text not null,
    covered_through date not null,
    installed_at timestamptz(3) not null,
    installed_by text not null,
    primary key (id, version)
  )`,

  `create table counters (
    key text primary key,
    last bigint not null
  )`,
]
