import { openCustomer, VaultError } from '../../db/contact-vault.ts'
import { entriesOf, entryOf } from '../../db/customers/entries.ts'
import { findEntry } from '../../db/customers/find.ts'
import { customerMarks } from '../../db/customers/marks.ts'
import type { Ticket } from '../../db/tickets.ts'
import type { Deps } from '../deps.ts'
import { entryInShort, type EntryInShort } from '../views/customers.ts'

/** What stands of the directory beside a ticket: whose it is; else whose it may be, for people to say (S4). */
export async function entriesBeside(
  { db, keys }: Pick<Deps, 'db' | 'keys'>,
  ticket: Ticket,
): Promise<{ readonly entry: EntryInShort | null; readonly suggested: readonly EntryInShort[] }> {
  // Its customer was corrected: whose it is, is looked at anew in a moment, and what was mistaken is shown nowhere.
  if (ticket.customerEntry !== null && ticket.entryFound === null) return { entry: null, suggested: [] }
  if (ticket.customerEntry !== null) {
    const entry = await entryOf(db, ticket.customerEntry)
    return { entry: entry ? entryInShort(entry) : null, suggested: [] }
  }
  const { known } = await findEntry(db, knownBy(keys, ticket))
  const entries = await entriesOf(
    db,
    known.map(({ id }) => id),
  )
  return { entry: null, suggested: entries.map(entryInShort) }
}

/** By the keys in its row where no key opens its contact any more. */
function knownBy(keys: Deps['keys'], ticket: Ticket) {
  try {
    return customerMarks(keys, openCustomer(keys, ticket), { login: ticket.requester }).identity
  } catch (error) {
    if (error instanceof VaultError) return { sole: [], contacts: [ticket.contactKeys] }
    throw error
  }
}
