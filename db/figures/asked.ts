import { sql, type Kysely } from 'kysely'
import type { WorkingCalendar } from '../../domain/calendar/working-days.ts'
import { workingDayEnds, workingSpans } from '../../domain/calendar/working-spans.ts'
import type { Span } from '../../domain/figures/figure.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { calendarAsOf } from '../calendars.ts'
import type { Database } from '../schema.ts'
import type { Asked } from './figure.ts'

/** What a figure is asked of, and by which version of the calendar it is reckoned. */
export interface AskedBy extends Asked {
  /** The calendar itself. */
  readonly working: WorkingCalendar
  readonly calendar: { readonly id: string; readonly version: number }
  /** When the first ticket of the profile was submitted; null: there is none. */
  readonly oldest: Instant | null
}

/** Puts together what the figures of a profile are asked of: the working time since its oldest ticket, as the calendar was known then. */
export async function askedOf(db: Kysely<Database>, profile: Profile, span: Span): Promise<AskedBy> {
  const installed = await calendarAsOf(db, profile.calendar, span.asOf)
  if (!installed) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${profile.id} counts by it`)
  const { calendar, version } = installed
  const oldest = await oldestTicketOf(db, profile.id)
  const first = oldest ?? span.asOf
  // Nothing is known to have happened later. The day itself is over when its working time is, not now.
  const hours = workingSpans(calendar, first, span.asOf)
  const days = workingSpans(calendar, first, plus(span.asOf, 'P2D'))
  return {
    ...span,
    profile,
    hours,
    dayEnds: workingDayEnds(calendar, days),
    working: calendar,
    calendar: { id: calendar.id, version },
    oldest,
  }
}

/** When the first ticket of a profile was submitted; null: there is none. */
export async function oldestTicketOf(db: Kysely<Database>, profile: string): Promise<Instant | null> {
  const oldest = await db
    .selectFrom('tickets')
    .select(sql<string | null>`min(submitted_at)`.as('at'))
    .where('profile', '=', profile)
    .executeTakeFirst()
  return oldest?.at ?? null
}
