import type { ProcessBehind } from '../db/calendars.ts'
import { rescheduleWake, type ProcessToWake } from '../db/wakes.ts'
import { calendarFrom } from '../domain/calendar/working-time.ts'
import { calendarNewsName } from '../workflows/common/calendar-news.ts'
import type { WakeCall } from '../workflows/shell/protocol.ts'
import type { Hosting } from '../processes/hosting.ts'
import type { WakeResult } from './gateway.ts'
import { catchUp, typeOf, written, type Reach } from './reach.ts'

/** The errands themselves, each done as an act is: by an Update, whose answer goes into the rows. */

type Waking = Pick<Reach, 'db' | 'gateway' | 'processes'>

/**
 * Lets time pass on a process whose row says that something falls due, and writes what came of it. However often it is asked for,
 * and by however many workers, each deadline takes effect once. Whether it went on.
 */
export async function wakeProcess(reach: Waking, due: ProcessToWake): Promise<boolean> {
  const { number, version, wakeAt } = due
  const host = typeOf(reach.processes, due)
  const woken = await wake(reach, host, number, `wake ${version} ${wakeAt}`, { writtenThrough: version })
  if (woken.kind !== 'nothing-due') return woken.kind !== 'not-running'
  // The row was mistaken, or the server's clock is behind ours.
  const batch = await reach.gateway.batch(number, version)
  if (batch) await rescheduleWake(reach.db, host.table, { number, version: batch.state.version, wakeAt: batch.wakeAt ?? null })
  return false
}

/**
 * Tells a process that its working calendar has a new version (X2). The same version is taken once, however often it is told. Whether
 * it went on.
 */
export async function tellCalendar(reach: Waking, behind: ProcessBehind): Promise<boolean> {
  const { number, version: writtenThrough, startedAt, calendar, calendarVersion: version } = behind
  const id = `calendar ${calendar.id} ${version}`
  const command = { id, command: calendarNewsName, input: { version, calendar: calendarFrom(calendar, startedAt) } }
  const told = await wake(reach, typeOf(reach.processes, behind), number, `${id} ${writtenThrough}`, { writtenThrough, command })
  // One that refuses it has to be looked at by people; told again and again it would keep the news from others.
  return told.kind === 'rows-behind' || (told.kind === 'woken' && !told.batch.refused)
}

/** Wakes a process, and writes into its rows what that brings. */
async function wake(reach: Waking, host: Hosting, number: string, id: string, call: WakeCall): Promise<WakeResult> {
  const result = await reach.gateway.wake(number, id, call)
  if (result.kind === 'rows-behind') await catchUp(reach, number)
  if (result.kind === 'woken') await written(reach, host, result.batch)
  return result
}
