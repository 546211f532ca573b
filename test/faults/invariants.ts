import { hasEnded } from '../../workflows/process.ts'
import { isDeepStrictEqual } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowNotFoundError } from '@temporalio/client'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { expect } from 'vitest'
import { z } from 'zod'
import { entryColumns, entryOf, type EventEntry } from '../../db/events.ts'
import type { TicketRow } from '../../db/schema.ts'
import { batchQuery, wakeUpdate, type Batch } from '../../workflows/shell/protocol.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import type { Sent } from './clients.ts'
import type { World } from './world.ts'

/**
 * What must be true after every bad day, however it went: rows and workflows say the same, nothing happened twice, and
 * whatever anybody was told is so.
 */
export async function expectConsistent(world: World): Promise<void> {
  const looks = await settled(world)
  const { db } = world
  const [tickets, events, requests, notes, notices, promises] = await Promise.all([
    db.selectFrom('tickets').selectAll().orderBy('number').execute(),
    db
      .selectFrom('events')
      .select(['process', ...entryColumns])
      .orderBy('process')
      .orderBy('seq')
      .execute(),
    db.selectFrom('requests').selectAll().execute(),
    db.selectFrom('notes').selectAll().execute(),
    db.selectFrom('notices').select(['process', 'seq', 'kind', 'recipientKind', 'recipientId']).execute(),
    db.selectFrom('promises').selectAll().execute(),
  ])
  const wrong: string[] = []
  const accepted = new Set<string>()

  for (const ticket of tickets) {
    const { number } = ticket
    const say = (what: string) => wrong.push(`${number}: ${what}`)
    const own = events.filter(({ process }) => process === number)
    const workflow = looks.get(number)
    if (!workflow) {
      say('came out of nowhere')
      continue
    }

    if (
      !isDeepStrictEqual(
        own.map(({ seq }) => seq),
        count(ticket.version),
      )
    )
      say(`events are ${own.map(({ seq }) => seq).join()}, the row says ${ticket.version}`)
    if (!isDeepStrictEqual(workflow.lacking.state, ticket.state)) say('the row holds another state than the workflow')
    if (ticket.state.version !== ticket.version || ticket.state.stage !== ticket.stage || ticket.state.assignee !== ticket.assignee)
      say('columns and state of the row disagree')
    if (workflow.lacking.events.length > 0 || workflow.lacking.outcomes.length > 0) say('the rows lack something')
    for (const event of workflow.remembered) {
      const row = own.find(({ seq }) => seq === event.seq)
      if (!isDeepStrictEqual(row && withoutProcess(row), plain(entryOf(event)))) say(`event ${event.seq} is another one in the workflow`)
    }
    if (!isDeepStrictEqual(folded(workflow.begunWith, own), ticket.state)) say('the state is not what the events make of the first one')
    if (ended(ticket) !== workflow.closed) say(`the ticket is ${ticket.stage}, its workflow ${workflow.closed ? 'closed' : 'open'}`)
    for (const id of workflow.updates) {
      if (accepted.has(id)) say(`request ${id} was accepted by another ticket too`)
      accepted.add(id)
      if (!own.some(({ requestId }) => requestId === id)) say(`the workflow accepted request ${id}, the rows know nothing of it`)
    }
    for (const promise of ticket.state.promises) {
      const row = promises.find(({ process, clock, cycle }) => process === number && clock === promise.clock && cycle === promise.cycle)
      if (!row || row.dueAt !== promise.dueAt || row.state !== promise.state || row.stoppedAt !== promise.stoppedAt)
        say(`promise ${promise.clock} differs from its row`)
    }
  }

  for (const request of requests) {
    const effects = effectsOf(request.id, { tickets, events, notes })
    const say = (what: string) => wrong.push(`request ${request.key} (${request.route}): ${what}; effects: ${JSON.stringify(effects)}`)
    if (effects.length > 1) say('took effect more than once')
    if (request.status === 'pending' && (effects.length > 0 || accepted.has(request.id))) say('is pending, but was carried out')
    if (request.status === 'done') {
      if (!effects[0]) say('is done without any effect')
      else if (!says(request.response, effects[0])) say(`its answer is not what happened: ${JSON.stringify(request.response)}`)
    }
  }
  for (const { process, seq, requestId } of events) {
    // What the world answered is on record under the id of the ask, which begins with the ticket's number.
    const ownAsk = requestId?.startsWith(`${process}-`) ?? false
    if (requestId !== null && !ownAsk && !requestId.startsWith(signalPrefix) && !requests.some(({ id }) => id === requestId))
      wrong.push(`${process}: event ${seq} belongs to no request`)
  }

  for (const answer of world.journal.answers) {
    const say = (what: string) =>
      wrong.push(`answer to ${answer.caller}'s ${answer.key} (${answer.path}): ${what}: ${JSON.stringify(answer.body)}`)
    if (answer.status === 500) say('something nobody foresaw')
    if (answer.status >= 300) continue
    const request = requests.find(({ caller, key }) => caller === answer.caller && key === answer.key)
    const [effect] = request ? effectsOf(request.id, { tickets, events, notes }) : []
    if (!effect || !says(answer.body, effect)) say('is not what happened')
    const other = world.journal.answers.find((one) => isSame(one, answer) && one.status < 300 && !isDeepStrictEqual(one.body, answer.body))
    if (other) say(`was answered otherwise too: ${JSON.stringify(other.body)}`)
  }

  const lines = notices.map(({ process, seq, kind, recipientKind, recipientId }) =>
    [process, seq, kind, recipientKind, recipientId].join(' '),
  )
  for (const twice of lines.filter((line, at) => lines.indexOf(line) !== at)) wrong.push(`notice sent twice: ${twice}`)
  for (const { process, seq } of notices)
    if (!events.some((event) => event.process === process && event.seq === seq))
      wrong.push(`${process}: a notice of event ${seq}, which is not there`)

  expect(wrong).toEqual([])
}

