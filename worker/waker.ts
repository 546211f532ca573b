import type { Kysely } from 'kysely'
import { processesBehindCalendar, type ProcessBehind } from '../db/calendars.ts'
import type { Database } from '../db/schema.ts'
import { processesToWake, type ProcessToWake } from '../db/wakes.ts'
import { epochMs } from '../domain/instant.ts'
import type { Errands } from './errands.ts'

/**
 * Wakes processes when something falls due, by what the rows say. Their own timers ring later and are for the day that nobody does
 * this. Every worker does it: two that wake the same process join the same wake.
 */
export function wakes(db: Kysely<Database>, types: readonly string[], run: Errands<ProcessToWake>['run']): Errands<ProcessToWake> {
  return {
    name: 'wake',
    next: (asked) => processesToWake(db, { types, ...asked }),
    dueMs: ({ wakeAt }) => epochMs(wakeAt),
    run,
    // How late, at most, a deadline is found that has come nearer since the rows were last looked at.
    lookEveryMs: 1_000,
  }
}

/** Tells processes of a new version of their calendar, until each counts by it. */
export function calendarNews(db: Kysely<Database>, types: readonly string[], run: Errands<ProcessBehind>['run']): Errands<ProcessBehind> {
  return { name: 'calendar', next: (asked) => processesBehindCalendar(db, { types, ...asked }), dueMs: () => 0, run, lookEveryMs: 5_000 }
}
