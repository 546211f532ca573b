import { DateTime } from 'luxon'

/** Instants as people of the profile's zone read them. */

/** The time of day where it is the day of `now`, else day and time without seconds. */
export function localTime(instant: string, zone: string, now: number): string {
  const local = DateTime.fromISO(instant, { zone })
  return local.toFormat(local.hasSame(DateTime.fromMillis(now, { zone }), 'day') ? 'HH:mm:ss' : 'MM-dd HH:mm')
}
