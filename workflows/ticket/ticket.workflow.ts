import { processWorkflow } from '../shell/process-workflow.ts'
import { ticketProcess } from './process.ts'

/** One ticket, from intake to archiving. */
export const ticket = processWorkflow(ticketProcess, { project: 'projectTicket', answer: 'answerTicket' })
