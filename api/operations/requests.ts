import { z } from 'zod'
import { instantAnswer } from '../views/schemas.ts'
import { none, reading } from '../openapi/operation.ts'
import { everyRole } from '../access/roles.ts'

/** As it is answered to whoever sent the request; it was checked when it was first made. */
const storedBody: z.ZodType<Record<string, unknown>> = z.record(z.string(), z.unknown())

const requestSchema = z
  .object({
    key: z.string().describe('its Idempotency-Key'),
    route: z.string().describe('method and path'),
    ticket: z.string().nullable().describe('number of the ticket it was an act on'),
    status: z.enum(['pending', 'done']).meta({ id: 'RequestStatus', description: '`pending`: its outcome is not known yet' }),
    createdAt: instantAnswer('when it came'),
    doneAt: instantAnswer('when it took effect').nullable(),
    response: z
      .object({
        status: z.int().min(200).max(299).describe('status of the answer'),
        body: storedBody.describe('the answer, as the operation describes it'),
      })
      .meta({ id: 'StoredAnswer', description: 'The answer to a request' })
      .nullable()
      .describe('null while it is pending'),
  })
  .meta({ id: 'PostedRequest', description: 'A POST with its key' })

export const readRequest = reading({
  path: '/api/requests/{key}',
  id: 'readRequest',
  tag: 'Requests',
  summary: 'What became of a POST',
  description: "Of the caller's own requests only. `pending`: its outcome is not known yet; the same POST with the same key joins it.",
  roles: everyRole,
  params: z.strictObject({ key: z.string().min(1).max(200).describe('the Idempotency-Key') }),
  query: none,
  answer: { status: 200, description: 'The request and, once done, its answer', schema: requestSchema },
  problems: [404],
})
