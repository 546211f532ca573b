/** What a worker registers that keeps loans beside tickets: one line a type. */
export { loan } from './loan/loan.workflow.ts'
export { ticket } from '../../../workflows/ticket/ticket.workflow.ts'
