import { subjectKey } from '../../domain/assessment/model.ts'
import type { Deadline } from '../process.ts'
import { objectionClock } from './clocks.ts'
import type { AssessmentEvent } from './events.ts'
import { finalised } from './objections.ts'
import type { AssessmentState, SubjectState } from './state.ts'

/**
 * 异议期: each score that is confirmed can be objected to until an instant of its own. A clock for each would be hundreds; so these deadlines are
 * read off the scores. An objection at the very instant still counts.
 */
export function windowDeadlines({ subjects }: Pick<AssessmentState, 'subjects'>): Deadline[] {
  return subjects.flatMap((subject, at) =>
    isOpen(subject)
      ? [{ clock: objectionClock, cycle: at + 1, level: 'end', dueAt: subject.objectBy, to: [], cancelledBy: ['object'] }]
      : [],
  )
}

/** What was not objected to by then is final: all at once what ends at once. */
export function windowExpires(state: AssessmentState, { dueAt }: Deadline): AssessmentEvent[] {
  const keys = state.subjects.filter((subject) => isOpen(subject) && subject.objectBy <= dueAt).map(subjectKey)
  return [{ type: 'objections-over', subjects: keys }, ...finalised(state, keys)]
}

function isOpen(subject: SubjectState): subject is SubjectState & { readonly objectBy: string } {
  return subject.objectBy !== null && subject.objection === null && !subject.isFinal
}
