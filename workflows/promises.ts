import { isCovered, TooFarAhead, workingDue, workingDueMs, workingMs, type WorkingCalendar } from '../domain/calendar/working-time.ts'
import { durationMs, epochMs, instantOf, plus, type Instant } from '../domain/instant.ts'
import type { Rung } from '../domain/profile/clocks.ts'
import type { PromiseBasis, PromiseState, RungAhead } from './process.ts'

/**
 * What can happen to a promise: it is made, rests, goes on, is kept, broken or cancelled, moved by another target or
 * another calendar, and its ladder speaks rung by rung. Pure; whatever is worked out here is recorded in an event.
 */

/** By what a promise is made. */
export interface Terms {
  readonly clock: string
  /** ISO 8601 duration; null where `dueAt` says the instant itself. */
  readonly within: string | null
  readonly timeBase: 'elapsed' | 'working'
  readonly ladder: readonly Rung[]
  readonly calendar: WorkingCalendar
}

type Open = PromiseState & { readonly basis: PromiseBasis }

/** Makes the promise of a clock's next cycle. A rung at or before the start is dropped. `resting`: the clock starts paused. */
export function makePromise(
  terms: Terms,
  cycle: number,
  startedAt: Instant,
  { dueAt: stated, resting = false }: { readonly dueAt?: Instant; readonly resting?: boolean } = {},
): PromiseState {
  const { clock, within, timeBase, calendar } = terms
  const basis: PromiseBasis = {
    within,
    timeBase,
    pausedAt: resting ? startedAt : null,
    paused: { elapsed: 0, working: 0 },
    rungs: [],
  }
  const dueAt = stated ?? dueOf(startedAt, basis, calendar)
  const made: Open = {
    clock,
    cycle,
    startedAt,
    dueAt,
    pausedMinutes: 0,
    state: resting ? 'paused' : 'running',
    stoppedAt: null,
    recordedLate: false,
    provisional: isProvisional(dueAt, basis, calendar),
    basis,
  }
  const rungs = terms.ladder.flatMap((rung) => firstAhead(rung, made, calendar))
  return withRungs(made, rungs)
}

/** Nothing falls due while it rests; a broken promise rests too, and its ladder with it. */
export function pausePromise(promise: PromiseState, at: Instant): PromiseState {
  if (!isOpen(promise) || promise.basis.pausedAt !== null) return promise
  return { ...promise, state: promise.state === 'running' ? 'paused' : promise.state, basis: { ...promise.basis, pausedAt: at } }
}

/** Goes on: what was ahead moves by the time it rested, and never closer. */
export function resumePromise(promise: PromiseState, at: Instant, calendar: WorkingCalendar): PromiseState {
  if (!isOpen(promise) || promise.basis.pausedAt === null) return promise
  const { basis } = promise
  const from = promise.basis.pausedAt
  const later = (instant: Instant): Instant => {
    if (instant <= from) return instant
    const moved =
      basis.timeBase === 'elapsed'
        ? instantOf(epochMs(instant) + epochMs(at) - epochMs(from))
        : withinReach(() => workingDueMs(calendar, at, workingMs(calendar, from, instant)))
    return moved > instant ? moved : instant
  }
  const paused = {
    elapsed: basis.paused.elapsed + epochMs(at) - epochMs(from),
    working: basis.paused.working + workingMs(calendar, from, at),
  }
  const dueAt = promise.state === 'broken' ? promise.dueAt : later(promise.dueAt)
  return {
    ...promise,
    dueAt,
    state: promise.state === 'paused' ? 'running' : promise.state,
    pausedMinutes: paused.elapsed / 60_000,
    provisional: isProvisional(dueAt, basis, calendar),
    basis: { ...basis, pausedAt: null, paused, rungs: basis.rungs.map((rung) => ({ ...rung, at: later(rung.at) })) },
  }
}

/** The promised thing was done at `occurredAt`: kept when that was in time, even if the breach was already stamped. */
export function fulfilPromise(promise: PromiseState, occurredAt: Instant): PromiseState {
  if (promise.stoppedAt !== null) return promise
  const inTime = promise.state === 'paused' || occurredAt <= promise.dueAt
  return over(promise, { state: inTime ? 'kept' : 'broken', stoppedAt: occurredAt, recordedLate: inTime && promise.state === 'broken' })
}

/** The due instant passed, or a new target put it into the past. The promise stays open: the thing is still owed. */
export function breakPromise(promise: PromiseState): PromiseState {
  return promise.state === 'running' || promise.state === 'paused' ? { ...promise, state: 'broken' } : promise
}

