import { z } from 'zod'
import { idSchema } from '../../domain/document/checks.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { choiceError } from '../../domain/rejection.ts'
import { periodError, periodNamed, type Period, type Reckoned } from '../../domain/recurring/periods.ts'
import { defineBirth } from '../common/birth.ts'
import { lineUpTo } from '../common/inputs.ts'
import type { ReportEvent } from './events.ts'
import type { ReportPolicy, ReportState } from './state.ts'

/** How a report begins: it is made of a period that is over. */

const makingSchema = z.strictObject({
  report: labelled(idSchema.describe('id of the report in its profile'), said('报告', '報告', 'Report')),
  period: labelled(
    lineUpTo(20).describe('of which time: `2026-11-30`, `2026-W48`, `2026-11`, `2026-Q4`, as often as it is made'),
    said('统计周期', '統計週期', 'Period'),
  ),
})
export type Making = z.output<typeof makingSchema>

export const birth = defineBirth<ReportState, ReportEvent, ReportPolicy, Making>({
  input: makingSchema,
  check({ policy, act }, { report, period }) {
    const { reports } = policy
    const unknown = choiceError(
      'report',
      report,
      reports.map(({ id }) => id),
    )
    const reckoned = reckonedBy(policy, report)
    return [unknown, reckoned && periodError(period, reckoned, act.at)]
  },
  initial: (number, openedAt) => ({
    version: 0,
    number,
    stage: 'reckoning',
    promises: [],
    report: '',
    period: '',
    openedAt,
    dueAt: openedAt,
    reckonedAt: null,
    preparer: null,
    reviewer: null,
    approver: null,
    unreviewed: false,
    releasedSeq: null,
    requester: null,
    assignee: null,
    team: '',
    calendar: { id: '', version: 0 },
  }),
  first({ policy, act }, { report, period }) {
    const { calendar } = policy
    const dueAt = periodOf(policy, { report, period })?.dueAt ?? act.at
    return { type: 'opened', report, period, dueAt, calendar: { id: calendar.calendar.id, version: calendar.version } }
  },
})

function periodOf(policy: ReportPolicy, { report, period }: Making): Period | undefined {
  const reckoned = reckonedBy(policy, report)
  return reckoned && periodNamed(period, reckoned)
}

function reckonedBy({ reports, zone, calendar: { calendar } }: ReportPolicy, report: string): Reckoned | undefined {
  const terms = reports.find(({ id }) => id === report)
  return terms && { ...terms, zone, calendar }
}
