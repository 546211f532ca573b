import { sql, type Kysely } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import { VaultError, type Keys } from '../contact-vault.ts'
import { json } from '../json.ts'
import type { Database } from '../schema.ts'
import { contactMark, keyIds, openedContact, sealedForEntry } from './marks.ts'

/**
 * Seals entries anew whose contacts were sealed by other keys than there are now, and has them found by the new ones: an entry outlives its
 * tickets, and an old key is to be taken away one day. Each in a transaction of its own.
 */
export async function resealEntries(
  db: Kysely<Database>,
  keys: Keys,
  { after, limit, now }: { readonly after: string; readonly limit: number; readonly now: Instant },
): Promise<{ readonly last: string | null; readonly sealed: number; readonly unreadable: readonly string[] }> {
  const rows = await db
    .selectFrom('customers')
    .select('id')
    .where(sql<boolean>`sealed_by <> ${keyIds(keys)}::text[] and contacts <> '[]'`)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  let sealed = 0
  const unreadable: string[] = []
  for (const { id } of rows) {
    try {
      await db.transaction().execute((trx) => reseal(trx, keys, id, now))
      sealed += 1
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unreadable.push(id)
    }
  }
  return { last: rows.at(-1)?.id ?? null, sealed, unreadable }
}

async function reseal(trx: Kysely<Database>, keys: Keys, id: string, now: Instant): Promise<void> {
  const entry = await trx.selectFrom('customers').select('contacts').where('id', '=', id).forNoKeyUpdate().executeTakeFirst()
  if (!entry) return
  const contacts = entry.contacts.map((contact) =>
    sealedForEntry(keys, id, contactMark(keys, contact.part, openedContact(keys, id, contact)), contact.from),
  )
  await trx
    .updateTable('customers')
    .set({ contacts: json(contacts), sealedBy: keyIds(keys), changedAt: now })
    .where('id', '=', id)
    .execute()
  const wanted = contacts.flatMap((contact) => contact.keys)
  // Whether it was the first to have them, it is still. Old forms stay as long as their key is there.
  const firsts = new Set(entry.contacts.flatMap((contact) => contact.keys))
  const own = await trx.selectFrom('customerKeys').select(['key', 'first']).where('customer', '=', id).where('sole', '=', false).execute()
  const isFirst = own.some(({ key, first }) => first && firsts.has(key))
  await sql`delete from customer_keys where customer = ${id} and not sole and not key = any(${wanted})`.execute(trx)
  for (const first of isFirst ? [true, false] : [false])
    await sql`
      insert into customer_keys (key, customer, sole, first) select key, ${id}, false, ${first}::boolean from unnest(${wanted.toSorted()}::text[]) as key
      on conflict do nothing`.execute(trx)
}
