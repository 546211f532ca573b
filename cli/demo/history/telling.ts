import { own } from '../../../domain/own.ts'
import { DateTime } from 'luxon'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { workingDueMs } from '../../../domain/calendar/working-time.ts'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import type { Rejection } from '../../../domain/rejection.ts'
import type { Stage } from '../../../domain/ticket-stages.ts'
import type { EventType } from '../../../workflows/ticket/events.ts'
import type { LivedTicket } from './lived-ticket.ts'
import type { Occasion } from './occasion.ts'
import type { Office } from './office.ts'
import { phrases, servicePhrases } from './phrases.ts'
import type { Chance } from './random.ts'
import type { Season } from './season.ts'

/** A life as it is told: it says when it goes on, in milliseconds since the epoch, and somebody lets that time come. */
export type Steps = Generator<number, void>

/** What a life does that the ticket refuses; the life then ends where it is. Never of sound stories: tests see to that. */
export class RefusedStep extends Error {
  override name = 'RefusedStep'
  constructor(number: string, command: string, rejection: Rejection) {
    super(`${number}: ${command} was refused: ${JSON.stringify(rejection)}`)
  }
}

export interface Around {
  readonly ticket: LivedTicket
  readonly occasion: Occasion
  readonly chance: Chance
  readonly office: Office
  readonly season: Season
  readonly calendar: Calendar
}

/** What the scenes of one life share: who acts, what they write, and how long it takes them. */
export class Telling {
  readonly ticket: LivedTicket
  readonly occasion: Occasion
  readonly chance: Chance
  readonly office: Office
  readonly #season: Season
  readonly #calendar: Calendar
  /** In milliseconds since the epoch; whoever lets time pass sets it. */
  now: number

  constructor({ ticket, occasion, chance, office, season, calendar }: Around, now: number) {
    this.ticket = ticket
    this.occasion = occasion
    this.chance = chance
    this.office = office
    this.#season = season
    this.#calendar = calendar
    this.now = now
  }

  get state() {
    return this.ticket.state
  }

  isIn(stage: Stage): boolean {
    return this.ticket.state.stage === stage
  }

  /** For whom or what it waits; null: it does not. */
  waitsFor(): string | null {
    return this.ticket.state.waiting?.for ?? null
  }

  /** Who keeps in touch with the customer; where nobody does yet, whoever is at the phone. */
  get representative(): string {
    const { representative } = this.state
    return representative !== null && this.office.actor(representative).roles.includes('agent') ? representative : this.#atPhone
  }

  get #atPhone(): string {
    const { registrar } = this.occasion
    return registrar.startsWith('agent-') ? registrar : 'agent-zhao'
  }

  /** Whoever has it. */
  get handler(): string {
    const { assignee } = this.state
    if (assignee === null) throw new Error(`nobody has ${this.ticket.number}`)
    return assignee
  }

  has(type: EventType): boolean {
    return this.ticket.events.some((event) => event.type === type)
  }

  act(who: string, command: string, input: object = {}): void {
    const refused = this.ticket.act(this.office.actor(who), command, input, this.now)
    if (refused) throw new RefusedStep(this.ticket.number, command, refused)
  }

  /** Something of the kind that people write, about what is affected. */
  text(kind: Exclude<keyof typeof phrases, 'missing'>): string {
    const isTechnical = this.occasion.profile === 'tech-support' || this.occasion.type === 'fault'
    return this.chance
      .pick<string>((isTechnical ? undefined : servicePhrases[kind]) ?? phrases[kind])
      .replaceAll('{about}', this.occasion.of.about)
  }

  /** So many minutes pass as people work, more or less; more where much is to do, or who acts is slow. */
  *after(minutes: number, who?: string, spread?: number): Steps {
    yield this.later(this.chance.around(minutes, spread), who)
  }

  /** So much time passes without anybody's work. */
  *rest(hours: number): Steps {
    yield this.now + this.chance.around(hours, 0.4) * hour
  }

  *until(ms: number): Steps {
    if (ms > this.now) yield ms
  }

  /** When somebody has come so far who begins now. */
  later(minutes: number, who?: string): number {
    const ms = minutes * minute * this.#season.load(this.now) * (who === undefined ? 1 : (own(pace, who) ?? 1))
    return this.#isPressing() ? this.#awake(this.now + ms) : this.working(ms)
  }

  /** The instant by which so much working time has passed. */
  working(ms: number): number {
    return epochMs(workingDueMs(this.#calendar, instantOf(Math.floor(this.now)), ms))
  }

  /** Whether every hour counts. */
  #isPressing(): boolean {
    return this.ticket.policy.priorities.find(({ id }) => id === this.state.priority)?.timeBase === 'elapsed'
  }

  /** Somebody is on call for what is urgent; for the rest from eight to ten. */
  #awake(ms: number): number {
    if (this.state.priority === 'urgent') return ms
    const at = DateTime.fromMillis(ms, { zone: this.#calendar.timezone })
    if (at.hour >= 8 && at.hour < 22) return ms
    const morning = (at.hour < 8 ? at : at.plus({ days: 1 })).startOf('day').plus({ hours: 8 })
    return Math.floor(morning.toMillis() + this.chance.between(3, 50) * minute)
  }
}

export const minute = 60_000
export const hour = 60 * minute

/** How long people need beside others: one of technical support is slow, the service desk is quick. */
const pace: Readonly<Record<string, number>> = {
  'agent-li': 0.72,
  'agent-zhao': 0.85,
  'agent-zhou': 0.78,
  'engineer-wang': 0.85,
  'engineer-chen': 1,
  'engineer-liu': 1.5,
}
