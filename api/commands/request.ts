import type { Contact } from '../../domain/customer.ts'
import type { Actor } from '../../domain/people.ts'
import type { TicketCommand } from '../../workflows/ticket/command.ts'
import type { Answer } from '../http/idempotency.ts'

/** One act of one person on one ticket. */
export interface StepRequest {
  readonly number: string
  readonly command: TicketCommand
  /** The JSON as it was sent. */
  readonly body: unknown
  readonly caller: Actor
  /** Idempotency-Key. */
  readonly key: string
  /** If-Match. */
  readonly expectedVersion: number | undefined
}

/** The stored answer, and the contact in clear where the act was to see it: that is decrypted each time and never stored. */
export interface StepAnswered extends Answer {
  /** The ticket's customer, if it was they who acted; null: it was staff. */
  readonly customer: string | null
  /** Null: what was asked once does not show it any more. */
  readonly contact?: Contact | null
}
