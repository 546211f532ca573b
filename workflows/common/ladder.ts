import { workingDueMs, workingMs, type WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { durationMs, epochMs, instantOf, type Instant } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import type { Rung } from '../../domain/profile/clocks.ts'
import type { PromiseState, RungAhead } from '../promise.ts'
import { atMost, endOfTime, isOfFirst, lengthIn, withinReach, type Reckoned } from './reckoning.ts'

/** Where the rungs of a promise's ladder are, and what is left of it when one has spoken (X4). */

/** How a ladder is laid out. */
interface Laying {
  /** Whether what falls on the reference itself has passed; default: it has. */
  readonly passed?: 'at' | 'before'
  /** Of a promise that is broken already: what it rested since it was due, in milliseconds of its own time. Nobody is warned of it any more. */
  readonly restedSinceDue?: number
}

/**
 * The promise with its ladder as it is to speak from `reference` on: each rung for the first time that lies ahead and that
 * it has not spoken for yet, whether or not an earlier target left room for it. Of what has passed by then only the highest
 * speaks, at once, unless it has spoken before. A rung at or before the start is dropped.
 */
export function withLadder(
  promise: Reckoned,
  ladder: readonly Rung[],
  calendar: WorkingCalendar,
  reference: Instant,
  { passed = 'at', restedSinceDue }: Laying = {},
): Reckoned {
  const place = (at: Instant) => (restedSinceDue === undefined ? at : laterBy(restedSinceDue, at, promise, calendar))
  const behind: RungAhead[] = []
  const ahead: RungAhead[] = []
  for (const rung of ladder) {
    for (let time = 1; time <= rung.times; time += 1) {
      const laid = rungAt(rung, time, promise, calendar)
      if (restedSinceDue !== undefined && laid < promise.dueAt) continue
      const level = { id: rung.id, at: place(laid), time }
      if (!isAfterStart(level.at, promise, calendar)) continue
      if (level.at < reference || (passed === 'at' && level.at === reference)) behind.push(level)
      else if (!hasSpoken(promise, level)) {
        ahead.push(level)
        break
      }
    }
  }
  const highest = inTime(behind).at(-1)
  return withRungs(promise, highest && !hasSpoken(promise, highest) ? [{ ...highest, at: reference }, ...ahead] : ahead)
}

/** A rung has spoken: it is gone, or waits for its next time. */
export function passRung(
  promise: PromiseState,
  id: string,
  { ladder, calendar }: { readonly ladder: readonly Rung[]; readonly calendar: WorkingCalendar },
): PromiseState {
  if (!isOpen(promise)) return promise
  const rung = ladder.find((one) => one.id === id)
  const { rungs, spoken } = promise.basis
  const spoke = rungs.find((ahead) => ahead.id === id)
  if (!spoke) return promise
  const next = rung && nextTime(rung, spoke, promise, calendar)
  const others = rungs.filter((ahead) => ahead.id !== id)
  const basis = isOfFirst(promise.basis) ? promise.basis : { ...promise.basis, spoken: { ...spoken, [id]: spoke.time } }
  return withRungs(
    { ...promise, basis },
    rungs.flatMap((ahead) => (others.includes(ahead) ? [ahead] : ahead === spoke && next ? [next] : [])),
  )
}

/** When the rung speaks again after `ahead`; undefined when that was its last time. */
export function nextTime(rung: Rung, ahead: RungAhead, promise: PromiseState, calendar: WorkingCalendar): RungAhead | undefined {
  if (!isOpen(promise) || rung.every === undefined || ahead.time >= rung.times) return undefined
  // What spoke at once because it had passed goes on where it would have been.
  const known = promise.basis.rungs.find(({ id, time }) => id === ahead.id && time > ahead.time)
  if (known) return known
  const { every } = rung
  const at = withinReach(() => {
    const ms = offsetOf(every, promise, calendar)
    return promise.basis.timeBase === 'elapsed' ? written(promise, epochMs(ahead.at) + ms) : workingDueMs(calendar, ahead.at, ms)
  })
  return { id: ahead.id, at, time: ahead.time + 1 }
}

/** When a rung speaks for the given time. */
export function rungAt(rung: Rung, time: number, promise: Reckoned, calendar: WorkingCalendar): Instant {
  const { startedAt, dueAt, basis } = promise
  return withinReach(() => {
    const repeated = rung.every === undefined ? 0 : (time - 1) * offsetOf(rung.every, promise, calendar)
    const offset = offsetOf(rung.at, promise, calendar) + repeated
    if (basis.timeBase === 'elapsed') return written(promise, epochMs(dueAt) + offset)
    if (offset >= 0) return offset === 0 ? dueAt : workingDueMs(calendar, dueAt, offset)
    return workingDueMs(calendar, startedAt, Math.max(0, workingMs(calendar, startedAt, dueAt) + offset))
  })
}

/** An instant after the due one, by so much rest. */
function laterBy(ms: number, at: Instant, { basis }: Reckoned, calendar: WorkingCalendar): Instant {
  if (ms <= 0 || at === endOfTime) return at
  return basis.timeBase === 'elapsed' ? atMost(epochMs(at) + ms) : withinReach(() => workingDueMs(calendar, at, ms))
}

/** What has rested since moved the rung; where it was before counts. Of a promise that is due when it begins, what speaks from then on is left. */
function isAfterStart(at: Instant, { startedAt, dueAt, basis: { timeBase, paused, from } }: Reckoned, calendar: WorkingCalendar): boolean {
  if (from !== undefined) return at > startedAt || at >= dueAt
  if (paused.elapsed === 0 || at <= startedAt) return at > startedAt
  return timeBase === 'elapsed'
    ? epochMs(at) - epochMs(startedAt) > paused.elapsed
    : at === endOfTime || workingMs(calendar, startedAt, at) > paused.working
}

export function isOpen(promise: PromiseState): promise is Reckoned {
  return promise.stoppedAt === null && promise.basis !== undefined
}

export function withRungs(promise: Reckoned, rungs: readonly RungAhead[]): Reckoned {
  return { ...promise, basis: { ...promise.basis, rungs: inTime(rungs) } }
}

/** Soonest first; what falls together keeps the order of the ladder. */
export function inTime(rungs: readonly RungAhead[]): RungAhead[] {
  return rungs.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** The first reckoning (ADR 38) wrote years of five digits, too. */
function written({ basis }: Reckoned, ms: number): Instant {
  return isOfFirst(basis) ? instantOf(ms) : atMost(ms)
}

function hasSpoken({ basis: { spoken } }: Reckoned, { id, time }: RungAhead): boolean {
  return time <= ((spoken && own(spoken, id)) ?? 0)
}

/** Milliseconds, in the promise's own time, of a duration or a share of its target. */
function offsetOf(text: string, promise: Reckoned, calendar: WorkingCalendar): number {
  const share = /^([+-]?\d+)%$/.exec(text)
  if (!share) return (text.startsWith('-') ? -1 : 1) * durationMs(text.replace(/^[+-]/, ''))
  return Math.round((lengthIn(promise, calendar) * Number(share[1])) / 100)
}
