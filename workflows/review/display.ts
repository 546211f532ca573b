import { said } from '../../domain/labels.ts'
import type { Display } from '../common/display.ts'
import { openActions, type ReviewPolicy, type ReviewState } from './state.ts'

/** What people read of a review in the Temporal UI that is its own. No text that somebody wrote: of a classification the words may be free. */
export const reviewDisplay: Display<ReviewState, ReviewPolicy> = {
  facts: (state, _, at) => [
    [words.opened, at(state.openedAt)],
    [words.tickets, `${state.tickets}`],
    [words.actions, `${openActions(state).length}/${state.actions.length}`],
    [words.round, `${state.round}`],
    ...(state.since === null ? [] : [[words.since, at(state.since)] as const]),
  ],
}

const words = {
  opened: said('发起时间', '發起時間', 'Opened'),
  tickets: said('涉及工单', '相關工單', 'Tickets'),
  actions: said('未完成措施', '未完成措施', 'Open actions'),
  round: said('第几轮', '第幾輪', 'Round'),
  since: said('措施完成时间', '措施完成時間', 'Actions done'),
}
