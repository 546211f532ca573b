import { said } from '../../domain/labels.ts'
import { actionClock, mostActions } from '../../domain/reviews/actions.ts'
import type { StatedClock } from '../common/stated-clock.ts'
import type { ReviewEvent } from './events.ts'

/** What a review promises: its analysis, each of its actions, a look at the effect, and that it ends. */

/** Whoever has it is reminded; when it is late, so are those above them, one after another. */
const ladder = [
  { id: 'reminder', at: '-PT48H', times: 1, to: ['handler'] },
  { id: 'late', at: '0%', times: 1, to: ['handler', 'lead'] },
  { id: 'still-late', at: '+PT72H', every: 'PT168H', times: 10, to: ['supervisor', 'department-head'] },
] as const satisfies StatedClock<ReviewEvent>['ladder']

const actionLadder = [
  { id: 'reminder', at: '-PT48H', times: 1, to: ['handler'], notice: 'action-due' },
  { id: 'late', at: '0%', times: 1, to: ['handler', 'lead'], notice: 'action-overdue' },
  {
    id: 'still-late',
    at: '+PT72H',
    every: 'PT168H',
    times: 10,
    to: ['handler', 'supervisor', 'department-head'],
    notice: 'action-overdue',
  },
] as const satisfies StatedClock<ReviewEvent>['ladder']

const analysis: StatedClock<ReviewEvent> = {
  id: 'analysis',
  label: said('原因分析', '原因分析', 'Analysis'),
  dueBy: (event) =>
    event.type === 'opened' ? event.analyseBy : event.type === 'effect-checked' ? (event.analyseBy ?? undefined) : undefined,
  stops: ['analysis-recorded'],
  cancels: ['abandoned'],
  ladder,
  endedBy: ['record-analysis', 'abandon'],
}

/** One clock has one open cycle: so each action has a clock of its own, by its number. */
const actions = Array.from({ length: mostActions }, (_, at): StatedClock<ReviewEvent> => {
  const id = at + 1
  return {
    id: actionClock(id),
    label: said(`改进措施 ${id}`, `改善措施 ${id}`, `Action ${id}`),
    dueBy: (event) =>
      (event.type === 'action-added' || event.type === 'action-rescheduled') && event.action === id ? event.dueAt : undefined,
    stops: (event) => event.type === 'action-reported' && event.action === id,
    cancels: (event) => event.type === 'abandoned' || (event.type === 'action-dropped' && event.action === id),
    ladder: actionLadder,
    endedBy: ['report-action', 'reschedule-action', 'drop-action', 'abandon'],
  }
})

/** Nobody is at fault when its day comes: then it is looked at by itself. */
const effect: StatedClock<ReviewEvent> = {
  id: 'effect',
  label: said('效果验证', '效果驗證', 'Effect check'),
  dueBy: (event) =>
    event.type === 'actions-completed' ? event.checkAt : event.type === 'effect-checked' ? (event.checkAt ?? undefined) : undefined,
  stops: ['closed', 'effect-checked'],
  cancels: ['abandoned', 'action-added'],
  whenDue: 'lapse',
  ladder: [],
  endedBy: ['check-effect', 'add-action', 'close', 'abandon'],
}

const closing: StatedClock<ReviewEvent> = {
  id: 'closing',
  label: said('结束复盘', '結束檢討', 'Closing'),
  dueBy: (event) => (event.type === 'effect-checked' ? (event.closeBy ?? undefined) : undefined),
  stops: ['closed'],
  cancels: ['abandoned', 'action-added', 'effect-checked'],
  ladder,
  endedBy: ['close', 'abandon'],
}

export const reviewClocks: readonly StatedClock<ReviewEvent>[] = [analysis, ...actions, effect, closing]
