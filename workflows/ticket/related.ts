import { relatedNewsLabels, relatedNewsName, relatedNewsSchema } from '../common/related-news.ts'
import { openStages } from './availability.ts'
import { defineCommand } from './command.ts'
import type { Transitions } from './transitions.ts'

/** 关联流程: what happened to a process that belongs to the ticket, for those who work on it. The customer never sees it. */

/** Told by that process: nobody else may. */
export const noteRelated = defineCommand({
  name: relatedNewsName,
  labels: relatedNewsLabels,
  summary: 'Records in the log what happened to a related process. It moves no clock and the customer never sees it.',
  requirements: ['R10'],
  may: {},
  tellable: true,
  stages: openStages,
  input: () => relatedNewsSchema,
  decide: (_, { process, what, remark }) => [{ type: 'related-noted', process, what, remark: remark ?? null }],
})

export const transitions: Transitions<'related-noted'> = {
  'related-noted': () => ({}),
}
