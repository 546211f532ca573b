import { sql, type Kysely } from 'kysely'

/**
 * Whom a notice went past because mail does not reach them, what stands on a ticket because of that, and where to look for tickets
 * that nobody watches. Names and meanings: ../schema.ts.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table notices add column passed_over text[] collate "C" not null default '{}'`,
  // What did not reach a ticket's customer: few, and asked for with each ticket that is looked at.
  `create index notices_undelivered on notices (process) where recipient_kind = 'customer' and cause is not null`,
  // A team's tickets that have not ended, what has been due longest first.
  `create index tickets_alive_by_team on tickets (team, next_due_at nulls first) where stage not in ('archived', 'withdrawn', 'merged')`,
]
