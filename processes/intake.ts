import type { Kysely } from 'kysely'
import { headOf } from '../db/heads.ts'
import { skipSerials, takenFrom, type Intake } from '../db/intake.ts'
import type { ProfileOf } from '../db/process-table.ts'
import type { RequestIdentity, StoredResponse } from '../db/requests.ts'
import type { Database, Head } from '../db/schema.ts'
import type { ProcessIntake } from '../db/write-intakes.ts'
import { isSystem, type Directory } from '../domain/people.ts'
import type { FieldError } from '../domain/rejection.ts'
import type { Hosting, MetCommonly, Readers } from './hosting.ts'
import type { Beginning, BirthContext } from '../workflows/birth.ts'
import { standingInApart, unfitForWork } from '../workflows/common/assignees.ts'
import { begin } from '../workflows/engine.ts'
import type { Act, Mentioned } from '../workflows/act.ts'
import type { Draft, ProcessState } from '../workflows/process.ts'

/**
 * Taking a process in: what is said of it is judged, and what it begins with is written under a number that nobody has. Whoever opens one
 * comes this way: people by the routes of the API, processes by their asks.
 */

/** What is to become a process, as far as it is known before it is judged. */
export interface Candidate {
  readonly host: MetCommonly
  readonly beginning: Beginning<Draft, unknown>
  /** By which profile it is to run. */
  readonly origin: ProfileOf
  /** What it is to belong to, as whoever opens it may see that. */
  readonly parent: Head | null
  readonly act: Omit<Act, 'directory'>
}

export type Judgement =
  | { readonly ok: true; readonly form: ProfileOf; readonly birthContext: BirthContext<unknown> }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export interface Judging extends Readers {
  readonly directory: (mentioned: Mentioned) => Promise<Directory>
}

/** Judges what is said of a new process: everything that is wrong, or with what it begins. */
export async function judged(world: Judging, { host, beginning, origin, parent, act: given }: Candidate): Promise<Judgement> {
  const { process } = host
  const form = host.desk.formOf(beginning.given, origin)
  const [policy, directory] = await Promise.all([
    // Nothing but what it begins with decides by what it runs.
    host.policyOf(world, { ...form, number: '', state: process.birth.initial('', given.at) }),
    world.directory(withRequester(beginning)),
  ])
  const birthContext = { policy, act: { ...given, directory: standingInApart(beginning.requester?.person ?? null, directory) }, parent }
  const errors = faultsOf(beginning, birthContext)
  if (errors.length > 0) return { ok: false, errors }
  const looked = await host.desk.lookUp?.(world, { given: beginning.given, origin, at: given.at, actor: given.actor })
  if (looked === undefined) return { ok: true, form, birthContext }
  return looked.ok ? { ok: true, form, birthContext: { ...birthContext, found: looked.found } } : looked
}

function withRequester({ mentions, requester }: Pick<Newborn, 'mentions' | 'requester'>): Mentioned {
  return requester === null ? mentions : { ...mentions, people: [...new Set([...mentions.people, requester.person])] }
}

/** Everything that is wrong with it. Work goes to nobody to whom it cannot: of its commands the API judges the same (api/commands/mentions.ts). */
function faultsOf({ given, mentions, requester, check }: Newborn, context: BirthContext<unknown>): readonly FieldError[] {
  const { actor, directory } = context.act
  const ofRequester = requester?.person ?? null
  // That whose it is to be says so is no work.
  const unfit = unfitForWork(given, mentions, { requester: ofRequester, directory }).filter(({ path }) => path !== requester?.path)
  const found = check(context)
  // Of others than whose it is the type may have a reason of its own; and what opens by itself opens.
  const own = unfit.filter(
    ({ path, params }) => params?.['person'] === ofRequester || !(isSystem(actor) || found.some((told) => told.path === path)),
  )
  return [...own, ...found.filter(({ path }) => !own.some((told) => told.path === path))]
}

type Newborn = Pick<Beginning<Draft, unknown>, 'given' | 'mentions' | 'requester' | 'check'>

/** What a new process says that it is to belong to. */
export type Belonging =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly parent: Head }
  /** There is no such process, which the field at `path` names. */
  | { readonly kind: 'unknown'; readonly path: string; readonly number: string }

export async function belongingOf(db: Kysely<Database>, { parent: named }: Pick<Beginning<Draft, unknown>, 'parent'>): Promise<Belonging> {
  if (named === null) return { kind: 'none' }
  const parent = await headOf(db, named.number)
  return parent ? { kind: 'found', parent } : { kind: 'unknown', ...named }
}

/** A process that nothing is wrong with. */
export interface Newcomer<S extends ProcessState, E extends Draft, P, F extends ProfileOf, First extends E = E> {
  readonly host: Hosting<S, E, P, F>
  readonly request: RequestIdentity
  readonly beginning: Beginning<First, P>
  readonly birthContext: BirthContext<P>
  /** What its rows take in beside the state, under that number. */
  readonly formUnder: (number: string) => F
  /** What whoever opened it is answered. */
  readonly answer: (begun: Begun<S, First>) => StoredResponse | Promise<StoredResponse>
}

export interface Begun<S extends ProcessState = ProcessState, First extends Draft = Draft> {
  readonly number: string
  readonly state: S
  /** What happened first. */
  readonly first: First
}

/**
 * Takes a newcomer in under the first of the numbers that is free: its row, its first event and its request with the answer in one
 * statement. Its workflow is the caller's to start. `number-taken`: of all the numbers.
 */
export async function takeIn<S extends ProcessState, E extends Draft, P, F extends ProfileOf, First extends E>(
  insert: (intake: ProcessIntake) => Promise<Intake>,
  numbers: Iterable<string> | AsyncIterable<string>,
  { host, request, beginning, birthContext, formUnder, answer }: Newcomer<S, E, P, F, First>,
): Promise<Exclude<Intake, { readonly result: 'inserted' }> | { readonly result: 'inserted'; readonly intake: ProcessIntake<S, E, F> }> {
  for await (const number of numbers) {
    const { state, first, event, wakeAt } = begin(host.process, number, beginning, birthContext)
    const response = await answer({ number, state, first })
    const intake = { of: host, request, number, form: formUnder(number), state, event, wakeAt, response }
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
    const taken = await takenFrom(db, next)
    if (taken > 0) await skipSerials(db, counterKey, taken)
  }
}

/** How far is looked at a time, for where another one's numbers end. */
const passedAtOnce = 500
