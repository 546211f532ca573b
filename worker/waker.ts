import type { Kysely } from 'kysely'
import { ticketsBehindCalendar, type TicketBehind } from '../db/calendars.ts'
import type { Database } from '../db/schema.ts'
import { ticketsToWake, type TicketToWake } from '../db/wakes.ts'
import { epochMs } from '../domain/instant.ts'
import type { Errands } from './errands.ts'

/**
 * Wakes tickets when something falls due, by what the rows say. Their own timers ring later and are for the day that nobody does
 * this. Every worker does it: two that wake the same ticket join the same wake.
 */
export function wakes(db: Kysely<Database>, run: Errands<TicketToWake>['run']): Errands<TicketToWake> {
  return {
    name: 'wake',
    next: (asked) => ticketsToWake(db, asked),
    dueMs: ({ wakeAt }) => epochMs(wakeAt),
    run,
    // How late, at most, a deadline is found that has come nearer since the rows were last looked at.
    lookEveryMs: 1_000,
  }
}

/** Tells tickets of a new version of their calendar, until each counts by it. */
export function calendarNews(db: Kysely<Database>, run: Errands<TicketBehind>['run']): Errands<TicketBehind> {
  return { name: 'calendar', next: (asked) => ticketsBehindCalendar(db, asked), dueMs: () => 0, run, lookEveryMs: 5_000 }
}
