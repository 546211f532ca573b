import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { labelsSchema } from '../labels.ts'
import type { Role } from '../people.ts'
import { targetSchema } from './clocks.ts'

/**
 * The samples 抽检 of a profile (Q7): kinds of them, by which criteria the tickets of each are judged, by whom and until when. Criteria of several
 * kinds that have one id are one criterion, and its figures are one (consistency.ts).
 */

const criterionHead = {
  id: id.describe('its id; where several kinds of samples have it, it is the same criterion'),
  label: labelsSchema.describe('what is looked at'),
  mayNotApply: z.boolean().default(false).describe('whether it may be answered with `not-applicable`; then it counts in no figure'),
}

const criterionSchema = z
  .discriminatedUnion('kind', [
    z
      .strictObject({ ...criterionHead, kind: z.literal('yes-no').describe('met or not') })
      .meta({ id: 'YesNoCriterion', description: 'a criterion that is met or not' }),
    z
      .strictObject({
        ...criterionHead,
        kind: z.literal('scale').describe('from 1 (poor) to 5 (excellent)'),
        metFrom: z.int().min(2).max(5).default(4).describe('from which value on it is met'),
      })
      .meta({ id: 'ScaleCriterion', description: 'a criterion that is judged from 1 to 5' }),
  ])
  .meta({ id: 'SampleCriterion', description: 'a criterion by which tickets are judged' })
export type Criterion = z.output<typeof criterionSchema>

/** Who may draw and judge: how colleagues work is judged by nobody else. */
export const judgingRoles = ['quality', 'management'] as const satisfies readonly Role[]

/** The process carries each of its tickets from its start. */
export const mostDrawn = 200

const sampleSchema = z
  .strictObject({
    id: id.max(40).describe('its id'),
    label: labelsSchema.describe('what it is called'),
    criteria: uniqueIds(z.array(criterionSchema).min(1).max(50)).describe('by what each ticket is judged'),
    by: z
      .array(z.enum(judgingRoles).meta({ id: 'JudgingRole', description: 'a role that may draw and judge samples' }))
      .min(1, 'no-judges')
      .default(['quality'])
      .describe('roles that draw and judge'),
    judgeWithin: targetSchema.default('P5D').describe('how long the judging may take, ISO 8601, in working time'),
    correctableFor: targetSchema.default('P2D').meta({
      description:
        'how long after the last judgement it may still be corrected, before the sample closes by itself, ISO 8601, in working time',
      examples: ['P1D'],
    }),
    size: z
      .strictObject({
        usual: z.int().min(1).max(mostDrawn).default(20).describe('so many tickets, unless whoever draws says otherwise'),
        most: z.int().min(1).max(mostDrawn).default(100).describe('so many at most'),
      })
      .meta({ id: 'SampleSize', description: 'how many tickets are drawn' })
      .default({ usual: 20, most: 100 }),
  })
  .meta({ id: 'ProfileSample', description: 'a kind of samples of tickets that are judged' })
export type ProfileSample = z.output<typeof sampleSchema>

export const samplesSchema = uniqueIds(z.array(sampleSchema).max(20))
