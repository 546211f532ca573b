import { z } from 'zod'
import { idSchema } from '../../domain/document/checks.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { choiceError } from '../../domain/rejection.ts'
import { periodError, periodNamed, type Period, type Reckoned } from '../../domain/recurring/periods.ts'
import { assessmentPeriods } from '../../domain/recurring/recurring.ts'
import { defineBirth } from '../common/birth.ts'
import { lineUpTo } from '../common/inputs.ts'
import type { AssessmentEvent } from './events.ts'
import type { AssessmentPolicy, AssessmentState } from './state.ts'

/** How an assessment begins: it is made of a month that is over. */

const openingSchema = z.strictObject({
  assessment: labelled(idSchema.describe('id of the assessment in its profile'), said('考核', '考核', 'Assessment')),
  period: labelled(lineUpTo(20).describe('of which month: `2026-11`'), said('统计周期', '統計週期', 'Period')),
})
export type Opening = z.output<typeof openingSchema>

export const birth = defineBirth<AssessmentState, AssessmentEvent, AssessmentPolicy, Opening>({
  input: openingSchema,
  check({ policy, act }, { assessment, period }) {
    const unknown = choiceError(
      'assessment',
      assessment,
      policy.assessments.map(({ id }) => id),
    )
    return [unknown, periodError(period, reckonedBy(policy), act.at)]
  },
  initial: (number, openedAt) => ({
    version: 0,
    number,
    stage: 'reckoning',
    promises: [],
    assessment: '',
    label: said('', '', ''),
    period: '',
    openedAt,
    dueAt: openedAt,
    reckonedAt: null,
    subjects: [],
    nominations: [],
    proposed: null,
    requester: null,
    assignee: null,
    team: '',
    calendar: { id: '', version: 0 },
  }),
  first({ policy, act }, { assessment, period }) {
    const { calendar, assessments } = policy
    const terms = assessments.find(({ id }) => id === assessment)
    return {
      type: 'opened',
      assessment,
      label: terms?.label ?? said(assessment, assessment, assessment),
      period,
      dueAt: periodOf(policy, period)?.dueAt ?? act.at,
      calendar: { id: calendar.calendar.id, version: calendar.version },
    }
  },
})

function periodOf(policy: AssessmentPolicy, period: string): Period | undefined {
  return periodNamed(period, reckonedBy(policy))
}

function reckonedBy({ zone, calendar: { calendar } }: AssessmentPolicy): Reckoned {
  return { ...assessmentPeriods, zone, calendar }
}
