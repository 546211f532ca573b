import { said } from '../../domain/labels.ts'
import type { StatedClock } from '../common/stated-clock.ts'
import type { AssessmentEvent } from './events.ts'

/**
 * What superiors owe those who are scored. Who hears of it has a role and no place over a team, so the process looks that up; the ladders say
 * only when.
 */

const ladder = [
  { id: 'reminder', at: '-PT24H', times: 1, to: ['team'] },
  { id: 'late', at: '0%', times: 1, to: ['department-head'] },
  { id: 'still-late', at: '+PT24H', every: 'PT24H', times: 10, to: ['department-head'] },
] as const satisfies StatedClock<AssessmentEvent>['ladder']

export const confirmationClock = 'confirmation'
export const decisionClock = 'decision'
export const commendationClock = 'commendation'
/** The end of the time in which a score can be objected to: a deadline of each score, and nobody's promise. */
export const objectionClock = 'objection'

export const assessmentClocks: readonly StatedClock<AssessmentEvent>[] = [
  {
    id: confirmationClock,
    label: said('确认评分', '確認評分', 'Confirmation'),
    dueBy: (event) => (event.type === 'reckoned' ? (event.by ?? undefined) : undefined),
    stops: ['all-confirmed'],
    ladder,
    endedBy: ['confirm'],
  },
  {
    id: decisionClock,
    label: said('裁定异议', '裁定異議', 'Decision on objections'),
    // One cycle runs to what is due first; with the decision on that the next begins. One that is decided before its turn changes nothing of it.
    dueBy: (event) => (event.type === 'objected' || event.type === 'objection-decided' ? (event.by ?? undefined) : undefined),
    stops: (event) => event.type === 'objection-decided' && event.first,
    ladder,
    endedBy: ['decide-objection'],
  },
  {
    id: commendationClock,
    label: said('决定表彰', '決定表揚', 'Commendation'),
    dueBy: (event) =>
      event.type === 'outstanding-proposed' || event.type === 'commending-prolonged' ? (event.by ?? undefined) : undefined,
    stops: ['closed'],
    // Nobody owes a commendation: who is not commended by then is not.
    whenDue: 'lapse',
    ladder: [{ id: 'reminder', at: '-PT24H', times: 1, to: ['team'] }],
    endedBy: ['commend', 'decline-nomination', 'commend-outstanding'],
  },
  // Never a promise: it lends its name to the deadlines of scores (windows.ts).
  {
    id: objectionClock,
    label: said('异议期', '異議期', 'Time for objections'),
    dueBy: () => undefined,
    stops: [],
    ladder: [],
    endedBy: ['object'],
  },
]
