import type { Kysely } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { insertProcess, takenFrom, type Intake } from '../../db/intake.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { latestProfile } from '../../db/profiles.ts'
import type { Database } from '../../db/schema.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { begin as begun } from '../../workflows/engine.ts'
import { begin, formOf, everyEventTells, minute, openDatabase, stateAt, submitted } from '../integration/db-story.ts'
import { lin } from '../support/tickets.ts'
import { migrations, processes } from './processes/index.ts'
import { loan } from './processes/loan/host.ts'
import { birth } from './workflows/loan/lending.ts'

/** A number is one process's, whatever its type: its events, promises, notices and its workflow are known by nothing else. */

let db: Kysely<Database>
let close: () => Promise<void>
beforeAll(async () => {
  const { url, ...opened } = await openDatabase({ furnished: true })
  ;({ db, close } = opened)
  await migrateToLatest(url, processes, migrations)
})
afterAll(() => close())

async function ticketIn(number: string): Promise<Intake['result']> {
  const story = submitted(number)
  const [event] = story.events
  if (!event) throw new Error('nothing was submitted')
  const request = await begin(db, `ticket ${number}`)
  const response = { status: 201, body: { number } }
  const intake = { of: everyEventTells, request, number, form: formOf(), state: stateAt(story, 1), event, wakeAt: null, response }
  return (await insertProcess(db, intake)).result
}

async function loanIn(number: string): Promise<Intake['result']> {
  const request = await begin(db, `loan ${number}`)
  const beginning = birth.of({ device: '07 号', until: minute(60), team: 'tech-support' })
  const form = { profile: 'tech-support', profileVersion: (await latestProfile(db, 'tech-support'))?.version ?? 0, device: '07 号' }
  const { process, policyOf } = loan
  const policy = await policyOf(
    { db, profileOf: createProfileReader(db) },
    { ...form, number, state: process.birth.initial(number, minute(0)) },
  )
  const act = { requestId: request.id, actor: lin, at: minute(0), directory: { people: {}, teams: ['tech-support'] } }
  const { state, event, wakeAt } = begun(process, number, beginning, { policy, act, parent: null })
  return (await insertProcess(db, { of: loan, request, number, form, state, event, wakeAt, response: { status: 201, body: { number } } }))
    .result
}

it('a loan is refused the number of a ticket, and a ticket that of a loan; the requests may try others', async () => {
  expect(await ticketIn('TS20231001001')).toBe('inserted')
  expect(await loanIn('TS20231001001')).toBe('number-taken')
  expect(await loanIn('LN20231001001')).toBe('inserted')
  expect(await ticketIn('LN20231001001')).toBe('number-taken')
  const events = await db.selectFrom('events').select(['process', 'type']).orderBy('process').execute()
  expect(events).toEqual([
    { process: 'LN20231001001', type: 'lent' },
    { process: 'TS20231001001', type: 'submitted' },
  ])
  const pending = await db.selectFrom('requests').select('key').where('status', '=', 'pending').orderBy('key').execute()
  expect(pending.map(({ key }) => key)).toEqual(['loan TS20231001001', 'ticket LN20231001001'])
})

it('of two types that take one number in at the same moment one gets it', async () => {
  const numbers = Array.from({ length: 20 }, (_, at) => `XX20231001${String(at).padStart(3, '0')}`)
  const results = await Promise.all(numbers.map((number) => Promise.all([ticketIn(number), loanIn(number)])))
  for (const pair of results) expect(pair.toSorted()).toEqual(['inserted', 'number-taken'])
})

it('numbers of any type are passed over by the counter', async () => {
  await loanIn('YY20231001001')
  await ticketIn('YY20231001002')
  expect(await takenFrom(db, ['YY20231001001', 'YY20231001002', 'YY20231001003'])).toBe(2)
})
