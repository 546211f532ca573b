import type { Kysely } from 'kysely'
import pg from 'pg'
import type { Instant } from '../domain/instant.ts'
import type { TicketState } from '../workflows/ticket/state.ts'
import type { RequestIdentity, StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
import { writeIntakes, type TicketIntake } from './write-intakes.ts'

/** The ways a new ticket gets into the rows, before its workflow starts. */

/**
 * The next serial of a ticket number's prefix, from 1. A statement of its own, so that a burst of intakes does not queue
 * behind each other's transactions; a serial whose ticket then fails stays unused. It need not be flushed to disk
 * itself: the ticket that carries it is written later in the same log, so no surviving ticket's serial is given twice.
 */
export async function takeSerial(db: Kysely<Database>, counterKey: string): Promise<number> {
  return takeSerials(db, counterKey, 1)
}

/** The next serial for each of the keys, in their order; a key that comes more than once is counted on once. */
export async function takeEachSerial(db: Kysely<Database>, counterKeys: readonly string[]): Promise<number[]> {
  const taken = new Map<string, number>()
  for (const key of new Set(counterKeys))
    taken.set(key, (await takeSerials(db, key, counterKeys.filter((other) => other === key).length)) - 1)
  return counterKeys.map((key) => {
    const serial = (taken.get(key) ?? 0) + 1
    taken.set(key, serial)
    return serial
  })
}

/** The first of so many serials of a prefix, one after another. */
async function takeSerials(db: Kysely<Database>, counterKey: string, count: number): Promise<number> {
  if (db.isTransaction) throw new Error('a serial taken in a transaction would hold the counter until its end')
  const [row] = await nextSerials(db, [counterKey, count])
  if (!row) throw new Error(`the counter ${counterKey} gave nothing`)
  return row.last - count + 1
}

const nextSerials = statement<{ readonly last: number }>(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  insert into counters as counter (key, last) select $1, $2::bigint from unflushed
  on conflict (key) do update set last = counter.last + excluded.last
  returning last`)

/** Of numbers that would come next, how many are taken before the first free one. */
export async function takenInARow(db: Kysely<Database>, numbers: readonly string[]): Promise<number> {
  const taken = new Set((await numbersTaken(db, [numbers])).map(({ number }) => number))
  const free = numbers.findIndex((number) => !taken.has(number))
  return free < 0 ? numbers.length : free
}

const numbersTaken = statement<{ readonly number: string }>('select number from tickets where number = any($1::text[])')

/** Passes over so many serials of a prefix: their numbers are taken. */
export async function skipSerials(db: Kysely<Database>, counterKey: string, count: number): Promise<void> {
  await takeSerials(db, counterKey, count)
}

export type Intake =
  | { readonly result: 'inserted' }
  /** Another attempt at the same request came first; this is the answer it stored. */
  | { readonly result: 'already-done'; readonly response: StoredResponse }
  /** Somebody has this number (a profile whose literals look like another's serials): take the next serial. */
  | { readonly result: 'number-taken' }
  /** The request's row was removed by a refused twin, and its key serves another request by now. */
  | { readonly result: 'key-taken' }

/**
 * Writes new tickets, their first events and their requests with the answers, all in one statement. Of any number of attempts at
 * the same request exactly one inserts: their key is unique, so twins wait for each other. A row of the request that is there
 * already and pending is answered. Throws where one of several cannot be written: then none is, and each may be tried alone.
 */
export async function insertTickets(db: Kysely<Database>, intakes: readonly TicketIntake[]): Promise<Intake[]> {
  const written = await writeIntakes(db, intakes).catch((error: unknown) => {
    if (intakes.length === 1 && isTaken(error)) return undefined
    throw error
  })
  if (written === undefined) return [{ result: 'number-taken' }]
  const outcomes: Intake[] = []
  for (const intake of intakes) outcomes.push(written.has(intake.state.number) ? { result: 'inserted' } : await notInserted(db, intake))
  return outcomes
}

/** {@link insertTickets} of one. */
export async function insertTicket(db: Kysely<Database>, intake: TicketIntake): Promise<Intake> {
  const [outcome] = await insertTickets(db, [intake])
  if (!outcome) throw new Error(`nothing became of ticket ${intake.state.number}`)
  return outcome
}

/** Why it was not; tries it again where the key is free by now. */
async function notInserted(db: Kysely<Database>, intake: TicketIntake): Promise<Intake> {
  return (await insertedEarlier(db, intake.request)) ?? insertTicket(db, intake)
}

/** Whether the number is another ticket's: then nothing of the statement has happened. */
function isTaken(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === uniqueViolation && error.constraint === 'tickets_pkey'
}

const uniqueViolation = '23505'

/**
 * Notes that workflows run, of tickets by their numbers. One whose row does not say when to wake it is woken now, and tells: the row
 * may be of a release that woke nobody. It need not be flushed to disk: what is lost is started again, which leaves a workflow that
 * runs as it is.
 */
export async function markWorkflowsStarted(db: Kysely<Database>, numbers: readonly string[], at: Instant): Promise<void> {
  await markStarted(db, [numbers, at])
}

const markStarted = statement(`
  with unflushed as (select set_config('synchronous_commit', 'off', true))
  update tickets set workflow_started_at = $2::timestamptz, wake_at = coalesce(wake_at, $2::timestamptz)
  from unflushed where number = any($1::text[]) and workflow_started_at is null`)

/** The stages after which a ticket has no workflow any more. */
const endedStages = ['archived', 'withdrawn', 'merged'] as const

/**
 * Forgets that the workflows of tickets that have not ended were started, so that the sweeper starts each that does not
 * run, from its rows. For a Temporal that has lost them; one that has them keeps them as they are. How many tickets.
 */
export async function forgetWorkflows(db: Kysely<Database>): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('tickets')
    .set({ workflowStartedAt: null })
    .where('stage', 'not in', endedStages)
    .where('workflowStartedAt', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface UnstartedTicket {
  readonly number: string
  readonly profile: string
  readonly profileVersion: number
  readonly state: TicketState
}

/** Tickets submitted before `olderThan` whose workflow is not known to run, oldest first: Temporal was away, or the gateway died. */
export async function unstartedTickets(db: Kysely<Database>, olderThan: Instant, limit: number): Promise<UnstartedTicket[]> {
  return db
    .selectFrom('tickets')
    .select(['number', 'profile', 'profileVersion', 'state'])
    .where('workflowStartedAt', 'is', null)
    .where('submittedAt', '<', olderThan)
    .orderBy('submittedAt')
    .limit(limit)
    .execute()
}

/** Why nothing was inserted; undefined when the key is free by now and the insert may be tried again. */
async function insertedEarlier(db: Kysely<Database>, { caller, key, id }: RequestIdentity): Promise<Intake | undefined> {
  const row = await db
    .selectFrom('requests')
    .select(['id', 'responseStatus', 'response'])
    .where('caller', '=', caller)
    .where('key', '=', key)
    .executeTakeFirst()
  if (row === undefined) return undefined
  if (row.id !== id) return { result: 'key-taken' }
  return row.responseStatus === null ? undefined : { result: 'already-done', response: { status: row.responseStatus, body: row.response } }
}
