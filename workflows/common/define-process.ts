import type { Locale } from '../../domain/labels.ts'
import { century } from '../../domain/instant.ts'
import type { PolicyCalendar } from '../../domain/profile/policy.ts'
import { stageOf } from '../../domain/stages.ts'
import type { Draft, Process, Recorded } from '../process.ts'
import { clockDeadlines, clockExpires } from './deadlines.ts'
import type { CommonEvent } from './common-events.ts'
import { cyclesAfter } from './cycles.ts'
import { displayed, type Display, type DisplayPolicy, type Displayable } from './display.ts'
import { ladderNotices } from './recipients.ts'
import { commonAttributes } from './search-attributes.ts'
import { endersOf, policyClocks, statedPromises, type StatedClock } from './stated-clock.ts'
import type { ClockPolicy } from './terms.ts'

/**
 * A process whose clocks promise what somebody stated, and of which everything else is as of most processes unless its type says otherwise.
 * One whose clocks stand in its profile, as a ticket's do, is put together part by part (`displayed`).
 */

/** What people work on. */
export interface Worked extends Displayable {
  /** The customer whose it is, if they sign in. */
  readonly requester: string | null
}

/** By what it runs; the type's own beside it. */
export interface OwnPolicy extends DisplayPolicy, ClockPolicy {
  readonly profile: { readonly id: string; readonly version: number }
  /** How far ahead a deadline may be set. */
  readonly furthest: string
}

/** What its type may leave out. */
type Usual = 'owns' | 'holder' | 'deadlines' | 'expire' | 'notices' | 'amend' | 'searchAttributes' | 'asks' | 'rests'

type Own<S extends Worked, E extends Draft, P extends OwnPolicy, Given> = Pick<
  Process<S, E | CommonEvent, P, Given>,
  'name' | 'labels' | 'several' | 'stages' | 'commands' | 'birth'
> &
  Partial<Pick<Process<S, E | CommonEvent, P, Given>, Usual>> & {
    /** What an event changes in the state. Its version, and what the event brings of promises, are taken over beside. */
    transition(state: S, event: Recorded<E | CommonEvent>): Partial<S>
    /** Absent: it promises nothing. */
    readonly clocks?: readonly StatedClock<E | CommonEvent>[]
    /** Absent: the Temporal UI shows what it shows of every process. */
    readonly display?: Display<S, P>
  }

/**
 * Defines one. Where the type says nothing, it is its customer's and its assignee's, and this one has it (`owns`, `holder`); what its clocks
 * bring if nobody acts, is broken or lapses, and whom the ladders name, hears of it (`deadlines`, `expire`, `notices`); a new version of its
 * calendar is taken over (`amend`); it is found by what all are found by (`searchAttributes`); it asks nothing, does nothing to others
 * (`asks`), and rests once its stage is not open any more (`rests`).
 */
export function defineProcess<S extends Worked, E extends Draft, P extends OwnPolicy, Given>({
  transition,
  clocks = [],
  display = {},
  ...own
}: Own<S, E, P, Given>): Process<S, E | CommonEvent, P, Given> {
  const { stages, commands } = own
  const endedBy = endersOf(clocks, commands)
  return displayed<S, E | CommonEvent, P, Given>(display, {
    clocks: clocks.map(({ id, label }) => ({ id, label })),
    apply: (state, event) => ({ ...state, ...transition(state, event), ...cyclesAfter(state, event), version: event.seq }),
    promises: (before, _, event, policy) => ({ promises: statedPromises(clocks, before, event, policy) }),
    owns: (state, actor, as) => actor.id === (as === 'customer' ? state.requester : state.assignee),
    holder: ({ assignee }) => assignee,
    deadlines: (state, policy) => clockDeadlines(state, policy, ({ id }) => endedBy(id, state.stage)),
    expire: (state, deadline, policy) => clockExpires(state, deadline, policy),
    notices: (event, { number, assignee }) => (isOf(event, 'level-reached') ? ladderNotices(event, number, assignee) : []),
    amend: (policy, event) =>
      isOf(event, 'calendar-changed') ? { ...policy, calendar: { version: event.version, calendar: event.calendar } } : policy,
    searchAttributes: commonAttributes,
    asks: () => [],
    rests: ({ stage }) => stageOf(stages, stage)?.is !== 'open',
    ...own,
  })
}

/** The names of common events are no other event's. */
function isOf<T extends CommonEvent['type']>(
  event: Recorded<Draft>,
  type: T,
): event is Recorded<Extract<CommonEvent, { readonly type: T }>> {
  return event.type === type
}

/** The policy of such a process, as its profile is now. Where its promises count by a calendar, that stands beside it. */
export function ownPolicy(
  { id, version, language, zone }: { readonly id: string; readonly version: number; readonly language: Locale; readonly zone: string },
  clocks: Parameters<typeof policyClocks>[0],
): OwnPolicy {
  return { profile: { id, version }, language, zone, clocks: policyClocks(clocks, language), furthest: century }
}

/** {@link OwnPolicy} of a type whose promises count by a calendar. */
export interface CountingPolicy extends OwnPolicy {
  readonly calendar: PolicyCalendar
}
