import type { Instant } from '../../domain/instant.ts'
import type { PromiseState } from '../process.ts'

/** What can happen to a promise. Pure; a promise that does not change stays the same object. */

/**
 * Starts the next cycle of a clock. A cycle still running is cancelled by the new one: never two at once of a kind. The
 * cycle before stays beside the new one, so that the event shows what became of it.
 */
export function startPromise(promises: readonly PromiseState[], clock: string, startedAt: Instant, dueAt: Instant): PromiseState[] {
  const before = latest(promises, clock)
  return [
    ...promises.filter((promise) => promise.clock !== clock),
    ...(before ? [cancelled(before, startedAt)] : []),
    { clock, cycle: (before?.cycle ?? 0) + 1, startedAt, dueAt, pausedMinutes: 0, state: 'running', stoppedAt: null, recordedLate: false },
  ]
}

/** The promised thing was done at `occurredAt`: kept when that was in time, even if the breach was already stamped. */
export function stopPromise(promises: readonly PromiseState[], clock: string, occurredAt: Instant): PromiseState[] {
  return change(promises, clock, (promise) => {
    if (promise.stoppedAt !== null) return promise
    const inTime = occurredAt <= promise.dueAt
    return { ...promise, state: inTime ? 'kept' : 'broken', stoppedAt: occurredAt, recordedLate: inTime && promise.state === 'broken' }
  })
}

/** The due instant passed. The promise stays open: the thing is still owed. */
export function breakPromise(promises: readonly PromiseState[], clock: string): PromiseState[] {
  return change(promises, clock, (promise) => (promise.state === 'running' ? { ...promise, state: 'broken' } : promise))
}

/** Nothing is owed any more. A broken promise stays broken. */
export function cancelPromise(promises: readonly PromiseState[], clock: string, at: Instant): PromiseState[] {
  return change(promises, clock, (promise) => cancelled(promise, at))
}

export function cancelAllPromises(promises: readonly PromiseState[], at: Instant): PromiseState[] {
  return promises.map((promise) => cancelled(promise, at))
}

/** Something is still owed: running, paused, or broken and not yet done. */
export function isOwed(promise: PromiseState | undefined): boolean {
  return promise !== undefined && promise.stoppedAt === null
}

export function latest(promises: readonly PromiseState[], clock: string): PromiseState | undefined {
  return promises.findLast((promise) => promise.clock === clock)
}

function cancelled(promise: PromiseState, at: Instant): PromiseState {
  if (promise.stoppedAt !== null) return promise
  return { ...promise, state: promise.state === 'broken' ? 'broken' : 'cancelled', stoppedAt: at }
}

function change(promises: readonly PromiseState[], clock: string, to: (promise: PromiseState) => PromiseState): PromiseState[] {
  const current = latest(promises, clock)
  return promises.map((promise) => (promise === current ? to(promise) : promise))
}
