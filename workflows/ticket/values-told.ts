import { deadlineAtFirst } from '../../domain/profile/deadline.ts'
import { systemActor } from '../../domain/people.ts'
import type { Notice } from '../process.ts'
import { instant } from '../common/recipients.ts'
import { newestOwed, startPromiseIn } from './clocks.ts'
import type { RecordedTicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** What an event of a ticket brings to notices on its moments, by the names of `domain/notices/moment-values.ts`. */
export function valuesTold(event: RecordedTicketEvent, state: TicketState): Notice['params'] {
  const { actor } = event
  return { number: state.number, ...(actor !== systemActor.id && { by: actor }), ...solveBy(state), ...itsOwn(event) }
}

function itsOwn(event: RecordedTicketEvent): Notice['params'] {
  switch (event.type) {
    case 'submitted': {
      const { startWithin, promises } = event
      return {
        ...(startWithin && { within: startWithin.within, timeBase: startWithin.timeBase }),
        ...instant('startBy', startPromiseIn(promises)?.dueAt),
      }
    }
    case 'waiting-started':
      return { reason: event.reason, ...instant('until', event.until), ...text('message', event.asked) }
    case 'review-meeting-recorded':
      return { text: event.decision, ...instant('agreedDueAt', event.dueAt) }
    case 'assigned':
      return { ...text('reason', event.reason), ...text('insteadOf', event.insteadOf) }
    case 'queried':
      return { text: event.question }
    case 'query-answered':
      return { text: event.answer }
    case 'handed-up':
      return { text: event.problem }
    case 'intervention-closed':
      return { text: event.outcome }
    case 'coordinated':
      return { text: event.minutes }
    case 'milestone-set':
      return { text: event.what, until: event.dueAt }
    case 'milestone-moved':
      return { until: event.dueAt }
    case 'milestone-reached':
      return { text: event.result }
    case 'milestone-dropped':
    case 'intervened':
    case 'released':
      return { reason: event.reason }
    case 'planned':
      return { text: event.steps, finishAt: event.estimatedFinishAt, agreedDueAt: event.estimatedFinishAt }
    case 'progress-updated':
      return { text: event.text }
    case 'deferred': {
      const { reason, cause, newDueAt, late, previousDueAt } = event
      return { reason, cause, newDueAt, late: String(late), ...instant('previousDueAt', previousDueAt) }
    }
    case 'completed':
      return { text: event.solution }
    case 'verified':
    case 'confirmed':
      return text('remark', event.remark)
    case 'closed':
      return { reopenableUntil: event.reopenableUntil }
    case 'reopened':
      return { reason: event.reason }
    default:
      return {}
  }
}

function text(name: string, value: string | null | undefined): Notice['params'] {
  return value === null || value === undefined || value === '' ? {} : { [name]: value }
}

/** Until when the ticket is to be solved: as was agreed or announced last, else as was promised. */
export function solveBy({ promises, deferredTo, deadlineClocks = deadlineAtFirst }: TicketState): Notice['params'] {
  const running = promises.filter(({ state }) => state === 'running')
  const newest = newestOwed(running, deadlineClocks)
  const isStated = newest?.basis?.within === null
  return instant('dueAt', isStated ? newest.dueAt : (deferredTo ?? newest?.dueAt))
}
