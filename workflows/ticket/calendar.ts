import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { storedCalendarSchema } from '../../domain/calendar/schema.ts'
import { conflict } from '../../domain/rejection.ts'
import { isOwed, recountPromise } from '../common/promises.ts'
import { calendarNewsName } from '../common/calendar-news.ts'
import { openStages } from './availability.ts'
import { defineCommand } from './command.ts'
import { clockOf } from '../common/terms.ts'
import type { Transitions } from './transitions.ts'

/** 日历更新: a new version of the working calendar moves the promises that reach days it changes; each move is on record (X2). */

/** Told by the product itself to every ticket that counts by the calendar; nobody else may. */
export const changeCalendar = defineCommand({
  name: calendarNewsName,
  labels: { 'zh-CN': '更新工作日历', 'zh-TW': '更新工作日曆', en: 'Change calendar' },
  summary: 'Counts the promises by a new version of the working calendar.',
  requirements: ['X2'],
  may: {},
  stages: openStages,
  input: () =>
    z.strictObject({
      version: labelled(z.int().min(1), said('版本', '版本', 'Version')),
      calendar: labelled(storedCalendarSchema, said('工作日历', '工作日曆', 'Working calendar')),
    }),
  decide({ state, policy, act }, { version, calendar }) {
    if (version <= state.calendar.version) return conflict('calendar-old', { version: state.calendar.version })
    const moved = state.promises.filter((promise) => {
      const ladder = clockOf(policy, promise.clock)?.ladder ?? []
      return isOwed(promise) && recountPromise(promise, ladder, policy.calendar.calendar, calendar, act.at).dueAt !== promise.dueAt
    })
    return [{ type: 'calendar-changed', version, calendar, moved: moved.length }]
  },
})

export const transitions: Transitions<'calendar-changed'> = {
  'calendar-changed': (_, event) => ({ calendar: { id: event.calendar.id, version: event.version } }),
}
