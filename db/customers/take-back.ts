import { sql, type Kysely } from 'kysely'
import { externalKey, loginKey } from '../../domain/customers/identity.ts'
import type { Instant } from '../../domain/instant.ts'
import { contactKeyHmacs, type Keys } from '../contact-vault.ts'
import { json } from '../json.ts'
import type { Database } from '../schema.ts'
import { searchTerms, searchText } from '../search-terms.ts'
import { accountKey } from './marks.ts'

/**
 * What a ticket alone taught an entry before its customer was corrected (S4): a number that was mistyped must find nobody, and must not leave
 * somebody's account with somebody else. What another ticket of the entry, a person or another system says too, stays.
 */
export interface TakenBack {
  /** What the ticket's customer is called by another system: the ticket does not say it, and takes it along. */
  readonly externalId: string | null
}

export const nothingTaken: TakenBack = { externalId: null }

interface Taught {
  readonly entry: string
  readonly number: string
  readonly now: Instant
}

/** Takes it back. An entry that was made with the ticket, and that nothing else speaks of, goes with it. */
export async function takeBack(trx: Kysely<Database>, keys: Keys, { entry, number, now }: Taught): Promise<TakenBack> {
  await trx.updateTable('tickets').set({ customerEntry: null }).where('number', '=', number).execute()
  const row = await trx
    .selectFrom('customers')
    .select(['name', 'company', 'externalId', 'login', 'accounts', 'contacts', 'internal', 'madeFrom', 'version'])
    .where('id', '=', entry)
    .where('erasedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return nothingTaken
  const sole = await trx.selectFrom('customerKeys').select('key').where('customer', '=', entry).where('broughtBy', '=', number).execute()
  const brought = new Set(sole.map(({ key }) => key))
  const isTaught = (key: string | null) => key !== null && brought.has(key)
  const taughtId = isTaught(row.externalId && externalKey(row.externalId)) ? row.externalId : null
  const wasMade = row.madeFrom === number
  if (wasMade && row.version === 1 && !(await isSpokenOf(trx, entry))) {
    await trx.deleteFrom('customerKeys').where('customer', '=', entry).execute()
    await trx.deleteFrom('customers').where('id', '=', entry).execute()
    return { externalId: taughtId }
  }

  const goes = async (key: string | null, isConfirmed: () => Promise<boolean>) => isTaught(key) && !(await isConfirmed())
  const byTickets = (condition: ReturnType<typeof sql>) => () =>
    exists(trx, sql`select from tickets where customer_entry = ${entry} and ${condition}`)
  const takesId = await goes(row.externalId && externalKey(row.externalId), byTickets(sql`entry_found = 'external-id'`))
  const takesLogin = await goes(row.login && loginKey(row.login), byTickets(sql`requester = ${row.login}`))
  const accounts: string[] = []
  for (const account of row.accounts)
    if (!(await goes(accountKey(account), byTickets(sql`contact_keys && ${contactKeyHmacs(keys, accountKey(account))}`))))
      accounts.push(account)
  const contacts: (typeof row.contacts)[number][] = []
  for (const contact of row.contacts)
    if (contact.from !== number || (await byTickets(sql`contact_keys && ${[...contact.keys]}`)())) contacts.push(contact)

  const next = wasMade ? await nextToSpeak(trx, entry) : undefined
  const { name, company } = next ?? row
  const externalId = takesId ? null : row.externalId
  const login = takesLogin ? null : row.login
  const kept = [
    ...(externalId === null ? [] : [externalKey(externalId)]),
    ...(login === null ? [] : [loginKey(login)]),
    ...accounts.map(accountKey),
  ]
  const isLess = contacts.length < row.contacts.length || accounts.length < row.accounts.length || takesId || takesLogin
  if (!isLess && !next) return nothingTaken
  await sql`delete from customer_keys where customer = ${entry} and case when sole then not key = any(${kept}) else not key = any(${contacts.flatMap((contact) => contact.keys)}) end`.execute(
    trx,
  )
  const text = searchText(name, company, ...accounts)
  await trx
    .updateTable('customers')
    .set({
      ...{ name, company, externalId, login, accounts, contacts: json(contacts), text, changedAt: now },
      ...(next && { madeFrom: next.number }),
      // Whoever works here is known by their login.
      internal: row.internal && !(takesLogin && wasMade && next !== undefined),
      terms: sql<string>`array_to_tsvector(${searchTerms(text)}::text[])`,
      version: sql`version + 1`,
    })
    .where('id', '=', entry)
    .execute()
  return { externalId: takesId ? row.externalId : null }
}

/** Whose words an entry has from now on that was made with the ticket: those of the oldest other one, unless people said what it is called. */
async function nextToSpeak(
  trx: Kysely<Database>,
  entry: string,
): Promise<{ readonly number: string; readonly name: string | null; readonly company: string | null } | undefined> {
  if (await exists(trx, sql`select from customer_log where customer = ${entry} and act in ('entered', 'changed')`)) return undefined
  const next = await trx
    .selectFrom('tickets')
    .select(['number', 'customerName', 'customerCompany'])
    .where('customerEntry', '=', entry)
    .orderBy('submittedAt')
    .orderBy('number')
    .executeTakeFirst()
  return next && { number: next.number, name: next.customerName, company: next.customerCompany }
}

function isSpokenOf(trx: Kysely<Database>, entry: string): Promise<boolean> {
  return exists(
    trx,
    sql`select from tickets where customer_entry = ${entry}
      union all select from customer_log where customer = ${entry} union all select from customers where organisation = ${entry}`,
  )
}

async function exists(trx: Kysely<Database>, question: ReturnType<typeof sql>): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`select exists (${question}) as is`.execute(trx)
  return rows[0]?.is ?? true
}
