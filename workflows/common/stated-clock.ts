import type { Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { PolicyClock } from '../../domain/profile/policy.ts'
import type { ClockName, Draft, ProcessState, Recorded } from '../process.ts'
import type { PromiseState } from '../promise.ts'
import { isClockEvent, type ClockEvent } from './clock-events.ts'
import { latest } from './cycles.ts'
import { passRung } from './ladder.ts'
import { breakPromise, cancelPromise, fulfilPromise, isOwed, makePromise } from './promises.ts'
import { clockOf, workingCalendarOf, type ClockPolicy } from './terms.ts'

/**
 * A clock that promises an instant which somebody states: until when a device is lent, when an engineer comes. It is no profile's, so its
 * type says here what it is called, what starts and ends it, and who hears of it; the policy of a process carries that from its start on.
 * The instant is that instant, whatever the calendar says: no such promise rests, and none is moved but by stating another.
 */
export interface StatedClock<E extends Draft> extends ClockName {
  /**
   * The instant that an event promises; undefined: it promises none. What is still owed is cancelled by it, and the next cycle is due then:
   * so the first one begins, and so it is moved.
   */
  dueBy(event: Recorded<E>): Instant | undefined
  /** Events by which what was promised is done: kept in time, else broken. */
  readonly stops: Events<E>
  /** Events after which nothing is owed any more; absent: none. */
  readonly cancels?: Events<E>
  /** What the instant brings if nobody acts: `break`, or `lapse` where the customer owes it and nobody is at fault. Absent: `break`. */
  readonly whenDue?: 'break' | 'lapse'
  /** Who hears of it, and when. */
  readonly ladder: PolicyClock['ladder']
  /** Commands by which it would stop, as far as the stage allows them. */
  readonly endedBy: readonly string[]
}

/** By their types; or, where one of a type says for which of several clocks it is, as the clock reads them. */
type Events<E extends Draft> = readonly E['type'][] | ((event: Recorded<E>) => boolean)

function isAmong<E extends Draft>(events: Events<E>, event: Recorded<E>): boolean {
  return typeof events === 'function' ? events(event) : events.includes(event.type)
}

/** What these clocks do on an event: the promises that it starts, moves or ends, as they stand after it. */
export function statedPromises<E extends Draft>(
  clocks: readonly StatedClock<E>[],
  before: Pick<ProcessState, 'promises'>,
  event: Recorded<E>,
  policy: ClockPolicy,
): PromiseState[] {
  return clocks.flatMap((stated) => {
    const clock = clockOf(policy, stated.id)
    return clock ? promisesOf(stated, clock, latest(before.promises, stated.id), event, policy) : []
  })
}

function promisesOf<E extends Draft>(
  stated: StatedClock<E>,
  { id, ladder }: PolicyClock,
  newest: PromiseState | undefined,
  event: Recorded<E>,
  policy: ClockPolicy,
): PromiseState[] {
  const calendar = workingCalendarOf(policy)
  const { occurredAt } = event
  if (isClockEvent(event)) return isOwed(newest) && event.clock === id ? [inTime(newest, event, occurredAt, { ladder, calendar })] : []
  const dueAt = stated.dueBy(event)
  const changed: PromiseState[] = []
  if (isOwed(newest)) {
    if (isAmong(stated.stops, event)) changed.push(fulfilPromise(newest, occurredAt, calendar))
    else if (dueAt !== undefined || isAmong(stated.cancels ?? [], event)) changed.push(cancelPromise(newest, occurredAt, calendar))
  }
  if (dueAt !== undefined) {
    const terms = { clock: id, within: null, timeBase: 'elapsed', ladder, calendar, reckoning: 2 } as const
    changed.push(makePromise(terms, (newest?.cycle ?? 0) + 1, occurredAt, { dueAt }))
  }
  return changed
}

/** What time does to it. */
function inTime(promise: PromiseState, event: ClockEvent, occurredAt: Instant, ladder: Parameters<typeof passRung>[2]): PromiseState {
  switch (event.type) {
    case 'promise-broken':
      return breakPromise(promise)
    case 'promise-lapsed':
      return cancelPromise(promise, occurredAt, ladder.calendar)
    case 'level-reached':
      return passRung(promise, event.rung, ladder)
  }
}

/** The clocks as a policy carries them: those of a profile can do more, which is left empty here. */
export function policyClocks(
  clocks: readonly Pick<StatedClock<Draft>, 'id' | 'label' | 'whenDue' | 'ladder'>[],
  language: Locale,
): PolicyClock[] {
  return clocks.map(({ id, label, whenDue = 'break', ladder }) => ({
    id,
    label: label[language],
    whenDue,
    ladder,
    starts: [],
    stops: [],
    cancels: [],
    pauses: [],
    within: null,
    timeBase: null,
    priorities: null,
  }))
}

/** By which of its commands a clock can be ended where a process stands. */
export function endersOf(
  clocks: readonly Pick<StatedClock<never>, 'id' | 'endedBy'>[],
  commands: readonly { readonly name: string; readonly stages: readonly string[] }[],
): (clock: string, stage: string) => string[] {
  return (clock, stage) => {
    const names = clocks.find(({ id }) => id === clock)?.endedBy ?? []
    return names.filter((name) => commands.some((command) => command.name === name && command.stages.includes(stage)))
  }
}
