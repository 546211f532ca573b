import { processWorkflow } from '../shell/process-workflow.ts'
import { sampleProcess } from './process.ts'

/** One sample, from its drawing until its tickets are judged. */
export const sample = processWorkflow(sampleProcess)
