import type { Instant } from '../domain/instant.ts'
import type { Labels } from '../domain/labels.ts'

/**
 * A search attribute: what may be asked of all running processes at once. Its value is worked out from the state alone, so
 * that it can be told whenever it differs from what was told. Whoever changes what a released one says must guard it with
 * `patched()`: a replayed workflow would tell it at other events than its history knows.
 */
export type SearchAttribute<S, P> = {
  readonly [T in keyof AttributeValues]: {
    readonly name: string
    readonly type: T
    /** What it says, for the documentation. */
    readonly meaning: Labels
    /** Null: there is none. */
    value(state: S, policy: P): AttributeValues[T] | null
  }
}[keyof AttributeValues]

/** A keyword is an id; of each type a namespace on Postgres has ten, three and three. */
export interface AttributeValues {
  readonly KEYWORD: string
  readonly DATETIME: Instant
  readonly BOOL: boolean
}
