import type { Column, ProfileOf, ProcessTable } from '../../../../db/process-table.ts'
import type { CommonColumns } from '../../../../db/column-names.ts'
import type { LoanEvent } from '../../workflows/loan/events.ts'
import type { LoanState } from '../../workflows/loan/state.ts'

/** What is said of a loan beside its state. */
export interface LoanForm extends ProfileOf {
  readonly device: string
}

/** The row of a loan. */
interface LoansTable extends Record<CommonColumns, unknown> {
  device: string
  parent: string | null
  assignee: string | null
  requester: string | null
  team: string
  lentAt: string
  returnedAt: string | null
  calendar: string
  calendarVersion: number
}

const columns: Readonly<Record<Exclude<keyof LoansTable, CommonColumns>, Column<LoanState, LoanEvent, LoanForm>>> = {
  device: { type: 'text', ofForm: ({ device }) => device },
  parent: { type: 'text', ofState: ({ parent }) => parent },
  assignee: { type: 'text', ofState: ({ assignee }) => assignee },
  requester: { type: 'text', ofState: ({ requester }) => requester },
  team: { type: 'text', ofState: ({ team }) => team },
  lentAt: { type: 'timestamptz', ofState: ({ lentAt }) => lentAt },
  returnedAt: { type: 'timestamptz', ofState: ({ returnedAt }) => returnedAt },
  calendar: { made: true },
  calendarVersion: { made: true },
}

export const loanTable: ProcessTable<LoanState, LoanEvent, LoanForm> = {
  name: 'loans',
  columns,
  head: {
    // One that is back is still to be looked over.
    inHand: "not (stage not in ('lent', 'overdue', 'returned'))",
    parent: 'parent',
    title: 'device',
    priority: 'null::text collate "C"',
    priorityRank: 'null::integer',
    representative: 'null::text collate "C"',
    requester: 'requester',
    assignee: 'assignee',
    team: 'team',
    startedAt: 'lent_at',
    calendar: 'calendar',
    calendarVersion: 'calendar_version',
  },
  ledgers: () => ({ assignments: [], contacts: [] }),
}
