import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import { own } from '../domain/own.ts'
import { inPostgres } from './column-names.ts'
import type { ProcessTable } from './process-table.ts'
import type { RequestIdentity, StoredResponse } from './requests.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
import { writeIntakes, type ProcessIntake } from './write-intakes.ts'

/** The ways a new process gets into the rows, before its workflow starts. */

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
export async function takenFrom(db: Kysely<Database>, numbers: readonly string[]): Promise<number> {
  const taken = new Set((await numbersTaken(db, [numbers])).map(({ number }) => number))
  const free = numbers.findIndex((number) => !taken.has(number))
  return free < 0 ? numbers.length : free
}

/** Whatever its type, a process has a first event. */
const numbersTaken = statement<{ readonly number: string }>(
  'select process as number from events where seq = 1 and process = any($1::text[])',
)

/** Passes over so many serials of a prefix: their numbers are taken. */
export async function skipSerials(db: Kysely<Database>, counterKey: string, count: number): Promise<void> {
  await takeSerials(db, counterKey, count)
}

export type Intake =
  | { readonly result: 'inserted' }
  /** Another attempt at the same request came first; this is the answer it stored. */
  | { readonly result: 'already-done'; readonly response: StoredResponse }
  /** Another process has this number, of whatever type (a pattern whose literals look like another's serials): take the next serial. */
  | { readonly result: 'number-taken' }
  /** There is one of that already, of which there is one at a time (`onlyOne` of its table); null: it has just ended. */
  | { readonly result: 'one-already'; readonly number: string | null }
  /** The request's row was removed by a refused twin, and its key serves another request by now. */
  | { readonly result: 'key-taken' }

/**
 * Writes new processes of one type, their first events and their requests with the answers, all in one statement. Of any number of attempts at
 * the same request exactly one inserts: their key is unique, so twins wait for each other. A row of the request that is there
 * already and pending is answered. Throws where one of several cannot be written: then none is, and each may be tried alone.
 */
export async function insertProcesses(db: Kysely<Database>, intakes: readonly ProcessIntake[], triesLeft = contests): Promise<Intake[]> {
  const [first, ...others] = intakes
  if (!first) return []
  const { table } = first.of
  const written = await writeIntakes(db, table, intakes).catch(async (error: unknown) => {
    const alone = others.length === 0
    const taken = alone ? takenBy(error, table) : undefined
    if (taken === 'one-already') return { result: taken, number: await openOne(db, first) }
    if (taken) return { result: taken }
    if (alone && triesLeft > 0 && table.beside?.isContested(error)) return 'again' as const
    throw error
  })
  if (written === 'again') return insertProcesses(db, [await anew(db, first)], triesLeft - 1)
  if ('result' in written) return [written]
  const outcomes: Intake[] = []
  for (const intake of intakes) outcomes.push(written.has(intake.number) ? { result: 'inserted' } : await notInserted(db, intake))
  return outcomes
}

/** {@link insertProcesses} of one. */
export async function insertProcess(db: Kysely<Database>, intake: ProcessIntake): Promise<Intake> {
  const [outcome] = await insertProcesses(db, [intake])
  if (!outcome) throw new Error(`nothing became of ${intake.number}`)
  return outcome
}

/** Why it was not; tries it again where the key is free by now. */
async function notInserted(db: Kysely<Database>, intake: ProcessIntake): Promise<Intake> {
  return (await insertedEarlier(db, intake.request)) ?? insertProcess(db, intake)
}

/**
 * Whether the number is another one's, or there is one of that already: then nothing of the statement has happened. Events, promises, notices and workflows are known by the
 * number alone, so it is taken also where that one is of another type, whose first event says so.
 */
function takenBy(error: unknown, { name, onlyOne }: Pick<ProcessTable, 'name' | 'onlyOne'>): 'one-already' | 'number-taken' | undefined {
  if (!(error instanceof pg.DatabaseError) || error.code !== uniqueViolation) return undefined
  if (onlyOne !== undefined && error.constraint === onlyOne.index) return 'one-already'
  return error.constraint === `${name}_pkey` || error.constraint === 'events_pkey' ? 'number-taken' : undefined
}

/** The open process that stands in the way of another one of the same. */
async function openOne(db: Kysely<Database>, { of: { table }, form, state }: ProcessIntake): Promise<string | null> {
  const { name, columns, onlyOne } = table
  const same = (onlyOne?.of ?? []).flatMap((column) => {
    const how = own(columns, column)
    return how === undefined || !('ofState' in how) ? [] : [sql`one.${sql.ref(inPostgres(column))} = ${how.ofState(state)}`]
  })
  const { rows } = await sql<{ readonly number: string }>`
    select one.number from ${sql.table(name)} as one join processes using (number)
    where ${sql.join([sql`one.profile = ${form.profile}`, sql`not processes.ended`, ...same], sql` and `)} limit 1`.execute(db)
  return rows[0]?.number ?? null
}

/** The same with what somebody else has made meanwhile. */
async function anew(db: Kysely<Database>, intake: ProcessIntake): Promise<ProcessIntake> {
  const { form, of } = intake
  return { ...intake, form: (await of.table.beside?.again(db, form)) ?? form }
}

/** Each time somebody else was first at something that the time before nobody had. */
const contests = 5
const uniqueViolation = '23505'

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
