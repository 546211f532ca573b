import type { Contact } from '../../domain/customer.ts'
import type { Actor } from '../../domain/people.ts'
import type { Hosting } from '../../processes/hosting.ts'
import type { Command, Draft, ProcessState } from '../../workflows/process.ts'
import type { Answer } from '../http/idempotency.ts'

/** A command of some process type. */
type AnyCommand = Command<ProcessState, Draft, unknown>

/** One act of one person on one process. */
export interface StepRequest {
  /** Its type. */
  readonly host: Hosting
  readonly number: string
  readonly command: AnyCommand
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
  /** The customer whose process it is, if it was they who acted; null: it was staff. */
  readonly customer: string | null
  /** Null: what was asked once does not show it any more. */
  readonly contact?: Contact | null
}
