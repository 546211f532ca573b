import type { Locale } from '../../domain/labels.ts'
import type { Actor } from '../../domain/people.ts'

/** Who calls: the person a bearer token belongs to. */
export interface Caller extends Actor {
  readonly name: string
}

/** What a request carries through its handlers. */
export interface Env {
  Variables: { requestId: string; locale: Locale; caller: Caller }
}
