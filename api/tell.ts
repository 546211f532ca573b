import { DateTime } from 'luxon'
import { durationText } from '../domain/duration-text.ts'
import { plus, type Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import { fill } from '../domain/template.ts'
import type { Target } from '../workflows/ticket/events.ts'
import { catalogues } from './messages/catalogue.ts'

/** The sentence for the customer at registration: the number, and within what time work starts (S8, T3). */
export function tellSentence({ number, submittedAt, zone, startWithin, locale }: Told): string {
  const { within, timeBase } = startWithin
  return fill(catalogues[locale].tell, {
    number,
    within: durationText(within, timeBase, locale),
    // When working time ends depends on the calendar; only elapsed time can be told as an instant here.
    by: timeBase === 'working' ? undefined : DateTime.fromISO(plus(submittedAt, within), { zone }).toFormat('yyyy-MM-dd HH:mm'),
  })
}

interface Told {
  readonly number: string
  readonly submittedAt: Instant
  /** The profile's zone, in which the instant is told (X6). */
  readonly zone: string
  readonly startWithin: Target
  readonly locale: Locale
}
