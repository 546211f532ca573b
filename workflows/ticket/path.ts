import { holds, type Facts } from '../../domain/profile/conditions.ts'
import { isUnless, leavingOut, type OptionalStage, type Passing } from '../../domain/profile/stages.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import { factsOf } from '../common/facts.ts'
import type { TicketState } from './state.ts'

/** The path of a ticket (X11): where a step leads when the profile leaves out the stage that follows. */

/** Whether tickets of which these facts are so pass over a stage. */
export function isLeftOut(stage: OptionalStage, policy: Passing, facts: Facts): boolean {
  const when = leavingOut(stage, policy)
  return isUnless(when) ? !holds(when.unless, facts) : holds(when, facts)
}

/** Where a ticket begins, which leads on from intake where that is left out. */
export function beginning(policy: Passing, facts: Facts): 'intake' | 'triage' | 'assignment' {
  return isLeftOut('intake', policy, facts) ? pastIntake(policy, facts) : 'intake'
}

/** Where a complete registration leads. */
export function pastIntake(policy: Passing, facts: Facts): 'triage' | 'assignment' {
  return isLeftOut('triage', policy, facts) ? 'assignment' : 'triage'
}

/** Where work leads that is done. `closing`: nobody verifies it and the customer is not asked, so that it is solved. */
export function pastHandling(policy: Passing, facts: Facts): 'verification' | 'confirmation' | 'closing' {
  return isLeftOut('verification', policy, facts) ? pastVerification(policy, facts) : 'verification'
}

/** Where work leads that was verified. `closing`: the customer is not asked, so that it is solved. */
export function pastVerification(policy: Passing, facts: Facts): 'confirmation' | 'closing' {
  return isLeftOut('confirmation', policy, facts) ? 'closing' : 'confirmation'
}

/** The command that solves the ticket from where it stands, without the customer being asked; none where that is not so. */
export function solvedBy(state: TicketState, policy: Passing): 'complete' | 'verify' | undefined {
  const facts = factsOf(state)
  if (state.stage === 'handling' && pastHandling(policy, facts) === 'closing') return 'complete'
  return state.stage === 'verification' && pastVerification(policy, facts) === 'closing' ? 'verify' : undefined
}

/** What an event says of where it leads: nothing where that is the stage that follows anyhow. */
export function leadingTo<S extends Stage, U extends S>(next: S, usual: U): { readonly next?: Exclude<S, U> } {
  return isAnother(next, usual) ? { next } : {}
}

function isAnother<S extends Stage, U extends S>(next: S, usual: U): next is Exclude<S, U> {
  return next !== usual
}
