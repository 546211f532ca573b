import { DateTime } from 'luxon'
import { z } from 'zod'
import { instantOf, type Instant } from '../instant.ts'

/** Hours in which nobody is to be disturbed, by the clock on the wall; they may pass midnight. */
export const quietHoursShape = {
  from: timeOfDay('from then on'),
  until: timeOfDay('no longer from then on; they may pass midnight'),
}
export interface QuietHours {
  /** `22:00` */
  readonly from: string
  /** `08:00`: not quiet any more. */
  readonly until: string
}

/** Quiet hours that begin when they end would be none, or all day; nobody could say which. */
export function sameTime(hours: { readonly from?: unknown; readonly until?: unknown }): boolean {
  return typeof hours.from === 'string' && hours.from === hours.until
}

/** Whether two people's wishes are the same; null: none. */
export function sameHours(one: QuietHours | null, other: QuietHours | null): boolean {
  return one?.from === other?.from && one?.until === other?.until
}

/** When the quiet that reigns at `now` in the zone ends; null when there is none. */
export function quietUntil(now: Instant, { from, until }: QuietHours, zone: string): Instant | null {
  const local = DateTime.fromISO(now, { zone })
  const minutes = local.hour * 60 + local.minute
  const [begin, end] = [minutesOf(from), minutesOf(until)]
  const passesMidnight = begin > end
  const quiet = passesMidnight ? minutes >= begin || minutes < end : minutes >= begin && minutes < end
  if (!quiet) return null
  const day = passesMidnight && minutes >= begin ? local.plus({ days: 1 }) : local
  return instantOf(day.set({ hour: Math.floor(end / 60), minute: end % 60, second: 0, millisecond: 0 }).toMillis())
}

function timeOfDay(description: string) {
  return z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time-of-day')
    .describe(`${description}; time of day, for example 22:00`)
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}
