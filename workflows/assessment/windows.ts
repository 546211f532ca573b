import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Deadline } from '../process.ts'
import { objectionClock } from './clocks.ts'
import type { AssessmentEvent } from './events.ts'
import { finalised } from './objections.ts'
import { prolongedTo } from './outages.ts'
import type { AssessmentPolicy, AssessmentState, SubjectState } from './state.ts'

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

/** What was not objected to by then is final: all at once what ends at once. Of what nobody could object to then the time goes on. */
export function windowExpires(state: AssessmentState, { dueAt }: Deadline, policy: AssessmentPolicy, now: Instant): AssessmentEvent[] {
  const over: SubjectKey[] = []
  const events: AssessmentEvent[] = []
  for (const subject of state.subjects) {
    if (!isOpen(subject) || subject.objectBy > dueAt) continue
    const key = subjectKey(subject)
    const until = prolongedTo(dueAt, policy, now, { isAgain: subject.prolonged === true })
    if (until === null) over.push(key)
    else events.push({ type: 'objections-prolonged', subject: key, from: dueAt, until })
  }
  return over.length === 0 ? events : [...events, { type: 'objections-over', subjects: over }, ...finalised(state, over)]
}

function isOpen(subject: SubjectState): subject is SubjectState & { readonly objectBy: string } {
  return subject.objectBy !== null && subject.objection === null && !subject.isFinal
}
