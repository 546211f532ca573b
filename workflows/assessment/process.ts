import { subjectKey, type SubjectKey } from '../../domain/assessment/model.ts'
import { isTheirOwn } from '../../domain/assessment/rights.ts'
import { said } from '../../domain/labels.ts'
import { changeCalendarOf } from '../common/calendar-news.ts'
import { commonTransition } from '../common/common-events.ts'
import { clockDeadlines, clockExpires } from '../common/deadlines.ts'
import { defineProcess } from '../common/define-process.ts'
import { endersOf } from '../common/stated-clock.ts'
import { asksAnew, asksOf } from './asking.ts'
import { assessmentClocks, commendationClock, objectionClock } from './clocks.ts'
import { beganAt, type AssessmentCommand } from './command.ts'
import { commend, commendOutstanding, declineNomination, nominate } from './commending.ts'
import { confirm, confirmAct, excuse, takeBack } from './confirming.ts'
import { assessmentDisplay } from './display.ts'
import type { AssessmentEvent, RecordedAssessmentEvent } from './events.ts'
import { assessmentNotices } from './notices.ts'
import { noteProposed, noteReckoned } from './noting.ts'
import { decideObjection, object } from './objections.ts'
import { birth, type Opening } from './opening.ts'
import { prolongedTo } from './outages.ts'
import { aliveStages, assessmentStages } from './stages.ts'
import type { AssessmentPolicy, AssessmentState, SubjectState } from './state.ts'
import { windowDeadlines, windowExpires } from './windows.ts'

const commands: readonly AssessmentCommand[] = [
  excuse,
  confirmAct,
  takeBack,
  confirm,
  object,
  decideObjection,
  nominate,
  commend,
  declineNomination,
  commendOutstanding,
  noteReckoned,
  noteProposed,
  changeCalendarOf({ stages: aliveStages }, beganAt),
]

const endedBy = endersOf(assessmentClocks, commands)

/**
 * An assessment 统计评分 of departments and people (R14): reckoned once its month is over, confirmed by superiors, open to objections, final. Its
 * number names profile, assessment and month, so that there is one of each however often it is begun.
 */
export const assessmentProcess = defineProcess<AssessmentState, AssessmentEvent, AssessmentPolicy, Opening>({
  name: 'assessment',
  labels: said('考核', '考核', 'assessment'),
  several: { labels: said('考核', '考核', 'assessments'), counted: said('{count} 次考核', '{count} 次考核', '{count} assessments') },
  stages: assessmentStages,
  clocks: assessmentClocks,
  display: assessmentDisplay,
  birth,
  commands,
  transition,
  owns: ({ subjects }, actor) => subjects.some((subject) => isTheirOwn(actor, subject)),
  deadlines: (state, policy) => [...clockDeadlines(state, policy, ({ id }) => endedBy(id, state.stage)), ...windowDeadlines(state)],
  expire(state, deadline, policy, now) {
    if (deadline.clock === objectionClock) return windowExpires(state, deadline, policy, now)
    const events: readonly AssessmentEvent[] = clockExpires(state, deadline, policy)
    const isOver = deadline.clock === commendationClock && events.some(({ type }) => type === 'promise-lapsed')
    if (!isOver) return events
    const by = prolongedTo(deadline.dueAt, policy, now, { isAgain: deadline.cycle > 1 })
    return by === null ? [...events, { type: 'closed' }] : [{ type: 'commending-prolonged', from: deadline.dueAt, by }]
  },
  notices: assessmentNotices,
  asks: (event, state) => (event === null ? asksAnew(state) : asksOf(event, state)),
})

function transition(state: AssessmentState, event: RecordedAssessmentEvent): Partial<AssessmentState> {
  switch (event.type) {
    case 'opened': {
      const { assessment, label, period, dueAt, calendar } = event
      return { assessment, label, period, dueAt, calendar }
    }
    case 'reckoned':
      return {
        stage: 'draft',
        reckonedAt: event.at,
        subjects: event.subjects.map((subject) => ({
          ...subject,
          confirmedBy: null,
          decided: {},
          objectBy: null,
          objection: null,
          isFinal: false,
        })),
      }
    case 'delay-excused':
      return changed(state, [event.subject], ({ decided }) => ({ decided: { ...decided, [event.item]: 'excuse' } }))
    case 'act-confirmed':
      return changed(state, [event.subject], ({ decided }) => ({ decided: { ...decided, [event.item]: 'confirm-act' } }))
    case 'decision-taken-back':
      return changed(state, [event.subject], ({ decided }) => ({ decided: without(decided, event.item) }))
    case 'score-confirmed':
      return changed(state, [event.subject], () => ({ confirmedBy: event.actor, objectBy: event.objectBy }))
    case 'all-confirmed':
      return { stage: 'confirmed' }
    case 'objected':
      return changed(state, [event.subject], () => ({
        objection: { seq: event.seq, by: event.actor, decideBy: event.decideBy, isDecided: false },
      }))
    case 'objection-decided':
      return changed(state, [event.subject], ({ objection }) => ({
        objection: objection && { ...objection, isDecided: true },
        isFinal: true,
      }))
    case 'objections-prolonged':
      return changed(state, [event.subject], () => ({ objectBy: event.until, prolonged: true }))
    case 'objections-over':
      return changed(state, event.subjects, () => ({ isFinal: true }))
    case 'finalised':
      return { stage: 'final' }
    case 'outstanding-proposed':
      return { proposed: event.people.map((person) => ({ person, isCommended: false })) }
    case 'commending-prolonged':
      // Its promise says until when; a day before, the management is reminded.
      return {}
    case 'outstanding-commended':
      return { proposed: (state.proposed ?? []).map((one) => (one.person === event.person ? { ...one, isCommended: true } : one)) }
    case 'nominated': {
      const { nomination: id, person, ticket, actor: by } = event
      return { nominations: [...state.nominations, { id, person, ticket, by, state: 'open' }] }
    }
    case 'commended':
      return decided(state, event.nomination, 'commended')
    case 'nomination-declined':
      return decided(state, event.nomination, 'declined')
    case 'closed':
      return { stage: 'closed' }
    default:
      return commonTransition({}, event)
  }
}

function changed(
  { subjects }: AssessmentState,
  keys: readonly SubjectKey[],
  change: (subject: SubjectState) => Partial<SubjectState>,
): Pick<AssessmentState, 'subjects'> {
  return { subjects: subjects.map((subject) => (keys.includes(subjectKey(subject)) ? { ...subject, ...change(subject) } : subject)) }
}

function without(decided: SubjectState['decided'], item: string): SubjectState['decided'] {
  return Object.fromEntries(Object.entries(decided).filter(([id]) => id !== item))
}

function decided({ nominations }: AssessmentState, id: number, state: 'commended' | 'declined'): Pick<AssessmentState, 'nominations'> {
  return { nominations: nominations.map((nomination) => (nomination.id === id ? { ...nomination, state } : nomination)) }
}
