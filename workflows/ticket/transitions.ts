import type { Recorded } from '../process.ts'
import type { EventType, TicketEvent } from './events.ts'
import type { TicketState } from './state.ts'

/** What an event changes in the state. Version is set by the process; a transition says only what else is different. */
export type Transition<T extends EventType> = (state: TicketState, event: Recorded<TicketEvent<T>>) => Partial<TicketState>

/** The transitions of the events that belong to one stage or theme. */
export type Transitions<T extends EventType> = { readonly [K in T]: Transition<K> }
