import { toPerson, toRole } from '../common/recipients.ts'
import type { Notice, Recorded } from '../process.ts'
import type { TicketEvent } from './events.ts'
import { solveBy } from './values-told.ts'
import type { TicketState } from './state.ts'

/** Who hears of what a coordination meeting gave to departments, and of what became of it (R9). */
export function noticesAmongDepartments(event: Recorded<TicketEvent<Between>>, state: TicketState): Notice[] {
  const { number } = state
  const { actor: by } = event
  switch (event.type) {
    case 'coordinated':
      return event.duties.map(({ department, duty }) =>
        toRole('lead', department, 'coordination-recorded', { number, duty, minutes: event.minutes, by, ...solveBy(state) }),
      )
    case 'milestone-set': {
      const { what, owner, insteadOf, dueAt: until } = event
      return owner === by ? [] : toPerson(owner, 'milestone-given', { number, what, until, by, ...(insteadOf !== null && { insteadOf }) })
    }
    case 'milestone-moved': {
      const { owner, previousOwner, insteadOf, dueAt: until, reason } = event
      const params = { number, what: whatOf(state, event), owner, until, reason, by, ...(insteadOf !== null && { insteadOf }) }
      return others([...new Set([owner, previousOwner])], by).flatMap((person) => toPerson(person, 'milestone-moved', params))
    }
    case 'milestone-dropped': {
      const { owner } = milestoneIn(state, event) ?? {}
      const params = { number, what: whatOf(state, event), reason: event.reason, by }
      return others([owner], by).flatMap((person) => toPerson(person, 'milestone-dropped', params))
    }
    case 'milestone-reached': {
      const params = { number, what: whatOf(state, event), result: event.result, by }
      return others([...new Set([state.representative, state.assignee])], by).flatMap((person) =>
        toPerson(person, 'milestone-reached', params),
      )
    }
  }
}

type Between = 'coordinated' | 'milestone-set' | 'milestone-moved' | 'milestone-reached' | 'milestone-dropped'

interface OfOne {
  readonly milestone: number
}

function milestoneIn({ milestones = [] }: TicketState, { milestone }: OfOne) {
  return milestones.find(({ id }) => id === milestone)
}

function whatOf(state: TicketState, event: OfOne): string {
  return milestoneIn(state, event)?.what ?? String(event.milestone)
}

/** Nobody is told what they did themselves. */
function others(people: readonly (string | null | undefined)[], by: string): string[] {
  return people.flatMap((person) => (person === by ? [] : (person ?? [])))
}
