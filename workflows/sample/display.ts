import { said } from '../../domain/labels.ts'
import type { Display } from '../common/display.ts'
import { faultlessIn, pendingIn, termsOf, type SamplePolicy, type SampleState } from './state.ts'

/** What people read of a sample in the Temporal UI that is its own: how far it is, and nothing of any ticket. */
export const sampleDisplay: Display<SampleState, SamplePolicy> = {
  title: (state, policy) => [termsOf(policy, state).label[policy.language]],
  facts: (state, _, at) => [
    [words.opened, at(state.openedAt)],
    ...(state.from === null || state.until === null ? [] : ([[words.period, `${at(state.from)} – ${at(state.until)}`]] as const)),
    ...(state.frame === null ? [] : ([[words.frame, `${state.frame}`]] as const)),
    [words.drawn, `${state.tickets.length}`],
    [words.pending, `${pendingIn(state).length}`],
    [words.faultless, `${faultlessIn(state)}`],
  ],
}

const words = {
  opened: said('抽取时间', '抽取時間', 'Drawn'),
  period: said('时间范围', '時間範圍', 'Of the time'),
  frame: said('可抽工单', '可抽工單', 'Drawn from'),
  drawn: said('抽取工单', '抽取工單', 'Tickets'),
  pending: said('待评定', '待評定', 'To be judged'),
  faultless: said('全部达标', '全部達標', 'Without fault'),
}
