import type { Recorded } from '../process.ts'
import { calendarAfter, type CalendarChanged, type Counting } from './calendar-news.ts'
import type { ClockEvent } from './clock-events.ts'
import type { RefusalNoted, Refused } from './refusals.ts'

/** What can happen to a process of any type; a type has these among its own events. */
export type CommonEvent =
  | ClockEvent
  | ({ readonly type: 'refusal-noted' } & RefusalNoted)
  | ({ readonly type: 'calendar-changed' } & CalendarChanged)

/**
 * What such an event changes in the state, beside the promises. A type's own transition ends with it: what then still comes is one of these,
 * or does not compile.
 */
export function commonTransition(
  { refusals = 0 }: Partial<Pick<Refused, 'refusals'>>,
  event: Recorded<CommonEvent>,
): Partial<Pick<Refused & Counting, 'refusals' | 'calendar' | 'version'>> {
  switch (event.type) {
    case 'refusal-noted':
      return { refusals: refusals + 1 }
    case 'calendar-changed':
      return { calendar: calendarAfter(event) }
    case 'promise-broken':
    case 'promise-lapsed':
    case 'level-reached':
      return {}
  }
}
