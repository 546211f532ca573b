import { isCovered, workingDueMs, workingMs, type WorkingCalendar } from '../../domain/calendar/working-time.ts'
import { epochMs, instantOf, type Instant } from '../../domain/instant.ts'
import type { Rung } from '../../domain/profile/clocks.ts'
import { inTime, rungAt, withRungs } from './ladder.ts'
import type { PromiseState, RungAhead } from '../promise.ts'
import { dueOf, withinReach, type Reckoned, type Terms } from './reckoning.ts'

/**
 * What became of promises by the first reckoning, by which tickets go on that began under it (ADR 38). Not to be changed: their
 * histories are replayed with it. A promise is of the first reckoning where its basis knows no `length`.
 */

/** A rung at or before the start is dropped for good. */
export function withFirstLadder(made: Reckoned, { ladder, calendar }: Terms): Reckoned {
  return withRungs(
    made,
    ladder.flatMap((rung) => firstAhead(rung, made, calendar)),
  )
}

export function resume(promise: Reckoned, from: Instant, at: Instant, calendar: WorkingCalendar): PromiseState {
  const { basis } = promise
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
    provisional: isProvisional(dueAt, basis.timeBase, calendar),
    basis: { ...basis, pausedAt: null, paused, rungs: basis.rungs.map((rung) => ({ ...rung, at: later(rung.at) })) },
  }
}

export function fulfil(promise: PromiseState, occurredAt: Instant): PromiseState {
  if (promise.stoppedAt !== null) return promise
  const inTime = promise.state === 'paused' || occurredAt <= promise.dueAt
  return over(promise, { state: inTime ? 'kept' : 'broken', stoppedAt: occurredAt, recordedLate: inTime && promise.state === 'broken' })
}

export function cancel(promise: PromiseState, at: Instant): PromiseState {
  if (promise.stoppedAt !== null) return promise
  const stoppedAt = at < promise.startedAt ? promise.startedAt : at
  return over(promise, { state: promise.state === 'broken' ? 'broken' : 'cancelled', stoppedAt })
}

/** Only the rungs that are still ahead go along with the target. */
export function retarget(promise: Reckoned, terms: Terms & { readonly within: string }, at: Instant): PromiseState {
  const basis = { ...promise.basis, within: terms.within, timeBase: terms.timeBase }
  const moved: Reckoned = { ...promise, basis, dueAt: dueOf(promise.startedAt, basis, terms.calendar) }
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
      provisional: isProvisional(moved.dueAt, basis.timeBase, terms.calendar),
    },
    highest ? [{ ...highest, at: reference }, ...ahead] : ahead,
  )
}

export function recount(promise: Reckoned, ladder: readonly Rung[], calendar: WorkingCalendar, at: Instant): PromiseState {
  if (promise.state === 'broken') return promise
  const counted = dueOf(promise.startedAt, promise.basis, calendar)
  const dueAt = counted > at ? counted : promise.dueAt
  const provisional = isProvisional(dueAt, promise.basis.timeBase, calendar)
  if (dueAt === promise.dueAt && provisional === promise.provisional) return promise
  const moved: Reckoned = { ...promise, dueAt, provisional }
  const rungs = promise.basis.rungs.map((ahead) => {
    const rung = ladder.find(({ id }) => id === ahead.id)
    const instant = rung ? rungAt(rung, ahead.time, moved, calendar) : ahead.at
    return { ...ahead, at: instant > at ? instant : at }
  })
  return withRungs(moved, rungs)
}

/** The midnight that ends the last known day counted as a day that nobody knows. */
export function isProvisional(dueAt: Instant, timeBase: Terms['timeBase'], calendar: WorkingCalendar): boolean {
  return timeBase === 'working' && !isCovered(calendar, instantOf(epochMs(dueAt) + 1))
}

function over(
  { basis: _, ...promise }: PromiseState,
  end: Pick<PromiseState, 'state' | 'stoppedAt'> & Partial<PromiseState>,
): PromiseState {
  return { ...promise, ...end }
}

/** The first time a rung speaks after the start; nothing where it would only have spoken before. */
function firstAhead(rung: Rung, promise: Reckoned, calendar: WorkingCalendar): RungAhead[] {
  for (let time = 1; time <= rung.times; time += 1) {
    const at = rungAt(rung, time, promise, calendar)
    if (at > promise.startedAt) return [{ id: rung.id, at, time }]
  }
  return []
}
