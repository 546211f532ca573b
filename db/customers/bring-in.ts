import { sql, type Kysely } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import { isStaff } from '../../domain/people.ts'
import { openCustomer, VaultError, type Keys } from '../contact-vault.ts'
import { json } from '../json.ts'
import { rolesOf } from '../people.ts'
import type { Database } from '../schema.ts'
import { statement } from '../statement.ts'
import { contesting } from './contest.ts'
import { findEntry } from './find.ts'
import { entryColumns, entryLines, entryOfTicket, entryParts } from './intake.ts'
import { customerMarks } from './marks.ts'

/**
 * Brings tickets into the directory of which nobody has looked yet whose they are: those of releases before, those of an API of such a
 * release, and those whose customer was corrected. Each is brought in by a transaction of its own, and then says so: it does not matter when
 * this is interrupted, how often it runs, or how many do it at once. Their own sealed contacts stay as they are.
 */

/** One round over tickets, from `after` on. */
export interface Round {
  /** The last one looked at; null when there was none. */
  readonly last: Place | null
  readonly brought: number
  /** Tickets whose contact no key opens; they stay as they are. */
  readonly unreadable: readonly string[]
}

export interface Place {
  readonly submittedAt: Instant
  readonly number: string
}

/** Whoever came first is the first to be brought in: their name is the entry's. */
export async function bringInTickets(
  db: Kysely<Database>,
  keys: Keys,
  {
    after,
    limit,
    now,
    stopped = () => false,
  }: { readonly after: Place | null; readonly limit: number; readonly now: Instant; readonly stopped?: () => boolean },
): Promise<Round> {
  const from = after ?? { submittedAt: '-infinity', number: '' }
  const places = await waiting(db, [from.submittedAt, from.number, limit])
  const unreadable: string[] = []
  let brought = 0
  let last: Place | null = null
  for (const place of places) {
    if (stopped()) break
    last = place
    try {
      if (await bringIn(db, keys, place.number, now)) brought += 1
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unreadable.push(place.number)
    }
  }
  return { last, brought, unreadable }
}

const waiting = statement<Place>(`
  select submitted_at, number from tickets where entry_found is null and (submitted_at, number) > ($1::timestamptz, $2)
  order by submitted_at, number limit $3`)

/** Brings in one; whether it waited for that. @throws VaultError where no key opens its contact */
export async function bringIn(db: Kysely<Database>, keys: Keys, number: string, now: Instant): Promise<boolean> {
  return contesting(() => db.transaction().execute((trx) => broughtIn(trx, keys, number, now)))
}

async function broughtIn(trx: Kysely<Database>, keys: Keys, number: string, now: Instant): Promise<boolean> {
  const ticket = await trx
    .selectFrom('tickets')
    .select([
      'number',
      'customerName',
      'customerCompany',
      'customerAccount',
      'contactSealed',
      'contactMasked',
      'requester',
      'customerEntry',
      'submittedAt',
    ])
    .where('number', '=', number)
    .where('entryFound', 'is', null)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!ticket) return false
  const customer = openCustomer(keys, ticket)
  if (ticket.customerEntry !== null) await takeBack(trx, ticket.customerEntry, number, now)
  const login = ticket.requester
  const internal = login !== null && isStaff({ roles: (await rolesOf(trx, [login])).get(login) ?? [] })
  const marks = customerMarks(keys, customer, { login })
  const entry = entryOfTicket(
    keys,
    number,
    { customer, marks, login, internal, at: ticket.submittedAt },
    await findEntry(trx, marks.identity),
  )
  const { made, learned } = entryLines(number, entry)
  if (made.length + learned.length > 0) await writing(trx, [number, json(made), json(learned)])
  const { id, found } = entryColumns(entry)
  await trx.updateTable('tickets').set({ customerEntry: id, entryFound: found }).where('number', '=', number).execute()
  return true
}

const writing = statement<{ readonly number: string }>(`
  with base as (select $1::text as number), ${entryParts(2)}
  select number from base`)

/**
 * What a ticket alone brought into an entry before its customer was corrected: a number that was mistyped must not find anybody. An entry that
 * was made with the ticket, and that nothing else speaks of, goes with it.
 */
async function takeBack(trx: Kysely<Database>, entry: string, number: string, now: Instant): Promise<void> {
  await trx.updateTable('tickets').set({ customerEntry: null }).where('number', '=', number).execute()
  const row = await trx
    .selectFrom('customers')
    .select(['contacts', 'madeFrom', 'version'])
    .where('id', '=', entry)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  if (row.madeFrom === number && row.version === 1 && !(await isSpokenOf(trx, entry))) {
    await trx.deleteFrom('customerKeys').where('customer', '=', entry).execute()
    await trx.deleteFrom('customers').where('id', '=', entry).execute()
    return
  }
  const brought = row.contacts.filter(({ from }) => from === number)
  const others = await Promise.all(brought.map((contact) => isSharedBy(trx, entry, contact.keys)))
  const taken = brought.filter((_, at) => !others[at])
  if (taken.length === 0) return
  const kept = row.contacts.filter((contact) => !taken.includes(contact))
  const keys = kept.flatMap((contact) => contact.keys)
  await sql`delete from customer_keys where customer = ${entry} and not sole and not key = any(${keys})`.execute(trx)
  await trx
    .updateTable('customers')
    .set({ contacts: json(kept), changedAt: now, version: sql`version + 1` })
    .where('id', '=', entry)
    .execute()
}

/** Whether other tickets of the entry say the same. */
async function isSharedBy(trx: Kysely<Database>, entry: string, keys: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ shared: boolean }>`
    select exists (select from tickets where customer_entry = ${entry} and contact_keys && ${keys}) as shared`.execute(trx)
  return rows[0]?.shared ?? true
}

async function isSpokenOf(trx: Kysely<Database>, entry: string): Promise<boolean> {
  const { rows } = await sql<{ spoken: boolean }>`
    select exists (select from tickets where customer_entry = ${entry}) or exists (select from customer_log where customer = ${entry})
      or exists (select from customers where organisation = ${entry}) as spoken`.execute(trx)
  return rows[0]?.spoken ?? true
}
