import type { Kysely } from 'kysely'
import { headOf } from '../db/heads.ts'
import { skipSerials, takenInARow, type Intake } from '../db/intake.ts'
import type { NewProcess } from '../db/process-table.ts'
import type { RequestIdentity, StoredResponse } from '../db/requests.ts'
import type { Database, Head } from '../db/schema.ts'
import type { ProcessIntake } from '../db/write-intakes.ts'
import type { Directory } from '../domain/people.ts'
import type { FieldError } from '../domain/rejection.ts'
import type { Hosting, Readers } from '../processes/hosting.ts'
import type { Beginning, BirthContext } from '../workflows/birth.ts'
import { begin } from '../workflows/engine.ts'
import type { Act, Draft, Mentioned, ProcessState, Recorded } from '../workflows/process.ts'

/**
 * Taking a process in: what is said of it is judged, and what it begins with is written under a number that nobody has. Whoever opens one
 * comes this way: people by the routes of the API, processes by their asks.
 */

/** What is to become a process, as far as it is known before it is judged. */
export interface Candidate {
  readonly host: Hosting
  readonly beginning: Beginning<Draft, unknown>
  /** By which profile it is to run. */
  readonly origin: NewProcess
  /** What it is to belong to, as whoever opens it may see that. */
  readonly parent: Head | null
  readonly act: Omit<Act, 'directory'>
}

export type Judgement =
  | { readonly ok: true; readonly form: NewProcess; readonly context: BirthContext<unknown> }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export interface Judging extends Readers {
  readonly directory: (mentioned: Mentioned) => Promise<Directory>
}

/** Judges what is said of a new process of a type that says what its rows take in: everything that is wrong, or with what it begins. */
export async function judged(world: Judging, { host, beginning, origin, parent, act: given }: Candidate): Promise<Judgement> {
  const { process } = host
  if (!host.formOf) throw new Error(`a ${process.name} is opened by a route of its own`)
  const form = host.formOf(beginning.given, origin)
  const [policy, directory] = await Promise.all([
    // Nothing but what it begins with decides by what it runs.
    host.policyOf(world, { ...form, number: '', state: process.birth.initial('', given.at) }),
    world.directory(beginning.mentions),
  ])
  const context = { policy, act: { ...given, directory }, parent }
  const errors = beginning.check(context)
  return errors.length > 0 ? { ok: false, errors } : { ok: true, form, context }
}

/** The process that a new one is to belong to; null: it is to belong to none, undefined: there is no such process. */
export async function parentOf(
  db: Kysely<Database>,
  { parent }: Pick<Beginning<Draft, unknown>, 'parent'>,
): Promise<Head | null | undefined> {
  return parent === null ? null : headOf(db, parent.number)
}

/** A process that nothing is wrong with. */
export interface Newcomer<S extends ProcessState, E extends Draft, P, F extends NewProcess> {
  readonly host: Hosting<S, E, P, F>
  readonly request: RequestIdentity
  readonly beginning: Beginning<E, P>
  readonly context: BirthContext<P>
  /** What its rows take in beside the state, under that number. */
  readonly formOf: (number: string) => F
  /** What whoever opened it is answered. */
  readonly answer: (begun: Begun<S, E>) => StoredResponse | Promise<StoredResponse>
}

export interface Begun<S extends ProcessState, E extends Draft> {
  readonly number: string
  readonly state: S
  readonly event: Recorded<E>
}

/**
 * Takes a newcomer in under the first of the numbers that is free: its row, its first event and its request with the answer in one
 * statement. Its workflow is the caller's to start. `number-taken`: of all the numbers.
 */
export async function takenIn<S extends ProcessState, E extends Draft, P, F extends NewProcess>(
  insert: (intake: ProcessIntake) => Promise<Intake>,
  numbers: Iterable<string> | AsyncIterable<string>,
  { host, request, beginning, context, formOf, answer }: Newcomer<S, E, P, F>,
): Promise<Exclude<Intake, { readonly result: 'inserted' }> | { readonly result: 'inserted'; readonly intake: ProcessIntake<S, E, F> }> {
  for await (const number of numbers) {
    const { state, event, wakeAt } = begin(host.process, number, beginning, context)
    const response = await answer({ number, state, event })
    const intake = { of: host, request, number, form: formOf(number), state, event, wakeAt, response }
    const outcome = await insert(intake)
    if (outcome.result === 'inserted') return { ...outcome, intake }
    if (outcome.result !== 'number-taken') return outcome
  }
  return { result: 'number-taken' }
}

/** Numbers are taken only where two patterns look alike, which is no longer installed; each attempt passes what is taken. */
export const numbersTried = 20

/** Numbers by a counter of their own, from the next serial on: where one is taken, those that follow it are passed over as far as they are taken as well. */
export async function* countedNumbers(
  { db, takeSerial }: { readonly db: Kysely<Database>; readonly takeSerial: (counterKey: string) => Promise<number> },
  counterKey: string,
  numbered: (serial: number) => string,
): AsyncGenerator<string> {
  for (let attempt = 1; attempt <= numbersTried; attempt += 1) {
    const serial = await takeSerial(counterKey)
    yield numbered(serial)
    const next = Array.from({ length: passedAtOnce }, (_, at) => numbered(serial + 1 + at))
    const taken = await takenInARow(db, next)
    if (taken > 0) await skipSerials(db, counterKey, taken)
  }
}

/** How far is looked at a time, for where another one's numbers end. */
const passedAtOnce = 500
