import {
  isCovered,
  TooFarAhead,
  workingDue,
  workingDueMs,
  workingLength,
  workingMs,
  type WorkingCalendar,
} from '../../domain/calendar/working-time.ts'
import { durationMs, epochMs, instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { Rung } from '../../domain/profile/clocks.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { PromiseBasis, PromiseState, Rests } from '../promise.ts'

/** How a promise's time is counted, elapsed or working, with what it rested. */

/** A promise of which something is still to be worked out. */
export type Reckoned = PromiseState & { readonly basis: PromiseBasis }

/** By what a promise is made. */
export interface Terms {
  readonly clock: string
  /** ISO 8601 duration; null where an instant is promised. */
  readonly within: string | null
  /** The instant in a field that the target counts from (X11); absent: from the start. */
  readonly from?: Instant
  readonly timeBase: 'elapsed' | 'working'
  readonly ladder: readonly Rung[]
  readonly calendar: WorkingCalendar
  /** As the policy says. */
  readonly reckoning: Policy['reckoning']
}

/** When a promise is due that counts from `startedAt`, or from the instant in a field, and has rested. It is never due before it began. */
export function dueOf(
  startedAt: Instant,
  { from, ...counted }: Pick<PromiseBasis, 'within' | 'timeBase' | 'paused' | 'from'>,
  calendar: WorkingCalendar,
): Instant {
  if (from === undefined) return countedFrom(startedAt, counted, calendar)
  const due = countedFrom(from, counted, calendar)
  return due < startedAt ? startedAt : due
}

/** When a promise by these terms is due that has not rested. */
export function dueUnder({ calendar, ...terms }: Terms, startedAt: Instant): Instant {
  return dueOf(startedAt, { ...terms, paused: noRest }, calendar)
}

function countedFrom(
  start: Instant,
  { within, timeBase, paused }: Pick<PromiseBasis, 'within' | 'timeBase' | 'paused'>,
  calendar: WorkingCalendar,
): Instant {
  if (within === null) return paused.elapsed === 0 ? start : atMost(epochMs(start) + paused.elapsed)
  if (timeBase === 'elapsed') return instantOf(epochMs(plus(start, within)) + paused.elapsed)
  return withinReach(() => {
    const due = workingDue(calendar, start, within)
    return paused.working === 0 ? due : workingDueMs(calendar, start, workingMs(calendar, start, due) + paused.working)
  })
}

/** Length of a target in its own time, of which the rungs' shares are: of `P5D` the working time of the five days that count. */
export function lengthOf(startedAt: Instant, { within, timeBase }: Target, calendar: WorkingCalendar): number {
  if (timeBase === 'elapsed') return durationMs(within)
  try {
    return workingLength(calendar, startedAt, within)
  } catch (error) {
    if (error instanceof TooFarAhead) return epochMs(endOfTime) - epochMs(startedAt)
    throw error
  }
}

/** Whether a promise that is still reckoned with goes by the first reckoning (ADR 38): it does not know the length of its target. */
export function isOfFirst({ length }: PromiseBasis): boolean {
  return length === undefined
}

/** Length of a promise's target; by the first reckoning (ADR 38) with what was left of the first day, or what it had rested. */
export function lengthIn(promise: Reckoned, calendar: WorkingCalendar): number {
  const { startedAt, dueAt, basis } = promise
  const { within, timeBase, length } = basis
  if (length !== undefined) return length
  if (within === null) return epochMs(dueAt) - epochMs(startedAt)
  if (timeBase === 'elapsed') return durationMs(within)
  const before = firstLengths.get(promise)
  if (before?.calendar === calendar) return before.ms
  const ms = workingMs(calendar, startedAt, workingDue(calendar, startedAt, within))
  firstLengths.set(promise, { calendar, ms })
  return ms
}

/** Promises are values, and each rung of a ladder asks for its share of the same target. Only saves time. */
const firstLengths = new WeakMap<Reckoned, { readonly calendar: WorkingCalendar; readonly ms: number }>()

interface Target {
  readonly within: string
  readonly timeBase: PromiseBasis['timeBase']
}

/** Where `instant`, which was ahead at `from`, lies when time counts on at `to`. `counted` by one calendar, laid out by another. */
export function shifted(
  instant: Instant,
  from: Instant,
  to: Instant,
  timeBase: PromiseBasis['timeBase'],
  counted: WorkingCalendar,
  laidOut: WorkingCalendar = counted,
): Instant {
  if (timeBase === 'elapsed') return atMost(epochMs(instant) + epochMs(to) - epochMs(from))
  return withinReach(() => workingDueMs(laidOut, to, workingMs(counted, from, instant)))
}

/** What lies between two instants, counted both ways. */
export function restBetween(from: Instant, to: Instant, calendar: WorkingCalendar): Rests {
  return from >= to ? noRest : { elapsed: epochMs(to) - epochMs(from), working: workingMs(calendar, from, to) }
}

export function sumOfRests(one: Rests, other: Rests): Rests {
  return { elapsed: one.elapsed + other.elapsed, working: one.working + other.working }
}

export const noRest: Rests = { elapsed: 0, working: 0 }

/** Due beyond the last day whose holidays are known. */
export function isProvisional(dueAt: Instant, timeBase: PromiseBasis['timeBase'], calendar: WorkingCalendar): boolean {
  return timeBase === 'working' && !isCovered(calendar, dueAt)
}

/** An instant that can be written, and compared as text. */
export function atMost(ms: number): Instant {
  return ms < epochMs(endOfTime) ? instantOf(ms) : endOfTime
}

/**
 * An error inside a workflow would stop its process for ever. A promise that the calendar never reaches, such as a thousand
 * hours of one working minute a week, is due at the end of time.
 */
export function withinReach(reckon: () => Instant): Instant {
  try {
    return reckon()
  } catch (error) {
    if (error instanceof TooFarAhead) return endOfTime
    throw error
  }
}

/** When a promise is due that its calendar never reaches. */
export const endOfTime: Instant = '9999-12-31T00:00:00.000Z'
