import { askId } from '../../../domain/ask-id.ts'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import { systemActor, type Actor, type Directory } from '../../../domain/people.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import type { Rejection } from '../../../domain/rejection.ts'
import { nextDeadline, perform, settle, wakeAtOf } from '../../../workflows/engine.ts'
import { hasEnded, type Ask, type Reply } from '../../../workflows/process.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'

/**
 * A ticket that has lived already: what is done with it is carried out by the engine, as its workflow would, at instants of the past, and
 * between the acts its deadlines fall due at theirs.
 */
export class LivedTicket {
  readonly number: string
  state: TicketState
  readonly events: RecordedTicketEvent[]
  /** What it asks of the world, and from when on that is looked up. */
  readonly asks: { readonly ask: Ask; readonly id: string; readonly from: number }[] = []
  policy: Policy
  readonly #directory: Directory
  #acts = 0

  constructor(
    { number, state, event, policy }: { number: string; state: TicketState; event: RecordedTicketEvent; policy: Policy },
    directory: Directory,
  ) {
    this.number = number
    this.state = state
    this.events = [event]
    this.policy = policy
    this.#directory = directory
    this.#raise(ticketProcess.asks(null, state, policy), event)
  }

  get hasEnded(): boolean {
    return hasEnded(ticketProcess, this.state)
  }

  /** When it is to be woken next, as its row says. */
  get wakeAt(): string | null {
    return wakeAtOf(ticketProcess, this.state, this.policy)
  }

  /** When its next deadline takes effect, in milliseconds since the epoch. */
  get fallsDueAt(): number {
    const next = nextDeadline(ticketProcess, this.state, this.policy)
    return next ? epochMs(next.dueAt) + wokenAfterMs : Infinity
  }

  /** Lets everything happen that falls due by then, each at its own instant. */
  passTo(ms: number): void {
    for (let at = this.fallsDueAt; at <= ms && !this.hasEnded; at = this.fallsDueAt) {
      const { state, events } = settle(ticketProcess, this.state, this.policy, this.#notBefore(at), 'at')
      this.#adopt(state, events)
    }
  }

  /** Somebody acts; why not, where it is refused. */
  act(actor: Actor, name: string, input: object, ms: number): Rejection | undefined {
    this.#acts += 1
    return this.#perform(actor, name, input, `${historyMark}-${this.number}-${this.#acts}`, ms)
  }

  /** What the world answers, which comes too late where the ticket has moved on. */
  answer(id: string, reply: Reply, ms: number): void {
    if (reply) this.#perform(systemActor, reply.command, reply.input, id, ms)
  }

  #perform(actor: Actor, name: string, input: unknown, requestId: string, ms: number): Rejection | undefined {
    const command = ticketProcess.commands.find((candidate) => candidate.name === name)
    if (!command) throw new Error(`there is no command ${name}`)
    const act = { requestId, actor, at: this.#notBefore(ms), directory: this.#directory }
    const performed = perform(ticketProcess, command, this.state, this.policy, act, input)
    if (!performed.ok) return performed.rejection
    this.#adopt(performed.state, performed.events)
    return undefined
  }

  #adopt(state: TicketState, events: readonly RecordedTicketEvent[]): void {
    this.state = state
    for (const event of events) {
      this.events.push(event)
      this.policy = ticketProcess.amend(this.policy, event)
      this.#raise(ticketProcess.asks(event, state, this.policy), event)
    }
  }

  #raise(asks: readonly Ask[], { seq, at }: RecordedTicketEvent): void {
    for (const ask of asks) this.asks.push({ ask, id: askId(this.number, seq, ask), from: epochMs(at) + answeredAfterMs })
  }

  /** Time runs forward on record. */
  #notBefore(ms: number): string {
    const at = instantOf(ms)
    const last = this.events.at(-1)?.at ?? at
    return at > last ? at : last
  }
}

/** Begins the ids of what the history asked for: by this its tickets are known. */
export const historyMark = 'demo-history'

/** As long as the waker and an ask need where little is to be done. */
const wokenAfterMs = 700
const answeredAfterMs = 1_300
