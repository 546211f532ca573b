import { z } from 'zod'
import { fieldErrorCodes, rejectionCodes, type Rejection } from '../domain/rejection.ts'

const params = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]))

/** A rejection as it comes back from a workflow. */
export const rejectionSchema: z.ZodType<Rejection> = z.object({
  kind: z.enum(['forbidden', 'not-found', 'conflict', 'stale', 'invalid']),
  code: z.enum(rejectionCodes),
  params: params.exactOptional(),
  errors: z.array(z.object({ path: z.string(), code: z.enum(fieldErrorCodes), params: params.exactOptional() })).exactOptional(),
})