/** Ids of signals that tests send begin so: they are no requests. */
export const signalPrefix = 'signal-'

/**
 * Waits until nobody has anything left to write: workflows started and written, accepted requests answered. Fails when
 * that does not come, and says what is missing.
 */
export async function settled(world: World): Promise<ReadonlyMap<string, Look>> {
  let open: readonly string[] = []
  for (const end = Date.now() + settlingMs; Date.now() < end; await sleep(250)) {
    const looks = new Map<string, Look>()
    open = await unsettled(world, looks).catch((error: unknown) => [String(error)])
    if (open.length === 0) return looks
  }
  throw new Error(`what is never written: ${open.join('; ')}`)
}

/** An activity whose worker died is tried again after 30 s, one whose database was away after up to a minute. */
const settlingMs = 180_000

async function unsettled(world: World, looks: Map<string, Look>): Promise<string[]> {
  const open: string[] = []
  const accepted = new Set<string>()
  const tickets = await world.db.selectFrom('tickets').selectAll().execute()
  await Promise.all(
    tickets.map(async (ticket) => {
      if (ticket.workflowStartedAt === null) return open.push(`${ticket.number} is not started`)
      const look = await lookInto(world, ticket)
      looks.set(ticket.number, look)
      for (const id of look.updates) accepted.add(id)
      if (look.lacking.state.version > ticket.version)
        open.push(`${ticket.number} is at ${look.lacking.state.version}, its rows at ${ticket.version}`)
      else if ((look.lacking.wakeAt ?? null) !== ticket.wakeAt)
        open.push(`${ticket.number} is to be woken at ${look.lacking.wakeAt}, its row says ${ticket.wakeAt}`)
      else if (ended(ticket) && !look.closed) open.push(`${ticket.number} has ended, its workflow has not`)
    }),
  )
  const pending = await world.db.selectFrom('requests').select(['id', 'key', 'route']).where('status', '=', 'pending').execute()
  for (const { id, key, route } of pending) if (accepted.has(id)) open.push(`request ${key} (${route}) was accepted and has no answer`)
  return open
}

interface Look {
  /** What the workflow says the rows lack. */
  readonly lacking: Batch<TicketState, TicketEvent>
  /** All events it still remembers. */
  readonly remembered: Batch<TicketState, TicketEvent>['events']
  /** State its first run was started with. */
  readonly begunWith: TicketState
  /** Ids of the Updates that its runs have accepted. */
  readonly updates: readonly string[]
  readonly closed: boolean
}

async function lookInto(world: World, { number, version }: Pick<TicketRow, 'number' | 'version'>): Promise<Look> {
  const { client, vault } = world
  const handle = client.workflow.getHandle(number)
  const description = await handle.describe()
  // A workflow is what its history makes of it: while that and the row are as they were, there is nothing new to see.
  const mark = [description.runId, description.historyLength, description.status.name, version].join(' ')
  const seen = looked.get(world) ?? new Map<string, { readonly mark: string; readonly look: Look }>()
  looked.set(world, seen)
  const last = seen.get(number)
  if (last?.mark === mark) return last.look
  const query = (writtenThrough: number) => handle.query<Batch<TicketState, TicketEvent>, [number]>(batchQuery, writtenThrough)
  const [lacking, whole] = await Promise.all([query(version), query(0)])
  const runs: Run[] = []
  for (let runId: string | undefined = description.runId; runId !== undefined; runId = runs[0]?.continues) {
    runs.unshift(await runOf({ client, vault }, number, runId))
  }
  const [first] = runs
  if (!first) throw new Error(`${number} never ran`)
  const look = {
    lacking,
    remembered: whole.events,
    begunWith: first.begunWith,
    // A request that comes again to a later run is accepted there too, and answered without an effect.
    updates: [...new Set(runs.flatMap(({ updates }) => updates))],
    closed: description.status.name === 'COMPLETED',
  }
  seen.set(number, { mark, look })
  return look
}

