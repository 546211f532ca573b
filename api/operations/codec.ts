import { z } from 'zod'
import { bodyLimitBytes } from '../http/limits.ts'
import { none, writing } from '../openapi/operation.ts'

/** More than any event of a history holds. */
const mostPayloads = 500

const base64 = z.base64().max(bodyLimitBytes)
const payloadSchema = z
  .object({
    metadata: z.record(z.string(), base64).nullish().describe('how the data is to be read, each in base64'),
    data: base64.nullish().describe('the data in base64'),
  })
  .meta({ id: 'TemporalPayload', description: 'A value as Temporal stores it' })
const payloadsSchema = z.object({
  payloads: z.array(payloadSchema).max(mostPayloads).describe('As Temporal writes them in JSON: metadata and data in base64'),
})

export const decodePayloads = writing({
  method: 'post',
  path: '/api/codec/decode',
  id: 'decodePayloads',
  tag: 'Service',
  summary: 'What Temporal stores of tickets, in clear, for the Temporal UI and CLI.',
  description:
    "Temporal's codec server protocol: give `…/api/codec` as codec endpoint, with the access token. Payloads that were never encrypted come back as they are. Customers' phone numbers and e-mail addresses stay sealed.",
  params: none,
  query: none,
  roles: ['supervisor', 'admin'],
  body: payloadsSchema,
  answer: { status: 200, description: 'The same payloads in clear, in the same order', schema: payloadsSchema },
  problems: [429],
})
