import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import { contactRule } from '../domain/contact/within.ts'
import { contactOf, findableKeys, holdsContact, maskContact, type Contact } from '../domain/customer.ts'
import { contactKeyHmacs, openContact, openTexts, sealTexts, VaultError, type Keys } from './contact-vault.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'
import { refreshSearch } from './search.ts'
import { inTransaction } from './transaction.ts'

/**
 * Contact data that stands in clear in the rows: what releases before migration 0007 left as a customer's name, company or account,
 * what those before 0011 did not take for contact data, and what an API of such a release still brings. Each ticket is put right in a
 * transaction of its own, so it does not matter when this is interrupted, how often it runs, or whether the ticket runs meanwhile.
 */

/** One round over tickets that nobody has looked at, by their numbers from `after` on. */
export interface Round {
  /** The last number looked at; null when there was none. */
  readonly last: string | null
  /** Tickets of which something stood in clear. */
  readonly sealed: number
  /** Tickets whose contact no key opens, left as they are. */
  readonly unreadable: readonly string[]
}

export async function sealContactsAtRest(
  db: Kysely<Database>,
  keys: Keys,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<Round> {
  const numbers = await db
    .selectFrom('tickets')
    .select('number')
    // A literal, so that Postgres finds the index of these.
    .where(sql<boolean>`(not contacts_checked or contact_rule < ${sql.lit(contactRule)})`)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
  let sealed = 0
  const unreadable: string[] = []
  for (const { number } of numbers) {
    try {
      if (await inTransaction(db, (trx) => sealTicket(trx, keys, number))) sealed += 1
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      unreadable.push(number)
    }
  }
  return { last: numbers.at(-1)?.number ?? null, sealed, unreadable }
}

/** Whether something of it stood in clear. */
async function sealTicket(trx: Kysely<Database>, keys: Keys, number: string): Promise<boolean> {
  const ticket = await trx
    .selectFrom('tickets')
    .select([
      'customerName',
      'customerCompany',
      'customerAccount',
      'contactSealed',
      'contactMasked',
      'contactKeys',
      'contactsChecked',
      'contactRule',
    ])
    .where('number', '=', number)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!ticket || (ticket.contactsChecked && ticket.contactRule >= contactRule)) return false
  const written = { name: ticket.customerName, company: ticket.customerCompany, account: ticket.customerAccount }
  const { name, company, account } = contactOf({ ...written, phone: null, email: null })
  const found = { ...(name && { name }), ...(company && { company }), ...(account && { account }) }
  const texts = { ...openTexts(keys, number, ticket.contactSealed), ...found }
  const moved = Object.keys(found).length > 0
  const shown = { ...maskContact(texts), phone: ticket.contactMasked.phone, email: ticket.contactMasked.email }
  // Beside what an older release masked, it may have left more of the same text in clear.
  const stale = (['name', 'company', 'account'] as const).filter((key) => shown[key] !== ticket.contactMasked[key])
  const changed = moved || stale.length > 0
  const findable = findableKeys({ ...written, ...texts, ...reachedBy(keys, number, ticket.contactSealed) })
  await trx
    .updateTable('tickets')
    .set({
      contactsChecked: true,
      contactRule,
      contactKeys: [...ticket.contactKeys, ...missingFrom(ticket.contactKeys, keys, findable)],
      ...(changed && {
        contactMasked: json(shown),
        customerName: name ? null : written.name,
        customerCompany: company ? null : written.company,
        customerAccount: account ? null : written.account,
        ...(moved && { contactSealed: sealTexts(keys, number, ticket.contactSealed, texts) }),
      }),
    })
    .where('number', '=', number)
    .execute()
  if (changed) await refreshSearch(trx, number)
  const told = await maskEvents(trx, number)
  await maskNotices(trx, number, [...told, ...Object.values(found), ...stale.flatMap((key) => inClear(ticket.contactMasked[key]))])
  return changed || told.length > 0
}

/** Phone and e-mail, where a key opens them: names and accounts are sealed also where none does any more. */
function reachedBy(keys: Keys, number: string, contactSealed: string): Partial<Contact> {
  try {
    const { phone, email } = openContact(keys, number, contactSealed)
    return { phone, email }
  } catch (error) {
    if (error instanceof VaultError) return {}
    throw error
  }
}

/** What the row lacks in every form, older keys included. */
function missingFrom(present: readonly string[], keys: Keys, findable: readonly string[]): string[] {
  return findable
    .map((key) => contactKeyHmacs(keys, key))
    .filter((forms) => !forms.some((form) => present.includes(form)))
    .flatMap((forms) => forms.slice(0, 1))
}

/** Masks what corrections on record said, and the answers that told of them; the texts that were contact data. */
async function maskEvents(trx: Kysely<Database>, number: string): Promise<string[]> {
  const events = await trx
    .selectFrom('events')
    .select(['seq', 'requestId', 'data'])
    .where('process', '=', number)
    .where('type', '=', 'corrected')
    .execute()
  const told: string[] = []
  for (const { seq, requestId, data } of events) {
    const { changes } = correctionSchema.parse(data)
    const written = [changes.customer ?? {}, changes.contact?.masked ?? {}].flatMap((parts) => Object.values(parts))
    const texts = written.flatMap(inClear)
    if (texts.length === 0) continue
    told.push(...texts)
    await trx
      .updateTable('events')
      .set({ data: json(masked(data, texts)) })
      .where('process', '=', number)
      .where('seq', '=', seq)
      .execute()
    if (requestId !== null) await maskAnswer(trx, requestId, texts)
  }
  return told
}

/** The text, if phones or addresses can be read in it. */
function inClear(text: string | null | undefined): string[] {
  return text && holdsContact(text) ? [text] : []
}

const correctionSchema = z.looseObject({
  changes: z.looseObject({
    customer: z.record(z.string(), z.string()).optional(),
    contact: z.looseObject({ masked: z.record(z.string(), z.string().nullable()) }).optional(),
  }),
})

async function maskAnswer(trx: Kysely<Database>, id: string, texts: readonly string[]): Promise<void> {
  const request = await trx.selectFrom('requests').select('response').where('id', '=', id).executeTakeFirst()
  if (!request?.response) return
  await trx
    .updateTable('requests')
    .set({ response: json(masked(request.response, texts)) })
    .where('id', '=', id)
    .execute()
}

/** Masks what notices said that addressed the customer by an account, having no name. */
async function maskNotices(trx: Kysely<Database>, number: string, texts: readonly string[]): Promise<void> {
  if (texts.length === 0) return
  const notices = await trx
    .selectFrom('notices')
    .select(['id', 'said'])
    .where('process', '=', number)
    .where('said', 'is not', null)
    .execute()
  for (const { id, said } of notices) {
    const shown = json(masked(said, texts))
    if (shown !== json(said)) await trx.updateTable('notices').set({ said: shown }).where('id', '=', id).execute()
  }
}

/** The JSON value with the mask of each text in its place. */
function masked(value: unknown, texts: readonly string[]): unknown {
  if (typeof value === 'string')
    return texts.reduce((text, secret) => text.replaceAll(secret, () => maskContact({ account: secret }).account ?? ''), value)
  if (Array.isArray(value)) return value.map((item: unknown) => masked(item, texts))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, texts)]))
}
