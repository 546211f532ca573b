import { countedBy } from '../../../../db/create-process-table.ts'
import { isInStage } from '../../../../db/heads.ts'
import type { ProfileOf, ProcessTable } from '../../../../db/process-table.ts'
import type { LoanEvent } from '../../workflows/loan/events.ts'
import type { LoanState } from '../../workflows/loan/state.ts'

/** What is said of a loan beside its state. */
export interface LoanForm extends ProfileOf {
  readonly device: string
}

export const loanTable: ProcessTable<LoanState, LoanEvent, LoanForm> = {
  name: 'loans',
  columns: {
    device: { type: 'text', prose: true, ofForm: ({ device }) => device },
    parent: { type: 'text', nullable: true, ofState: ({ parent }) => parent },
    assignee: { type: 'text', nullable: true, ofState: ({ assignee }) => assignee },
    requester: { type: 'text', nullable: true, ofState: ({ requester }) => requester },
    team: { type: 'text', ofState: ({ team }) => team },
    lentAt: { type: 'timestamptz', ofState: ({ lentAt }) => lentAt },
    returnedAt: { type: 'timestamptz', nullable: true, ofState: ({ returnedAt }) => returnedAt },
    ...countedBy,
  },
  head: {
    title: 'device',
    startedAt: 'lent_at',
    // One that is back is still to be looked over.
    inHand: isInStage(['lent', 'overdue', 'returned']),
  },
}
