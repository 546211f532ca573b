import { z } from 'zod'
import { calendarAsOf } from '../db/calendars.ts'
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

export async function recurringSubject<Plan>(readers: Readers, number: string, kind: RecurringKind<Plan>): Promise<RecurringSubject<Plan>> {
  const { db } = readers
  const { type, table, periodsOf } = kind
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no ${type} ${number}`)
  const row = await findProcess(db, table, number, [type, 'period', 'dueAt'])
  const { id, period: named, dueAt } = formSchema.parse({ ...row, id: row?.[type] })
  const { profile, plan } = await planOf(readers, kind, { profile: head.profile, profileVersion: head.profileVersion, id, dueAt })
  const calendar = await calendarAsOf(db, profile.calendar, dueAt)
  if (!calendar) throw new Error(`calendar ${profile.calendar} is not installed, but profile ${profile.id} counts by it`)
  const period = periodNamed(named, { ...periodsOf(plan), zone: profile.zone, calendar: calendar.calendar })
  if (!period) throw new Error(`${named} is no period of ${type} ${id}`)
  return { profile, plan, period, asOf: dueAt }
}

interface Wanted {
  readonly profile: string
  readonly profileVersion: number
  readonly id: string
  readonly dueAt: Instant
}

/** The profile as it was when it fell due; or, where it had no such plan then, the one by which it runs. */
async function planOf<Plan>(
  { db, profileOf }: Readers,
  { type, planIn }: RecurringKind<Plan>,
  wanted: Wanted,
): Promise<{ readonly profile: Profile; readonly plan: Plan }> {
  const found = (profile: Profile | undefined) => {
    const plan = profile && planIn(profile, wanted.id)
    return profile && plan && { profile, plan }
  }
  const plan = found(await profileAsOf(db, wanted.profile, wanted.dueAt)) ?? found(await profileOf(wanted))
  if (plan) return plan
  throw new Error(`profile ${wanted.profile} has no ${type} ${wanted.id}`)
}
