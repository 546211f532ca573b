import { calendarAfter, changeCalendarOf } from '../common/calendar-news.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { openStages } from './availability.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 日历更新: as of every process whose promises count by a calendar (X2). */
export const changeCalendar = changeCalendarOf<TicketState, Policy>(
  { stages: openStages, requirements: ['X2'] },
  ({ submittedAt }) => submittedAt,
)

export const transitions: Transitions<'calendar-changed'> = {
  'calendar-changed': (_, event) => ({ calendar: calendarAfter(event) }),
}
