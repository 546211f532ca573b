import { own } from '../../domain/own.ts'
import { actOfMoment, isAmong, waitMoment, type PlainMoment } from '../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../domain/profile/policy.ts'
import { solvedBy } from './path.ts'
import type { TicketState } from './state.ts'
import { recordAct } from './own-acts.ts'
import { goesOnBy } from './waiting.ts'

/** By what people stop the clocks of a ticket. */

/** Commands that bring about a moment. */
const broughtBy: Readonly<Partial<Record<PlainMoment, readonly string[]>>> = {
  contacted: ['contact'],
  'department-contacted': ['contact'],
  'review-recorded': ['record-review-meeting'],
  'priority-reviewed': ['confirm-priority', 'request-priority-change'],
  'priority-changed': ['decide-priority-change'],
  accepted: ['accept'],
  planned: ['plan'],
  updated: ['update-progress'],
  deferred: ['defer'],
  queried: ['query'],
  'query-answered': ['answer-query'],
  'handed-up': ['hand-up'],
  intervened: ['intervene'],
  'intervention-closed': ['close-intervention'],
  coordinated: ['record-coordination'],
  'milestone-set': ['move-milestone'],
  'milestone-reached': ['report-milestone'],
  'milestone-dropped': ['drop-milestone'],
  released: ['release'],
  completed: ['complete'],
  confirmed: ['confirm'],
  resolved: ['confirm'],
  dissatisfied: ['confirm'],
  closed: ['close'],
  'called-back': ['callback'],
  'article-filed': ['file-article'],
  reopened: ['reopen'],
}

/** Commands by which the clock would stop, in whatever stage. */
export function endingCommands(clock: PolicyClock, state: TicketState, policy: Policy): string[] {
  const { stage, waiting } = state
  const moments = [...clock.stops, ...clock.cancels]
  const solving = moments.includes('resolved') ? solvedBy(state, policy) : undefined
  return [
    ...new Set([
      ...moments.flatMap((moment) => own<readonly string[]>(broughtBy, moment) ?? []),
      ...(moments.some((moment) => actOfMoment(moment) !== undefined) ? [recordAct.name] : []),
      ...(solving ? [solving] : []),
      ...(waiting && isAmong(waitMoment('waiting-ended', waiting.for), moments) ? goesOnBy(waiting.for, stage) : []),
      'withdraw',
    ]),
  ]
}

/** Whether it would stop by an act of the organisation's own (X11) that can be recorded in that stage. */
export function endsByActIn(stage: string, { stops, cancels }: PolicyClock, { acts = [] }: Pick<Policy, 'acts'>): boolean {
  const ending = [...stops, ...cancels].map(actOfMoment)
  return acts.some(({ id, stages }) => ending.includes(id) && stages.includes(stage))
}
