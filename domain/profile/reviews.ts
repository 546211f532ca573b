import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { labelsSchema, said } from '../labels.ts'
import { personIdSchema, teamIdSchema } from '../people.ts'
import { targetSchema } from './clocks.ts'

/**
 * The reviews 复盘 of a profile (T17): how often a classification has to be seen before one opens by itself, who leads it, who takes part,
 * what kinds of causes it finds, and when it is looked at whether its actions had an effect.
 */

const termSchema = z
  .strictObject({ id: id.describe('its id'), label: labelsSchema.describe('what it is called') })
  .meta({ id: 'ReviewTerm', description: 'one of a list of reviews, with what it is called' })

/** Causes by kind, where a profile lists none. */
const usualCauses = [
  { id: 'requirement-misunderstood', label: said('需求理解偏差', '需求理解偏差', 'Requirement misunderstood') },
  { id: 'code-defect', label: said('代码缺陷', '程式碼缺陷', 'Code defect') },
  { id: 'missing-documentation', label: said('文档缺失', '文件缺失', 'Missing documentation') },
  { id: 'test-gap', label: said('测试覆盖不足', '測試涵蓋不足', 'Gap in testing') },
  { id: 'environment', label: said('环境与配置问题', '環境與設定問題', 'Environment or configuration') },
  { id: 'process-not-followed', label: said('流程执行不到位', '流程執行不到位', 'Process not followed') },
]

/** Without these no analysis is recorded, where a profile lists none. */
const usualParties = [
  { id: 'product', label: said('产品负责人', '產品負責人', 'Product lead') },
  { id: 'research', label: said('研发负责人', '研發負責人', 'R&D lead') },
]

export const reviewsSchema = z
  .strictObject({
    atLeast: z
      .int()
      .min(2)
      .max(1_000)
      .default(5)
      .describe('a review opens by itself once so many tickets of one classification were submitted in a calendar month'),
    team: teamIdSchema.optional().describe("the team whose review it is; default: that of the classification's type"),
    lead: personIdSchema.optional().meta({
      description: 'who leads those that open by themselves; default: nobody, and the lead of the team hears of it',
      examples: ['quality-wu'],
    }),
    analysisWithin: targetSchema.default('P14D').describe('how long the analysis may take, ISO 8601'),
    effectAfter: targetSchema.default('P28D').describe('how long after its last action the effect is looked at, ISO 8601'),
    closingWithin: targetSchema.default('P7D').describe('how long after an effect was found it may stay open, ISO 8601'),
    parties: uniqueIds(z.array(termSchema).max(10))
      .default(usualParties)
      .describe('who must take part before an analysis is recorded; default: product lead and R&D lead'),
    causes: uniqueIds(z.array(termSchema).min(1).max(50)).default(usualCauses).describe('kinds of causes'),
  })
  .meta({ id: 'ProfileReviews', description: 'root-cause reviews of what comes again and again' })
export type ProfileReviews = z.output<typeof reviewsSchema>

/** By what reviews run that people open where a profile says nothing of any. */
export const usualReviews: ProfileReviews = reviewsSchema.parse({})
