import { afterAll, beforeAll, expect, it } from 'vitest'
import { readBacklog, type Backlog } from '../../db/backlog.ts'
import { markWorkflowsStarted } from '../../db/started-workflows.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { beginRequest, finishRequest, markSwept } from '../../db/requests.ts'
import { plus } from '../../domain/instant.ts'
import { morning, openOutbox, progress, type Outbox } from './delivery-story.ts'

/** What is left, counted from rows that are exactly known. */

let outbox: Outbox
beforeAll(async () => {
  outbox = await openOutbox()
})
afterAll(() => outbox.close())

const at = (duration: string) => plus(morning, duration)
const left = (now: string): Promise<Backlog> => readBacklog(outbox.db, now)

it('nothing is left where there is nothing', async () => {
  expect(await left(morning)).toEqual({
    noticesDue: 0,
    noticesHeld: 0,
    noticesDead: 0,
    oldestNotice: null,
    unstarted: 0,
    oldestUnstarted: null,
    requestsUnderWay: 0,
    requestsUnanswered: 0,
    oldestRequest: null,
    unsettled: 0,
    oldestUnsettled: null,
  })
})

it('a ticket counts until its workflow runs, a running promise from its due instant until its breach is written', async () => {
  const number = await outbox.ticket()
  expect(await left(morning)).toMatchObject({ unstarted: 1, oldestUnstarted: morning, unsettled: 0 })
  await markWorkflowsStarted(outbox.db, ticket, [number], morning)
  expect(await left(morning)).toMatchObject({ unstarted: 0, oldestUnstarted: null })
  const promise = {
    process: number,
    clock: 'start',
    cycle: 1,
    startedAt: morning,
    dueAt: at('PT70M'),
    pausedMinutes: 0,
    recordedLate: false,
  }
  await outbox.db
    .insertInto('promises')
    .values({ ...promise, provisional: false, stoppedAt: null, seq: 1, state: 'running' })
    .execute()
  expect(await left(at('PT69M'))).toMatchObject({ unsettled: 0 })
  expect(await left(at('PT71M'))).toMatchObject({ unsettled: 1, oldestUnsettled: at('PT70M') })
  await outbox.db.updateTable('promises').set({ state: 'broken' }).where('process', '=', number).execute()
  expect(await left(at('PT71M'))).toMatchObject({ unsettled: 0, oldestUnsettled: null })
})

it('a notice waits from when it was made, whether in hand or failing; held by quiet hours it does not, until they end', async () => {
  const number = await outbox.ticket()
  await outbox.told(number, progress('一'))
  await outbox.told(number, progress('二'))
  const [first] = await outbox.notices(number)
  const change = (values: { heldUntil?: string; retryAt?: string; claimedUntil?: string; status?: 'queued' | 'dead' | 'sent' }) =>
    outbox.db
      .updateTable('notices')
      .set(values)
      .where('id', '=', first?.id ?? 0)
      .execute()
  expect(await left(morning)).toMatchObject({ noticesDue: 2, noticesHeld: 0, oldestNotice: morning })
  await change({ retryAt: at('PT1H'), claimedUntil: at('PT1M') })
  expect(await left(morning)).toMatchObject({ noticesDue: 2, oldestNotice: morning })
  await outbox.db
    .deleteFrom('notices')
    .where('process', '=', number)
    .where('id', '<>', first?.id ?? 0)
    .execute()
  await change({ heldUntil: at('PT9H') })
  expect(await left(at('PT8H'))).toMatchObject({ noticesDue: 0, noticesHeld: 1, oldestNotice: null })
  expect(await left(at('PT9H'))).toMatchObject({ noticesDue: 1, noticesHeld: 0, oldestNotice: at('PT9H') })
  await change({ status: 'dead' })
  expect(await left(at('PT9H'))).toMatchObject({ noticesDue: 0, noticesHeld: 0, noticesDead: 1, oldestNotice: null })
  await change({ status: 'sent' })
  expect(await left(at('PT9H'))).toMatchObject({ noticesDead: 0 })
})

it('a request is under way until somebody has asked about it in vain, and left no longer once it is answered', async () => {
  const request = await beginRequest(outbox.db, {
    caller: 'agent-li',
    key: 'k',
    route: 'POST /api/tickets',
    ticket: null,
    bodyHash: 'h',
    createdAt: morning,
  })
  expect(await left(morning)).toMatchObject({ requestsUnderWay: 1, requestsUnanswered: 0, oldestRequest: morning })
  await markSwept(outbox.db, [request.id], at('PT1M'))
  expect(await left(morning)).toMatchObject({ requestsUnderWay: 0, requestsUnanswered: 1, oldestRequest: null })
  await finishRequest(outbox.db, request, { status: 201, body: {} }, at('PT2M'))
  expect(await left(morning)).toMatchObject({ requestsUnderWay: 0, requestsUnanswered: 0 })
})
