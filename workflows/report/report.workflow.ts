import { processWorkflow } from '../shell/process-workflow.ts'
import { reportProcess } from './process.ts'

/** One periodic report, from its reckoning to its being sent. */
export const report = processWorkflow(reportProcess)