const looked = new WeakMap<World, Map<string, { readonly mark: string; readonly look: Look }>>()

interface Run {
  readonly begunWith: TicketState
  readonly updates: readonly string[]
  /** The run before. */
  readonly continues: string | undefined
}

async function runOf({ client, vault }: Pick<World, 'client' | 'vault'>, number: string, runId: string): Promise<Run> {
  const history = await client.workflow.getHandle(number, runId).fetchHistory()
  const { events } = historySchema.parse(JSON.parse(historyToJSON(history)))
  const [started] = events.flatMap(({ workflowExecutionStartedEventAttributes }) => workflowExecutionStartedEventAttributes ?? [])
  const [input] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []
  if (!started || !input) throw new Error(`the history of ${number} has no beginning`)
  const begun: { readonly state: TicketState } = JSON.parse(Buffer.from(vault.open(input, number).data ?? []).toString('utf8'))
  return {
    begunWith: begun.state,
    // A wake is nobody's request.
    updates: events.flatMap(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) =>
      accepted && accepted.acceptedRequest.input.name !== wakeUpdate ? accepted.protocolInstanceId : [],
    ),
    continues: started.continuedExecutionRunId || undefined,
  }
}

const historySchema = z.object({
  events: z.array(
    z.object({
      workflowExecutionStartedEventAttributes: z.object({ continuedExecutionRunId: z.string().optional() }).optional(),
      workflowExecutionUpdateAcceptedEventAttributes: z
        .object({ protocolInstanceId: z.string(), acceptedRequest: z.object({ input: z.object({ name: z.string() }) }) })
        .optional(),
    }),
  ),
})

/** Whether there is a workflow of that number at all. */
export async function hasWorkflow({ client }: World, number: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(number).describe()
    return true
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false
    throw error
  }
}

/** What one request did, as its answer should tell it. */
type Effect =
  | { readonly number: string; readonly version: number; readonly events: readonly number[] }
  | { readonly number: string; readonly note: true }

interface Rows {
  readonly tickets: readonly Pick<TicketRow, 'number' | 'requestId'>[]
  readonly events: readonly (EventEntry & { readonly process: string })[]
  readonly notes: readonly { readonly ticket: string; readonly requestId: string }[]
}

/** A block of events of one ticket is one effect, and so is a note; a ticket is its first event. */
function effectsOf(requestId: string, { tickets, events, notes }: Rows): Effect[] {
  const blocks: { number: string; version: number; events: number[] }[] = []
  for (const event of events) {
    if (event.requestId !== requestId) continue
    const block = blocks.at(-1)
    if (block?.number === event.process && block.version === event.seq - 1) {
      block.version = event.seq
      block.events.push(event.seq)
    } else blocks.push({ number: event.process, version: event.seq, events: [event.seq] })
  }
  const unseen = tickets.filter((ticket) => ticket.requestId === requestId && !blocks.some(({ number }) => number === ticket.number))
  return [
    ...blocks,
    ...unseen.map(({ number }) => ({ number, version: 0, events: [] })),
    ...notes.filter((note) => note.requestId === requestId).map(({ ticket }) => ({ number: ticket, note: true }) as const),
  ]
}

const answerSchema = z.object({ number: z.string(), version: z.number(), events: z.array(z.object({ seq: z.number() })).optional() })

/** Whether an answer tells exactly this effect. */
function says(answer: unknown, effect: Effect): boolean {
  const parsed = answerSchema.safeParse(answer)
  if (!parsed.success || parsed.data.number !== effect.number) return false
  if ('note' in effect) return parsed.data.events?.length === 0
  const told = parsed.data.events?.map(({ seq }) => seq) ?? [1]
  return parsed.data.version === effect.version && isDeepStrictEqual(told, effect.events)
}

function isSame(one: Sent, other: Sent): boolean {
  return one.caller === other.caller && one.key === other.key && one.path === other.path
}

function folded(begunWith: TicketState, entries: readonly EventEntry[]): TicketState {
  return entries.reduce((state, { data, ...entry }) => {
    if (entry.seq <= state.version) return state
    // The row of an event holds it whole, what it says apart from what every event has.
    const event: Parameters<typeof ticketProcess.apply>[1] = JSON.parse(JSON.stringify({ ...data, ...entry }))
    return ticketProcess.apply(state, event)
  }, begunWith)
}

function ended({ state }: Pick<TicketRow, 'state'>): boolean {
  return hasEnded(ticketProcess, state)
}

function count(to: number): number[] {
  return Array.from({ length: to }, (_, at) => at + 1)
}

function withoutProcess({ process: _, ...entry }: EventEntry & { readonly process: string }): EventEntry {
  return entry
}

/** As it comes back from JSON: without members that are undefined. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
