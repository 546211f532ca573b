import { countedBy } from '../../db/create-process-table.ts'
import type { ProfileOf, ProcessTable } from '../../db/process-table.ts'
import type { AssessmentEvent } from '../../workflows/assessment/events.ts'
import type { AssessmentState } from '../../workflows/assessment/state.ts'

/** What is said of an assessment beside its state. */
export interface AssessmentForm extends ProfileOf {
  readonly assessment: string
  readonly period: string
}

export const assessmentTable: ProcessTable<AssessmentState, AssessmentEvent, AssessmentForm> = {
  name: 'assessments',
  columns: {
    assessment: { type: 'text', ofForm: ({ assessment }) => assessment },
    period: { type: 'text', ofForm: ({ period }) => period },
    title: { type: 'text', prose: true, ofForm: ({ assessment, period }) => `${assessment} ${period}` },
    openedAt: { type: 'timestamptz', ofState: ({ openedAt }) => openedAt },
    dueAt: { type: 'timestamptz', ofState: ({ dueAt }) => dueAt },
    ...countedBy,
  },
  head: { title: 'title', startedAt: 'opened_at', team: `''::text collate "C"` },
}
