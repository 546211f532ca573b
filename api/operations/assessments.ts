import { z } from 'zod'
import { assessmentProcess } from '../../workflows/assessment/process.ts'
import { staffRoles } from '../access/roles.ts'
import { none, reading } from '../openapi/operation.ts'
import { accountAnswer, assessmentContentSchema, scoresAnswer, subjectKindSchema } from '../views/assessments.ts'
import { numberParamOf } from '../views/schemas.ts'
import { reportFormats } from './reports.ts'

/** Scores: each is for the management, for whoever stands above who is scored, and, once it is confirmed, for who is scored. Nobody else. */

const number = numberParamOf(assessmentProcess.labels.en)
const who =
  'Each score is for the management, for the head of the department and, once it is confirmed, for who is scored; a team’s for its lead. Nobody else hears anything.'

export const listScores = reading({
  path: '/api/assessments/{number}/scores',
  id: 'listScores',
  tag: 'Assessments',
  summary: '评分 · The scores that the caller may see',
  description: who,
  roles: staffRoles,
  params: number,
  query: none,
  answer: { status: 200, description: 'All of them', schema: scoresAnswer },
  problems: [403, 404, 409],
})

export const readScore = reading({
  path: '/api/assessments/{number}/scores/{kind}/{id}',
  id: 'readScore',
  tag: 'Assessments',
  summary: '评分依据 · How a score came about: every item, every decision, and the sum',
  description: who,
  roles: staffRoles,
  params: number.extend({
    kind: subjectKindSchema.describe('whether a person or a team is scored'),
    id: z.string().min(1).max(64).describe('id of the person or the team'),
  }),
  query: none,
  answer: { status: 200, description: 'The score', schema: accountAnswer },
  problems: [403, 404, 409],
})

export const readAssessmentContent = reading({
  path: '/api/assessments/{number}/content',
  id: 'readAssessmentContent',
  tag: 'Assessments',
  summary: '考核内容 · An assessment as a page, for print, as a workbook, or as data',
  description: `The whole is for the management; one score alone, by \`subject\`, for who may see that. ${who}`,
  roles: staffRoles,
  params: number,
  query: z.strictObject({
    format: z
      .enum(['model', 'html', 'pdf', 'xlsx'])
      .default('model')
      .describe('`model`: everything, as data; `html`: a page; `xlsx`: a workbook; `pdf`: for print'),
    subject: z.string().max(80).optional().describe('one score alone: `person:{id}` or `team:{id}`'),
  }),
  answer: { status: 200, description: 'It, in the format asked for', schema: assessmentContentSchema },
  files: Object.values(reportFormats),
  problems: [403, 404, 409, 429],
})
