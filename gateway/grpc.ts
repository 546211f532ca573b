import { isGrpcServiceError, ServiceError, WorkflowUpdateRPCTimeoutOrCancelledError } from '@temporalio/client'
import { z } from 'zod'
import { Trouble } from './trouble.ts'

/** Status codes of gRPC that mean something to us. */
export const grpcCode = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  unavailable: 14,
  unauthenticated: 16,
} as const

/** With which code a call to Temporal failed; undefined when it did not fail on the way or at the server. */
export function grpcCodeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(cause) ? coded.parse(cause).code : undefined
}

const coded = z.object({ code: z.number() })

/** Whether a server gave an Update up that it held: it has taken the workflow's state up anew, and can be asked again. */
export function wasAborted(error: unknown): boolean {
  const cause = error instanceof ServiceError ? error.cause : error
  return grpcCodeOf(error) === grpcCode.unavailable && cause instanceof Error && /update was aborted/i.test(cause.message)
}

/** What a failed call means for the caller; anything that is no trouble of the connection is our own mistake and stays as it is. */
export function troubleOf(error: unknown, late: 'temporal-away' | 'outcome-unknown'): unknown {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return new Trouble(late, error)
  const code = grpcCodeOf(error)
  if (code === undefined) return error
  switch (code) {
    case grpcCode.invalidArgument:
      return error
    case grpcCode.resourceExhausted:
      return new Trouble('too-many-requests', error)
    case grpcCode.deadlineExceeded:
    // Its workflow cannot go on just now, say because a worker has it that does not know its type.
    case grpcCode.failedPrecondition:
      return new Trouble(late, error)
    default:
      return new Trouble('temporal-away', error)
  }
}
