import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Draft, Recorded } from '../workflows/process.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { Database, JsonObject } from './schema.ts'

/** An event as its row holds it: what every event has, and apart from that what this kind of event says. */
export interface EventEntry {
  readonly seq: number
  readonly type: string
  readonly at: Instant
  readonly occurredAt: Instant
  readonly actor: string
  readonly requestId: string | null
  readonly stage: string
  readonly data: JsonObject
  readonly promises: readonly PromiseState[]
}

/** The columns of the row that are an {@link EventEntry}. */
export const entryColumns = ['seq', 'type', 'at', 'occurredAt', 'actor', 'requestId', 'stage', 'data', 'promises'] as const

export function entryOf(event: Recorded<Draft>): EventEntry {
  // What runs without a promise is the state's own business.
  const { seq, type, at, occurredAt, actor, requestId, stage, promises, unpromised: _, ...data } = event
  return { seq, type, at, occurredAt, actor, requestId, stage, data, promises }
}

/** As people and answers may see it: of a corrected contact only the mask (S3), of a calendar only the version. */
export function withoutSecrets(entry: EventEntry): EventEntry {
  // A whole calendar is not what happened to the ticket.
  if (entry.type === 'calendar-changed') {
    const { calendar: _, ...data } = entry.data
    return { ...entry, data }
  }
  if (entry.type !== 'corrected') return entry
  const { changes } = entry.data
  if (!isObject(changes) || !isObject(changes['contact'])) return entry
  const contact = { masked: changes['contact']['masked'] }
  return { ...entry, data: { ...entry.data, changes: { ...changes, contact } } }
}

/** Whether that request began the process. */
export async function isBegunBy(db: Kysely<Database>, process: string, requestId: string): Promise<boolean> {
  const first = await db.selectFrom('events').select('requestId').where('process', '=', process).where('seq', '=', 1).executeTakeFirst()
  return first?.requestId === requestId
}

/** Whether what was recorded of a process was corrected after its event `seq`. */
export async function correctedSince(db: Kysely<Database>, process: string, seq: number): Promise<boolean> {
  const correction = await db
    .selectFrom('events')
    .select('seq')
    .where('process', '=', process)
    .where('seq', '>', seq)
    .where('type', '=', 'corrected')
    .limit(1)
    .executeTakeFirst()
  return correction !== undefined
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
