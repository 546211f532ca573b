import type { TicketBehind } from '../db/calendars.ts'
import { rescheduleWake, type TicketToWake } from '../db/wakes.ts'
import { calendarFrom } from '../domain/calendar/working-time.ts'
import type { WakeCall } from '../workflows/shell/protocol.ts'
import { changeCalendar } from '../workflows/ticket/calendar.ts'
import type { WakeResult } from './gateway.ts'
import { catchUp, written, type Writing } from './reach.ts'

/** The errands themselves, each done as an act is: by an Update, whose answer goes into the rows. */

/**
 * Lets time pass on a ticket whose row says that something falls due, and writes what came of it. However often it is asked for,
 * and by however many workers, each deadline takes effect once. Whether it went on.
 */
export async function wakeTicket(reach: Writing, { number, version, wakeAt }: TicketToWake): Promise<boolean> {
  const woken = await wake(reach, number, `wake ${version} ${wakeAt}`, { writtenThrough: version })
  if (woken !== 'nothing-due') return woken !== 'not-running'
  // The row was mistaken, or the server's clock is behind ours.
  const batch = await reach.gateway.batch(number, version)
  if (batch) await rescheduleWake(reach.db, { number, version: batch.state.version, wakeAt: batch.wakeAt ?? null })
  return false
}

/**
 * Tells a ticket that its working calendar has a new version (X2). The same version is taken once, however often it is told. Whether it
 * went on.
 */
export async function tellCalendar(
  reach: Writing,
  { number, version: writtenThrough, submittedAt, calendar, calendarVersion: version }: TicketBehind,
): Promise<boolean> {
  const id = `calendar ${calendar.id} ${version}`
  const command = { id, command: changeCalendar.name, input: { version, calendar: calendarFrom(calendar, submittedAt) } }
  const told = await wake(reach, number, `${id} ${writtenThrough}`, { writtenThrough, command })
  return told === 'woken' || told === 'rows-behind'
}

/** Wakes a ticket, and writes into its rows what that brings. */
async function wake({ db, gateway }: Writing, number: string, id: string, call: WakeCall): Promise<WakeResult['kind']> {
  const result = await gateway.wake(number, id, call)
  if (result.kind === 'rows-behind') await catchUp({ db, gateway }, number)
  if (result.kind === 'woken') await written({ db, gateway }, number, result.batch)
  return result.kind
}
