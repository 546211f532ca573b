import { said } from '../../../../domain/labels.ts'
import type { ProcessStage } from '../../../../domain/stages.ts'

/** The stages of a loan, in the order of its path. */
export const loanStages = [
  { id: 'lent', labels: said('借出', '借出', 'lent'), is: 'open' },
  { id: 'overdue', labels: said('逾期未还', '逾期未還', 'overdue'), is: 'open' },
  { id: 'returned', labels: said('已归还', '已歸還', 'returned'), is: 'settled' },
  { id: 'closed', labels: said('已结束', '已結束', 'closed'), is: 'ended' },
] as const satisfies readonly ProcessStage[]

export type LoanStage = (typeof loanStages)[number]['id']
