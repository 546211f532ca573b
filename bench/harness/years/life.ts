import type { Actor, Directory, Role } from '../../../domain/people.ts'
import { instantOf, type Instant } from '../../../domain/instant.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { begin, nextDeadline, perform, settle } from '../../../workflows/engine.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { birth, type Submission } from '../../../workflows/ticket/submission.ts'
import type { Chance } from './chance.ts'

/** Somebody does something, after so many minutes at most. */
export interface Doing {
  readonly by: Actor
  readonly does: string
  readonly with: Readonly<Record<string, unknown>>
  readonly within: number
}

/** A ticket that lives by the pure process, as fast as it can be reckoned: people act in working hours, and timers fire when they are due. */
export class Life {
  readonly #chance: Chance
  #policy: Policy
  #acts = 0
  #now: number
  state: TicketState
  events: RecordedTicketEvent[]

  constructor(
    policy: Policy,
    chance: Chance,
    { by, submission, at }: { readonly by: Actor; readonly submission: Submission; readonly at: number },
  ) {
    this.#policy = policy
    this.#chance = chance
    this.#now = at
    const beginning = birth.of(submission)
    const context = { policy, act: this.#act(by), parent: null }
    const faults = beginning.check(context)
    if (faults.length > 0) throw new Error(`the submission is refused: ${JSON.stringify(faults)}`)
    const { state, event } = begin(ticketProcess, 'LIFE', beginning, context)
    this.state = state
    this.events = [event]
  }

  /** @throws Error when it is refused: what is done here is meant to be done */
  do({ by, does, with: input, within }: Doing): void {
    this.until(inWorkingHours(this.#now + (2 + this.#chance.below(within)) * minuteMs))
    const command = ticketProcess.commands.find(({ name }) => name === does)
    if (!command) throw new Error(`there is no command ${does}`)
    const done = perform(ticketProcess, command, this.state, this.#policy, this.#act(by), input)
    if (!done.ok) throw new Error(`${by.id} may not ${does} in ${this.state.stage}: ${JSON.stringify(done.rejection)}`)
    this.#adopt(done.state, done.events)
  }

  /** Time passes, and whatever falls due meanwhile does so at its instant. */
  until(at: number): void {
    for (;;) {
      const due = nextDeadline(ticketProcess, this.state, this.#policy)?.dueAt
      if (due === undefined || Date.parse(due) > at) break
      const { state, events } = settle(ticketProcess, this.state, this.#policy, due, 'at')
      this.#adopt(state, events)
    }
    this.#now = at
  }

  /** So many days pass, and nobody acts. */
  days(days: number): void {
    this.until(this.#now + days * 86_400_000)
  }

  later(ms: number): Instant {
    return instantOf(this.#now + ms)
  }

  #adopt(state: TicketState, events: readonly RecordedTicketEvent[]): void {
    this.state = state
    this.events.push(...events)
    this.#policy = events.reduce<Policy>((policy, event) => ticketProcess.amend(policy, event), this.#policy)
  }

  #act(actor: Actor) {
    this.#acts += 1
    return { requestId: `life-${this.#acts}`, actor, at: instantOf(this.#now), directory }
  }
}

const team = 'tech-support'
const someone = (id: string, ...roles: readonly Role[]): Actor => ({ id, roles, teams: [team] })
export const agents = [1, 2, 3].map((place) => someone(`agent-${place}`, 'agent'))
export const engineers = [1, 2, 3, 4, 5, 6, 7, 8].map((place) => someone(`engineer-${place}`, 'engineer'))
export const supervisor = someone('supervisor-1', 'supervisor')
/** Whom acts may name. */
const directory: Directory = { people: Object.fromEntries(engineers.map((engineer) => [engineer.id, engineer])), teams: [team] }

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
/** Shanghai has no summer time. */
const offsetMs = 8 * hourMs

/** The same instant where somebody works then, else nine o'clock of the next weekday. */
export function inWorkingHours(at: number): number {
  const local = at + offsetMs
  const day = Math.floor(local / dayMs)
  const hour = Math.floor((local % dayMs) / hourMs)
  // The first of January 1970 was a Thursday.
  const isWeekend = (of: number) => (of + 3) % 7 > 4
  if (!isWeekend(day) && hour >= 9 && hour < 18) return at
  let next = hour < 9 && !isWeekend(day) ? day : day + 1
  while (isWeekend(next)) next += 1
  return next * dayMs + 9 * hourMs - offsetMs + (local % hourMs)
}
