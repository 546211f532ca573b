import { DateTime, Duration } from 'luxon'
import { z } from 'zod'
import { Memory } from './memory.ts'
import type { FieldErrorCode } from './rejection.ts'

/** A point in time: ISO 8601 in UTC with milliseconds (`2023-10-01T06:30:00.000Z`), so that text order is time order. */
export type Instant = string

/** The instant of a number of milliseconds since the epoch. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString()
}

export function epochMs(instant: Instant): number {
  return Date.parse(instant)
}

/** `instant` moved by an elapsed ISO 8601 duration such as `PT24H`; a day is 24 hours. */
export function plus(instant: Instant, duration: string): Instant {
  return instantOf(epochMs(instant) + durationMs(duration))
}

/** Length of an ISO 8601 duration in milliseconds; a day counts 24 hours, a week seven days. */
export function durationMs(duration: string): number {
  return lengths.of(duration, () => Duration.fromISO(duration).toMillis())
}

/** Profiles name few durations, and every ticket asks for the same ones. */
const lengths = new Memory<string, number>(500)

/** How far ahead people may state an instant: beyond it lies a slip of the keys, not a plan. */
export const century = 'P36525D'

/** Hours between two instants, rounded to hundredths. */
export function hoursBetween(from: Instant, to: Instant): number {
  return Math.round((epochMs(to) - epochMs(from)) / 36_000) / 100
}

/** What lies outside the years 0001 to 9999: rows cannot hold it, and its text would not be in the order of time. */
export const badYear = 'bad-year' satisfies FieldErrorCode

function hasYear(text: string): boolean {
  return !/^(?:0000-|[+-]\d)/.test(text)
}

/** As instants were once taken, and histories hold them: in any year. */
export const instantOfAnyYear = z.iso.datetime({ offset: true }).transform((text) => DateTime.fromISO(text).toUTC().toISO() ?? text)
export const dateOfAnyYear = z.iso.date()

/**
 * Accepts ISO 8601 with an explicit offset or `Z` and gives the canonical {@link Instant}. A local time without offset is refused:
 * nobody could say which instant it is.
 */
export const instantSchema = instantOfAnyYear
  .refine(hasYear, { error: badYear })
  .describe('instant, ISO 8601 with offset or Z, for example 2023-10-01T14:30:00+08:00')

/** A day of the calendar, such as the last one of a warranty: the same for everybody, so it has no offset. */
export const dateSchema = dateOfAnyYear.refine(hasYear, { error: badYear }).describe('day, ISO 8601, for example 2023-10-01')

/** Where people write days as well. It stays as it was written: only who knows the zone can say when a day begins or ends (`fromWhen`, `byWhen`). */
export const dayOrInstantSchema = z
  .string()
  .max(40)
  .refine((text) => dateSchema.safeParse(text).success || instantSchema.safeParse(text).success, 'day-or-instant')
  .meta({
    description: "a day of the profile's zone, or an instant with offset or Z",
    examples: ['2023-10-01', '2023-10-01T14:30:00+08:00'],
  })

const durationForm = /^P(?=.)(?:\d+W)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/

/** ISO 8601 duration of a fixed length, such as `PT15M`, `PT24H` or `P5D`. Months and years have no fixed length and are refused. */
export const durationSchema = z
  .string()
  .regex(durationForm, 'duration')
  .describe('ISO 8601 duration without months or years, for example PT15M, PT24H, P5D')

/** For refinements of {@link durationSchema}: whether a duration is so long. What is no duration is told as that, and hides nothing. */
export function ofLength(holds: (ms: number) => boolean): (duration: string) => boolean {
  return (duration) => !durationForm.test(duration) || holds(durationMs(duration))
}
