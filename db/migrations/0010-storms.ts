import { sql, type Kysely } from 'kysely'

/** What it takes to settle many deadlines, and to tell of them, without people having to wait. Names and meanings: ../schema.ts. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const id = 'text collate "C"'
const ids = 'text[] collate "C"'

const statements = [
  `alter table tickets add column wake_at timestamptz(3)`,
  `create index tickets_to_wake on tickets (wake_at, number) where wake_at is not null`,

  `alter table notices add column gathered_for ${ids}, add column digest ${id}`,
  // How much a person was told lately, how much more there is for a recipient, and what stands in a digest.
  `create index notices_sent on notices (sent_at) where status = 'sent'`,
  `create index notices_by_recipient_queued on notices (recipient_kind, recipient_id, due_at) where status = 'queued'`,
  `create index notices_gathered on notices (gathered_for, digest) where status = 'queued' and gathered_for is not null`,
]
