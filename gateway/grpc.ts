import { isGrpcServiceError, ServiceError } from '@temporalio/client'
import { z } from 'zod'

/** Status codes of gRPC that mean something to us. */
export const grpcCode = {
  invalidArgument: 3,
  deadlineExceeded: 4,
  alreadyExists: 6,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  unimplemented: 12,
  unauthenticated: 16,
} as const

/** With which code a call to Temporal failed; undefined when it did not fail on the way or at the server. */
export function grpcCodeOf(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(cause) ? coded.parse(cause).code : undefined
}

const coded = z.object({ code: z.number() })
