import { z } from 'zod'
import { calendarAsOf, latestCalendar } from '../db/calendars.ts'
import { findProcess, headOf } from '../db/heads.ts'
import { profileAsOf } from '../db/profiles.ts'
import type { Instant } from '../domain/instant.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { periodNamed, type Period } from '../domain/recurring/periods.ts'
import type { Recurring, RecurringType } from '../domain/recurring/recurring.ts'
import type { Readers } from './hosting.ts'

/** Of what a report or an assessment is reckoned: the plan, the profile and the period as they were when it fell due, and as of then. */
export interface RecurringSubject<Plan> {
  readonly profile: Profile
  readonly plan: Plan
  readonly period: Period
  readonly asOf: Instant
}

export interface RecurringKind<Plan> {
  readonly type: RecurringType
  readonly table: string
  /** What a profile has under that id; undefined: nothing. */
  planIn(profile: Profile, id: string): Plan | undefined
  periodsOf(plan: Plan): Pick<Recurring, 'every' | 'cutOff'>
}

const formSchema = z.object({ id: z.string(), period: z.string(), dueAt: z.string() })

/**
 * The profile is the one that it fell due by; or, where that had no such plan, or one of other periods, the one by which it runs.
 * @throws Error where neither has one
 */
export async function recurringSubject<Plan>(readers: Readers, number: string, kind: RecurringKind<Plan>): Promise<RecurringSubject<Plan>> {
  const { db, profileOf } = readers
  const { type, table, planIn, periodsOf } = kind
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no ${type} ${number}`)
  const row = await findProcess(db, table, number, [type, 'period', 'dueAt'])
  const { id, period: named, dueAt } = formSchema.parse({ ...row, id: row?.[type] })
  const profiles = [await profileAsOf(db, head.profile, dueAt), await profileOf(head)]
  for (const profile of profiles) {
    const plan = profile && planIn(profile, id)
    if (!plan) continue
    // By a calendar of later a day may be worked that was a holiday then.
    for (const calendar of [await calendarAsOf(db, profile.calendar, dueAt), await latestCalendar(db, profile.calendar)]) {
      const period = calendar && periodNamed(named, { ...periodsOf(plan), zone: profile.zone, calendar: calendar.calendar })
      if (period) return { profile, plan, period, asOf: dueAt }
    }
  }
  throw new Error(`${named} is no period of ${type} ${id} of profile ${head.profile}`)
}
