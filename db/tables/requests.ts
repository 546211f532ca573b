import type { Generated } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import type { NullableJson } from './json-columns.ts'

/** Requests, and what is counted of them. */

/** Each POST, from before it takes effect until its answer is stored. */
export interface RequestsTable {
  id: string
  caller: string
  key: string
  route: string
  bodyHash: string
  ticket: string | null
  status: Generated<'pending' | 'done'>
  responseStatus: number | null
  response: NullableJson<unknown>
  createdAt: Instant
  doneAt: Instant | null
  /** When the sweeper last asked what became of it. */
  sweptAt: Instant | null
}

/** The last serial given out under each prefix of ticket numbers. */
export interface CountersTable {
  key: string
  last: number
}

/** How often a caller has done something since then, of what is limited by the day. */
export interface AllowancesTable {
  caller: string
  kind: string
  since: Instant
  used: number
}
