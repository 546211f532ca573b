import { defineHandOver } from '../common/hand-over.ts'
import { beganAt } from './command.ts'
import type { ReviewEvent } from './events.ts'
import { openReviewStages } from './stages.ts'
import { openActions, type ReviewPolicy, type ReviewState } from './state.ts'

/** By which everything that somebody has is given to another: the reviews that they lead, and the actions that are theirs. */
export const handOver = defineHandOver<ReviewState, ReviewEvent, ReviewPolicy>(
  {
    summary: 'Has somebody else lead the review, and see to the actions, that one person had.',
    requirements: ['T17'],
    may: { supervisor: 'any', 'department-lead': 'any', admin: 'any' },
    stages: openReviewStages,
    moved({ state }, { from, assignee, insteadOf, reason }) {
      const inPlace = insteadOf === null ? {} : { insteadOf }
      return [
        ...(state.assignee === from ? [{ type: 'handed-over', from, to: assignee, reason, ...inPlace } as const] : []),
        ...openActions(state)
          .filter(({ owner }) => owner === from)
          .map(({ id }) => ({ type: 'action-reassigned', action: id, owner: assignee, reason, ...inPlace }) as const),
      ]
    },
  },
  beganAt,
)
