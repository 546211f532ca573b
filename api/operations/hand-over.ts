import { z } from 'zod'
import { personIdSchema } from '../../domain/people.ts'
import { reasonSchema } from '../../workflows/common/inputs.ts'
import { personAnswer } from '../views/schemas.ts'
import { none, writing } from '../openapi/operation.ts'
import { leadRoles } from '../access/roles.ts'

const resultSchema = z
  .object({
    from: personAnswer('who had the work'),
    to: personAnswer('who gets it'),
    items: z
      .array(
        z
          .object({
            number: z.string().describe('number of the process'),
            ok: z.boolean().describe('whether it was handed over'),
            version: z.int().min(1).nullable().describe('its version after it; null when it was not'),
            problem: z.string().nullable().describe('code of the problem; null when there was none'),
          })
          .meta({ id: 'HandedOverProcess', description: 'What became of one process' }),
      )
      .describe('one for each process'),
    left: z
      .object({
        own: z.int().min(0).describe('processes of which you are the customer: somebody else hands them over'),
        others: z
          .int()
          .min(0)
          .describe('processes of types that are not handed over like this: each is given to somebody by its own commands'),
      })
      .meta({ id: 'LeftOfHandOver', description: 'How much of the work this cannot hand over' }),
    complete: z
      .boolean()
      .describe('false when something is left: what `left` counts, or processes that the same request, sent again, may hand over'),
  })
  .meta({ id: 'HandOver', description: 'What became of the work of a person' })

export const handOverAll = writing({
  method: 'post',
  path: '/api/people/{id}/hand-over',
  id: 'handOverAll',
  tag: 'People',
  summary: "工作交接 · Hand over all of a person's work",
  description:
    'Every open process the person has as assignee or representative goes to another, tickets and whatever else can be handed over. Each is an act of its own, told one by one; the same request again goes on where this one stopped. What it cannot hand over is counted.',
  roles: leadRoles,
  params: z.strictObject({ id: personIdSchema.describe('whose work it is') }),
  query: none,
  body: z.strictObject({ to: personIdSchema.describe('who gets it'), reason: reasonSchema }),
  keyed: true,
  answer: { status: 200, description: 'What became of each process', schema: resultSchema },
  problems: [404],
})
