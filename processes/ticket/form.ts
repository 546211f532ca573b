import type { ProfileOf } from '../../db/process-table.ts'
import type { EntryOfTicket } from '../../db/customers/intake.ts'
import type { SealedContact } from '../../domain/sealed-contact.ts'
import type { Fields } from '../../workflows/ticket/events.ts'

/** What the form says beyond the ticket's state. */
export interface NewTicket extends ProfileOf {
  /** Ids of the profile's priorities, most urgent first. */
  readonly priorities: readonly string[]
  readonly title: string
  readonly description: string
  readonly fields: Fields
  readonly keywords: readonly string[]
  readonly customer: { readonly name: string | null; readonly company: string | null; readonly account: string | null }
  /** Sealed for the number of this ticket. */
  readonly contact: SealedContact
  /** To whose entry in the directory it goes; absent: the worker finds out. */
  readonly entry?: EntryOfTicket
}
