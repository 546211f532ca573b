import { sql, type Kysely } from 'kysely'

/** What delivering a notice needs to remember, and what people want to hear. Names and meanings: ../schema.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const id = 'text collate "C"'
const ids = 'text[] collate "C"'

const statements = [
  `alter table notices
    drop constraint notices_recipient_kind_check,
    drop constraint notices_status_check,
    add constraint notices_recipient_kind_check check (recipient_kind in ('customer', 'person', 'team', 'role')),
    add constraint notices_status_check check (status in ('queued', 'sent', 'dead', 'muted')),
    add column held_until timestamptz(3),
    add column held_priority ${id},
    add column retry_at timestamptz(3),
    add column claimed_until timestamptz(3),
    add column due_at timestamptz(3) not null generated always as
      (coalesce(greatest(held_until, retry_at, claimed_until), created_at)) stored,
    add column first_failed_at timestamptz(3),
    add column tried_at timestamptz(3),
    add column sent_at timestamptz(3),
    add column channel ${id} check (channel in ('email', 'relay')),
    add column reached ${ids} not null default '{}',
    add column address text,
    add column message_id ${id},
    add column said jsonb,
    add column cause ${id}`,
  `drop index notices_queued`,
  `drop index notices_dead`,
  // What to look at next; what stands before a notice in its ticket; and what a rising priority sets free.
  `create index notices_due on notices (due_at, id) where status = 'queued'`,
  `create index notices_waiting on notices (process, seq, id) where status = 'queued'`,
  `create index notices_held on notices (process) where status = 'queued' and held_until is not null`,
  // Lists, newest first: everything by id, one ticket's by the unique constraint, and what may be few among many.
  `create index notices_unsent on notices (status, id) where status <> 'sent'`,
  `create index notices_by_recipient on notices (recipient_id, id)`,
  `create index notices_by_reader on notices using gin (reached)`,

  `alter table people add column preferences jsonb not null default '{}'`,
]
