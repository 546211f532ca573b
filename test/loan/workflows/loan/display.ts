import { said } from '../../../../domain/labels.ts'
import type { Display } from '../../../../workflows/common/display.ts'
import type { LoanPolicy, LoanState } from './state.ts'

/** What people read of a loan in the Temporal UI that is its own. Not the device: somebody wrote that, and it may name a person. */
export const loanDisplay: Display<LoanState, LoanPolicy> = {
  facts: ({ lentAt, returnedAt }, _, at) => [
    [words.lent, at(lentAt)],
    ...(returnedAt === null ? [] : [[words.returned, at(returnedAt)] as const]),
  ],
}

const words = {
  lent: said('借出时间', '借出時間', 'Lent'),
  returned: said('归还时间', '歸還時間', 'Returned'),
}
