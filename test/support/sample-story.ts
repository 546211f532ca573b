import type { Kysely } from 'kysely'
import { insertProcess } from '../../db/intake.ts'
import { project } from '../../db/projection.ts'
import { beginRequest } from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import { calendarFrom } from '../../domain/calendar/working-time.ts'
import { plus, type Instant } from '../../domain/instant.ts'
import type { Actor } from '../../domain/people.ts'
import type { Rejection } from '../../domain/rejection.ts'
import { samplePolicy } from '../../processes/sample/host.ts'
import { sampleTable } from '../../processes/sample/table.ts'
import type { Act } from '../../workflows/act.ts'
import { begin, perform, settle } from '../../workflows/engine.ts'
import { birth, type Drawing, type Drawn } from '../../workflows/sample/drawing.ts'
import type { RecordedSampleEvent } from '../../workflows/sample/events.ts'
import { sampleProcess } from '../../workflows/sample/process.ts'
import type { SamplePolicy, SampleState } from '../../workflows/sample/state.ts'
import { kinds } from './samples.ts'
import { monday, office, techSupport } from './tickets.ts'

/** A sample's life, told without Temporal and rows: whoever draws says which tickets there are. */

export const wu: Actor = { id: 'wu', roles: ['quality'], teams: [] }
export const gao: Actor = { id: 'gao', roles: ['management'], teams: [] }

const sampling = { ...techSupport, samples: kinds }
const policy: SamplePolicy = { ...samplePolicy(sampling), calendar: { version: 1, calendar: calendarFrom(office, monday) } }

export class SampleStory {
  readonly policy = policy
  state: SampleState
  events: readonly RecordedSampleEvent[]
  now: Instant
  #requests = 0

  constructor({
    number = 'CJ20260302001',
    tickets,
    now = monday,
    given = {},
    by = wu,
    involved = {},
  }: {
    readonly number?: string
    readonly tickets: readonly string[]
    readonly now?: Instant
    readonly given?: Partial<Drawing>
    readonly by?: Actor
    readonly involved?: Drawn['involved']
  }) {
    this.now = now
    const drawing: Drawing = { sample: 'service', only: {}, of: 'closed', from: '2026-01-01', until: '2027-01-01', ...given }
    const beginning = birth.of(drawing)
    const teams = Object.fromEntries(tickets.map((ticket) => [ticket, 'tech-support']))
    const found: Drawn = { tickets: [...tickets], teams, involved, asOf: now, seed: 'seed', frame: tickets.length, without: [] }
    const context = { policy, act: this.#act(by), parent: null, found }
    const errors = beginning.check(context)
    if (errors.length > 0) throw new Error(`refused: ${JSON.stringify(errors)}`)
    const { state, event } = begin(sampleProcess, number, beginning, context)
    this.state = state
    this.events = [event]
  }

  later(duration: string): this {
    this.now = plus(this.now, duration)
    return this
  }

  /** What is due by now takes effect. */
  wake(): this {
    const { state, events } = settle(sampleProcess, this.state, policy, this.now, 'at')
    this.state = state
    this.events = [...this.events, ...events]
    return this
  }

  /** Somebody acts; why not, where that is refused. */
  try(actor: Actor, name: string, input: object): Rejection | undefined {
    const command = sampleProcess.commands.find((one) => one.name === name)
    if (!command) throw new Error(`no command ${name}`)
    const performed = perform(sampleProcess, command, this.state, policy, this.#act(actor), input)
    if (!performed.ok) return performed.rejection
    this.state = performed.state
    this.events = [...this.events, ...performed.events]
    return undefined
  }

  act(actor: Actor, name: string, input: object): this {
    const refused = this.try(actor, name, input)
    if (refused) throw new Error(`${actor.id} may not ${name}: ${JSON.stringify(refused)}`)
    return this
  }

  #act(actor: Actor): Act {
    this.#requests += 1
    return { requestId: `request-${this.#requests}`, actor, at: this.now, directory: { people: {}, teams: [] } }
  }
}

/** Writes it as the product would. */
export async function writeSample(db: Kysely<Database>, { state, events }: SampleStory, profile = sampling.id): Promise<void> {
  const [event, ...later] = events
  if (!event) throw new Error('nothing was drawn')
  const { number } = state
  const request = await beginRequest(db, {
    ...{ caller: 'wu', key: `intake-${number}`, route: 'POST /api/samples', bodyHash: 'hash', ticket: null, createdAt: event.at },
  })
  const of = { table: sampleTable, process: { notices: () => [] } }
  const form = { profile, profileVersion: 1, title: number }
  const born = sampleProcess.apply(sampleProcess.birth.initial(number, event.at), event)
  const response = { status: 201, body: { number } }
  const intake = await insertProcess(db, { of, request, number, form, state: born, event, wakeAt: null, response })
  if (intake.result !== 'inserted') throw new Error(intake.result)
  await project(db, of, { id: number, events: later, state, outcomes: [] })
}
