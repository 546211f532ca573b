import type { Instant } from '../../domain/instant.ts'
import type { AnyNoticeKind } from '../../domain/notices/custom.ts'
import { isWarning, type Rung } from '../../domain/profile/clocks.ts'
import type { PolicyClock } from '../../domain/profile/policy.ts'
import type { Deadline, Draft, Notice } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import type { ClockEvent } from './clock-events.ts'
import { nextTime } from './ladder.ts'
import { placedAt, type Staffed } from './places.ts'
import { isOwed } from './promises.ts'
import { isOfFirst } from './reckoning.ts'
import { clockOf, workingCalendarOf, type ClockPolicy } from './terms.ts'

/** What the clocks of a profile bring if nobody acts: due instants and the rungs of their ladders (X4, X5). */

/**
 * Due instants and rungs of what is owed. `ending` tells by which commands a clock would stop, as things are; `staffedFor` whom the ladder of a
 * clock speaks to, where that is not who has the process.
 */
export function clockDeadlines<S extends Staffed>(
  state: S,
  policy: Pick<ClockPolicy, 'clocks'>,
  ending: (clock: PolicyClock) => readonly string[],
  staffedFor: (state: S, clock: string) => Staffed = () => state,
): Deadline[] {
  return state.promises.filter(isOwed).flatMap((promise) => {
    const clock = clockOf(policy, promise.clock)
    return clock ? deadlinesOf(promise, clock, staffedFor(state, clock.id), ending(clock)) : []
  })
}

function deadlinesOf(promise: PromiseState, clock: PolicyClock, state: Staffed, cancelledBy: readonly string[]): Deadline[] {
  const { dueAt, basis } = promise
  const deadlines: Deadline[] = []
  const ahead = (level: string, at: Instant, to: Deadline['to']) =>
    void deadlines.push({ clock: clock.id, cycle: promise.cycle, cancelledBy, level, dueAt: at, to })
  if (promise.state === 'running' || (promise.state === 'paused' && isBeforeRest(dueAt, promise)))
    ahead(clock.whenDue === 'break' ? 'due' : 'end', dueAt, [])
  for (const { id, at, time } of basis?.rungs ?? []) {
    if (basis?.pausedAt !== null && !isBeforeRest(at, promise)) continue
    const rung = clock.ladder.find((one) => one.id === id)
    if (rung) ahead(levelName(rung, time), at, recipientsOf(rung, state))
  }
  return deadlines
}

/** What is told late may start a clock in the past, so that it fell due before the rest that began since. */
function isBeforeRest(instant: Instant, { basis }: PromiseState): boolean {
  return basis !== undefined && !isOfFirst(basis) && basis.pausedAt !== null && instant < basis.pausedAt
}

/** What happens when a deadline of a clock passes; where that closes the process, `closes` says by which events. */
export function clockExpires<E extends Draft>(
  state: Staffed,
  { clock: id, cycle, level, dueAt }: Deadline,
  policy: ClockPolicy,
  closes: () => readonly E[] = () => [],
): readonly (ClockEvent | E)[] {
  const clock = clockOf(policy, id)
  const promise = state.promises.find((one) => one.clock === id && one.cycle === cycle)
  if (!clock || !promise) return []
  if (level !== 'due' && level !== 'end') return reached(state, clock, promise, level, policy)
  switch (clock.whenDue) {
    case 'break':
      return [{ type: 'promise-broken', clock: id, cycle, dueAt, cause: 'time' }]
    case 'lapse':
      return [{ type: 'promise-lapsed', clock: id, cycle, dueAt }]
    case 'close':
      return closes()
  }
}

/** A rung of the ladder speaks. */
function reached(state: Staffed, clock: PolicyClock, promise: PromiseState, level: string, policy: ClockPolicy): ClockEvent[] {
  for (const ahead of promise.basis?.rungs ?? []) {
    const rung = clock.ladder.find(({ id }) => id === ahead.id)
    if (!rung || levelName(rung, ahead.time) !== level) continue
    return [
      {
        type: 'level-reached',
        clock: clock.id,
        cycle: promise.cycle,
        level,
        rung: rung.id,
        dueAt: promise.dueAt,
        warning: isWarning(rung),
        notice: noticeOf(rung),
        to: recipientsOf(rung, state),
        again: nextTime(rung, ahead, promise, workingCalendarOf(policy))?.at ?? null,
      },
    ]
  }
  return []
}

/** What a level is called: a rung that speaks several times is counted, so that each level is reached once a cycle. */
function levelName(rung: Rung, time: number): string {
  return rung.times === 1 ? rung.id : `${rung.id}-${time}`
}

/** What a rung says. */
export function noticeOf(rung: Rung): AnyNoticeKind {
  return rung.notice ?? (isWarning(rung) ? 'deadline-warning' : 'deadline-missed')
}

/** The rung whose level that is; undefined for what is no level of the clock's ladder. */
export function rungOf({ ladder }: Pick<PolicyClock, 'ladder'>, level: string): Rung | undefined {
  return ladder.find((rung) => Array.from({ length: rung.times }, (_, time) => levelName(rung, time + 1)).includes(level))
}

/** Whom a rung speaks to as things are now. */
function recipientsOf(rung: Rung, staffed: Staffed): Notice['recipient'][] {
  return placedAt(rung.to, staffed).map(({ recipient }) => recipient)
}
