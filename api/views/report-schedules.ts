import { z } from 'zod'
import type { ReportSchedule } from '../../gateway/report-schedules.ts'
import { instantAnswer } from './schemas.ts'

/** What is answered of the schedules of reports. */

export const scheduleSchema = z
  .object({
    profile: z.string().describe('id of the profile'),
    label: z.string().describe('what it is called'),
    paused: z.boolean().describe('no reports are made'),
    note: z.string().nullable().describe('why it was paused or resumed'),
    next: z
      .array(instantAnswer('when it looks next'))
      .nullable()
      .describe('soonest first; null: it is paused and looks only when resumed, or when somebody triggers it'),
    recent: z.array(instantAnswer('when it looked lately')).describe('oldest first'),
  })
  .meta({ id: 'ReportSchedule', description: 'When the reports of a profile are made' })

export function scheduleView(profile: string, label: string, { paused, note, next, recent }: ReportSchedule) {
  return { profile, label, paused, note, next: paused ? null : [...next], recent: [...recent] }
}
