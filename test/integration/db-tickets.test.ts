import type { Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { CursorError } from '../../db/cursor.ts'
import { insertNote } from '../../db/notes.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { project } from '../../db/projection.ts'
import { workOf } from '../../db/work.ts'
import type { Database } from '../../db/schema.ts'
import { assignmentLedger, communications, promisesOf, processLog } from '../../db/process-log.ts'
import { findTicket, listTickets, similarOpenTickets, type TicketFilters } from '../../db/tickets.ts'
import { ticketSorts, type TicketSort } from '../../domain/ticket-sorts.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import { batchOf, begin, everyEventTells, minute, openDatabase, registered, submitted, told, type Story } from './db-story.ts'

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

const now = minute(100)
const numbers = (tickets: readonly { number: string }[]): string[] => tickets.map(({ number }) => number)
const list = async (filters: TicketFilters, sort: TicketSort = 'submitted') =>
  numbers((await listTickets(db, { filters, sort, limit: 200, now })).items)

const assigned = (assignee: string | null, team = 'tech-support'): TicketEvent => ({
  type: 'assigned',
  manner: 'assigned',
  assignee,
  team,
  previous: null,
  reason: '按专长',
  insteadOf: null,
  deadline: minute(600),
})
const withdrawn: TicketEvent = { type: 'withdrawn', reason: '客户撤回' }
const solved: TicketEvent = {
  type: 'confirmed',
  outcome: 'solved',
  live: true,
  channel: 'phone',
  remark: '好了',
  satisfaction: 5,
  proof: null,
}

const closed: TicketEvent = {
  type: 'closed',
  satisfaction: 5,
  proof: null,
  confirmation: 4,
  completion: 3,
  article: null,
  handler: 'engineer-wang',
  durationHours: 1,
  reopenableUntil: minute(9999),
  silence: false,
}

async function lived(story: Story): Promise<void> {
  await project(db, everyEventTells, batchOf(story, 1))
}

describe('a list of tickets', () => {
  beforeAll(async () => {
    await registered(db, submitted('TS20231001001', {}, minute(1)))
    await registered(db, submitted('TS20231001002', { priority: 'urgent', ticketType: 'hardware', team: 'service-desk' }, minute(2)), {
      title: 'VPN 客户端 断线',
      customer: { name: '王芳', company: '晨光集团', account: 'wang01' },
      contact: { sealed: 's', masked: { phone: null, email: null }, keys: ['key-of-wang'] },
    })
    const held = told(submitted('TS20231001003', { priority: 'low' }, minute(3)), [assigned('engineer-wang')], minute(4))
    await registered(db, held, { description: '打印机 ERR_0x80 报错 100% 复现', keywords: [] })
    await lived(held)
    const done = told(
      told(submitted('GD202310010004', { representative: 'agent-zhao' }, minute(4)), [assigned('engineer-wang')], minute(5)),
      [
        {
          type: 'completed',
          solution: '重启',
          cause: { direct: 'a', underlying: 'b' },
          classification: { module: 'm', type: 't', cause: 'c' },
          tags: ['登录超时'],
        },
        solved,
        closed,
      ],
      minute(6),
    )
    await registered(db, done, { profile: 'internet-company', priorities: ['high'] })
    await lived(done)
    const gone = told(submitted('TS20231001005', {}, minute(5)), [withdrawn], minute(6))
    await registered(db, gone)
    await lived(gone)
  })

  it.each<[string, TicketFilters, string[]]>([
    ['everything, newest first', {}, ['TS20231001005', 'GD202310010004', 'TS20231001003', 'TS20231001002', 'TS20231001001']],
    ['by profile', { profile: 'internet-company' }, ['GD202310010004']],
    ['by type', { type: 'hardware' }, ['TS20231001002']],
    ['by stage', { stage: 'withdrawn' }, ['TS20231001005']],
    ['by priority', { priority: 'low' }, ['TS20231001003']],
    ['by assignee', { assignee: 'engineer-wang' }, ['GD202310010004', 'TS20231001003']],
    ['by nobody', { assignee: null, team: 'service-desk' }, ['TS20231001002']],
    ['by team', { team: 'service-desk' }, ['TS20231001002']],
    ['by tag', { tag: '登录超时' }, ['GD202310010004']],
    ['by part of the company', { customer: { text: '晨光', contactKeys: [] } }, ['TS20231001002']],
    ['by part of the account', { customer: { text: 'ANG0', contactKeys: [] } }, ['TS20231001002']],
    ['by contact', { customer: { text: '13812345678', contactKeys: ['key-of-wang', 'old-key'] } }, ['TS20231001002']],
    ['by nobody known', { customer: { text: '不存在', contactKeys: ['unknown'] } }, []],
    ['owed since before now', { overdue: true }, ['GD202310010004']],
    ['not overdue', { overdue: false, team: 'service-desk' }, ['TS20231001002']],
    ['due before', { dueBefore: minute(91) }, ['GD202310010004']],
    ['due before, nothing', { dueBefore: minute(60) }, []],
    ['by a word of two ideographs', { q: '登录' }, ['TS20231001005', 'GD202310010004', 'TS20231001003', 'TS20231001001']],
    ['by one ideograph', { q: '线' }, ['TS20231001002']],
    ['whatever width, case and spaces', { q: 'ｖｐｎ客户端' }, ['TS20231001002']],
    ['by quotes and slashes', { q: `'\\` }, []],
    ['by what looks like a pattern', { q: '100%' }, ['TS20231001003']],
    ['by what looks like another pattern', { q: 'ERR_0' }, ['TS20231001003']],
    ['by part of the number', { q: '1001005' }, ['TS20231001005']],
    ['by several at once', { q: '登录', stage: 'withdrawn' }, ['TS20231001005']],
  ])('%s', async (_, filters, expected) => {
    expect(await list(filters)).toEqual(expected)
  })

  it('sorts by what is due next, and by urgency across profiles', async () => {
    expect((await list({}, 'nextDue'))[0]).toBe('GD202310010004')
    expect(await list({}, 'priority')).toEqual(['TS20231001002', 'GD202310010004', 'TS20231001001', 'TS20231001005', 'TS20231001003'])
  })

  it.each(ticketSorts)('pages through all of them, each once, in the order %s', async (sort) => {
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await listTickets(db, { sort, limit: 2, cursor, now })
      pages.push(...numbers(page.items))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(pages).toEqual(await list({}, sort))
  })

  it('refuses a cursor that was changed, or is of another list', async () => {
    const { next } = await listTickets(db, { limit: 1, now })
    if (next === null) throw new Error('there is another page')
    const [sum, , number] = z.array(z.string()).parse(JSON.parse(Buffer.from(next, 'base64url').toString()))
    const moved = Buffer.from(JSON.stringify([sum, minute(3), number])).toString('base64url')
    for (const cursor of ['', 'x', 'bnVsbA', moved, next.slice(0, -2), `${next}x`]) {
      await expect(listTickets(db, { limit: 1, cursor, now })).rejects.toBeInstanceOf(CursorError)
    }
    await expect(listTickets(db, { limit: 1, cursor: next, sort: 'priority', now })).rejects.toBeInstanceOf(CursorError)
    await expect(listTickets(db, { limit: 1, cursor: next, filters: { stage: 'intake' }, now })).rejects.toBeInstanceOf(CursorError)
  })

  it('gives a person what they have and whom they look after, closed tickets only while something is owed', async () => {
    const work = await workOf(db, { reader: 'engineer-wang', people: ['engineer-wang'], limit: 10 })
    expect(numbers(work.assigned)).toEqual(['TS20231001003'])
    expect(numbers((await workOf(db, { reader: 'agent-zhao', people: ['agent-zhao'], limit: 10 })).represented)).toEqual(['GD202310010004'])
    expect(numbers((await workOf(db, { reader: 'agent-li', people: ['agent-li'], limit: 10 })).represented).toSorted()).toEqual([
      'TS20231001001',
      'TS20231001002',
      'TS20231001003',
    ])
  })

  it('knows the open tickets of the same customer, by contact or account', async () => {
    const customers = [
      { contactKeys: ['key-of-zhang'], account: null },
      { contactKeys: [], account: null },
      { contactKeys: ['key-of-zhang'], account: 'wang01' },
    ]
    expect((await similarOpenTickets(db, customers, 10)).map(numbers)).toEqual([
      ['TS20231001003', 'TS20231001001'],
      [],
      ['TS20231001003', 'TS20231001002', 'TS20231001001'],
    ])
    expect((await similarOpenTickets(db, customers, 1)).map(numbers)).toEqual([['TS20231001003'], [], ['TS20231001003']])
  })

  it('finds one by its number', async () => {
    expect(await findTicket(db, 'TS20231001002')).toMatchObject({ number: 'TS20231001002', contactSealed: 's' })
    expect(await findTicket(db, 'TS20231001999')).toBeUndefined()
  })
})

describe('what is on record about a ticket', () => {
  const number = 'TS20231002001'
  beforeAll(async () => {
    const call: TicketEvent = {
      type: 'contacted',
      channel: 'phone',
      direction: 'inbound',
      text: '客户来电催办',
      template: null,
      live: true,
    }
    const contact = { sealed: 'v1.secret', masked: { phone: '139****0000', email: null }, keys: ['k'] }
    const correction: TicketEvent = { type: 'corrected', reason: '号码', changes: { contact } }
    // The gateway's clock ran two minutes ahead of the workflow's.
    const story = told(
      told(told(submitted(number, { assignee: 'engineer-wang' }, minute(2)), [call], minute(1)), [correction, assigned(null)], minute(10)),
      [solved],
      minute(20),
    )
    await registered(db, story)
    await lived(story)
    for (const [key, at] of [
      ['n1', 1.5],
      ['n2', 12],
      ['n3', 12],
    ] as const) {
      const request = await begin(db, key)
      const note = { ticket: number, type: 'note', author: 'agent-li', text: key, at: minute(at), requestId: request.id }
      await inRowsOnce(db, request, minute(at), async (trx) => ({ status: 200, body: await insertNote(trx, note) }))
    }
  })

  it('is one log: events in their order, notes between them by time, in pages', async () => {
    const whole = await processLog(db, number, { limit: 200 })
    expect(whole.next).toBeNull()
    expect(whole.items.map((entry) => (entry.kind === 'event' ? entry.type : entry.text))).toEqual([
      'n1',
      'submitted',
      'contacted',
      'corrected',
      'assigned',
      'n2',
      'n3',
      'confirmed',
    ])
    const paged: unknown[] = []
    let after: string | undefined
    do {
      const page = await processLog(db, number, { after, limit: 3 })
      paged.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(paged).toEqual(whole.items)
    await expect(
      processLog(db, 'TS20231001001', { after: (await processLog(db, number, { limit: 1 })).next ?? '', limit: 1 }),
    ).rejects.toBeInstanceOf(CursorError)
  })

  it('S3: never shows a sealed contact in the log', async () => {
    const { items } = await processLog(db, number, { limit: 200 })
    expect(JSON.stringify(items)).not.toContain('v1.secret')
    expect(JSON.stringify(items)).toContain('139****0000')
  })

  it('Q3: is every conversation, R6: every assignment, X5: every promise', async () => {
    expect(await communications(db, number)).toMatchObject([
      { direction: 'inbound', text: '客户来电催办' },
      { type: 'confirmed', direction: 'outbound', text: '好了' },
    ])
    const { items } = await assignmentLedger(db, { reader: 'admin-lin', ticket: number, limit: 10 })
    expect(items).toMatchObject([
      { seq: 4, assignee: null },
      { seq: 1, manner: 'submitted', assignee: 'engineer-wang' },
    ])
    expect(await promisesOf(db, number)).toMatchObject([{ clock: 'callback', cycle: 1, dueAt: minute(90), state: 'running' }])
  })

  it('R6: the ledger is read by person, team and time, in pages', async () => {
    const all = await assignmentLedger(db, { reader: 'admin-lin', limit: 200 })
    const first = await assignmentLedger(db, { reader: 'admin-lin', limit: 2 })
    const second = await assignmentLedger(db, { reader: 'admin-lin', limit: 200, cursor: first.next ?? '' })
    expect([...first.items, ...second.items]).toEqual(all.items)
    expect(
      (await assignmentLedger(db, { reader: 'admin-lin', assignee: 'engineer-wang', limit: 10 })).items.map(({ process }) => process),
    ).toEqual(['GD202310010004', 'TS20231001003', number])
    expect(
      (await assignmentLedger(db, { reader: 'admin-lin', team: 'tech-support', from: minute(4), until: minute(5), limit: 10 })).items.map(
        ({ process }) => process,
      ),
    ).toEqual(['TS20231001003'])
  })
})
