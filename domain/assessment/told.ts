import type { Instant } from '../instant.ts'

/** An event of an assessment, as it stands on record. */
export interface ToldEvent {
  readonly type: string
  readonly actor: string
  readonly at: Instant
  readonly data: unknown
}

/** Who decided something, and when. */
export interface Decided {
  readonly by: string
  readonly at: Instant
}
