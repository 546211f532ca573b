import { z } from 'zod'
import { idSchema } from '../../domain/document/checks.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { dayOrInstantSchema } from '../../domain/instant.ts'
import { reportReaders } from '../../domain/profile/reports.ts'
import { reasonSchema } from '../../workflows/common/inputs.ts'
import { scheduleSchema } from '../views/report-schedules.ts'
import { wholeList } from '../views/schemas.ts'
import { none, reading, writing } from '../openapi/operation.ts'
import type { Role } from '../../domain/people.ts'

/** When reports are made. */

const keepers = ['management', 'quality', 'admin'] as const satisfies readonly Role[]
const params = z.strictObject({ profile: idSchema.describe('id of the profile') })
const answer = { status: 200, description: 'The schedule, as it is now', schema: scheduleSchema } as const
const path = (verb: string) => `/api/report-schedules/{profile}/${verb}` as const
const shared = { tag: 'Reports', roles: keepers, params, query: none, answer, problems: [404] } as const

export const listReportSchedules = reading({
  path: '/api/report-schedules',
  id: 'listReportSchedules',
  tag: 'Reports',
  summary: '报告计划 · When the reports of each profile are made',
  roles: reportReaders,
  params: none,
  query: none,
  answer: { status: 200, description: 'One for each profile that has reports', schema: wholeList(scheduleSchema, {}) },
})

export const pauseReports = writing({
  ...shared,
  method: 'post',
  path: path('pause'),
  id: 'pauseReports',
  summary: '暂停报告计划 · Makes no reports until resumed; what falls due meanwhile is made then',
  body: z.strictObject({ reason: reasonSchema }),
})

export const resumeReports = writing({
  ...shared,
  method: 'post',
  path: path('resume'),
  id: 'resumeReports',
  summary: '恢复报告计划 · Makes reports again',
  body: z.strictObject({ reason: reasonSchema }),
})

export const triggerReports = writing({
  ...shared,
  method: 'post',
  path: path('trigger'),
  id: 'triggerReports',
  summary: '立即检查 · Makes what is due and not yet made, now',
  description: 'Where an assessment is among that, for the management alone.',
  body: none,
})

export const backfillReports = writing({
  ...shared,
  method: 'post',
  path: path('backfill'),
  id: 'backfillReports',
  summary: '补做报告 · Makes the reports that would have been due in that time',
  description:
    'Also of a time before the profile had reports. Each is reckoned as of when it would have been made. Where an assessment would be opened by it, for the management alone.',
  body: z.strictObject({
    from: labelled(
      dayOrInstantSchema.describe("from when: an instant, or a day of the profile's zone, which counts from its beginning"),
      said('起始时间', '起始時間', 'From'),
    ),
    until: labelled(
      dayOrInstantSchema.describe('until when: not later than now, and at most a year after `from`; a day is not included'),
      said('截止时间', '截止時間', 'Until'),
    ),
  }),
})