/** Nothing is owed any more. A broken promise stays broken. */
export function cancelPromise(promise: PromiseState, at: Instant): PromiseState {
  if (promise.stoppedAt !== null) return promise
  const stoppedAt = at < promise.startedAt ? promise.startedAt : at
  return over(promise, { state: promise.state === 'broken' ? 'broken' : 'cancelled', stoppedAt })
}

/** A rung has spoken: it is gone, or waits for its next time. */
export function passRung(promise: PromiseState, id: string, { ladder, calendar }: Pick<Terms, 'ladder' | 'calendar'>): PromiseState {
  if (!isOpen(promise)) return promise
  const rung = ladder.find((one) => one.id === id)
  return withRungs(
    promise,
    promise.basis.rungs.flatMap((ahead) => {
      if (ahead.id !== id) return [ahead]
      const next = rung && nextTime(rung, ahead, promise, calendar)
      return next ? [next] : []
    }),
  )
}

/** When the rung speaks again after `ahead`; undefined when that was its last time. */
export function nextTime(rung: Rung, ahead: RungAhead, promise: PromiseState, calendar: WorkingCalendar): RungAhead | undefined {
  if (!isOpen(promise) || rung.every === undefined || ahead.time >= rung.times) return undefined
  const { every } = rung
  const at = withinReach(() => {
    const ms = lengthOf(every, promise, calendar)
    return promise.basis.timeBase === 'elapsed' ? instantOf(epochMs(ahead.at) + ms) : workingDueMs(calendar, ahead.at, ms)
  })
  return { id: ahead.id, at, time: ahead.time + 1 }
}

/**
 * Another target: it counts from the original start, less what the promise rested. If that instant has passed by `at`,
 * the promise is broken by the decision. Of the rungs it has thereby passed only the highest speaks, at once.
 */
export function retargetPromise(promise: PromiseState, terms: Terms, at: Instant): PromiseState {
  if (!isOpen(promise) || promise.state === 'broken' || promise.basis.within === null || terms.within === null) return promise
  const basis = { ...promise.basis, within: terms.within, timeBase: terms.timeBase }
  const moved: Open = { ...promise, basis, dueAt: dueOf(promise.startedAt, basis, terms.calendar) }
  const reference = basis.pausedAt ?? at
  const rungs = basis.rungs.flatMap((ahead) => {
    const rung = terms.ladder.find(({ id }) => id === ahead.id)
    return rung ? [{ ...ahead, at: rungAt(rung, ahead.time, moved, terms.calendar) }] : []
  })
  const highest = inTime(rungs.filter((rung) => rung.at <= reference)).at(-1)
  const ahead = rungs.filter((rung) => rung.at > reference)
  return withRungs(
    {
      ...moved,
      state: moved.dueAt <= reference ? 'broken' : moved.state,
      provisional: isProvisional(moved.dueAt, basis, terms.calendar),
    },
    highest ? [{ ...highest, at: reference }, ...ahead] : ahead,
  )
}

