import { workingDue } from '../../domain/calendar/working-time.ts'
import { epochMs, instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { AssessmentPolicy } from './state.ts'

/**
 * 系统中断: who may object or commend until some instant, and could not just then since everything was down, may afterwards. For as long as it was
 * known to be down, for a day at least, and until a working day is over.
 */

/**
 * Until when a time goes on that was to end at `dueAt`, and of which that is noticed `now`; null: it is over. `isAgain`: it was prolonged before.
 */
export function prolongedTo(
  dueAt: Instant,
  policy: AssessmentPolicy,
  now: Instant,
  { isAgain }: { readonly isAgain: boolean },
): Instant | null {
  const lateMs = epochMs(now) - epochMs(dueAt)
  if (policy.prolongs !== true || lateMs <= (isAgain ? noticedAloneMs : noticedMs)) return null
  const asLong = instantOf(epochMs(now) + lateMs)
  const workingDay = workingDue(policy.calendar.calendar, now, 'P1D')
  return [asLong, plus(now, 'P1D'), workingDay].reduce((last, one) => (one > last ? one : last))
}

/** A worker that runs notices what falls due within seconds, in a storm within minutes. */
const noticedMs = 5 * 60_000
/** Where nobody wakes it, its own timer rings within half an hour: that is no outage, and prolongs nothing for ever. */
const noticedAloneMs = 60 * 60_000
