import { z } from 'zod'
import { reviewProcess } from '../../workflows/review/process.ts'
import { staffRoles } from '../access/roles.ts'
import { paging } from '../http/paging.ts'
import { none, reading } from '../openapi/operation.ts'
import { findingsSchema, knownProblemPageSchema, owedActionsSchema } from '../views/reviews.ts'
import { numberParamOf } from '../views/schemas.ts'

/** What reviews found; that there is one, and where it stands, is told by the routes of all processes. */

export const readReviewFindings = reading({
  path: '/api/reviews/{number}/findings',
  id: 'readReviewFindings',
  tag: 'Reviews',
  summary: '复盘内容 · What a review found and decided: causes, actions, effect, and the tickets it counts',
  roles: staffRoles,
  params: numberParamOf(reviewProcess.labels.en),
  query: none,
  tagged: true,
  answer: { status: 200, description: 'It; `ETag` begins with the version of the review', schema: findingsSchema },
  problems: [404],
})

const word = z.string().min(1).max(80).optional()

export const listKnownProblems = reading({
  path: '/api/known-problems',
  id: 'listKnownProblems',
  tag: 'Reviews',
  summary: '问题库 · What reviews found: causes, actions and effect, by classification and by words',
  description: 'Every review of which an analysis is on record, newest first, whether it goes on or has ended.',
  roles: staffRoles,
  params: none,
  query: z.strictObject({
    profile: z.string().min(1).max(64).optional().describe('id of a profile'),
    module: word.describe('module of the classification: an id of the profile, or free words as tickets have them'),
    type: word.describe('type of the classification'),
    cause: word.describe('cause of the classification'),
    causeKind: word.describe('a kind of cause that was found'),
    q: z.string().min(1).max(200).optional().describe('words that stand in title, findings, actions or conclusion: all of them'),
    ...paging,
  }),
  answer: { status: 200, description: 'One page, newest first', schema: knownProblemPageSchema },
})

export const listImprovementActions = reading({
  path: '/api/improvement-actions',
  id: 'listImprovementActions',
  tag: 'Reviews',
  summary: '改进措施清单 · Improvement actions that are open now, the earliest due first',
  roles: staffRoles,
  params: none,
  query: z.strictObject({
    profile: z.string().min(1).max(64).optional().describe('id of a profile'),
    owner: z.string().min(1).max(64).optional().describe('id of a person; `me` for yourself'),
    limit: paging.limit,
  }),
  answer: { status: 200, description: 'The first of them, at most `limit`', schema: owedActionsSchema },
})
