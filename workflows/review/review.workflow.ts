import { processWorkflow } from '../shell/process-workflow.ts'
import { reviewProcess } from './process.ts'

/** One review, from its opening to what was found of its effect. */
export const review = processWorkflow(reviewProcess)
