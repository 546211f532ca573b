import { isTooLate, ladderNotices, toPerson, toRole } from '../common/recipients.ts'
import type { Ask, Notice } from '../process.ts'
import type { RecordedSampleEvent } from './events.ts'
import { termsOf, type SamplePolicy, type SampleState } from './state.ts'

/** Who hears of what happens to a sample: who judges, and of a finding who leads the team. Never the people whose work was judged. */
export function sampleNotices(event: RecordedSampleEvent, state: SampleState): Notice[] {
  const { number, assignee } = state
  switch (event.type) {
    case 'opened':
      return event.judge === event.actor ? [] : toPerson(event.judge, 'sample-given', { number, dueAt: event.judgeBy })
    case 'handed-over': {
      const due = state.promises.find(({ clock, state: is }) => clock === 'judging' && (is === 'running' || is === 'broken'))
      return event.to === event.actor ? [] : toPerson(event.to, 'sample-given', { number, ...(due && { dueAt: due.dueAt }) })
    }
    case 'judged':
    case 'rejudged': {
      const team = state.tickets.find(({ ticket }) => ticket === event.ticket)?.team
      if (event.finding === null || team === undefined) return []
      return [toRole('lead', team, 'sample-finding', { number, ticket: event.ticket, text: event.finding, by: event.actor })]
    }
    case 'level-reached':
      return ladderNotices(event, number, assignee)
    default:
      return []
  }
}

export const sendKind = 'send'

/** What is late climbs to those who judge, and then to the management: they have no place over a team, and are looked up. */
export function climbing(event: RecordedSampleEvent, state: SampleState, policy: SamplePolicy): Ask[] {
  if (event.type !== 'level-reached' || event.clock !== 'judging' || event.warning || isTooLate(event)) return []
  const { by } = termsOf(policy, state)
  const roles = event.rung === 'late' ? by : [...new Set([...by, 'management' as const])]
  return [{ kind: sendKind, question: { number: state.number, seq: event.seq, clock: event.clock, dueAt: event.dueAt, roles } }]
}
