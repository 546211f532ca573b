import fc from 'fast-check'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nextDueAt } from '../../db/projected-rows.ts'
import { GapError, project, UnknownProcessError } from '../../db/projection.ts'
import { forgetRequest, readRequest } from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import {
  batchOf,
  begin,
  everyEventTells,
  minute,
  openDatabase,
  registered,
  rowsOf,
  stateAt,
  submitted,
  told,
  type Story,
} from './db-story.ts'

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

let stories = 0
const nextNumber = (): string => `TS20231001${String(++stories).padStart(3, '0')}`

const claimed: TicketEvent = {
  type: 'assigned',
  manner: 'claimed',
  assignee: 'engineer-wang',
  team: 'tech-support',
  previous: null,
  reason: null,
  insteadOf: null,
  deadline: minute(600),
}
const sent: TicketEvent = {
  type: 'contacted',
  channel: 'phone',
  direction: 'outbound',
  text: '您好，正在排查中',
  template: null,
  live: true,
}

describe('a step', () => {
  it('ends in rows: event, ticket, ledger (R6), communication record (Q3), notices, and the answer of its request', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    const request = await begin(db, 'claim-1', { ticket: story.number, route: 'claim' })
    const after = told(story, [claimed, sent], minute(5), request.id)

    const projected = await project(db, everyEventTells, batchOf(after, 1), { request, outcome: { requestId: request.id, from: 2, to: 3 } })

    expect(projected).toMatchObject({ version: 3, response: { number: story.number, version: 3, stage: stateAt(after).stage } })
    expect(projected.response?.events.map(({ seq, type }) => [seq, type])).toEqual([
      [2, 'assigned'],
      [3, 'contacted'],
    ])
    const rows = await rowsOf(db, story.number)
    expect(rows.ticket).toMatchObject({
      version: 3,
      assignee: 'engineer-wang',
      open: true,
      priorityRank: 2,
      state: stateAt(after),
      workflowStartedAt: minute(5),
    })
    expect(rows.assignments).toMatchObject([
      { seq: 2, manner: 'claimed', assignee: 'engineer-wang', team: 'tech-support', by: 'engineer-wang' },
    ])
    expect(rows.contacts).toMatchObject([{ seq: 3, channel: 'phone', direction: 'outbound', text: '您好，正在排查中', reached: true }])
    expect(rows.notices).toHaveLength(6)
    expect((await readRequest(db, 'agent-li', 'claim-1'))?.response).toEqual({ status: 200, body: projected.response })
  })

  it('answers again the same when it is projected again', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    const request = await begin(db, `claim-${story.number}`, { ticket: story.number })
    const after = told(told(story, [claimed], minute(5), request.id), [sent], minute(6), 'another')
    const outcome = { requestId: request.id, from: 2, to: 2 }

    const first = await project(db, everyEventTells, batchOf(after, 1, 2), { request, outcome })
    await project(db, everyEventTells, batchOf(after, 2))
    const fromRows = await project(db, everyEventTells, { ...batchOf(after, 3), outcomes: [] }, { request, outcome })

    expect(fromRows.response).toEqual(first.response)
  })

  it('finishes every request the batch names, also those whose events the rows had already', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    const [one, two] = [
      await begin(db, `one-${story.number}`, { ticket: story.number }),
      await begin(db, `two-${story.number}`, { ticket: story.number }),
    ]
    const after = told(told(story, [claimed], minute(5), one.id), [sent], minute(6), two.id)
    await project(db, everyEventTells, { ...batchOf(after, 1, 2), outcomes: [] })

    await project(db, everyEventTells, batchOf(after, 2))

    const answers = await Promise.all([`one-${story.number}`, `two-${story.number}`].map((key) => readRequest(db, 'agent-li', key)))
    expect(answers.map((answer) => answer?.response)).toMatchObject([
      { status: 200, body: { version: 2, events: [{ type: 'assigned' }] } },
      { status: 200, body: { version: 3, events: [{ type: 'contacted' }] } },
    ])
  })

  it('writes the row of its request anew when a refused twin had removed it', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    const request = await begin(db, `twin-${story.number}`, { ticket: story.number })
    await forgetRequest(db, request.id)
    const after = told(story, [claimed], minute(5), request.id)
    await project(db, everyEventTells, batchOf(after, 1), { request, outcome: { requestId: request.id, from: 2, to: 2 } })
    expect((await readRequest(db, 'agent-li', `twin-${story.number}`))?.response?.status).toBe(200)
  })

  it('shows a corrected contact only masked in its answer, and keeps it sealed in the row (X8, S3)', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    const request = await begin(db, `correct-${story.number}`, { ticket: story.number })
    const contact = { sealed: 'v1.new.sealed', masked: { phone: null, email: 'z***@example.com' }, keys: ['new-key'] }
    const changes = { contact, customer: { company: '新公司' }, title: '登录超时', fields: { module: '会话' } }
    const after = told(story, [{ type: 'corrected', reason: '号码有误', changes }], minute(5), request.id)
    const { response } = await project(db, everyEventTells, batchOf(after, 1), {
      request,
      outcome: { requestId: request.id, from: 2, to: 2 },
    })

    expect(response?.events[0]?.data).toEqual({ reason: '号码有误', changes: { ...changes, contact: { masked: contact.masked } } })
    const { ticket } = await rowsOf(db, story.number)
    expect(ticket).toMatchObject({
      contactSealed: 'v1.new.sealed',
      contactMasked: contact.masked,
      contactKeys: ['new-key'],
      customerCompany: '新公司',
      customerName: '张伟',
      title: '登录超时',
      fields: { module: '会话' },
    })
    const search = await db.selectFrom('ticketSearch').selectAll().where('number', '=', story.number).executeTakeFirstOrThrow()
    expect(search.text).toContain('登录超时')
    expect(search.terms).toContain("'超时'")
    expect(search.customer).toContain('新公司')
  })

  it('keeps what Postgres cannot store legible, so that an accepted act always ends in rows', async () => {
    const story = submitted(nextNumber())
    await registered(db, story)
    await project(db, everyEventTells, batchOf(told(story, [{ ...sent, text: 'a\u0000b\ud800c\\u0000' }], minute(1)), 1))
    expect((await rowsOf(db, story.number)).contacts[0]?.text).toBe('a\uFFFDb\uFFFDc\\u0000')
  })

  it('refuses a batch that begins later than the rows end, and writes nothing', async () => {
    const story = told(told(submitted(nextNumber()), [claimed], minute(1)), [sent], minute(2))
    await registered(db, story)
    const gap = await project(db, everyEventTells, batchOf(story, 2)).catch((error: unknown) => error)
    expect(gap).toBeInstanceOf(GapError)
    expect(gap).toMatchObject({ number: story.number, rowsReach: 1 })
    expect((await rowsOf(db, story.number)).events).toHaveLength(1)
    await expect(project(db, everyEventTells, { ...batchOf(story, 1), id: 'nowhere' })).rejects.toBeInstanceOf(UnknownProcessError)
  })
})

