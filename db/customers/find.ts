import type { Kysely } from 'kysely'
import type { Identified, Identity, Known } from '../../domain/customers/identity.ts'
import { identified } from '../../domain/customers/identity.ts'
import type { Database } from '../schema.ts'
import { statement } from '../statement.ts'

/** Whose entry it is, of those that are known. */

export interface FoundEntry {
  readonly identified: Identified
  /** Those that share something. */
  readonly known: readonly Known[]
}

/** For each of them which entry it is, of those in the rows. */
export async function findEntries(db: Kysely<Database>, identities: readonly Identity[]): Promise<FoundEntry[]> {
  const keys = [...new Set(identities.flatMap(soughtKeysOf))]
  const entries = keys.length === 0 ? [] : await sharing(db, [keys])
  return identities.map((identity) => {
    const sought = soughtKeysOf(identity)
    const known = entries.filter(({ shared }) => sought.some((key) => shared.includes(key)))
    return { identified: identified(identity, known), known }
  })
}

/** {@link findEntries} of one. */
export async function findEntry(db: Kysely<Database>, identity: Identity): Promise<FoundEntry> {
  const [found] = await findEntries(db, [identity])
  return found ?? { identified: { found: 'nobody' }, known: [] }
}

export function soughtKeysOf({ sole, contacts }: Identity): string[] {
  return [...sole, ...contacts.flat()]
}

/**
 * A switchboard may be a thousand people's: two are enough to know that it is not one's alone, and more are not suggested. Whose it is
 * does not depend on that: who is found by one key is known with all that they share.
 */
const mostOfOneKey = 6

/** Within `(select …)` Postgres does not look at the keys, which would have it plan anew each time. */
const sharing = statement<Known>(`
  with held as (
    select holder.customer, sought.key from unnest((select $1::text[])) as sought (key)
      cross join lateral (
        select customer from customer_keys where customer_keys.key = sought.key
        order by customer_keys.key, first desc limit ${mostOfOneKey}) as holder)
  select customers.id,
    array(select key from customer_keys where customer = customers.id and key = any((select $1::text[])::text[])) as shared,
    array(select key from customer_keys where customer = customers.id and sole) as sole
  from customers where customers.id in (select customer from held) order by customers.id`)
