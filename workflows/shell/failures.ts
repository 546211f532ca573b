import { ApplicationFailure } from '@temporalio/workflow'
import type { Rejection } from '../../domain/rejection.ts'
import { rejectionType } from './protocol.ts'

/** What a validator throws: nothing but this kind of error refuses an Update without stopping the workflow. */
export function failure(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true })
}

export function rejected(rejection: Rejection): ApplicationFailure {
  return ApplicationFailure.create({ type: rejectionType, message: rejection.code, nonRetryable: true, details: [rejection] })
}