describe('whatever the order', () => {
  it('rows end as the fold of the events: batches late, twice, overlapping and at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 12 }),
        fc.array(cut, { maxLength: 12 }),
        fc.boolean(),
        async (steps, cuts, atOnce) => {
          const number = nextNumber()
          let story = submitted(number)
          const ends = [1]
          steps.forEach((drafts, at) => {
            story = told(story, drafts, minute(at + 1), at % 2 === 0 ? `request-${number}-${at}` : null)
            ends.push(story.events.length)
          })
          await registered(db, story)
          for (const { requestId } of story.outcomes)
            await begin(db, requestId, { ticket: number }).then(({ id }) => renamed(db, id, requestId))
          const batches = cuts.map(([from, to]) => [ends[from % ends.length] ?? 1, ends[to % ends.length] ?? 1].toSorted((a, b) => a - b))

          const write = async ([after = 1, version = 1]: number[]): Promise<void> => {
            try {
              await project(db, everyEventTells, batchOf(story, after, version))
            } catch (error) {
              if (!(error instanceof GapError)) throw error
              await project(db, everyEventTells, batchOf(story, error.rowsReach, Math.max(version, error.rowsReach)))
            }
          }
          if (atOnce) await Promise.all(batches.map(write))
          else for (const batch of batches) await write(batch)
          // The last one brings only what is lacking: writing everything again would hide what went wrong before.
          const { version } = await db.selectFrom('tickets').select('version').where('number', '=', number).executeTakeFirstOrThrow()
          await project(db, everyEventTells, batchOf(story, version))

          expect(await rowsOf(db, number)).toEqual(folded(story))
          const answers = await db
            .selectFrom('requests')
            .select(['status', 'response'])
            .where('ticket', '=', number)
            .where('id', 'like', 'request-%')
            .orderBy('id')
            .execute()
          const expected = story.outcomes
            .map(({ requestId, to }) => ({ requestId, to }))
            .toSorted((a, b) => (a.requestId < b.requestId ? -1 : 1))
          expect(answers).toMatchObject(
            expected.map(({ to }) => ({ status: 'done', response: { number, version: to, stage: stateAt(story, to).stage } })),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})

/** Requests in these tests have readable ids. */
async function renamed(on: Kysely<Database>, id: string, to: string): Promise<void> {
  await on.updateTable('requests').set({ id: to }).where('id', '=', id).execute()
}

/** One step: one to three events of the kinds that rows depend on. */
const step = fc.array(
  fc.oneof(
    fc.constantFrom<TicketEvent>(claimed, sent, {
      ...claimed,
      manner: 'reassigned',
      assignee: null,
      team: 'service-desk',
      previous: 'engineer-wang',
      reason: '轮班',
    }),
    fc.constant<TicketEvent>({ type: 'released', assignee: 'engineer-wang', reason: '请假' }),
    fc
      .record(
        { title: text(), description: text(), fields: fc.dictionary(fc.constantFrom('module', 'version'), fc.string()) },
        { requiredKeys: [] },
      )
      .map((changes): TicketEvent => ({ type: 'corrected', reason: '更正', changes })),
    fc
      .dictionary(fc.constantFrom('module', 'version', 'asset'), fc.oneof(fc.string(), fc.integer(), fc.boolean()))
      .map((fields): TicketEvent => ({ type: 'supplemented', fields, text: null })),
    fc.array(fc.constantFrom('登录', '缓存', '权限')).map((tags): TicketEvent => ({
      type: 'completed',
      solution: '重启',
      cause: { direct: 'a', underlying: 'b' },
      classification: { module: 'm', type: 't', cause: 'c' },
      tags,
    })),
    fc.constantFrom('solved' as const, 'unsolved' as const).map((outcome): TicketEvent => ({
      type: 'confirmed',
      outcome,
      live: true,
      channel: 'phone',
      remark: null,
      satisfaction: 5,
      proof: null,
    })),
    fc.boolean().map((reached): TicketEvent => ({
      type: 'called-back',
      reached,
      attempt: 1,
      final: reached,
      satisfaction: null,
      experience: '好',
      suggestions: null,
      effect: null,
    })),
    fc.constant<TicketEvent>({ type: 'promise-broken', clock: 'callback', cycle: 1, dueAt: minute(999), cause: 'time' }),
  ),
  { minLength: 1, maxLength: 3 },
)
const cut = fc.tuple(fc.nat(), fc.nat())

function text() {
  return fc.constantFrom('登录', 'VPN 断线', 'a\nb', '')
}

/** The rows a story must have, made by walking through its events one after another. */
function folded(story: Story) {
  const state = stateAt(story)
  const expected = {
    ticket: {
      title: '无法登录系统',
      description: '输入密码后提示错误代码 0x80070005',
      fields: { module: '登录' } as Record<string, unknown>,
      tags: [] as readonly string[],
    },
    promises: new Map<string, unknown>(),
    assignments: [] as unknown[],
    contacts: [] as unknown[],
    notices: [] as unknown[],
  }
  let team = ''
  for (const event of story.events) {
    const line = { process: story.number, seq: event.seq, at: event.at, by: event.actor }
    const talk = { ...line, type: event.type, occurredAt: event.occurredAt, reached: true }
    for (const { basis: _, ...promise } of event.promises)
      expected.promises.set(`${promise.clock} ${promise.cycle}`, { process: story.number, seq: event.seq, ...promise })
    expected.notices.push({
      seq: event.seq,
      kind: event.type,
      recipientKind: 'customer',
      recipientId: null,
      params: { seq: event.seq },
      createdAt: event.at,
      status: 'queued',
    })
    expected.notices.push({
      seq: event.seq,
      kind: event.type,
      recipientKind: 'person',
      recipientId: 'agent-li',
      params: {},
      createdAt: event.at,
      status: 'queued',
    })
    if (event.type === 'submitted') team = event.team
    if (event.type === 'assigned') {
      team = event.team
      expected.assignments.push({
        ...line,
        manner: event.manner,
        assignee: event.assignee,
        team,
        previous: event.previous,
        reason: event.reason,
      })
    }
    if (event.type === 'released')
      expected.assignments.push({ ...line, manner: 'released', assignee: null, team, previous: event.assignee, reason: event.reason })
    if (event.type === 'contacted')
      expected.contacts.push({ ...talk, channel: event.channel, direction: event.direction, text: event.text })
    if (event.type === 'confirmed') expected.contacts.push({ ...talk, channel: event.channel, direction: 'outbound', text: '' })
    if (event.type === 'called-back')
      expected.contacts.push({ ...talk, channel: 'phone', direction: 'outbound', reached: event.reached, text: '好' })
    if (event.type === 'supplemented') Object.assign(expected.ticket.fields, event.fields)
    if (event.type === 'completed') expected.ticket.tags = event.tags
    if (event.type === 'corrected') {
      if (event.changes.title !== undefined) expected.ticket.title = event.changes.title
      if (event.changes.description !== undefined) expected.ticket.description = event.changes.description
      Object.assign(expected.ticket.fields, event.changes.fields)
    }
  }
  return {
    ...expected,
    ticket: expect.objectContaining({
      ...expected.ticket,
      state,
      version: state.version,
      stage: state.stage,
      assignee: state.assignee,
      team: state.team,
      priority: state.priority,
      closedAt: state.closedAt,
      assignedAt: state.assignedAt,
      nextDueAt: nextDueAt(state),
      waitingFor: null,
    }),
    events: story.events.map(({ seq, type, at, occurredAt, actor, requestId, stage, promises, ...data }) => ({
      process: story.number,
      seq,
      type,
      at,
      occurredAt,
      actor,
      requestId,
      stage,
      promises,
      data,
    })),
    promises: [...expected.promises.values()],
  }
}
