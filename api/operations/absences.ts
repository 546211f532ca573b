import { z } from 'zod'
import { instantSchema } from '../../domain/instant.ts'
import { personIdSchema } from '../../domain/people.ts'
import { shortText } from '../../workflows/common/inputs.ts'
import { whole } from '../http/query.ts'
import { instantAnswer, personAnswer, wholeList } from '../views/schemas.ts'
import { none, reading, writing } from '../openapi/operation.ts'
import { staffRoles } from '../access/roles.ts'

const absenceSchema = z
  .object({
    id: z.int().min(1).describe('its id'),
    person: personAnswer('who is away'),
    from: instantAnswer('away from this instant on'),
    until: instantAnswer('back from this instant on; null while nobody knows').nullable(),
    deputy: personAnswer('who was named; while they are away too, their own deputy stands in').nullable(),
    note: z.string().nullable().describe('what colleagues should know'),
  })
  .meta({ id: 'Absence', description: 'That somebody is or will be away' })

const changeable = {
  from: instantSchema.optional().describe('default: now, or as it is'),
  until: instantSchema.nullable().optional().describe('back from this instant on; null while nobody knows'),
  deputy: personIdSchema.nullable().optional().describe('who stands in'),
  note: shortText.nullable().optional().describe('what colleagues should know'),
}

const idParam = z.strictObject({ id: whole({ min: 1, max: 999_999_999_999_999 }).describe('id of the absence') })

export const listAbsences = reading({
  path: '/api/absences',
  id: 'listAbsences',
  tag: 'People',
  summary: 'Who is or will be away, and who stands in',
  roles: staffRoles,
  params: none,
  query: z.strictObject({ person: personIdSchema.optional().describe('whose; default: of everybody') }),
  answer: { status: 200, description: 'Absences that have not ended', schema: wholeList(absenceSchema, {}) },
})

export const recordAbsence = writing({
  method: 'post',
  path: '/api/absences',
  id: 'recordAbsence',
  tag: 'People',
  summary: 'Record an absence and its deputy',
  description:
    "One's own, or as supervisor, department lead or admin anybody's. While it lasts, what is assigned to the person goes to the deputy, who also may do what the person has in hand.",
  roles: staffRoles,
  params: none,
  query: none,
  body: z.strictObject({ person: personIdSchema.describe('who is away'), ...changeable }),
  keyed: true,
  answer: { status: 201, description: 'Recorded', schema: absenceSchema },
})

export const changeAbsence = writing({
  method: 'put',
  path: '/api/absences/{id}',
  id: 'changeAbsence',
  tag: 'People',
  summary: 'Change an absence that has not ended',
  description: 'What is left out stays as it is; null takes it away. Whoever is back already ends it: `POST /api/absences/{id}/end`.',
  roles: staffRoles,
  params: idParam,
  query: none,
  body: z.strictObject(changeable),
  answer: { status: 200, description: 'As it is now', schema: absenceSchema },
  problems: [404, 409],
})

export const endAbsence = writing({
  method: 'post',
  path: '/api/absences/{id}/end',
  id: 'endAbsence',
  tag: 'People',
  summary: 'The person is back',
  description: 'Ends the absence now. One that has not begun is taken off the list: it then ends as it begins.',
  roles: staffRoles,
  params: idParam,
  query: none,
  body: none,
  keyed: true,
  answer: { status: 200, description: 'Ended', schema: absenceSchema },
  problems: [404, 409],
})
