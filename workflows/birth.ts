import type { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { FieldError } from '../domain/rejection.ts'
import type { Act, Mentioned } from './act.ts'

/**
 * How a process begins: what is said of a new one is read once, judged, and becomes its first event. Whoever takes it in does this before
 * its workflow starts; no workflow reads one. `Given` is what is said.
 */
export interface Birth<S, E, P, Given = unknown> {
  /** What whoever opens it says. */
  readonly input: z.ZodObject
  /** Its state before the first event. */
  initial(number: string, at: Instant): S
  /** The only place that looks at what was sent. */
  read(sent: unknown): Reading<E, P, Given>
}

export type Reading<E, P, Given = unknown> =
  | { readonly ok: true; readonly beginning: Beginning<E, P, Given> }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** What is said of a new process, bound to what its type makes of it: whoever holds it need not know what that is. */
export interface Beginning<E, P, Given = unknown> {
  readonly given: Given
  /** Ids of people and teams that it mentions: as colleagues, and as those who get it in hand. */
  readonly mentions: Mentioned
  /** The customer whose it is to be, if they sign in, and the field that says so; null: nobody's. */
  readonly requester: { readonly path: string; readonly person: string } | null
  /** The process that it is to belong to, and the field that says so; null: none. */
  readonly parent: { readonly path: string; readonly number: string } | null
  /** Everything that is wrong with it as things are. */
  check(context: BirthContext<P>): readonly FieldError[]
  /** What happens first, once nothing is wrong. */
  first(context: BirthContext<P>): E
}

/** By what a new process is judged, and begins. */
export interface BirthContext<P> {
  readonly policy: P
  readonly act: Act
  /** What it is to belong to; null: to none. */
  readonly parent: Parent | null
  /** What whoever takes it in looked up for it, as its type demands; absent: its type demands nothing. */
  readonly found?: unknown
}

/** What a new process is told of the one that it is to belong to, whatever the type of that. */
export interface Parent {
  readonly number: string
  /** Name of its type. */
  readonly processType: string
  readonly stage: string
  /** Still on its way. */
  readonly open: boolean
  /** No further act is possible: whatever it is told, it does not hear. */
  readonly ended: boolean
  /** The customer whose it is, if they sign in. */
  readonly requester: string | null
  readonly assignee: string | null
  readonly team: string
}
