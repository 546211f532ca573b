import type { Recorded } from '../process.ts'
import type { EventType, TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** What an event changes in the state. Version is set by the process; a transition says only what else is different. */
export type Transition<T extends EventType> = (state: TicketState, event: Recorded<TicketEvent<T>>) => Partial<TicketState>

/** The transitions of the events that belong to one stage or theme. */
export type Transitions<T extends EventType> = { readonly [K in T]: Transition<K> }

/** Who may act on behalf of whom, in the words the stage files use. */
export const staff = { agent: 'any', engineer: 'any', supervisor: 'any', admin: 'any' } as const
/** Whoever has the ticket; supervisors and admins step in for anybody. */
export const handler = { agent: 'own', engineer: 'own', supervisor: 'any', admin: 'any' } as const
/** Those who speak with the customer. */
export const serviceDesk = { agent: 'any', supervisor: 'any', admin: 'any' } as const
/** Those who decide over other people's work. */
export const leads = { supervisor: 'any', 'department-lead': 'any', admin: 'any' } as const
