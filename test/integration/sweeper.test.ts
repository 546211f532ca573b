import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { keysOf } from '../../db/contact-vault.ts'
import type { Database } from '../../db/schema.ts'
import { catchUp } from '../../gateway/reach.ts'
import { Trouble } from '../../gateway/trouble.ts'
import type { Registry } from '../../processes/hosting.ts'
import { processes } from '../../processes/index.ts'
import { sweep, type SweptProcesses } from '../../worker/sweeper.ts'
import { officeKey } from '../support/api.ts'
import { begin, minute, openDatabase, registered, submitted } from './db-story.ts'

/** What the sweeper forgets, and when: a request is its caller's only trace of an act that may have been accepted. */

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => ({ db, close } = await openDatabase()))
afterAll(() => close())
beforeEach(async () => {
  await db.deleteFrom('requests').execute()
})

const day = 24 * 60

/** One round, that many minutes after the requests were begun. */
async function sweptAt(at: number, answers: SweptProcesses['catchUp'], silent?: Map<string, number>): Promise<void> {
  const swept = { types: ['ticket'], start: () => Promise.resolve(), catchUp: answers }
  const clock = { now: () => new Date(minute(at)) }
  await sweep({ db, keys: keysOf(officeKey), processes: swept, clock, log: pino({ level: 'silent' }) }, undefined, silent)
}

async function left(count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) await begin(db, `left-${at}`, { ticket: `TS20231001${String(at).padStart(3, '0')}` })
}

const keysLeft = async () => (await db.selectFrom('requests').select('key').execute()).map(({ key }) => key)

it('forgets no request that nobody was asked about, however many were left for a day', async () => {
  await left(230)
  const asked: string[] = []
  const answers = (number: string) => Promise.resolve(asked.push(number) > 0)
  await sweptAt(day + 60, answers)
  expect(asked).toHaveLength(200)
  expect(await keysLeft()).toHaveLength(30)
  await sweptAt(day + 61, answers)
  expect(new Set(asked).size).toBe(230)
  expect(await keysLeft()).toEqual([])
})

it('keeps those whose process does not answer, and asks again, for as long as Temporal is away', async () => {
  await left(3)
  const away = () => Promise.reject(new Trouble('temporal-away', undefined))
  for (const at of [day + 60, day + 61, 10 * day]) await sweptAt(at, away)
  expect(await keysLeft()).toHaveLength(3)
  await sweptAt(10 * day + 1, () => Promise.resolve(true))
  expect(await keysLeft()).toEqual([])
})

it('says of none that it was asked about while nobody answered, and comes to those behind it', async () => {
  await left(230)
  const silent = new Map<string, number>()
  const answers = (number: string) => (number < 'TS20231001200' ? Promise.reject(new Error('stuck')) : Promise.resolve(true))
  await sweptAt(60, answers, silent)
  await sweptAt(60.1, answers, silent)
  const asked = await db.selectFrom('requests').select('ticket').where('sweptAt', 'is not', null).orderBy('ticket').execute()
  expect(asked).toHaveLength(30)
  expect(asked[0]).toEqual({ ticket: 'TS20231001200' })
  // After a while they are asked again.
  await sweptAt(62, () => Promise.resolve(true), silent)
  expect(await db.selectFrom('requests').select('key').where('sweptAt', 'is', null).execute()).toEqual([])
})

it('keeps those of a type of which this release knows nothing; one of a process that is not there, or of none, goes', async () => {
  const number = 'TS20231001900'
  await registered(db, submitted(number))
  await db.deleteFrom('requests').execute()
  await begin(db, 'known', { ticket: number })
  await begin(db, 'nobody', { ticket: 'TS20231001901' })
  await begin(db, 'registration')
  const gateway = { batch: () => Promise.resolve(undefined) }
  const knowing = (types: Registry) => (asked: string) => catchUp({ db, gateway, processes: types }, asked)
  await sweptAt(day + 60, knowing([]))
  expect(await keysLeft()).toEqual(['known'])
  await sweptAt(day + 61, knowing(processes))
  expect(await keysLeft()).toEqual([])
})

it('keeps the young: their callers may send the key again', async () => {
  await left(3)
  await sweptAt(day - 60, () => Promise.resolve(true))
  expect(await keysLeft()).toHaveLength(3)
})
