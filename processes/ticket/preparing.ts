import { findTicket } from '../../db/tickets.ts'
import { isObject } from '../../domain/document/loose.ts'
import { termsOfType } from '../../domain/profile/policy.ts'
import { linkCustomer } from '../../workflows/ticket/customer-entry.ts'
import { correct, withCleared } from '../../workflows/ticket/record.ts'
import { reclassify } from '../../workflows/ticket/reclassify.ts'
import type { Addressed, Prepared, Preparing } from '../hosting.ts'
import { lookedUpEntry } from './entry.ts'
import { sealCorrection } from './sealing.ts'

/** Inputs of tickets' commands that the API makes ready before the workflow is given them. */
export function prepare(preparing: Preparing, { command, number }: Addressed, input: unknown): Promise<Prepared> {
  switch (command) {
    case linkCustomer.name:
      return lookedUpEntry(preparing, number, input)
    case correct.name:
      return sealCorrection(preparing, number, isObject(input) ? withCleared(input) : input)
    case reclassify.name:
      return withTermsOfType(preparing, number, input)
    default:
      throw new Error(`nobody knows how to make ${command} ready`)
  }
}

/** What a ticket of the new type runs by, of the profile in the version that it began with, and which values its form has: a workflow knows neither. */
async function withTermsOfType({ db, profileOf }: Preparing, number: string, input: unknown): Promise<Prepared> {
  const ticket = await findTicket(db, number)
  if (!ticket || !isObject(input) || typeof input['type'] !== 'string') return { ok: true, input }
  const profile = await profileOf(ticket)
  const terms = termsOfType(profile, input['type'])
  const types = profile.types.map(({ id }) => id)
  // The values were read from the rows: with others it would say something else.
  return { ok: true, of: ticket.version, input: { ...input, ...(terms && { terms }), types, held: ticket.fields } }
}
