import { processWorkflow } from '../../../../workflows/shell/process-workflow.ts'
import { loanProcess } from './process.ts'

/** One loan, from lending to inspection. */
export const loan = processWorkflow(loanProcess)
