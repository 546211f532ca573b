import { sql, type Kysely, type Selectable } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import type { PromiseState, Rests } from '../workflows/promise.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import { entryColumns, withoutSecrets, type EventEntry } from './events.ts'
import { notOfCustomer } from './own-processes.ts'
import type { Database } from './schema.ts'
import type { AssignmentsTable, ContactsTable } from './tables/ledgers.ts'

/** What is on record about a process, whatever its type; and what the ledgers tell. */

export type LogEntry =
  | (EventEntry & { readonly kind: 'event' })
  /** A line that is no event, such as an internal note: moves no clock. `type`: the command that wrote it. */
  | {
      readonly kind: 'note'
      readonly type: string
      readonly id: number
      readonly author: string
      readonly text: string
      readonly at: Instant
    }

/**
 * The log of a process: its events in their order, its notes between them by time. A note stands after every event recorded
 * before it, even where the clocks of two machines disagree. @throws CursorError
 */
export async function processLog(
  db: Kysely<Database>,
  number: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<Page<LogEntry>> {
  const list = ['log', number]
  const [place, kind, id] = after === undefined ? beginning : positionOf(list, after, logPosition)
  const { rows } = await sql<{ place: Instant; kind: 0 | 1; id: number }>`
    with entries as (
      select max(at) over (order by seq) as place, 0 as kind, seq::bigint as id from events where process = ${number}
      union all
      select at, 1, id from notes where ticket = ${number}
    )
    select place, kind, id from entries
    where (place, kind, id) > (${place}::timestamptz, ${kind}::int, ${id}::bigint) order by place, kind, id limit ${limit + 1}`.execute(db)
  const page = pageOf(rows, limit, (row) => cursorAt(list, [row.place, row.kind, row.id]))
  const [events, notes] = await Promise.all([eventsOf(db, number, idsOf(page.items, 0)), notesOf(db, idsOf(page.items, 1))])
  return { items: page.items.flatMap((row) => (row.kind === 0 ? events.get(row.id) : notes.get(row.id)) ?? []), next: page.next }
}

/** The communication record of a ticket: every conversation with the customer in the order they happened (Q3). */
export async function communications(db: Kysely<Database>, number: string): Promise<Selectable<ContactsTable>[]> {
  return db.selectFrom('contacts').selectAll().where('process', '=', number).orderBy('occurredAt').orderBy('seq').execute()
}

/** Every promise made: each cycle of each clock, in the order they began; with how it rested, as the event that last touched it says. */
export async function promisesOf(db: Kysely<Database>, number: string): Promise<PastPromise[]> {
  const rows = await db
    .selectFrom('promises')
    .select(['clock', 'cycle', 'startedAt', 'dueAt', 'pausedMinutes', 'state', 'stoppedAt', 'recordedLate', 'provisional'])
    .select(
      sql<Rests | null>`(
        select told #> '{basis,paused}' from events, jsonb_array_elements(events.promises) as told
        where events.process = promises.process and events.seq = promises.seq
          and told ->> 'clock' = promises.clock and told ->> 'cycle' = promises.cycle::text)`.as('paused'),
    )
    .where('process', '=', number)
    .orderBy('startedAt')
    .orderBy('clock')
    .orderBy('cycle')
    .execute()
  return rows.map(({ paused, ...promise }) => ({ ...promise, ...(paused && { basis: { paused } }) }))
}

export interface PastPromise extends Omit<PromiseState, 'basis'> {
  /** Not kept of what was over by the first reckoning. */
  readonly basis?: { readonly paused: Rests }
}

export interface LedgerQuery {
  readonly ticket?: string | undefined
  readonly assignee?: string | undefined
  readonly team?: string | undefined
  readonly from?: Instant | undefined
  /** Not included. */
  readonly until?: Instant | undefined
  /** Who asks: what is theirs as a customer is left out. */
  readonly reader: string
  readonly cursor?: string | undefined
  readonly limit: number
}

/** The assignment ledger 分配记录台账, newest first (R6). @throws CursorError */
export async function assignmentLedger(
  db: Kysely<Database>,
  { cursor, limit, ...filters }: LedgerQuery,
): Promise<Page<Selectable<AssignmentsTable>>> {
  const list = ['assignments', filters]
  const { ticket, assignee, team, from, until, reader } = filters
  let query = db
    .selectFrom('assignments')
    .selectAll()
    .where(notOfCustomer(reader))
    .orderBy('at', 'desc')
    .orderBy('process', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit + 1)
  if (ticket !== undefined) query = query.where('process', '=', ticket)
  if (assignee !== undefined) query = query.where('assignee', '=', assignee)
  if (team !== undefined) query = query.where('team', '=', team)
  if (from !== undefined) query = query.where('at', '>=', from)
  if (until !== undefined) query = query.where('at', '<', until)
  if (cursor !== undefined) query = query.where(sql<boolean>`(at, process, seq) < (${sql.join(positionOf(list, cursor, ledgerPosition))})`)
  return pageOf(await query.execute(), limit, ({ at, process, seq }) => cursorAt(list, [at, process, seq]))
}

const logPosition = z.tuple([partOf.instant, z.literal([0, 1]), partOf.id])
const beginning = ['-infinity', 0, 0] as const
const ledgerPosition = z.tuple([partOf.instant, partOf.number, partOf.count])

function idsOf(rows: readonly { readonly kind: 0 | 1; readonly id: number }[], kind: 0 | 1): number[] {
  return rows.filter((row) => row.kind === kind).map(({ id }) => id)
}

async function eventsOf(db: Kysely<Database>, number: string, seqs: readonly number[]): Promise<Map<number, LogEntry>> {
  if (seqs.length === 0) return new Map()
  const rows = await db.selectFrom('events').select(entryColumns).where('process', '=', number).where('seq', 'in', seqs).execute()
  return new Map(rows.map((row) => [row.seq, { kind: 'event', ...withoutSecrets(row) }]))
}

async function notesOf(db: Kysely<Database>, ids: readonly number[]): Promise<Map<number, LogEntry>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('notes').select(['id', 'type', 'author', 'text', 'at']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, { kind: 'note', ...row }]))
}
