import { said, type Labels } from '../labels.ts'
import type { ProfileReport } from '../profile/reports.ts'
import type { Profile } from '../profile/schema.ts'

/** What a profile has made of each time that is over: by a process of its own, once, when it falls due. */

/** Types of which there is one for each period, and where a profile lists them. */
export const recurringTypes = { report: 'reports', assessment: 'assessments' } as const satisfies Readonly<Record<string, keyof Profile>>
export type RecurringType = keyof typeof recurringTypes

/** A kind of them, as a profile lists it. */
export interface Recurring extends Pick<ProfileReport, 'id' | 'every' | 'cutOff'> {
  readonly type: RecurringType
}

export type RecurringLists = Pick<Profile, (typeof recurringTypes)[RecurringType]>

/** Assessments are of a month, made on the first working day after. */
export const assessmentPeriods = { every: 'month', cutOff: 'PT0S' } as const satisfies Pick<ProfileReport, 'every' | 'cutOff'>

export function recurringOf({ reports = [], assessments = [] }: RecurringLists): Recurring[] {
  return [
    ...reports.map(({ id, every, cutOff }): Recurring => ({ type: 'report', id, every, cutOff })),
    ...assessments.map(({ id }): Recurring => ({ type: 'assessment', id, ...assessmentPeriods })),
  ]
}

/** Number of one, and id of its workflow: `report:tech-support:monthly:2026-11`. */
export function recurringNumber(type: RecurringType, profile: string, id: string, period: string): string {
  return `${type}:${profile}:${id}:${period}`
}

/** What people call one: `月度考核（2026-11）`, `Monthly report, 2026-11`. */
export function recurringTitle(label: Labels, period: string): Labels {
  return said(`${label['zh-CN']}（${period}）`, `${label['zh-TW']}（${period}）`, `${label.en}, ${period}`)
}

/** So far back lies a period of which one can be made on the right day: its calendar holds the days since. */
export const recurringLookBack = 'P800D'

/** What says which one is meant: ids are told apart within a list of a profile, and what is made more or less often than before is another one. */
export function recurringKey({ type, id, every }: Pick<Recurring, 'type' | 'id' | 'every'>): string {
  return `${type}:${id}:${every}`
}