/** Another version of the calendar moves what is ahead, but nothing into the past. */
export function recountPromise(promise: PromiseState, ladder: readonly Rung[], calendar: WorkingCalendar, at: Instant): PromiseState {
  if (!isOpen(promise) || promise.state === 'broken' || promise.basis.timeBase === 'elapsed' || promise.basis.within === null)
    return promise
  const counted = dueOf(promise.startedAt, promise.basis, calendar)
  const dueAt = counted > at ? counted : promise.dueAt
  const provisional = isProvisional(dueAt, promise.basis, calendar)
  if (dueAt === promise.dueAt && provisional === promise.provisional) return promise
  const moved: Open = { ...promise, dueAt, provisional }
  const rungs = promise.basis.rungs.map((ahead) => {
    const rung = ladder.find(({ id }) => id === ahead.id)
    const instant = rung ? rungAt(rung, ahead.time, moved, calendar) : ahead.at
    return { ...ahead, at: instant > at ? instant : at }
  })
  return withRungs(moved, rungs)
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

/** The newest cycle of a clock. */
export function latest(promises: readonly PromiseState[], clock: string): PromiseState | undefined {
  return promises.findLast((promise) => promise.clock === clock)
}

/** The promises with those of an event: of each clock its newest cycle. */
export function withPromises(before: readonly PromiseState[], changed: readonly PromiseState[]): readonly PromiseState[] {
  if (changed.length === 0) return before
  const newest = new Map(before.map((promise) => [promise.clock, promise]))
  for (const promise of changed) if (promise.cycle >= (newest.get(promise.clock)?.cycle ?? 0)) newest.set(promise.clock, promise)
  return [...newest.values()]
}

function isOpen(promise: PromiseState): promise is Open {
  return promise.stoppedAt === null && promise.basis !== undefined
}

function over(
  { basis: _, ...promise }: PromiseState,
  end: Pick<PromiseState, 'state' | 'stoppedAt'> & Partial<PromiseState>,
): PromiseState {
  return { ...promise, ...end }
}

function withRungs(promise: Open, rungs: readonly RungAhead[]): PromiseState {
  return { ...promise, basis: { ...promise.basis, rungs: inTime(rungs) } }
}

/** Soonest first; what falls together keeps the order of the ladder. */
function inTime(rungs: readonly RungAhead[]): RungAhead[] {
  return rungs.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

function isProvisional(dueAt: Instant, { timeBase }: PromiseBasis, calendar: WorkingCalendar): boolean {
  return timeBase === 'working' && !isCovered(calendar, dueAt)
}

/** When a promise is due that counts from `startedAt` and has rested. */
function dueOf(startedAt: Instant, { within, timeBase, paused }: PromiseBasis, calendar: WorkingCalendar): Instant {
  if (within === null) return startedAt
  if (timeBase === 'elapsed') return instantOf(epochMs(plus(startedAt, within)) + paused.elapsed)
  return withinReach(() => {
    const due = workingDue(calendar, startedAt, within)
    return paused.working === 0 ? due : workingDueMs(calendar, startedAt, workingMs(calendar, startedAt, due) + paused.working)
  })
}

/**
 * An error inside a workflow would stop its ticket for ever. A promise that the calendar never reaches, such as a thousand
 * hours of one working minute a week, is due at the end of time.
 */
function withinReach(reckon: () => Instant): Instant {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof TooFarAhead) return endOfTime
    throw error
  }
}

/** When a promise is due that its calendar never reaches. */
export const endOfTime: Instant = '9999-12-31T00:00:00.000Z'

/** Milliseconds, in the promise's own time, of a duration or a share of its target. */
function lengthOf(text: string, promise: Open, calendar: WorkingCalendar): number {
  const share = /^([+-]?\d+)%$/.exec(text)
  if (!share) return (text.startsWith('-') ? -1 : 1) * durationMs(text.replace(/^[+-]/, ''))
  return Math.round((targetMs(promise, calendar) * Number(share[1])) / 100)
}

/** Length of the target in the promise's own time. */
function targetMs(promise: Open, calendar: WorkingCalendar): number {
  const { startedAt, dueAt, basis } = promise
  const { within, timeBase } = basis
  if (within === null) return epochMs(dueAt) - epochMs(startedAt)
  if (timeBase === 'elapsed') return durationMs(within)
  const before = targets.get(promise)
  if (before?.calendar === calendar) return before.ms
  const ms = workingMs(calendar, startedAt, workingDue(calendar, startedAt, within))
  targets.set(promise, { calendar, ms })
  return ms
}

/** Promises are values, and each rung of a ladder asks for its share of the same target. Only saves time. */
const targets = new WeakMap<Open, { readonly calendar: WorkingCalendar; readonly ms: number }>()

/** When a rung speaks for the given time. */
function rungAt(rung: Rung, time: number, promise: Open, calendar: WorkingCalendar): Instant {
  const { startedAt, dueAt, basis } = promise
  return withinReach(() => {
    const repeated = rung.every === undefined ? 0 : (time - 1) * lengthOf(rung.every, promise, calendar)
    const offset = lengthOf(rung.at, promise, calendar) + repeated
    if (basis.timeBase === 'elapsed') return instantOf(epochMs(dueAt) + offset)
    if (offset >= 0) return offset === 0 ? dueAt : workingDueMs(calendar, dueAt, offset)
    return workingDueMs(calendar, startedAt, Math.max(0, workingMs(calendar, startedAt, dueAt) + offset))
  })
}

/** The first time a rung speaks after the start; nothing where it would only have spoken before. */
function firstAhead(rung: Rung, promise: Open, calendar: WorkingCalendar): RungAhead[] {
  for (let time = 1; time <= rung.times; time += 1) {
    const at = rungAt(rung, time, promise, calendar)
    if (at > promise.startedAt) return [{ id: rung.id, at, time }]
  }
  return []
}
