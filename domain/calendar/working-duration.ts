import { Duration } from 'luxon'

/** A duration in working time: whole working days first, then time. */
export interface WorkingDuration {
  readonly days: number
  readonly ms: number
}

/**
 * Reads `PT8H` (eight working hours), `P5D` (five working days) or `P1DT2H` (one working day, then two working hours). A
 * week counts as seven working days: `P1W` and `P7D` are the same. Undefined for what is no such duration, such as one
 * with months or years.
 */
export function parseWorkingDuration(text: string): WorkingDuration | undefined {
  const parts = workingDurationForm
    .exec(text)
    ?.slice(1)
    .map(Number.parseFloat)
    .map((part) => (Number.isNaN(part) ? 0 : part))
  if (!parts) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
  return { days: weeks * 7 + days, ms: hours * 3_600_000 + minutes * 60_000 + Math.round(seconds * 1000) }
}

/** Fractions of a second are what an elapsed time may come out as, and it may be given back. */
export const workingDurationForm = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/

/** Working time as an ISO 8601 duration: `PT40H`, `PT7H30M`, `PT0S`. Never in days, which are of different lengths. */
export function workingTimeText(ms: number): string {
  return Duration.fromMillis(ms).shiftTo('hours', 'minutes', 'seconds').toISO()
}
