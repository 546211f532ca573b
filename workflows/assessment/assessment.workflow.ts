import { processWorkflow } from '../shell/process-workflow.ts'
import { assessmentProcess } from './process.ts'

/** One assessment, from its reckoning to its being closed. */
export const assessment = processWorkflow(assessmentProcess)
