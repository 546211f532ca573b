import { said } from '../../domain/labels.ts'
import type { Display } from '../common/display.ts'
import { openObjections, termsOf, unconfirmed, type AssessmentPolicy, type AssessmentState } from './state.ts'

/** What people read of an assessment in the Temporal UI that is its own: how far it has come, and nobody's name. */
export const assessmentDisplay: Display<AssessmentState, AssessmentPolicy> = {
  title: (state, policy) => [termsOf(policy, state).label[policy.language], state.period],
  facts: (state, _, at) => [
    [words.period, state.period],
    [words.asOf, at(state.dueAt)],
    [words.confirmed, `${state.subjects.length - unconfirmed(state).length}/${state.subjects.length}`],
    [words.objections, `${openObjections(state).length}`],
  ],
}

const words = {
  period: said('统计周期', '統計週期', 'Period'),
  asOf: said('数据截至', '資料截至', 'As of'),
  confirmed: said('已确认', '已確認', 'Confirmed'),
  objections: said('待裁定异议', '待裁定異議', 'Open objections'),
}
