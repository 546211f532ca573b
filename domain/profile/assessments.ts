import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { ofLength } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { targetSchema } from './clocks.ts'

/**
 * The assessments 统计评分 of a profile (R14): by what people and teams are scored each month, below which standard something is marked, what
 * that deducts 绩效扣分, from which score somebody is proposed as outstanding 优秀个人, and how long superiors have, and those who object.
 */

/** Figures that say something of whoever did the work: a share, of which each miss can be shown to them. */
export const scoredFigures = ['attainment', 'resolution-rate', 'satisfaction'] as const

/** In percent or points, with two decimals at most: scores are reckoned in whole hundredths. */
const hundredths = z
  .number()
  .min(0)
  .max(100)
  .refine((value) => Number(value.toFixed(2)) === value, 'hundredths')

/** So long everybody has to object, as they are promised. It is given in days: how many hours of work make one, only the calendar knows. */
const fiveDays = 5 * 86_400_000

const criterionSchema = z
  .strictObject({
    id: id.describe('its id, within the assessment'),
    label: labelsSchema.optional().describe('what it is called; default: as its figure, and of `attainment` as its promise'),
    figure: z.enum(scoredFigures).describe('which figure'),
    clock: id.optional().describe('of `attainment`: of which promise; different promises are never added up'),
    weight: z.int().min(1).max(1_000).describe('what it weighs beside the others'),
    standard: hundredths.describe('below so many percent it is marked'),
  })
  .meta({ id: 'AssessmentCriterion', description: 'by what people and teams are scored' })

/** One assessment; kept, too, with what was reckoned by it. */
export const assessmentSchema = z
  .strictObject({
    id: id.max(40).describe('its id, part of its number'),
    label: labelsSchema.describe('what it is called'),
    of: z
      .array(z.enum(['person', 'team']))
      .min(1, 'nobody-scored')
      .describe('who is scored'),
    criteria: uniqueIds(z.array(criterionSchema).min(1).max(20)).describe('by what, and how much each weighs'),
    rankedFrom: z
      .int()
      .min(1)
      .max(10_000)
      .default(20)
      .describe('who had fewer tickets is not ranked; for them, and for a criterion of which fewer were counted, nothing is deducted'),
    deduction: z
      .strictObject({
        each: hundredths.describe('points for each criterion below its standard'),
        most: hundredths.describe('points in all, at most'),
      })
      .meta({ id: 'AssessmentDeduction', description: 'what is deducted below the standard (绩效扣分)' })
      .optional()
      .describe('what is deducted below the standard; absent: it is marked, and nothing is deducted'),
    outstanding: z
      .strictObject({
        score: hundredths.describe('from so many points on'),
        most: z.int().min(1).max(100).default(1).describe('so many people at most, and those who are level with the last of them'),
      })
      .meta({ id: 'AssessmentOutstanding', description: 'who is proposed as outstanding (优秀个人)' })
      .optional()
      .describe('who is proposed as outstanding; absent: nobody'),
    confirmWithin: targetSchema.default('P3D').describe('how long superiors have to confirm, ISO 8601, in working time'),
    objectWithin: targetSchema
      .refine(
        ofLength((ms) => ms >= fiveDays),
        'under-five-days',
      )
      .default('P5D')
      .describe('how long after it was confirmed a score can be objected to, ISO 8601, in working time; at least five working days'),
    decideWithin: targetSchema.default('P5D').describe('how long deciding on an objection may take, ISO 8601, in working time'),
  })
  .meta({ id: 'ProfileAssessment', description: 'a monthly assessment' })
export type ProfileAssessment = z.output<typeof assessmentSchema>

export const assessmentsSchema = uniqueIds(z.array(assessmentSchema).max(10))
