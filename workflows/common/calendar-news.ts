import { z } from 'zod'
import { storedCalendarSchema, type Calendar } from '../../domain/calendar/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { conflict } from '../../domain/rejection.ts'
import type { Command, ProcessState } from '../process.ts'
import { defineCommandOf } from './command.ts'
import { isOwed, recountPromise } from './promises.ts'
import { clockOf } from './terms.ts'

/**
 * 日历更新: a new version of the working calendar moves the promises that reach days it changes; each move is on record (X2). A type whose
 * promises count by no calendar has nothing of this: neither the command, nor `calendar` in its state, policy and table.
 */

/** The command by which the product tells processes of it. */
export const calendarNewsName = 'change-calendar'

export interface CalendarChanged {
  readonly version: number
  readonly calendar: Calendar
  /** How many promises have another due instant. */
  readonly moved: number
}

/** A process whose promises count by a calendar. */
export interface Counting extends ProcessState {
  readonly calendar: { readonly id: string; readonly version: number }
}

/** Told by the product itself to every process that counts by the calendar; nobody else may. */
export function changeCalendarOf<S extends Counting, P extends Pick<Policy, 'clocks' | 'calendar'>>(
  { stages, requirements = [] }: { readonly stages: readonly S['stage'][]; readonly requirements?: readonly string[] },
  beganAt: (state: S) => Instant,
): Command<S, { readonly type: 'calendar-changed' } & CalendarChanged, P> {
  return defineCommandOf(
    {
      name: calendarNewsName,
      labels: said('更新工作日历', '更新工作日曆', 'Change calendar'),
      summary: 'Counts the promises by a new version of the working calendar.',
      requirements,
      may: {},
      stages,
      input: () => changeSchema,
      decide({ state, policy, act }, { version, calendar }) {
        if (version <= state.calendar.version) return conflict('calendar-old', { version: state.calendar.version })
        const moved = state.promises.filter((promise) => {
          const ladder = clockOf(policy, promise.clock)?.ladder ?? []
          return isOwed(promise) && recountPromise(promise, ladder, policy.calendar.calendar, calendar, act.at).dueAt !== promise.dueAt
        })
        return [{ type: 'calendar-changed', version, calendar, moved: moved.length }]
      },
    },
    beganAt,
  )
}

const changeSchema = z.strictObject({
  version: labelled(z.int().min(1), said('版本', '版本', 'Version')),
  calendar: labelled(storedCalendarSchema, said('工作日历', '工作日曆', 'Working calendar')),
})

/** By which version it counts from now on. */
export function calendarAfter({ calendar, version }: CalendarChanged): Counting['calendar'] {
  return { id: calendar.id, version }
}
