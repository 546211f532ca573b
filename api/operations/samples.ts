import { judgingRoles } from '../../domain/profile/samples.ts'
import { sampleProcess } from '../../workflows/sample/process.ts'
import { none, reading } from '../openapi/operation.ts'
import { drawSchema, sampleTicketsSchema } from '../views/samples.ts'
import { numberParamOf } from '../views/schemas.ts'

/** What was drawn and judged; that there is a sample, and how far it is, is told by the routes of all processes. */

const params = numberParamOf(sampleProcess.labels.en)

export const listSampleTickets = reading({
  path: '/api/samples/{number}/tickets',
  id: 'listSampleTickets',
  tag: 'Samples',
  summary: '抽检工单 · The tickets of a sample, each with what was said of it',
  roles: judgingRoles,
  params,
  query: none,
  answer: { status: 200, description: 'All of them, in the order in which they were drawn', schema: sampleTicketsSchema },
  problems: [404],
})

export const redrawSample = reading({
  path: '/api/samples/{number}/draw',
  id: 'redrawSample',
  tag: 'Samples',
  summary: '抽取复核 · Draws the sample again, by what is on record of it',
  description:
    'The tickets that could be drawn, as they were known then, in the order of the SHA-256 (as hexadecimal text) of seed, a space and number; the first of them are taken. One whose tickets were named was not drawn: 404.',
  roles: judgingRoles,
  params,
  query: none,
  answer: { status: 200, description: 'What is drawn, and whether it is the same', schema: drawSchema },
  problems: [404],
})
