import { openingSchema, openKind, type Opening } from '../../../workflows/common/other-processes.ts'
import type { Draft, ProcessState, Recorded, Reply } from '../../../workflows/process.ts'
import type { Batch, OpenAsk } from '../../../workflows/shell/protocol.ts'
import type { TicketEvent } from '../../../workflows/ticket/events.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import type { CounterEvent, CounterState } from './counter.ts'

/** Rows in memory, kept to the same rule as the real ones: events 1 to some version, without a gap. */
export class Rows<S extends ProcessState, E extends Draft> {
  events: readonly Recorded<E>[] = []
  state: S | undefined
  /** How often something was written, repetitions included. */
  writes = 0
  readonly #through: number

  /** `through`: how far the rows reach before anything is written: what intake wrote. */
  constructor(through = 1) {
    this.#through = through
  }

  get version(): number {
    return this.events.at(-1)?.seq ?? this.#through
  }

  write({ events, state }: Batch<S, E>): void {
    this.writes += 1
    const news = events.filter(({ seq }) => seq > this.version)
    const [first] = news
    if (first && first.seq !== this.version + 1) throw new Error(`gap: rows reach ${this.version}, batch begins with ${first.seq}`)
    this.events = [...this.events, ...news]
    if (state.version >= (this.state?.version ?? 0)) this.state = state
  }
}

/** Activities that write rows in memory and know the answers, and can be told to fail or to wait. */
export interface Recorder {
  readonly activities: {
    projectTicket(batch: Batch<TicketState, TicketEvent>): Promise<void>
    projectCounter(batch: Batch<CounterState, CounterEvent>): Promise<void>
    answerTicket(ask: OpenAsk): Promise<Reply>
    answerCounter(ask: OpenAsk): Promise<Reply>
  }
  tickets(id: string): Rows<TicketState, TicketEvent>
  counters(id: string): Rows<CounterState, CounterEvent>
  /** The next attempts fail, as if Postgres were away. */
  failNext(times: number): void
  readonly failed: number
  /** How often each ask was looked into, by its id. */
  readonly asked: ReadonlyMap<string, number>
  /** Whoever asks after this waits for the answer until {@link answers}. */
  holdsBack(): void
  answers(): void
}

/** `open` starts what a counter opens. */
export function createRecorder(open: (opening: Opening) => Promise<void> = async () => {}): Recorder {
  const tickets = new Map<string, Rows<TicketState, TicketEvent>>()
  const counters = new Map<string, Rows<CounterState, CounterEvent>>()
  let toFail = 0
  let failed = 0
  const asked = new Map<string, number>()
  let held: { readonly until: Promise<void>; readonly release: () => void } | undefined
  const rowsIn = <R>(map: Map<string, R>, id: string, empty: () => R): R => {
    const rows = map.get(id) ?? empty()
    map.set(id, rows)
    return rows
  }
  const attempt = () => {
    if (toFail === 0) return
    toFail -= 1
    failed += 1
    throw new Error('the database is away')
  }
  return {
    activities: {
      async projectTicket(batch) {
        attempt()
        rowsIn(tickets, batch.id, () => new Rows()).write(batch)
      },
      async projectCounter(batch) {
        attempt()
        rowsIn(counters, batch.id, () => new Rows()).write(batch)
      },
      async answerTicket({ kind }) {
        return kind === 'dispatch'
          ? { command: kind, input: { team: 'tech-support', candidates: [{ assignee: 'wang', insteadOf: null, skills: 0, inHand: 0 }] } }
          : { command: kind, input: { tags: ['vip'] } }
      },
      async answerCounter({ id, kind, question }) {
        asked.set(id, (asked.get(id) ?? 0) + 1)
        await held?.until
        attempt()
        if (kind === openKind) {
          await open(openingSchema.parse(question))
          return null
        }
        if (kind === 'stuck') throw new Error('nobody knows')
        if (kind === 'silence') return null
        return { command: kind === 'unheard-of' ? 'no-such' : 'hear', input: { about: kind } }
      },
    },
    tickets: (id) => rowsIn(tickets, id, () => new Rows()),
    counters: (id) => rowsIn(counters, id, () => new Rows()),
    failNext(times) {
      toFail = times
    },
    get failed() {
      return failed
    },
    asked,
    holdsBack() {
      held?.release()
      let release = () => {}
      const until = new Promise<void>((resolve) => {
        release = resolve
      })
      held = { until, release }
    },
    answers() {
      held?.release()
      held = undefined
    },
  }
}
