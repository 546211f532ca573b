import { entryOf } from '../../db/customers/entries.ts'
import { findTicket } from '../../db/tickets.ts'
import type { Prepared, Sealing } from '../hosting.ts'

/**
 * The input of the command that says whose ticket it is, with what only the rows know: whose it was, and that the entry is there. The rows may be
 * a moment behind; whose it was is for the record, and the last word counts.
 */
export async function lookedUpEntry({ db }: Sealing, number: string, input: unknown): Promise<Prepared> {
  const ticket = await findTicket(db, number)
  if (!ticket || typeof input !== 'object' || input === null) return { ok: true, input }
  const filled = { ...input, previous: ticket.customerEntry, saidSo: ticket.entryFound === 'hand' }
  if (!('entry' in input) || typeof input.entry !== 'string') return { ok: true, input: filled }
  const entry = await entryOf(db, input.entry)
  if (entry && entry.erasedAt === null) return { ok: true, input: filled }
  return { ok: false, errors: [{ path: 'entry', code: 'unknown-customer', params: { customer: input.entry } }], rest: filled }
}
