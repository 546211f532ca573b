import { sql, type Kysely } from 'kysely'
import { instantOf } from '../../domain/instant.ts'
import { connect } from '../../db/connect.ts'
import { insertProcess } from '../../db/intake.ts'
import type { NewTicket } from '../../processes/ticket/form.ts'
import { ticketTable } from '../../processes/ticket/table.ts'
import type { AnyBatch } from '../../db/projection.ts'
import type { NoticesOf } from '../../db/projected-rows.ts'
import { beginRequest, type BegunRequest } from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import { record } from '../../workflows/engine.ts'
import type { Outcome } from '../../workflows/shell/protocol.ts'
import type { RecordedTicketEvent, TicketEvent } from '../../workflows/ticket/events.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import { initialState } from '../../workflows/ticket/submission.ts'
import { createDatabase } from '../support/servers.ts'
import { quietPolicy } from '../support/tickets.ts'

/** Tickets' lives for the tests of db/, told without Temporal. */

/** One clock is enough to see that promises are written. */
const policy = quietPolicy({
  clocks: quietPolicy().clocks.map((clock) => ({ ...clock, within: { urgent: 'PT70M', high: 'PT70M', medium: 'PT70M', low: 'PT70M' } })),
})

/** An instant that many minutes after the ticket's submission. */
export const minute = (minutes: number): string => instantOf(Date.parse('2023-10-01T06:00:00.000Z') + minutes * 60_000)

/** A database of the test file's own. */
export async function openDatabase(
  options: Parameters<typeof createDatabase>[0] = {},
): Promise<{ db: Kysely<Database>; url: string; close: () => Promise<void> }> {
  const { url, drop } = await createDatabase(options)
  const db = connect(url, { poolSize: 8 })
  const close = async () => {
    await db.destroy()
    await drop()
  }
  return { db, url, close }
}

/** Everything a workflow would know: its events, the state after each, and the requests that caused them. */
export interface Story {
  readonly number: string
  readonly events: readonly RecordedTicketEvent[]
  readonly states: readonly TicketState[]
  readonly outcomes: readonly Outcome[]
}

/** A ticket that was submitted and nothing else. */
export function submitted(
  number: string,
  data: Partial<Omit<TicketEvent<'submitted'>, 'type'>> = {},
  at = minute(0),
  requestId: string | null = null,
): Story {
  const draft: TicketEvent = {
    type: 'submitted',
    ticketType: 'software',
    priority: 'high',
    channel: 'phone',
    representative: 'agent-li',
    requester: null,
    assignee: null,
    team: 'tech-support',
    live: false,
    startWithin: { within: 'PT8H', timeBase: 'elapsed' },
    calendar: { id: 'cn-office', version: 1 },
    ...data,
  }
  return told({ number, events: [], states: [], outcomes: [] }, [draft], at, requestId)
}

/** The story with one more step: its drafts recorded as the engine records them. */
export function told(
  story: Story,
  drafts: readonly TicketEvent[],
  at: string,
  requestId: string | null = null,
  actor = 'engineer-wang',
): Story {
  let state = story.states.at(-1) ?? initialState(story.number, at)
  const events: RecordedTicketEvent[] = []
  const states: TicketState[] = []
  for (const draft of drafts) {
    const done = record(ticketProcess, state, [draft], policy, { at, occurredAt: at, actor, requestId })
    events.push(...done.events)
    states.push(done.state)
    state = done.state
  }
  const outcomes = requestId === null ? [] : [{ requestId, from: story.events.length + 1, to: story.events.length + events.length }]
  return {
    ...story,
    events: [...story.events, ...events],
    states: [...story.states, ...states],
    outcomes: [...story.outcomes, ...outcomes],
  }
}

/** What the workflow would have answered at `version` to somebody whose rows reach `after`. */
export function batchOf(story: Story, after: number, version = story.events.length): AnyBatch {
  return {
    id: story.number,
    events: story.events.slice(after, version),
    state: stateAt(story, version),
    outcomes: story.outcomes.filter(({ to }) => to <= version),
  }
}

export function stateAt(story: Story, version = story.events.length): TicketState {
  const state = story.states[version - 1]
  if (!state) throw new Error(`the story has no event ${version}`)
  return state
}

/** One notice to the assignee and one to the customer for each event: enough to see that they are written once. */
export const everyEventTells = ticketsThatTell((event) => [
  { kind: event.type, recipient: { kind: 'customer' }, params: { seq: event.seq } },
  { kind: event.type, recipient: { kind: 'person', id: 'agent-li' }, params: {} },
])

/** Tickets of which somebody hears in another way. */
export function ticketsThatTell(notices: NoticesOf<TicketState, TicketEvent>) {
  return { table: ticketTable, process: { notices } }
}

export const formOf = (data: Partial<NewTicket> = {}): NewTicket => ({
  profile: 'tech-support',
  profileVersion: 1,
  priorities: ['urgent', 'high', 'medium', 'low'],
  title: '无法登录系统',
  description: '输入密码后提示错误代码 0x80070005',
  fields: { module: '登录' },
  keywords: ['登录'],
  customer: { name: '张伟', company: '华信科技', account: null },
  contact: { sealed: 'v1.test.sealed', masked: { phone: '138****5678', email: null }, keys: ['key-of-zhang'] },
  ...data,
})

export function begin(
  db: Kysely<Database>,
  key: string,
  data: { ticket?: string; route?: string; bodyHash?: string; caller?: string } = {},
): Promise<BegunRequest> {
  return beginRequest(db, {
    caller: data.caller ?? 'agent-li',
    key,
    route: data.route ?? 'POST /api/tickets',
    bodyHash: data.bodyHash ?? 'hash',
    ticket: data.ticket ?? null,
    createdAt: minute(0),
  })
}

/** Intake of the story's first event. */
export async function registered(db: Kysely<Database>, story: Story, form: Partial<NewTicket> = {}, of = everyEventTells): Promise<void> {
  const request = await begin(db, `intake-${story.number}`)
  const [event] = story.events
  if (!event) throw new Error('nothing was submitted')
  const response = { status: 201, body: { number: story.number } }
  const intake = await insertProcess(db, {
    of,
    request,
    number: story.number,
    form: formOf(form),
    state: stateAt(story, 1),
    event,
    wakeAt: null,
    response,
  })
  if (intake.result !== 'inserted') throw new Error(intake.result)
}

/** All rows of one process, without what the database made up. */
export async function rowsOf(db: Kysely<Database>, number: string) {
  const [ticket, events, promises, assignments, contacts, notices] = await Promise.all([
    db.selectFrom('tickets').selectAll().where('number', '=', number).executeTakeFirstOrThrow(),
    db.selectFrom('events').selectAll().where('process', '=', number).orderBy('seq').execute(),
    db.selectFrom('promises').selectAll().where('process', '=', number).orderBy('clock').orderBy('cycle').execute(),
    db.selectFrom('assignments').selectAll().where('process', '=', number).orderBy('seq').execute(),
    db.selectFrom('contacts').selectAll().where('process', '=', number).orderBy('seq').execute(),
    db
      .selectFrom('notices')
      .select(['seq', 'kind', 'recipientKind', 'recipientId', 'params', 'createdAt', 'status'])
      .where('process', '=', number)
      .orderBy('seq')
      .orderBy(sql`recipient_kind`)
      .execute(),
  ])
  return { ticket, events, promises, assignments, contacts, notices }
}
