/** What the worker registers: the entry of the workflow bundle. */
export { assessment } from './assessment/assessment.workflow.ts'
export { report } from './report/report.workflow.ts'
export { dueReports } from './report/schedule.workflow.ts'
export { review } from './review/review.workflow.ts'
export { sample } from './sample/sample.workflow.ts'
export { ticket } from './ticket/ticket.workflow.ts'
