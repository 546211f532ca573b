import { countedBy } from '../../db/create-process-table.ts'
import type { ProfileOf, ProcessTable } from '../../db/process-table.ts'
import type { ReportEvent } from '../../workflows/report/events.ts'
import type { ReportState } from '../../workflows/report/state.ts'

/** What is said of a report beside its state. */
export interface ReportForm extends ProfileOf {
  readonly report: string
  readonly period: string
}

export const reportTable: ProcessTable<ReportState, ReportEvent, ReportForm> = {
  name: 'reports',
  columns: {
    report: { type: 'text', ofForm: ({ report }) => report },
    period: { type: 'text', ofForm: ({ period }) => period },
    /** For whoever knows no profile; people are told its label. */
    title: { type: 'text', prose: true, ofForm: ({ report, period }) => `${report} ${period}` },
    openedAt: { type: 'timestamptz', ofState: ({ openedAt }) => openedAt },
    dueAt: { type: 'timestamptz', ofState: ({ dueAt }) => dueAt },
    preparer: { type: 'text', nullable: true, ofState: ({ preparer }) => preparer },
    reviewer: { type: 'text', nullable: true, ofState: ({ reviewer }) => reviewer },
    approver: { type: 'text', nullable: true, ofState: ({ approver }) => approver },
    unreviewed: { type: 'boolean', ofState: ({ unreviewed }) => unreviewed },
    ...countedBy,
  },
  head: { title: 'title', startedAt: 'opened_at', team: `''::text collate "C"` },
}
