import { DateTime } from 'luxon'
import { isObject } from '../domain/document/loose.ts'
import { tenYears } from '../domain/profile/clocks.ts'
import { durationMs, durationSchema, instantSchema, plus, type Instant } from '../domain/instant.ts'

/** Points in time as a story writes them. */

/** An instant, or a time on the clocks of the zone; undefined for what is neither, is on no clock, or lies where no calendar and no plan reaches. */
export function momentIn(text: string, zone: string): Instant | undefined {
  const moment = momentOf(text, zone)
  return moment === undefined || moment < earliest || moment > latest ? undefined : moment
}

const earliest = '2000-01-01T00:00:00.000Z'
const latest = '2200-01-01T00:00:00.000Z'

function momentOf(text: string, zone: string): Instant | undefined {
  const instant = instantSchema.safeParse(text)
  if (instant.success) return instant.data
  // Seconds may be left out.
  if (withoutSeconds.test(text)) return momentOf(text.replace(withoutSeconds, '$1:00$2'), zone)
  if (!localForm.test(text)) return undefined
  const local = DateTime.fromISO(text.replace(' ', 'T'), { zone })
  // An hour that is skipped in spring would come back as another one.
  if (!local.isValid || !local.toFormat("yyyy-MM-dd'T'HH:mm").startsWith(text.replace(' ', 'T').slice(0, 16))) return undefined
  return local.toUTC().toISO() ?? undefined
}

/** Whether it is a time that the clocks of the zone never show, since they are put forward then. */
export function isSkipped(text: string, zone: string): boolean {
  if (!localForm.test(text)) return false
  const iso = text.replace(' ', 'T')
  const isOnSomeClock = (clocks: string) => DateTime.fromISO(iso, { zone: clocks }).toFormat("yyyy-MM-dd'T'HH:mm") === iso.slice(0, 16)
  return isOnSomeClock('utc') && !isOnSomeClock(zone)
}

const withoutSeconds = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/
const localForm = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?$/

/** What is sent, with times on the clocks of the zone as the instants that they are. */
export function withInstants(sent: Readonly<Record<string, unknown>>, zone: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, instantsIn(value, zone)]))
}

function instantsIn(value: unknown, zone: string): unknown {
  if (typeof value === 'string') return localForm.test(value) || withoutSeconds.test(value) ? (momentIn(value, zone) ?? value) : value
  if (Array.isArray(value)) return value.map((item: unknown) => instantsIn(item, zone))
  return isObject(value) ? withInstants(value, zone) : value
}

/** The same, or so long after `before`. */
export function momentAfter(text: string, before: Instant, zone: string): Instant | undefined {
  if (!text.startsWith('+')) return momentIn(text, zone)
  const duration = durationSchema.safeParse(text.slice(1))
  return duration.success && durationMs(duration.data) <= tenYears ? plus(before, duration.data) : undefined
}
