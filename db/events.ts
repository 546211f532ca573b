import { own } from '../domain/own.ts'
import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { withMasksOnly } from '../domain/sealed-contact.ts'
import type { Draft, Recorded } from '../workflows/process.ts'
import type { PromiseState } from '../workflows/promise.ts'
import type { Database } from './schema.ts'
import type { JsonObject } from './tables/json-columns.ts'

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
  // What runs without a promise is the state's own business; what is to be done with others has rows of its own.
  const { seq, type, at, occurredAt, actor, requestId, stage, promises, unpromised: _, dealings: __, notifications: ___, ...data } = event
  return { seq, type, at, occurredAt, actor, requestId, stage, data, promises }
}

/** What an event carries for the process and is not what happened to it: a whole calendar, what a profile says of a type. */
const notSaid: Readonly<Record<string, string>> = { 'calendar-changed': 'calendar', reclassified: 'terms' }

/** As people and answers may see it: of a sealed contact only the mask (S3), of a calendar only the version. */
export function withoutSecrets(entry: EventEntry): EventEntry {
  const said = Object.entries(entry.data).filter(([name]) => own(notSaid, entry.type) !== name)
  return { ...entry, data: Object.fromEntries(said.map(([name, value]) => [name, withMasksOnly(value)])) }
}

/** Whether that request began the process. */
export async function isBegunBy(db: Kysely<Database>, process: string, requestId: string): Promise<boolean> {
  const first = await db.selectFrom('events').select('requestId').where('process', '=', process).where('seq', '=', 1).executeTakeFirst()
  return first?.requestId === requestId
}

/** Whether that request has made something happen to the process. */
export async function hasTakenEffect(db: Kysely<Database>, process: string, requestId: string): Promise<boolean> {
  const event = await db
    .selectFrom('events')
    .select('seq')
    .where('process', '=', process)
    .where('requestId', '=', requestId)
    .limit(1)
    .executeTakeFirst()
  return event !== undefined
}

/** Whether an event of that type came after event `seq` of the process. */
export async function happenedSince(db: Kysely<Database>, process: string, seq: number, type: string): Promise<boolean> {
  const later = await db
    .selectFrom('events')
    .select('seq')
    .where('process', '=', process)
    .where('seq', '>', seq)
    .where('type', '=', type)
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}
