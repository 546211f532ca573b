import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Database } from './schema.ts'

/** A tag and what of a customer's history gives it to them: either rule will do; with none, nothing does. */
export interface TagRule {
  readonly id: string
  /** At least so many tickets of these types submitted after `since`. */
  readonly often?: { readonly tickets: number; readonly types: readonly string[]; readonly since: Instant }
  /** Contact keys of which one stands on a ticket of theirs. */
  readonly known?: readonly string[]
}

export interface HistoryOf {
  /** Its entry in the directory; null: it is in none. */
  readonly entry: string | null
  readonly contactKeys: readonly string[]
  readonly account: string | null
  /** Tickets submitted later do not count. */
  readonly until: Instant
}

/**
 * Which of the tags a customer has by all their tickets, the newest included (S4). The same customer is whose entry in the directory is the
 * same, and whoever shares a contact or the account, unless a person or another system said that it is somebody else; a ticket that was
 * merged into another told the same thing twice and does not count.
 */
export async function tagsByHistory(
  db: Kysely<Database>,
  { entry, contactKeys, account, until }: HistoryOf,
  rules: readonly TagRule[],
): Promise<string[]> {
  const fulfilled = rules.flatMap(({ id, often, known }) => {
    const conditions = [
      ...(often
        ? [sql`count(*) filter (where type = any(${often.types}) and submitted_at > ${often.since}) >= ${often.tickets}::int`]
        : []),
      ...(known ? [sql`bool_or(contact_keys && ${known})`] : []),
    ]
    return conditions.length === 0 ? [] : [sql`select ${id} as id from history having ${sql.join(conditions, sql` or `)}`]
  })
  if (fulfilled.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with history as materialized (
      select type, submitted_at, contact_keys from tickets
      where (contact_keys && ${contactKeys} or customer_account = ${account} or customer_entry = ${entry}::text)
        and (entry_found is null or entry_found not in ('hand', 'external-id') or customer_entry is not distinct from ${entry}::text)
        and submitted_at <= ${until} and stage <> 'merged'
    )
    ${sql.join(fulfilled, sql` union all `)}`.execute(db)
  return rows.map(({ id }) => id)
}
