import { z } from 'zod'
import { dimensionSchema, type Dimension } from '../../domain/figures/figure.ts'
import { dayOrInstantQuery, instantQuery, whole } from '../http/query.ts'
import { figureDefinitionSchema, figureSchema } from '../views/figures.ts'
import { wholeList } from '../views/schemas.ts'
import { staffRoles } from '../access/roles.ts'
import { none, reading } from '../openapi/operation.ts'

const keySchema = z.string().min(1).max(200).optional()

/** Narrows it to what is so in that dimension. */
const narrowing = {
  type: keySchema.describe('only this type of tickets'),
  priority: keySchema.describe('only this priority, as it was when the time ended'),
  channel: keySchema.describe('only what came by this channel'),
  team: keySchema.describe('only of this team, as it was when the time ended'),
  person: keySchema.describe('only of who handled it when the time ended: yourself, unless you are of the management'),
  keyword: keySchema.describe('only with this keyword'),
  module: keySchema.describe('only with a solution in this module'),
  classification: keySchema.describe('only with a solution classified as this type'),
  cause: keySchema.describe('only with a solution of this cause'),
  'customer-tag': keySchema.describe('only of customers with this tag'),
  clock: keySchema.describe('only this promise'),
  criterion: keySchema.describe('only this criterion of samples'),
} satisfies Record<Dimension, z.ZodType>

export const listFigures = reading({
  path: '/api/figures',
  id: 'listFigures',
  tag: 'Figures',
  summary: '统计口径 · What can be reckoned, and what each figure means',
  roles: staffRoles,
  params: none,
  query: none,
  answer: { status: 200, description: 'The figures', schema: wholeList(figureDefinitionSchema, {}) },
})

export const readFigure = reading({
  path: '/api/figures/{id}',
  id: 'readFigure',
  tag: 'Figures',
  summary: '统计 · A figure of any time, as it was known at any instant',
  description:
    'Counted from what happened, never from how things stand today: asked again with the same `asOf` it says the same. For supervisors, department leads, quality, admins and the management; of people, by `person`, for the management alone, and for everybody of themselves.',
  roles: staffRoles,
  params: z.strictObject({ id: z.string().min(1).max(100).describe('id of the figure, as the list has it') }),
  query: z.strictObject({
    profile: z.string().min(1).max(64).describe('id of the profile'),
    from: dayOrInstantQuery.describe("from when: a day of the profile's zone, or an instant"),
    until: dayOrInstantQuery.describe("until when, not included: a day of the profile's zone, or an instant"),
    asOf: instantQuery.optional().describe('what was recorded later is not counted; default: now'),
    splitBy: dimensionSchema.optional().describe('by what to split it'),
    compare: z
      .enum(['true', 'false'])
      .transform((given) => given === 'true')
      .optional()
      .meta({ type: 'boolean', description: 'whether to tell as long a time before, and the same days a year before' }),
    series: whole({ min: 2, max: 60 })
      .optional()
      .meta({ description: 'the same of so many times of this length, this one the last, with their natural limits' }),
    ...narrowing,
  }),
  answer: { status: 200, description: 'The figure', schema: figureSchema },
  problems: [403, 404, 429],
})
