import type { Instant } from '../domain/instant.ts'
import type { Actor, Directory } from '../domain/people.ts'

/** One act of one actor. */
export interface Act {
  readonly requestId: string
  readonly actor: Actor
  /** When it is recorded: the time of the workflow. */
  readonly at: Instant
  /** What the mentioned people and teams are. */
  readonly directory: Directory
  /** The version the actor saw (`If-Match`); a different one refuses the act. */
  readonly expectedVersion?: number
}

/** Ids of people and teams, to be looked up before deciding. */
export interface Mentioned {
  readonly people: readonly string[]
  readonly teams: readonly string[]
}
