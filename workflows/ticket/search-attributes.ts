import { said } from '../../domain/labels.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { SearchAttribute } from '../process.ts'
import { isOwed } from '../common/promises.ts'
import { endOfTime } from '../common/reckoning.ts'
import type { TicketState } from './state.ts'

/**
 * By what people find tickets in the Temporal UI. Keywords are ids and not labels, so that a saved query holds for every
 * language and every version of a profile. A namespace on Postgres has room for ten: three are left for other processes.
 */
export const searchAttributes: readonly SearchAttribute<TicketState, Policy>[] = [
  { name: 'BihuanStage', type: 'KEYWORD', meaning: said('阶段', '階段', 'stage'), value: ({ stage }) => stage },
  { name: 'BihuanPriority', type: 'KEYWORD', meaning: said('优先级', '優先等級', 'priority'), value: ({ priority }) => priority },
  { name: 'BihuanType', type: 'KEYWORD', meaning: said('类型', '類型', 'type'), value: ({ type }) => type },
  { name: 'BihuanProfile', type: 'KEYWORD', meaning: said('流程配置', '流程配置', 'profile'), value: (_, { profile }) => profile.id },
  { name: 'BihuanTeam', type: 'KEYWORD', meaning: said('团队', '團隊', 'team'), value: ({ team }) => team },
  {
    name: 'BihuanAssignee',
    type: 'KEYWORD',
    meaning: said('处理人（无：在队列中）', '處理人（無：在佇列中）', 'who has it; none: it is in the queue'),
    value: ({ assignee }) => assignee,
  },
  {
    name: 'BihuanWaitingFor',
    type: 'KEYWORD',
    meaning: said('等待对象（无：未在等待）', '等待對象（無：未在等待）', 'for what it waits; none: it does not'),
    value: ({ waiting }) => waiting?.for ?? null,
  },
  {
    name: 'BihuanNextDue',
    type: 'DATETIME',
    meaning: said('最早到期的进行中承诺', '最早到期的進行中承諾', 'the earliest due instant of a running promise'),
    value: nextDue,
  },
  {
    name: 'BihuanOverdue',
    type: 'BOOL',
    meaning: said('有承诺已超时且仍未完成', '有承諾已逾時且仍未完成', 'a promise is broken and still owed'),
    value: ({ promises }) => promises.some((promise) => promise.state === 'broken' && isOwed(promise)),
  },
]

/** A promise that rests has no due instant yet, and one that its calendar never reaches never has. */
function nextDue({ promises }: TicketState): string | null {
  let earliest: string | null = null
  for (const { state, dueAt } of promises)
    if (state === 'running' && dueAt !== endOfTime && (earliest === null || dueAt < earliest)) earliest = dueAt
  return earliest
}
