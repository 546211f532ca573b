import type { NewTicket } from '../../processes/ticket/form.ts'
import type { TicketEvent } from '../../workflows/ticket/events.ts'
import type { TicketState } from '../../workflows/ticket/state.ts'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertProcess, insertProcesses, takeSerial } from '../../db/intake.ts'
import { markWorkflowsStarted, unstartedProcesses } from '../../db/started-workflows.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { forgetRequest, readRequest, type RequestIdentity } from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import type { ProcessIntake } from '../../db/write-intakes.ts'
import { begin, everyEventTells, formOf, minute, openDatabase, registered, rowsOf, stateAt, submitted, type Story } from './db-story.ts'

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

const intakeOf = (request: RequestIdentity, story: Story): ProcessIntake<TicketState, TicketEvent, NewTicket> => {
  const [event] = story.events
  if (!event) throw new Error('nothing was submitted')
  const response = { status: 201, body: { number: story.number } }
  return { of: everyEventTells, request, number: story.number, form: formOf(), state: stateAt(story, 1), event, wakeAt: null, response }
}

const takeIn = async (story: Story, key: string) => {
  const request = await begin(db, key)
  return insertProcess(db, intakeOf(request, story))
}

it('gives each prefix its own serials, each once however many ask at once', async () => {
  const serials = await Promise.all(Array.from({ length: 50 }, () => takeSerial(db, 'TS20231001')))
  expect(serials.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
  expect(await takeSerial(db, 'GD20231001')).toBe(1)
  await expect(db.transaction().execute((trx) => takeSerial(trx, 'GD20231001'))).rejects.toThrow('transaction')
})

it('writes ticket, first event, ledger, notices and answer together', async () => {
  const story = submitted('TS20231001001', { assignee: 'engineer-wang' })
  expect(await takeIn(story, 'first')).toEqual({ result: 'inserted' })
  const rows = await rowsOf(db, story.number)
  expect(rows.ticket).toMatchObject({
    number: story.number,
    profile: 'tech-support',
    version: 1,
    stage: 'intake',
    priorityRank: 2,
    open: true,
    title: '无法登录系统',
    fields: { module: '登录' },
    keywords: ['登录'],
    tags: [],
    customerName: '张伟',
    contactMasked: { phone: '138****5678', email: null },
    contactKeys: ['key-of-zhang'],
    submittedAt: minute(0),
    workflowStartedAt: null,
    state: stateAt(story, 1),
  })
  expect(rows.events).toMatchObject([{ seq: 1, type: 'submitted', data: { ticketType: 'software', team: 'tech-support' } }])
  expect(rows.assignments).toMatchObject([{ seq: 1, manner: 'submitted', assignee: 'engineer-wang' }])
  expect(rows.notices).toHaveLength(2)
  expect(await readRequest(db, 'agent-li', 'first')).toMatchObject({
    ticket: story.number,
    response: { status: 201, body: { number: story.number } },
  })
})

it('makes one ticket of twenty attempts at one request', async () => {
  const intakes = await Promise.all(Array.from({ length: 20 }, (_, at) => takeIn(submitted(`TS2023100110${at}`), 'burst')))
  const inserted = intakes.filter(({ result }) => result === 'inserted')
  expect(inserted).toHaveLength(1)
  const { number } = await db.selectFrom('tickets').select('number').where('number', 'like', 'TS2023100110%').executeTakeFirstOrThrow()
  for (const intake of intakes) {
    if (intake.result !== 'inserted') expect(intake).toEqual({ result: 'already-done', response: { status: 201, body: { number } } })
  }
})

it('takes the ticket in although a refused twin removed the row of its request', async () => {
  const request = await begin(db, 'twin')
  await forgetRequest(db, request.id)
  const intakes = await Promise.all(
    ['TS20231001020', 'TS20231001021', 'TS20231001022'].map((number) => insertProcess(db, intakeOf(request, submitted(number)))),
  )
  expect(intakes.map(({ result }) => result).toSorted()).toEqual(['already-done', 'already-done', 'inserted'])
  await begin(db, 'stolen').then(({ id }) => forgetRequest(db, id))
  const lost = await begin(db, 'stolen')
  await forgetRequest(db, lost.id)
  await begin(db, 'stolen', { bodyHash: 'another' })
  expect(await insertProcess(db, intakeOf(lost, submitted('TS20231001023')))).toEqual({ result: 'key-taken' })
})

it('writes several together, each with what is its own, and says of each what became of it', async () => {
  const done = await begin(db, 'done before')
  await insertProcess(db, intakeOf(done, submitted('TS20231001050')))
  const pending = await begin(db, 'pending')
  const lost = await begin(db, 'lost')
  await forgetRequest(db, lost.id)
  await begin(db, 'lost', { bodyHash: 'another' })
  const unheard = { ...(await begin(db, 'unheard')), key: 'never begun', id: 'never-begun' }
  const outcomes = await insertProcesses(db, [
    intakeOf(pending, submitted('TS20231001051', { assignee: 'engineer-wang' })),
    intakeOf(done, submitted('TS20231001052')),
    intakeOf(unheard, submitted('TS20231001053')),
    intakeOf(lost, submitted('TS20231001054')),
  ])
  expect(outcomes).toEqual([
    { result: 'inserted' },
    { result: 'already-done', response: { status: 201, body: { number: 'TS20231001050' } } },
    { result: 'inserted' },
    { result: 'key-taken' },
  ])
  const [assigned, queued] = [await rowsOf(db, 'TS20231001051'), await rowsOf(db, 'TS20231001053')]
  expect(assigned).toMatchObject({ ticket: { requestId: pending.id }, assignments: [{ assignee: 'engineer-wang' }] })
  expect(queued).toMatchObject({ ticket: { requestId: 'never-begun' }, assignments: [] })
  for (const { events, notices } of [assigned, queued]) expect([events.length, notices.length]).toEqual([1, 2])
  expect(await readRequest(db, 'agent-li', 'never begun')).toMatchObject({ ticket: 'TS20231001053' })
})

it('writes none of several when one cannot be written', async () => {
  await registered(db, submitted('TS20231001060'))
  const intakes = [
    intakeOf(await begin(db, 'good'), submitted('TS20231001061')),
    intakeOf(await begin(db, 'number taken'), submitted('TS20231001060')),
  ]
  await expect(insertProcesses(db, intakes)).rejects.toThrow('tickets_pkey')
  expect(await readRequest(db, 'agent-li', 'good')).toMatchObject({ ticket: null, response: null })
  const alone = []
  for (const intake of intakes) alone.push(await insertProcess(db, intake))
  expect(alone).toEqual([{ result: 'inserted' }, { result: 'number-taken' }])
})

it('says when a number is taken, and leaves the request to try another', async () => {
  await registered(db, submitted('TS20231001030'))
  expect(await takeIn(submitted('TS20231001030'), 'taken')).toEqual({ result: 'number-taken' })
  expect(await takeIn(submitted('TS20231001031'), 'taken')).toEqual({ result: 'inserted' })
})

it('lists the tickets whose workflow is still to be started', async () => {
  const unstarted = (olderThan: string) => unstartedProcesses(db, { types: ['ticket'], olderThan, limit: 10 })
  await db
    .updateTable('tickets')
    .set({ workflowStartedAt: minute(0) })
    .execute()
  await registered(db, submitted('TS20231001040'))
  await registered(db, submitted('TS20231001041', {}, minute(5)))
  expect((await unstarted(minute(6))).map(({ number }) => number)).toEqual(['TS20231001040', 'TS20231001041'])
  expect((await unstarted(minute(5))).map(({ number }) => number)).toEqual(['TS20231001040'])
  await markWorkflowsStarted(db, ticket, ['TS20231001040'], minute(6))
  expect(await unstarted(minute(6))).toMatchObject([
    { number: 'TS20231001041', profile: 'tech-support', profileVersion: 1, state: { version: 1 } },
  ])
})
