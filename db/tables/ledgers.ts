import type { Instant } from '../../domain/instant.ts'

/** Lines that processes of some types leave in ledgers which all types share. */

/** The assignment ledger 分配记录台账 (R6). */
export interface AssignmentsTable {
  process: string
  seq: number
  at: Instant
  /** How it came to them, or left them. */
  manner: 'submitted' | 'assigned' | 'claimed' | 'reassigned' | 'handed-over' | 'handed-up' | 'dispatched' | 'released'
  assignee: string | null
  team: string
  previous: string | null
  reason: string | null
  by: string
}

/** The communication record: every conversation with the customer (Q3). */
export interface ContactsTable {
  process: string
  seq: number
  /** The event that records it: `contacted`, `confirmed` or `called-back`. */
  type: string
  at: Instant
  occurredAt: Instant
  channel: string
  direction: 'outbound' | 'inbound'
  /** False for a call that nobody answered. */
  reached: boolean
  text: string
  by: string
}
