import { said } from '../../../../domain/labels.ts'
import { clockDeadlines, clockExpires } from '../../../../workflows/common/deadlines.ts'
import { commonTransition } from '../../../../workflows/common/common-events.ts'
import { noteRefusalName } from '../../../../workflows/common/refusals.ts'
import { opening } from '../../../../workflows/common/other-processes.ts'
import { tellingNews } from '../../../../workflows/common/related-news.ts'
import { cyclesAfter } from '../../../../workflows/common/cycles.ts'
import { displayed } from '../../../../workflows/common/display.ts'
import { ladderNotices } from '../../../../workflows/common/recipients.ts'
import {
  assigneeAttribute,
  nextDueAttribute,
  overdueAttribute,
  profileAttribute,
  stageAttribute,
  teamAttribute,
} from '../../../../workflows/common/search-attributes.ts'
import { loanClocks, promisesAfter } from './clocks.ts'
import { commands } from './commands.ts'
import { loanDisplay } from './display.ts'
import type { LoanEvent, RecordedLoanEvent } from './events.ts'
import { birth, type Lending } from './lending.ts'
import { loanStages } from './stages.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** A loan of a device 设备借用: lent, due, back, looked over. Small, and with what most types need; the ticket alone shows what else there can be (docs/architecture.md). */
export const loanProcess = displayed<LoanState, LoanEvent, LoanPolicy, Lending>(loanDisplay, {
  name: 'loan',
  labels: said('设备借用', '設備借用', 'loan'),
  several: { labels: said('设备借用', '設備借用', 'loans'), counted: said('{count} 次设备借用', '{count} 次設備借用', '{count} loans') },
  stages: loanStages,
  clocks: loanClocks,
  birth,
  commands,
  apply: (state, event) => ({ ...state, ...transition(state, event), ...cyclesAfter(state, event), version: event.seq }),
  promises: (before, _, event, policy) => ({ promises: promisesAfter(before, event, policy) }),
  owns: (state, actor, as) => actor.id === (as === 'customer' ? state.requester : state.assignee),
  holder: ({ assignee }) => assignee,
  deadlines: (state, policy) => clockDeadlines(state, policy, () => ['extend', 'give-back']),
  expire: (state, deadline, policy) => clockExpires<LoanEvent>(state, deadline, policy, () => []),
  amend: (policy, event) =>
    event.type === 'calendar-changed' ? { ...policy, calendar: { version: event.version, calendar: event.calendar } } : policy,
  searchAttributes: [stageAttribute, profileAttribute, teamAttribute, assigneeAttribute, nextDueAttribute, overdueAttribute],
  notices: (event, { number, assignee }) => (event.type === 'level-reached' ? ladderNotices(event, number, assignee) : []),
  asks(event, { number, parent, team, assignee, requester }) {
    switch (event?.type) {
      case 'replaced':
        return [
          opening(
            'loan',
            event.number,
            {
              device: event.device,
              until: event.until,
              team,
              ...(parent && { parent }),
              ...(assignee && { assignee }),
              ...(requester && { requester }),
            },
            noteRefusalName,
          ),
        ]
      case 'returned':
        return parent === null
          ? []
          : [tellingNews(parent, { process: number, what: deviceIsBack, remark: event.condition }, noteRefusalName)]
      default:
        return []
    }
  },
  rests: ({ stage }) => stage === 'returned',
})

const deviceIsBack = said('设备已归还', '設備已歸還', 'The device is back')

function transition(state: LoanState, event: RecordedLoanEvent): Partial<LoanState> {
  switch (event.type) {
    case 'lent': {
      const { parent, assignee, requester, team, calendar } = event
      return { parent, assignee, requester, team, calendar }
    }
    case 'received':
      return { received: true }
    case 'extended':
      return { stage: 'lent' }
    case 'returned':
      return { stage: 'returned', returnedAt: event.occurredAt }
    case 'inspected':
      return { stage: 'closed' }
    case 'handed-over':
      return { assignee: event.to }
    case 'replaced':
      return { replacements: state.replacements + 1 }
    case 'promise-broken':
      return { stage: 'overdue' }
    default:
      return commonTransition(state, event)
  }
}
