import { oldestTicketOf } from '../../db/figures/asked.ts'
import { calendarOf } from '../policies.ts'
import { isSystem } from '../../domain/people.ts'
import { periodNamed } from '../../domain/recurring/periods.ts'
import { assessmentPeriods } from '../../domain/recurring/recurring.ts'
import type { Opening } from '../../workflows/assessment/opening.ts'
import type { LookedUp, LookingUp, Readers } from '../hosting.ts'

/** Nobody is scored of a time that was over before the first ticket came. What falls due by itself is opened all the same: then nothing was known of a first. */
export async function recordsOf(readers: Readers, { given, origin, at, actor }: LookingUp<Opening>): Promise<LookedUp> {
  const { db } = readers
  if (isSystem(actor)) return nothing
  const profile = await readers.profileOf(origin)
  const { calendar } = await calendarOf(db, profile, at)
  const period = periodNamed(given.period, { ...assessmentPeriods, zone: profile.zone, calendar })
  const since = await oldestTicketOf(db, profile.id)
  if (since === null || period === undefined || period.until > since) return nothing
  return { ok: false, errors: [{ path: 'period', code: 'before-records', params: { given: given.period, since } }] }
}

const nothing: LookedUp = { ok: true, found: undefined }
