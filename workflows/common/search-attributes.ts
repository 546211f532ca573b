import { said } from '../../domain/labels.ts'
import type { ProcessState } from '../process.ts'
import type { SearchAttribute } from '../search-attribute.ts'
import { isOwed } from './promises.ts'
import { endOfTime } from './reckoning.ts'

/**
 * By what people find processes of several types in the Temporal UI. A namespace on Postgres has room for ten keywords, three instants
 * and three flags, for all types together: a type shares these, and has few of its own. Keywords are ids and not labels, so that a
 * saved query holds for every language and every version of a profile.
 */
export const stageAttribute: SearchAttribute<ProcessState, unknown> = {
  name: 'BihuanStage',
  type: 'KEYWORD',
  meaning: said('阶段', '階段', 'stage'),
  value: ({ stage }) => stage,
}

export const profileAttribute: SearchAttribute<ProcessState, { readonly profile: { readonly id: string } }> = {
  name: 'BihuanProfile',
  type: 'KEYWORD',
  meaning: said('流程配置', '流程配置', 'profile'),
  value: (_, { profile }) => profile.id,
}

export const teamAttribute: SearchAttribute<ProcessState & { readonly team: string }, unknown> = {
  name: 'BihuanTeam',
  type: 'KEYWORD',
  meaning: said('团队', '團隊', 'team'),
  value: ({ team }) => team,
}

export const assigneeAttribute: SearchAttribute<ProcessState & { readonly assignee: string | null }, unknown> = {
  name: 'BihuanAssignee',
  type: 'KEYWORD',
  meaning: said('处理人（无：在队列中）', '處理人（無：在佇列中）', 'who has it; none: it is in the queue'),
  value: ({ assignee }) => assignee,
}

export const nextDueAttribute: SearchAttribute<ProcessState, unknown> = {
  name: 'BihuanNextDue',
  type: 'DATETIME',
  meaning: said('最早到期的进行中承诺', '最早到期的進行中承諾', 'the earliest due instant of a running promise'),
  value: nextDue,
}

export const overdueAttribute: SearchAttribute<ProcessState, unknown> = {
  name: 'BihuanOverdue',
  type: 'BOOL',
  meaning: said('有承诺已超时且仍未完成', '有承諾已逾時且仍未完成', 'a promise is broken and still owed'),
  value: ({ promises }) => promises.some((promise) => promise.state === 'broken' && isOwed(promise)),
}

/** All of them, for a type that has none of its own. */
export const commonAttributes = [stageAttribute, profileAttribute, teamAttribute, assigneeAttribute, nextDueAttribute, overdueAttribute]

/** A promise that rests has no due instant yet, and one that its calendar never reaches never has. */
function nextDue({ promises }: ProcessState): string | null {
  let earliest: string | null = null
  for (const { state, dueAt } of promises)
    if (state === 'running' && dueAt !== endOfTime && (earliest === null || dueAt < earliest)) earliest = dueAt
  return earliest
}
