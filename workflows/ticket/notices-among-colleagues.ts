import { toPerson, toRole, toTeam } from '../common/recipients.ts'
import type { Notice, Recorded } from '../process.ts'
import type { TicketEvent } from './events.ts'
import { openMilestones } from './milestones.ts'
import { solveBy } from './values-told.ts'
import type { TicketState } from './state.ts'

/** Who hears of what colleagues do together on a ticket: helping, asking the service desk, handing up, looking into it. */
export function noticesAmongColleagues(event: Recorded<TicketEvent<Together>>, state: TicketState): Notice[] {
  const { number, assignee } = state
  const { actor: by } = event
  switch (event.type) {
    case 'helper-added': {
      const { helper, duty, insteadOf } = event
      return toPerson(helper, 'help-asked', { number, duty, by, ...(insteadOf !== null && { insteadOf }), ...solveBy(state) })
    }
    case 'helper-removed':
      return helpEnded(event, state)
    case 'queried':
      return question(event, state)
    case 'query-answered':
      return assignee === by ? [] : toPerson(assignee, 'query-answered', { number, answer: event.answer, by })
    case 'handed-up': {
      const params = { number, problem: event.problem, tried: event.tried, by, ...solveBy(state) }
      return event.to === null ? [toTeam(event.team, 'handed-up', params)] : toPerson(event.to, 'handed-up', params)
    }
    case 'intervened':
      return toBoth(event, state, 'intervention-opened', { number, cause: event.cause, reason: event.reason, by })
    case 'intervention-closed':
      return toEach(event, [assignee, state.representative, event.openedBy ?? null], 'intervention-closed', {
        number,
        outcome: event.outcome,
        by,
      })
  }
}

type Together = 'helper-added' | 'helper-removed' | 'queried' | 'query-answered' | 'handed-up' | 'intervened' | 'intervention-closed'

/** Whoever takes part beside the one who has it hears in whose hands it is now, unless they hear of it anyhow (S11, R9). */
export function helpGoesOn(event: Recorded<TicketEvent<'assigned' | 'released'>>, state: TicketState, to: string): Notice[] {
  const { actor: by, reason } = event
  const had = event.type === 'assigned' ? event.previous : event.assignee
  const others = [...(state.helpers ?? []).map(({ person }) => person), ...openMilestones(state).map(({ owner }) => owner)]
  const params = { number: state.number, to, by, ...(reason !== null && { reason }) }
  return [...new Set(others)].flatMap((person) => ([by, had, to].includes(person) ? [] : toPerson(person, 'help-goes-on', params)))
}

/** Whoever has it hears that somebody leaves, and who is let go hears it, unless it is their own doing. */
function helpEnded({ helper, reason, actor: by }: Recorded<TicketEvent<'helper-removed'>>, { number, assignee }: TicketState): Notice[] {
  const params = { number, helper, by, ...(reason !== null && { reason }) }
  return [helper, assignee].flatMap((person) => (person === by ? [] : toPerson(person, 'help-ended', params)))
}

/** The representative is the service desk; where there is none, or they ask themselves, whoever leads has it answered (R7). */
function question(event: Recorded<TicketEvent<'queried'>>, { number, team, representative }: TicketState): Notice[] {
  const params = { number, question: event.question, by: event.actor }
  return representative === null || representative === event.actor
    ? [toRole('lead', team, 'query-asked', params)]
    : toPerson(representative, 'query-asked', params)
}

/** The handler and the representative. */
export function toBoth(
  event: Recorded<TicketEvent>,
  { assignee, representative }: TicketState,
  kind: string,
  params: Notice['params'],
): Notice[] {
  return toEach(event, [assignee, representative], kind, params)
}

/** Each of them once; whoever did it knows it. */
function toEach({ actor }: Recorded<TicketEvent>, people: readonly (string | null)[], kind: string, params: Notice['params']): Notice[] {
  return [...new Set(people)].flatMap((person) => (person === actor ? [] : toPerson(person, kind, params)))
}
