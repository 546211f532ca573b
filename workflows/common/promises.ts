import { workingMs, type WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { epochMs, type Instant } from '../../domain/instant.ts'
import type { Rung } from '../../domain/profile/clocks.ts'
import * as first from './first-reckoning.ts'
import { isOpen, withLadder, withRungs } from './ladder.ts'
import type { PromiseBasis, PromiseState, Rests, Unpromised } from '../promise.ts'
import {
  atMost,
  dueOf,
  endOfTime,
  isOfFirst,
  isProvisional,
  lengthOf,
  noRest,
  type Reckoned,
  restBetween,
  shifted,
  type Terms,
  sumOfRests,
} from './reckoning.ts'

/**
 * What can happen to a promise: it is made, rests, goes on, is kept, broken or cancelled, moved by another target or
 * another calendar, and its ladder speaks rung by rung. Pure; whatever is worked out here is recorded in an event.
 *
 * Promises that began under the first reckoning go on by that (ADR 38).
 */

/** How a cycle begins. */
export interface Beginning {
  /** The instant that is promised, where the terms name none. */
  readonly dueAt?: Instant
  /** Since when it rests. */
  readonly pausedAt?: Instant | null
  /** What it has rested since its start. */
  readonly paused?: Rests
  /** It is made by a decision at this instant, later than its start. */
  readonly decidedAt?: Instant
}

/** Makes the promise of a clock's next cycle. */
export function makePromise(terms: Terms, cycle: number, startedAt: Instant, beginning: Beginning = {}): PromiseState {
  const { clock, within, from, timeBase, calendar, ladder } = terms
  const { dueAt: stated, pausedAt = null, paused = noRest, decidedAt } = beginning
  const counted: PromiseBasis = { within, timeBase, ...(from !== undefined && { from }), pausedAt, paused, rungs: [] }
  const dueAt = stated === undefined ? dueOf(startedAt, counted, calendar) : atMost(epochMs(stated) + paused.elapsed)
  const made: Reckoned = {
    clock,
    cycle,
    startedAt,
    dueAt,
    pausedMinutes: paused.elapsed / 60_000,
    state: pausedAt === null ? 'running' : 'paused',
    stoppedAt: null,
    recordedLate: false,
    provisional: isProvisional(dueAt, timeBase, calendar),
    basis: counted,
  }
  if (terms.reckoning === undefined)
    return first.withFirstLadder({ ...made, provisional: first.isProvisional(dueAt, timeBase, calendar) }, terms)
  const length = stated === undefined ? lengthBy(terms, startedAt) : epochMs(stated) - epochMs(startedAt)
  const whole: Reckoned = { ...made, basis: { ...counted, length } }
  if (decidedAt === undefined) return withLadder(whole, ladder, calendar, startedAt)
  const reference = pausedAt ?? decidedAt
  return withLadder(brokenByDecision(whole, reference, decidedAt), ladder, calendar, reference)
}

/** Length of the target of these terms; where the promise is due at the instant in a field there is none. */
function lengthBy({ within, from, timeBase, calendar }: Terms, startedAt: Instant): number {
  return within === null ? 0 : lengthOf(from ?? startedAt, { within, timeBase }, calendar)
}

/** Nothing falls due while it rests; a broken promise rests too, and its ladder with it. */
export function pausePromise(promise: PromiseState, at: Instant): PromiseState {
  if (!isOpen(promise) || promise.basis.pausedAt !== null) return promise
  return { ...promise, state: promise.state === 'running' ? 'paused' : promise.state, basis: { ...promise.basis, pausedAt: at } }
}

/**
 * Goes on: what was ahead moves by the time it rested, and never closer. A rest that ended before it began was none. Where the target counts from
 * the instant in a field (X11), what it rested before that moves nothing; what would have spoken meanwhile speaks now.
 */
export function resumePromise(promise: PromiseState, given: Instant, calendar: WorkingCalendar): PromiseState {
  if (!isOpen(promise) || promise.basis.pausedAt === null) return promise
  const { basis } = promise
  const from = promise.basis.pausedAt
  if (isOfFirst(basis)) return first.resume(promise, from, given, calendar)
  const at = given < from ? from : given
  const counted = { from: sinceCounted(from, basis), to: sinceCounted(at, basis) }
  const later = (instant: Instant): Instant => {
    if (instant < from) return instant
    if (instant < counted.from) return instant < at ? at : instant
    const moved = shifted(instant, counted.from, counted.to, basis.timeBase, calendar)
    return moved > instant ? moved : instant
  }
  const paused = sumOfRests(basis.paused, restBetween(counted.from, counted.to, calendar))
  const dueAt = promise.state === 'broken' ? promise.dueAt : later(promise.dueAt)
  return {
    ...promise,
    dueAt,
    state: promise.state === 'paused' ? 'running' : promise.state,
    pausedMinutes: paused.elapsed / 60_000,
    provisional: isProvisional(dueAt, basis.timeBase, calendar),
    basis: { ...basis, pausedAt: null, paused, rungs: basis.rungs.map((rung) => ({ ...rung, at: later(rung.at) })) },
  }
}

function sinceCounted(instant: Instant, { from }: PromiseBasis): Instant {
  return from !== undefined && instant < from ? from : instant
}

/** The promised thing was done at `occurredAt`: kept when that was in time, even if the breach was already stamped. */
export function fulfilPromise(promise: PromiseState, occurredAt: Instant, calendar: WorkingCalendar): PromiseState {
  return isFirstOrOver(promise) ? first.fulfil(promise, occurredAt) : end(promise, occurredAt, 'kept', calendar)
}

/** Nothing is owed any more. What was broken by then stays broken. */
export function cancelPromise(promise: PromiseState, at: Instant, calendar: WorkingCalendar): PromiseState {
  return isFirstOrOver(promise) ? first.cancel(promise, at) : end(promise, at, 'cancelled', calendar)
}

/** Without a basis a promise is over for good, whatever it was reckoned by: the first reckoning leaves it so. */
function isFirstOrOver({ basis }: PromiseState): boolean {
  return basis === undefined || isOfFirst(basis)
}

/**
 * Ends a promise at the instant at which the thing took place; one that is over, if this took place earlier. It was in time
 * up to the due instant, or up to the decision that broke it: until then another target held.
 */
function end(promise: PromiseState, given: Instant, how: 'kept' | 'cancelled', calendar: WorkingCalendar): PromiseState {
  if (promise.stoppedAt !== null && given >= promise.stoppedAt) return promise
  const stoppedAt = given < promise.startedAt ? promise.startedAt : given
  const { basis, ...ended } = resumePromise(promise, stoppedAt, calendar)
  if (!basis) return promise
  const { spoken: _, ...rest } = basis
  const inTime = stoppedAt <= ended.dueAt || (basis.brokenAt !== undefined && stoppedAt <= basis.brokenAt)
  return {
    ...ended,
    state: inTime ? how : 'broken',
    stoppedAt,
    recordedLate: inTime && (promise.state === 'broken' || promise.recordedLate),
    basis: { ...rest, rungs: [] },
  }
}

/**
 * Whether the next cycle, which began when this one ended, would have come in time if this one had ended at `at`: whoever
 * tells an update late must not hide that the one after it came too late.
 */
export function wouldHaveHeld({ stoppedAt, basis }: PromiseState, at: Instant, calendar: WorkingCalendar): boolean {
  return stoppedAt !== null && basis !== undefined && basis.within !== null && stoppedAt <= dueOf(at, basis, calendar)
}

/** What is left of a promise that the process' priority or facts do not make: its clock runs on. */
export function unpromisedOf(promise: PromiseState): Unpromised | undefined {
  const { clock, startedAt, basis, state } = promise
  if (basis?.length === undefined) return undefined
  const { within, from, length, pausedAt, paused } = basis
  const isStated = within === null && from === undefined
  return {
    clock,
    startedAt,
    dueAt: isStated ? atMost(epochMs(startedAt) + length) : null,
    pausedAt,
    paused,
    ...(state === 'broken' && { broken: promise }),
  }
}

/** The due instant passed, or a new target put it into the past. The promise stays open: the thing is still owed. */
export function breakPromise(promise: PromiseState): PromiseState {
  return promise.state === 'running' || promise.state === 'paused' ? { ...promise, state: 'broken' } : promise
}

/** What a change of facts is reckoned by beside the new terms. */
export interface Rechecked {
  /** Another ladder is said. */
  readonly isOtherLadder: boolean
  /** What it rested since the instant in a field from which it now counts (X11). */
  readonly rested?: Rests | undefined
}

/**
 * Another target: it counts from the original start, less what the promise rested. If that instant has passed by `at`,
 * the promise is broken by the decision. Of the rungs it has thereby passed only the highest speaks, at once. An instant that was stated stays, and so
 * does a breach: of these another ladder alone is laid out.
 */
export function retargetPromise(promise: PromiseState, terms: Terms, at: Instant, { isOtherLadder, rested }: Rechecked): PromiseState {
  const { within, from, timeBase, ladder, calendar } = terms
  if (!isOpen(promise)) return promise
  const reference = promise.basis.pausedAt ?? at
  if (promise.state === 'broken') return isOtherLadder ? withLadderSinceDue(promise, ladder, calendar, reference) : promise
  if (from === undefined && (promise.basis.within === null || within === null))
    return isOtherLadder ? withLadder(promise, ladder, calendar, reference) : promise
  const counted = from === undefined ? {} : { from, paused: rested ?? promise.basis.paused }
  const basis: PromiseBasis = { ...promise.basis, within, timeBase, ...counted, length: lengthBy(terms, promise.startedAt) }
  const dueAt = dueOf(promise.startedAt, basis, calendar)
  const pausedMinutes = basis.paused.elapsed / 60_000
  const moved: Reckoned = { ...promise, basis, dueAt, pausedMinutes, provisional: isProvisional(dueAt, timeBase, calendar) }
  return withLadder(brokenByDecision(moved, reference, at), ladder, calendar, reference)
}

/** The same by the first reckoning (ADR 38). */
export function retargetAtFirst(promise: PromiseState, terms: Terms, at: Instant): PromiseState {
  const { within } = terms
  if (!isOpen(promise) || promise.state === 'broken' || promise.basis.within === null || within === null) return promise
  return first.retarget(promise, { ...terms, within }, at)
}

/** A broken promise that facts had ended is called for again: it is owed as before, and was broken once (X10). */
export function recallPromise(
  broken: PromiseState,
  { ladder, calendar }: Terms,
  at: Instant,
  { pausedAt, paused }: Pick<Unpromised, 'pausedAt' | 'paused'>,
): PromiseState {
  if (!isOpen(broken)) return broken
  const owed: Reckoned = { ...broken, pausedMinutes: paused.elapsed / 60_000, basis: { ...broken.basis, pausedAt, paused } }
  return withLadderSinceDue(owed, ladder, calendar, pausedAt ?? at)
}

/** A broken promise with another ladder: what it rested since it was due has moved its rungs, and nothing else. */
function withLadderSinceDue(broken: Reckoned, ladder: readonly Rung[], calendar: WorkingCalendar, reference: Instant): Reckoned {
  const { startedAt, dueAt, basis } = broken
  const isStated = basis.within === null && basis.from === undefined
  const asPromised = isStated ? atMost(epochMs(startedAt) + (basis.length ?? 0)) : dueOf(startedAt, { ...basis, paused: noRest }, calendar)
  const { elapsed, working } = restBetween(asPromised, dueAt, calendar)
  const restedSinceDue = basis.timeBase === 'elapsed' ? basis.paused.elapsed - elapsed : basis.paused.working - working
  return withLadder(broken, ladder, calendar, reference, { restedSinceDue })
}

function brokenByDecision(promise: Reckoned, reference: Instant, at: Instant): Reckoned {
  return promise.dueAt > reference ? promise : { ...promise, state: 'broken', basis: { ...promise.basis, brokenAt: at } }
}

/** Another version of the calendar moves what is ahead, the rungs of a broken promise too, but nothing into the past. */
export function recountPromise(
  promise: PromiseState,
  ladder: readonly Rung[],
  before: WorkingCalendar,
  calendar: WorkingCalendar,
  at: Instant,
): PromiseState {
  if (!isOpen(promise) || promise.basis.timeBase === 'elapsed' || promise.basis.within === null) return promise
  if (isOfFirst(promise.basis)) return first.recount(promise, ladder, calendar, at)
  const reference = promise.basis.pausedAt ?? at
  const moved =
    promise.state === 'broken' ? laidOutAnew(promise, reference, before, calendar) : counted(promise, reference, ladder, calendar)
  return JSON.stringify(moved) === JSON.stringify(promise) ? promise : moved
}

function counted(promise: Reckoned, reference: Instant, ladder: readonly Rung[], calendar: WorkingCalendar): Reckoned {
  const { startedAt, basis } = promise
  const { within, timeBase, from } = basis
  if (within === null) return promise
  const due = dueOf(startedAt, basis, calendar)
  const dueAt = due > reference ? due : promise.dueAt
  const moved: Reckoned = {
    ...promise,
    dueAt,
    provisional: isProvisional(dueAt, timeBase, calendar),
    basis: { ...basis, length: lengthOf(from ?? startedAt, { within, timeBase }, calendar) },
  }
  // What falls due at this very instant has not passed.
  return withLadder(moved, ladder, calendar, reference, { passed: 'before' })
}

/** A breach keeps its instant; what is ahead of its ladder is as far ahead by the new calendar as it was by the one before. */
function laidOutAnew(promise: Reckoned, reference: Instant, before: WorkingCalendar, calendar: WorkingCalendar): Reckoned {
  const later = (at: Instant) => (at > reference ? shifted(at, reference, reference, 'working', before, calendar) : at)
  return withRungs(
    promise,
    promise.basis.rungs.map((rung) => ({ ...rung, at: later(rung.at) })),
  )
}

/** Milliseconds until the promise is due, in its own time; one that rests has as much left as when it began to. */
export function timeLeft({ dueAt, basis }: PromiseState, at: Instant, calendar: WorkingCalendar): number {
  const from = basis?.pausedAt ?? at
  return basis?.timeBase === 'working' && dueAt !== endOfTime ? workingMs(calendar, from, dueAt) : epochMs(dueAt) - epochMs(from)
}

/** Something is still owed: running, paused, or broken and not yet done. */
export function isOwed(promise: PromiseState | undefined): promise is PromiseState {
  return promise !== undefined && promise.stoppedAt === null
}
