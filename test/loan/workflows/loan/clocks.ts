import { said } from '../../../../domain/labels.ts'
import type { PolicyClock } from '../../../../domain/profile/policy.ts'
import { passRung } from '../../../../workflows/common/ladder.ts'
import { breakPromise, cancelPromise, fulfilPromise, isOwed, makePromise } from '../../../../workflows/common/promises.ts'
import { latest } from '../../../../workflows/common/cycles.ts'
import { clockOf } from '../../../../workflows/common/terms.ts'
import type { PromiseState } from '../../../../workflows/promise.ts'
import type { RecordedLoanEvent } from './events.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** The promise of a loan: that the device is back in time. */
export const returnClock = 'return'

/** What the clocks are called: they stand in no profile. */
export const loanClocks = [{ id: returnClock, label: said('归还', '歸還', 'Return') }] as const

/** What the clock does on an event. */
export function promisesAfter(before: LoanState, event: RecordedLoanEvent, policy: LoanPolicy): readonly PromiseState[] {
  const clock = clockOf(policy, returnClock)
  const promise = latest(before.promises, returnClock)
  if (!clock) return []
  const { calendar } = policy.calendar
  switch (event.type) {
    case 'lent':
      return [promiseOf(clock, 1, event.occurredAt, event.until, policy)]
    case 'extended':
      return [
        ...(isOwed(promise) ? [cancelPromise(promise, event.occurredAt, calendar)] : []),
        promiseOf(clock, (promise?.cycle ?? 0) + 1, event.occurredAt, event.until, policy),
      ]
    case 'returned':
      return isOwed(promise) ? [fulfilPromise(promise, event.occurredAt, calendar)] : []
    case 'promise-broken':
      return isOwed(promise) ? [breakPromise(promise)] : []
    case 'level-reached':
      return isOwed(promise) ? [passRung(promise, event.rung, { ladder: clock.ladder, calendar })] : []
    default:
      return []
  }
}

function promiseOf({ id, ladder }: PolicyClock, cycle: number, startedAt: string, dueAt: string, { calendar }: LoanPolicy): PromiseState {
  const terms = { clock: id, within: null, timeBase: 'elapsed', ladder, calendar: calendar.calendar, reckoning: 2 } as const
  return makePromise(terms, cycle, startedAt, { dueAt })
}
