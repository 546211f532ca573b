import { said, type Labels } from '../../domain/labels.ts'
import { queryWait } from '../../domain/waits.ts'
import type { Labelled, Policy } from '../../domain/profile/policy.ts'
import type { Display } from '../common/display.ts'
import { displayWords } from '../common/display-words.ts'
import type { TicketState } from './state.ts'

/** What people read of a ticket in the Temporal UI that is its own: `TS20231001001 · 软件功能异常 · 紧急`, the priority as it is then. */
export const ticketDisplay: Display<TicketState, Policy> = {
  title: ({ priority }, { type, priorities }) => [type.label, labelOf(priorities, priority)],
  standing: ({ waiting }, policy) =>
    waiting
      ? [[words.waitingFor, labelOf([{ id: queryWait.id, label: queryWait.label[policy.language] }, ...policy.waitingFor], waiting.for)]]
      : [],
  unheld: said('无（在队列中，待认领）', '無（在佇列中，待認領）', 'nobody (in the queue)'),
  facts({ representative, priorityChange, waiting, plan, counts, submittedAt }, { priorities, language, words: own }, at) {
    return [
      [named(own?.roles?.['representative']) ?? words.representative, representative ?? displayWords[language].nobody],
      ...(priorityChange ? [[words.priorityChange, labelOf(priorities, priorityChange.priority)] as const] : []),
      ...(waiting?.until ? [[words.waitsUntil, at(waiting.until)] as const] : []),
      ...(plan ? [[words.plannedFinish, at(plan.estimatedFinishAt)] as const] : []),
      ...(counts.deferrals > 0 ? [[words.deferrals, String(counts.deferrals)] as const] : []),
      [words.submitted, at(submittedAt)],
    ]
  },
}

const words = {
  representative: said('客服代表', '客服代表', 'Representative'),
  waitingFor: said('等待状态', '等待狀態', 'Waiting for'),
  priorityChange: said('待审批的优先级变更', '待審核的優先等級變更', 'Priority asked for, not decided'),
  waitsUntil: said('最迟等待至', '最遲等待至', 'Waits until'),
  plannedFinish: said('方案预计完成', '方案預計完成', 'Planned finish'),
  deferrals: said('已延期次数', '已延期次數', 'Deferrals'),
  submitted: said('提交时间', '提交時間', 'Submitted'),
}

function labelOf(list: readonly Labelled[], id: string): string {
  return list.find((item) => item.id === id)?.label ?? id
}

/** A word of the profile, which is in its language alone. */
function named(word: string | undefined): Labels | undefined {
  return word === undefined ? undefined : said(word, word, word)
}
