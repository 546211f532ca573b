import type { Kysely } from 'kysely'
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
import { nothingTaken, takeBack } from './take-back.ts'

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
  const { externalId } =
    ticket.customerEntry === null ? nothingTaken : await takeBack(trx, keys, { entry: ticket.customerEntry, number, now })
  const login = ticket.requester
  const internal = login !== null && isStaff({ roles: (await rolesOf(trx, [login])).get(login) ?? [] })
  const marks = customerMarks(keys, customer, { login, externalId })
  const entry = entryOfTicket(
    keys,
    number,
    { customer, marks, login, externalId, internal, at: ticket.submittedAt },
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
