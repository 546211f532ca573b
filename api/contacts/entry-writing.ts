import type { Kysely } from 'kysely'
import { openCustomer, type Keys } from '../../db/contact-vault.ts'
import { entryByExternalId, entryOf } from '../../db/customers/entries.ts'
import { findEntry } from '../../db/customers/find.ts'
import { contesting } from '../../db/customers/contest.ts'
import { noteEntryAct } from '../../db/customers/log.ts'
import { newEntryId } from '../../db/customers/marks.ts'
import { confirmKeys, holdersOf, lockEntry, writeEntry, type EntryContent } from '../../db/customers/write.ts'
import type { Database } from '../../db/schema.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Instant } from '../../domain/instant.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { unknownProcess } from '../access/access.ts'
import type { EntryBody } from '../operations/customers.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import {
  changedMembers,
  contentOf,
  emptyEntry,
  identityBesideId,
  identityIn,
  readBody,
  soleKeysOf,
  type ReadBody,
} from './entry-content.ts'

/** Entering and changing entries of the directory: everything that is wrong is told at once, and what was done is on record. */

interface Rows {
  /** In a transaction. */
  readonly db: Kysely<Database>
  readonly keys: Keys
}

interface By {
  readonly by: string
  readonly at: Instant
}

/** Enters a new one; its id. @throws Problem 404 for a ticket that is not there, 422 with everything that is wrong */
export async function enteredEntry(
  rows: Rows,
  { ticket, ...given }: EntryBody & { readonly ticket?: string | undefined },
  who: By,
): Promise<string> {
  const whole = ticket === undefined ? given : { ...(await customerOf(rows, ticket)), ...given }
  return entered(rows, readBody(rows.keys, whole), who)
}

/** Changes one. @throws Problem 404, or 422 with everything that is wrong */
export async function changedEntry(rows: Rows, id: string, given: EntryBody, who: By): Promise<void> {
  const before = await lockEntry(rows.db, id)
  if (!before) throw problem('unknown-customer', { customer: id })
  await changed(rows, { id, before }, readBody(rows.keys, given), who)
}

/** Brings the entry of that external id up to date, or makes it. Whoever comes at the same moment waits, and then finds it. */
export async function upsertedEntry(
  { db, keys }: Rows,
  given: EntryBody,
  who: By,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const read = readBody(keys, given)
  return contesting(() =>
    db.transaction().execute(async (trx) => {
      const rows = { db: trx, keys }
      const byId = (await findEntry(trx, identityIn(read))).identified
      // The other system takes over whom a registration made, by what else it says of them.
      const identified = byId.found === 'nobody' ? (await findEntry(trx, identityBesideId(read))).identified : byId
      const before = identified.found === 'entry' ? await lockEntry(trx, identified.id) : undefined
      if (identified.found !== 'entry' || !before || isSomebodyElse(before, read.body))
        return { id: await entered(rows, read, who), isNew: true }
      await changed(rows, { id: identified.id, before }, read, who)
      return { id: identified.id, isNew: false }
    }),
  )
}

/** One that has another id there, or none and is of another kind, is another one, though it has the same phone. */
function isSomebodyElse(before: EntryContent, { externalId, kind }: EntryBody): boolean {
  return before.externalId === null ? kind !== undefined && kind !== before.kind : before.externalId !== externalId
}

async function entered(rows: Rows, read: ReadBody, who: By): Promise<string> {
  const id = newEntryId()
  const content = await checkedContent(rows, id, emptyEntry, read)
  await writeEntry(rows.db, id, content, { sole: soleKeysOf(content), at: who.at, isNew: true })
  await noteEntryAct(rows.db, { customer: id, ...who, act: 'entered', members: changedMembers(emptyEntry, content) })
  return id
}

async function changed(
  rows: Rows,
  { id, before }: { readonly id: string; readonly before: EntryContent },
  read: ReadBody,
  who: By,
): Promise<void> {
  const content = await checkedContent(rows, id, before, read)
  const members = changedMembers(before, content)
  await confirmKeys(rows.db, id, identityIn(read).sole)
  // What changes nothing is no news: systems send everything every night.
  if (members.length === 0) return
  await writeEntry(rows.db, id, content, { sole: soleKeysOf(content), at: who.at, isNew: false })
  await noteEntryAct(rows.db, { customer: id, ...who, act: 'changed', members })
}

async function checkedContent({ db, keys }: Rows, id: string, before: EntryContent, read: ReadBody): Promise<EntryContent> {
  const organisation = await organisationIn(db, read.body)
  const content = contentOf(keys, id, before, read, organisation.id)
  const holders = await holdersOf(db, id, soleKeysOf(content))
  const errors: FieldError[] = [...read.errors, ...organisation.errors]
  if (content.kind === 'organisation' && content.organisation !== null) errors.push({ path: 'organisation', code: 'not-an-organisation' })
  for (const [key, customer] of holders) {
    const at = (read.accounts ?? []).findIndex((account) =>
      soleKeysOf({ ...content, externalId: null, login: null, accounts: [account] }).includes(key),
    )
    errors.push(
      key.startsWith('external:')
        ? { path: 'externalId', code: 'external-id-taken', params: { customer } }
        : { path: at === -1 ? 'accounts' : `accounts[${at}]`, code: 'account-taken', params: { customer } },
    )
  }
  const nobody = content.name === null && content.externalId === null && content.accounts.length === 0 && content.contacts.length === 0
  if (nobody) errors.push({ path: 'name', code: 'required' })
  if (errors.length > 0) throw invalidInput(errors)
  return content
}

/** The organisation that is meant: undefined where none is named. */
async function organisationIn(
  db: Kysely<Database>,
  { organisation, organisationExternalId }: EntryBody,
): Promise<{ readonly id: string | null | undefined; readonly errors: readonly FieldError[] }> {
  if (organisationExternalId !== undefined) {
    const path = 'organisationExternalId'
    if (organisation !== undefined) return { id: undefined, errors: [{ path, code: 'one-of-two', params: { other: 'organisation' } }] }
    return meant(path, organisationExternalId, await entryByExternalId(db, organisationExternalId))
  }
  if (organisation === undefined || organisation === null) return { id: organisation, errors: [] }
  return meant('organisation', organisation, await entryOf(db, organisation))
}

function meant(path: string, customer: string, entry: Awaited<ReturnType<typeof entryOf>>) {
  if (!entry || entry.erasedAt !== null)
    return { id: undefined, errors: [{ path, code: 'unknown-customer' as const, params: { customer } }] }
  return entry.kind === 'organisation'
    ? { id: entry.id, errors: [] }
    : { id: undefined, errors: [{ path, code: 'not-an-organisation' as const }] }
}

/** The customer of a ticket, as somebody would enter them. */
async function customerOf({ db, keys }: Rows, number: string): Promise<EntryBody> {
  const ticket = await findTicket(db, number)
  if (!ticket) throw unknownProcess(number)
  const { name, company, account, phone, email } = openCustomer(keys, ticket)
  return { name, company, accounts: listed(account), phones: listed(phone), emails: listed(email) }
}

function listed(value: string | null): string[] {
  return value === null ? [] : [value]
}
