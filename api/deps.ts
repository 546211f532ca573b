import type { Kysely } from 'kysely'
import type { Keys } from '../db/contact-vault.ts'
import type { Database } from '../db/schema.ts'
import type { Clock } from '../runtime/clock.ts'
import type { CustomerLimits } from '../runtime/config.ts'
import type { Logger } from '../runtime/logging.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Limits } from './access/daily-limits.ts'
import type { ContactLookup } from './contacts/lookup.ts'
import type { Once } from './http/idempotency.ts'
import type { Registry } from '../processes/hosting.ts'
import type { ProfileReader } from '../processes/policies.ts'
import type { Drawing } from './routes/drawing.ts'
import type { Questions } from './batches.ts'
import type { PayloadVault } from '../runtime/payload-codec.ts'
import type { Starts } from '../gateway/workflow-starts.ts'

/** What the API is made of; tests bring their own. */
export interface Deps {
  readonly db: Kysely<Database>
  readonly gateway: Gateway
  readonly clock: Clock
  readonly keys: Keys
  readonly codec: CodecOptions
  readonly customerLimits: CustomerLimits
  readonly log: Logger
  /** The types that are kept. */
  readonly processes: Registry
  /** The only names under which it may be asked for; absent: any. */
  readonly hosts?: readonly string[] | undefined
  /** Web page of a ticket's workflow in the Temporal UI; undefined when nobody knows where that is. */
  readonly workflowPage?: (number: string) => string | undefined
  /** Whether the process has been told to end. */
  readonly stopping?: () => boolean
}

/** {@link Deps} with what the API makes of them for itself. */
export interface Context extends Deps, Questions {
  readonly once: Once
  readonly limits: Limits
  readonly starts: Starts
  readonly profileOf: ProfileReader
  readonly drawing: Drawing
  readonly lookUp: ContactLookup
}

/** Who may have payloads decoded, beside supervisors and admins with their tokens. */
export interface CodecOptions {
  readonly vault: PayloadVault
  /** Origins of Temporal UIs: pages of theirs, and of nobody else, may ask from a browser. */
  readonly uis: readonly string[]
  /** Stands for a token in the path; only where everything runs on loopback. */
  readonly secret: string | undefined
}
