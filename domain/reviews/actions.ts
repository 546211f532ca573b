import { said, type Labels } from '../labels.ts'

/** Improvement actions 改进措施 of a review. */

export const actionStates = ['open', 'done', 'dropped'] as const
export type ActionStateName = (typeof actionStates)[number]

export const actionStateLabels: Readonly<Record<ActionStateName | 'overdue', Labels>> = {
  open: said('进行中', '進行中', 'open'),
  overdue: said('已超时', '已逾時', 'overdue'),
  done: said('已完成', '已完成', 'done'),
  dropped: said('已取消', '已取消', 'dropped'),
}

/** Each has a clock of its own, which the process carries: more than these are another review's. */
export const mostActions = 24

/** The clock of an action. */
export function actionClock(id: number): string {
  return `action-${id}`
}

/** The action whose clock that is; undefined where it is another clock. */
export function actionOfClock(clock: string): number | undefined {
  const [, id] = /^action-(\d+)$/.exec(clock) ?? []
  return id === undefined ? undefined : Number(id)
}
