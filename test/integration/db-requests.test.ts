import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  beginRequest,
  deletePendingRequests,
  deleteRequestsDoneBefore,
  finishRequest,
  forgetRequest,
  markSwept,
  pendingRequests,
  readRequest,
} from '../../db/requests.ts'
import type { Database } from '../../db/schema.ts'
import { begin, minute, openDatabase } from './db-story.ts'

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())

const answer = { status: 200, body: { number: 'TS20231001001', version: 2 } }

it('gives a key that was answered the stored answer', async () => {
  const first = await begin(db, 'k1')
  expect(first.state).toBe('new')
  await finishRequest(db, first, answer, minute(1))
  expect(await begin(db, 'k1')).toEqual({ ...first, state: 'done', response: answer })
})

it('joins a request under way, under the same id', async () => {
  const attempts = await Promise.all(Array.from({ length: 20 }, () => begin(db, 'k2')))
  expect(attempts.filter(({ state }) => state === 'new')).toHaveLength(1)
  expect(attempts.filter(({ state }) => state === 'pending')).toHaveLength(19)
  expect(new Set(attempts.map(({ id }) => id)).size).toBe(1)
})

it('tells another body, route or ticket under the same key apart, and lets two callers use the same key', async () => {
  await begin(db, 'k3')
  for (const other of [{ bodyHash: 'another' }, { route: 'POST /api/tickets/{number}/claim' }, { ticket: 'TS20231001001' }]) {
    expect((await begin(db, 'k3', other)).state).toBe('different-body')
  }
  expect((await begin(db, 'k3', { caller: 'agent-zhao' })).state).toBe('new')
})

it('frees the key of a refused request, but not one that a twin has answered', async () => {
  const refused = await begin(db, 'k4')
  await forgetRequest(db, refused.id)
  expect(await readRequest(db, 'agent-li', 'k4')).toBeUndefined()
  const again = await begin(db, 'k4', { bodyHash: 'corrected' })
  expect(again.state).toBe('new')
  await finishRequest(db, again, answer, minute(1))
  await forgetRequest(db, again.id)
  expect((await readRequest(db, 'agent-li', 'k4'))?.response).toEqual(answer)
})

it('stores the answer of a request whose row a refused twin removed, unless the key serves another by now', async () => {
  const first = await begin(db, 'k5')
  await forgetRequest(db, first.id)
  await finishRequest(db, first, answer, minute(1))
  expect((await readRequest(db, 'agent-li', 'k5'))?.response).toEqual(answer)

  const lost = await begin(db, 'k6')
  await forgetRequest(db, lost.id)
  const other = await begin(db, 'k6', { bodyHash: 'another' })
  await finishRequest(db, lost, answer, minute(1))
  expect(await readRequest(db, 'agent-li', 'k6')).toMatchObject({ id: other.id, response: null })
})

it('bears any number of attempts that begin, finish and are refused at once', async () => {
  const first = await begin(db, 'k8')
  await Promise.all(
    Array.from({ length: 60 }, (_, at) => {
      if (at % 3 === 0) return begin(db, 'k8')
      return at % 3 === 1 ? forgetRequest(db, first.id) : finishRequest(db, first, answer, minute(1))
    }),
  )
  expect((await readRequest(db, 'agent-li', 'k8'))?.response).toEqual(answer)
})

it('keeps the first of two answers', async () => {
  const request = await begin(db, 'k7')
  await finishRequest(db, request, answer, minute(1))
  await finishRequest(db, request, { status: 200, body: 'another' }, minute(2))
  expect((await readRequest(db, 'agent-li', 'k7'))?.response).toEqual(answer)
})

it('lists what was left pending, the longest ignored first, each again only after a while', async () => {
  await db.deleteFrom('requests').execute()
  for (const [key, at] of [
    ['old', 0],
    ['older', -1],
    ['young', 10],
  ] as const) {
    await beginRequest(db, { caller: 'agent-li', key, route: 'r', bodyHash: 'h', ticket: null, createdAt: minute(at) })
  }
  const keys = async (olderThan: string) => (await pendingRequests(db, olderThan, 10)).map(({ key }) => key)
  expect(await keys(minute(5))).toEqual(['older', 'old'])
  await markSwept(
    db,
    (await pendingRequests(db, minute(5), 1)).map(({ id }) => id),
    minute(5),
  )
  expect(await keys(minute(5))).toEqual(['old'])
  expect(await keys(minute(20))).toEqual(['old', 'older', 'young'])
})

it('forgets answers nobody asks for any more, never a pending request', async () => {
  await db.deleteFrom('requests').execute()
  await finishRequest(db, await begin(db, 'answered'), answer, minute(1))
  await begin(db, 'pending')
  expect(await deleteRequestsDoneBefore(db, minute(2))).toBe(1)
  expect(await db.selectFrom('requests').select('key').execute()).toEqual([{ key: 'pending' }])
})

it('forgets what was never accepted, and nothing that has its answer by now', async () => {
  await db.deleteFrom('requests').execute()
  const [answered, pending] = [await begin(db, 'answered'), await begin(db, 'pending')]
  await finishRequest(db, answered, answer, minute(1))
  await begin(db, 'another')
  expect(await deletePendingRequests(db, [answered.id, pending.id])).toBe(1)
  expect(await deletePendingRequests(db, [])).toBe(0)
  expect(await db.selectFrom('requests').select('key').orderBy('key').execute()).toEqual([{ key: 'another' }, { key: 'answered' }])
})
