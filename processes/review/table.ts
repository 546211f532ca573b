import type { ProfileOf, ProcessTable } from '../../db/process-table.ts'
import { actionClock } from '../../domain/reviews/actions.ts'
import { fold } from '../../domain/text.ts'
import type { RecordedReviewEvent, ReviewEvent } from '../../workflows/review/events.ts'
import type { ReviewState } from '../../workflows/review/state.ts'

/** What is said of a review beside its state. */
export interface ReviewForm extends ProfileOf {
  readonly title: string
}

export const reviewTable: ProcessTable<ReviewState, ReviewEvent, ReviewForm> = {
  name: 'reviews',
  columns: {
    title: { type: 'text', prose: true, ofForm: ({ title }) => title },
    /** By what it is found in the library of known problems: title, findings, actions, conclusion, folded, each by what said it. */
    searched: { type: 'jsonb', ofForm: ({ title }) => ({ title: fold(title) }), ofEvent: searched, manner: 'merged' },
    because: { type: 'text', ofState: ({ because }) => because },
    parent: { type: 'text', nullable: true, ofState: ({ parent }) => parent },
    module: { type: 'text', nullable: true, ofState: ({ classification }) => classification?.module ?? null },
    problemType: { type: 'text', nullable: true, ofState: ({ classification }) => classification?.type ?? null },
    cause: { type: 'text', nullable: true, ofState: ({ classification }) => classification?.cause ?? null },
    assignee: { type: 'text', nullable: true, ofState: ({ assignee }) => assignee },
    team: { type: 'text', ofState: ({ team }) => team },
    openedAt: { type: 'timestamptz', ofState: ({ openedAt }) => openedAt },
    tickets: { type: 'integer', ofState: ({ tickets }) => tickets },
    causes: { type: 'text[]', ofState: ({ causes }) => causes },
    round: { type: 'integer', ofState: ({ round }) => round },
    outcome: { type: 'text', nullable: true, ofState: ({ outcome }) => outcome },
  },
  head: { title: 'title', startedAt: 'opened_at' },
  onlyOne: { index: 'reviews_one_open', of: ['module', 'problemType', 'cause'] },
}

function searched(event: RecordedReviewEvent): Readonly<Record<string, string>> | undefined {
  switch (event.type) {
    case 'analysis-recorded':
      return { analysis: fold([event.summary, ...event.causes.map(({ text }) => text)].join('\n')) }
    case 'action-added':
      return { [actionClock(event.action)]: fold(event.text) }
    case 'closed':
      return { conclusion: fold(event.conclusion) }
    default:
      return undefined
  }
}
