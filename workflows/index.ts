/** What the worker registers: the entry of the workflow bundle. */
export { ticket } from './ticket/ticket.workflow.ts'
