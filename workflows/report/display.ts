import { said } from '../../domain/labels.ts'
import type { Display } from '../common/display.ts'
import { termsOf, type ReportPolicy, type ReportState } from './state.ts'

/** What people read of a report in the Temporal UI that is its own. */
export const reportDisplay: Display<ReportState, ReportPolicy> = {
  title: (state, policy) => [termsOf(policy, state).label[policy.language], state.period],
  facts: ({ period, dueAt, reckonedAt, preparer, reviewer, approver }, _, at) => [
    [words.period, period],
    [words.asOf, at(dueAt)],
    ...(reckonedAt === null ? [] : [[words.reckoned, at(reckonedAt)] as const]),
    ...(preparer === null ? [] : [[words.preparer, preparer] as const]),
    ...(reviewer === null ? [] : [[words.reviewer, reviewer] as const]),
    ...(approver === null ? [] : [[words.approver, approver] as const]),
  ],
}

const words = {
  period: said('统计周期', '統計週期', 'Period'),
  asOf: said('数据截至', '資料截至', 'As of'),
  reckoned: said('统计完成', '統計完成', 'Reckoned'),
  preparer: said('编制', '編製', 'Preparer'),
  reviewer: said('审核', '審核', 'Reviewer'),
  approver: said('批准', '核准', 'Approver'),
}
