import { localTime } from '../../domain/calendar/local-time.ts'
import { durationText } from '../../domain/duration-text.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { fill } from '../../domain/template.ts'
import type { Target } from '../../workflows/ticket/events.ts'
import { catalogues } from '../messages/catalogues.ts'

/** The sentence for the customer at registration: the number, and within what time work starts (S8, T3). */
export function tellSentence({ number, zone, startWithin, startBy, locale }: Told): string {
  const { tell } = catalogues[locale]
  if (startWithin === null) return fill(tell.numberOnly, { number })
  return fill(tell.start, {
    number,
    within: durationText(startWithin.within, startWithin.timeBase, locale),
    by: startBy === undefined ? undefined : localTime(zone, startBy),
  })
}

interface Told {
  readonly number: string
  /** The profile's zone, in which the instant is told (X6). */
  readonly zone: string
  /** Null where the profile promises no start. */
  readonly startWithin: Target | null
  /** Until when that is; undefined while it depends on the customer. */
  readonly startBy: Instant | undefined
  readonly locale: Locale
}
