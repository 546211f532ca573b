import { said } from '../../../../domain/labels.ts'
import { commonTransition } from '../../../../workflows/common/common-events.ts'
import { defineProcess } from '../../../../workflows/common/define-process.ts'
import { opening } from '../../../../workflows/common/other-processes.ts'
import { noteRefusalName } from '../../../../workflows/common/refusals.ts'
import { tellingNews } from '../../../../workflows/common/related-news.ts'
import { loanClocks } from './clocks.ts'
import { commands } from './commands.ts'
import { loanDisplay } from './display.ts'
import type { LoanEvent, RecordedLoanEvent } from './events.ts'
import { birth, type Lending } from './lending.ts'
import { loanStages } from './stages.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** A loan of a device 设备借用: lent, due, back, looked over. Small, and with what most types need; the ticket alone shows what else there can be (docs/architecture.md). */
export const loanProcess = defineProcess<LoanState, LoanEvent, LoanPolicy, Lending>({
  name: 'loan',
  labels: said('设备借用', '設備借用', 'loan'),
  several: { labels: said('设备借用', '設備借用', 'loans'), counted: said('{count} 次设备借用', '{count} 次設備借用', '{count} loans') },
  stages: loanStages,
  clocks: loanClocks,
  display: loanDisplay,
  birth,
  commands,
  transition,
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
