import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WorkflowNotFoundError } from '@temporalio/client'
import { sql, type Kysely } from 'kysely'
import { pino } from 'pino'
import { loadHistory, type HistoryOptions, type Loaded } from '../../cli/demo/history/load.ts'
import { latestCalendar } from '../../db/calendars.ts'
import { connect } from '../../db/connect.ts'
import { keysOf, openContact } from '../../db/contact-vault.ts'
import { askedOf } from '../../db/figures/asked.ts'
import { measure } from '../../db/figures/measure.ts'
import { latestProfile } from '../../db/profiles.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { hasEnded } from '../../workflows/process.ts'
import type { RecordedTicketEvent } from '../../workflows/ticket/events.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { initialState } from '../../workflows/ticket/submission.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import { ticket as tickets } from '../../processes/ticket/host.ts'
import { systemClock } from '../../runtime/clock.ts'
import { officeKey } from '../support/api.ts'
import { foldFigure } from '../support/folded-figures/fold.ts'
import { eventsIn, foldedTickets } from '../support/folded-figures/from-rows.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal } from '../support/office-on-temporal.ts'
import { createDatabase } from '../support/servers.ts'

/** Three months that never were, and must be no different from three months of work. */

/** A Monday afternoon in Shanghai. */
const now = Date.parse('2026-11-30T07:30:00Z')
const keys = keysOf(officeKey)
/** A fifth of what the demo loads: enough for everything to happen. */
const few = { 'tech-support': 2, 'standard-ticket': 3 }

interface Place {
  readonly db: Kysely<Database>
  load(changes?: Partial<HistoryOptions>): Promise<Loaded>
  close(): Promise<void>
}

async function openPlace(): Promise<Place> {
  const { url, drop } = await createDatabase({ furnished: true })
  const db = connect(url, { poolSize: 2 })
  return {
    db,
    load: (changes) => loadHistory({ db, keys, seed: 'one', now, perDay: few, ...changes }),
    async close() {
      await db.destroy()
      await drop()
    },
  }
}

describe('the history', () => {
  let place: Place
  let loaded: Loaded
  let events: ReadonlyMap<string, readonly RecordedTicketEvent[]>
  beforeAll(async () => {
    place = await openPlace()
    loaded = await place.load()
    events = await eventsIn(place.db)
  })
  afterAll(() => place.close())

  it('is told to its end: no step of it is refused', () => {
    expect(loaded).toMatchObject({ result: 'loaded', refused: [] })
    expect(events.size).toBeGreaterThan(250)
  })

  it('is the same for the same seed and day, on another database too, and another one for another seed', async () => {
    const [twin, other] = await Promise.all([openPlace(), openPlace()])
    await Promise.all([twin.load(), other.load({ seed: 'two' })])
    expect(await eventsIn(twin.db)).toEqual(events)
    expect(await eventsIn(other.db)).not.toEqual(events)
    await Promise.all([twin.close(), other.close()])
  })

  it('holds events 1 to n of each ticket, whose fold is the state of its row, with its promises', async () => {
    const promises = await place.db.selectFrom('promises').selectAll().execute()
    for (const { number, version, state, stage, assignee } of await place.db.selectFrom('tickets').selectAll().execute()) {
      const own = events.get(number) ?? []
      expect(own.map(({ seq }) => seq)).toEqual(Array.from({ length: version }, (_, at) => at + 1))
      const folded = own.reduce((before, event) => ticketProcess.apply(before, event), initialState(number, own[0]?.at ?? ''))
      expect(JSON.parse(JSON.stringify(folded))).toEqual({ ...state, unpromised: undefined })
      expect({ stage, assignee }).toEqual({ stage: state.stage, assignee: state.assignee })
      for (const { clock, cycle, dueAt, state: of, stoppedAt } of state.promises)
        expect(promises.filter((row) => row.process === number && row.clock === clock && row.cycle === cycle)).toMatchObject([
          { dueAt, state: of, stoppedAt },
        ])
    }
  })

  it('lies in the three months before, in the order of time, with numbers of its days', () => {
    for (const [number, own] of events) {
      const at = own.map((event) => event.at)
      expect(at).toEqual(at.toSorted())
      expect(own.filter((event) => event.occurredAt > event.at)).toEqual([])
      expect(at[0] ?? '').toMatch(/^2026-(?:08-(?:29|30|31)|09|10|11)/)
      expect((at.at(-1) ?? '') <= instantOf(now)).toBe(true)
      const day = new Date(Date.parse(at[0] ?? '') + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
      expect(number).toMatch(new RegExp(`^(?:TS${day}|${day.slice(0, 6)}\\d{4})`))
    }
  })

  it('queues no notice, wakes nothing that has ended, and leaves what is open to the sweeper', async () => {
    expect(await place.db.selectFrom('notices').select('id').execute()).toEqual([])
    const rows = await place.db.selectFrom('tickets').select(['number', 'state', 'wakeAt', 'workflowStartedAt']).execute()
    const [ended, open] = [true, false].map((is) => rows.filter(({ state }) => hasEnded(ticketProcess, state) === is))
    expect(ended?.filter(({ wakeAt, workflowStartedAt }) => wakeAt !== null || workflowStartedAt === null)).toEqual([])
    expect(
      open?.filter(({ wakeAt, workflowStartedAt }) => workflowStartedAt !== null || (wakeAt !== null && wakeAt < instantOf(now - 1_000))),
    ).toEqual([])
    expect(open?.length).toBeGreaterThan(10)
    expect(ended?.length).toBeGreaterThan(200)
  })

  it('seals contacts, each for its ticket, and says none of them in its events', async () => {
    const rows = await place.db.selectFrom('tickets').select(['number', 'contactSealed', 'contactMasked']).limit(20).execute()
    for (const { number, contactSealed, contactMasked } of rows) {
      const { phone } = openContact(keys, number, contactSealed)
      if (phone === null) continue
      expect(contactMasked.phone).toMatch(/\*/)
      expect(JSON.stringify(events.get(number))).not.toContain(phone.replaceAll(/\D/g, '').slice(-8))
    }
  })

  it('S4: tags customers as their history in the rows does', async () => {
    const world = { db: place.db, keys, clock: systemClock, log: pino({ level: 'silent' }), profileOf: createProfileReader(place.db) }
    const rows = await place.db
      .selectFrom('tickets')
      .select(['number', 'version', 'state'])
      .where('profile', '=', 'standard-ticket')
      .execute()
    const tagged = rows.filter(({ state }) => (state.customerTags ?? []).length > 0)
    expect(tagged.length).toBeGreaterThan(0)
    for (const { number, version, state } of [...tagged, ...rows.slice(-40)]) {
      const question = { number, version, tags: [] }
      const reply = await tickets.answer?.(world, { kind: 'tag-customer', question })
      const answered: unknown = reply ? reply.input : { tags: [] }
      expect({ number, answered }).toEqual({ number, answered: { tags: state.customerTags ?? [] } })
    }
  })

  it('T17, S17, R12, M6, Q7: every figure of it is what a fold of its events says, month by month', { timeout: 300_000 }, async () => {
    const all = await foldedTickets(place.db, events)
    const months = [
      ['2026-08-31T16:00:00.000Z', '2026-09-30T16:00:00.000Z'],
      ['2026-09-30T16:00:00.000Z', '2026-10-31T16:00:00.000Z'],
      ['2026-10-31T16:00:00.000Z', '2026-11-30T16:00:00.000Z'],
    ] as const
    const counted = new Map<string, number>()
    for (const id of ['tech-support', 'standard-ticket']) {
      const profile = await latestProfile(place.db, id)
      const calendar = profile && (await latestCalendar(place.db, profile.calendar))
      if (!calendar) throw new Error('nothing is installed')
      for (const [from, to] of months) {
        const span = { from, until: to, asOf: instantOf(now) }
        const asked = await askedOf(place.db, profile, span)
        for (const figure of ticketFigures) {
          const { total } = await measure(place.db, figure, asked, {})
          expect({ figure: figure.id, from, total }).toEqual({
            figure: figure.id,
            from,
            total: foldFigure(figure, all, { ...span, profile, calendar: calendar.calendar }).total,
          })
          counted.set(figure.id, (counted.get(figure.id) ?? 0) + total.n)
        }
      }
    }
    // Had nothing happened, nothing would have been compared. Samples are not part of what the demo tells.
    for (const { id } of ticketFigures.filter((figure) => !figure.id.startsWith('judged-'))) expect(counted.get(id), id).toBeGreaterThan(0)
  })

  it('has what makes months worth a report', () => {
    const of = (type: string) => [...events.values()].flat().filter((event) => event.type === type)
    for (const type of [
      'deferred',
      'reopened',
      'withdrawn',
      'released',
      'waiting-started',
      'review-meeting-recorded',
      'urged',
      'promise-broken',
    ])
      expect(of(type).length, type).toBeGreaterThan(0)
    const late = of('deferred').map((event) => event.type === 'deferred' && event.late)
    expect(new Set(late)).toEqual(new Set([true, false]))
    const answers = of('called-back').flatMap((event) =>
      event.type === 'called-back' && event.satisfaction !== null ? [event.satisfaction] : [],
    )
    expect(new Set(answers).size).toBeGreaterThan(3)
    // What went down in one week is one classification.
    const kinds = new Map<string, number>()
    for (const event of of('completed')) {
      if (event.type !== 'completed') continue
      const { module, type, cause } = event.classification
      const kind = [event.at.slice(0, 7), module, type, cause].join(' ')
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    }
    expect([...kinds.values()].filter((count) => count >= 5).length).toBeGreaterThan(0)
  })

  it('is not loaded twice', async () => {
    const before = await place.db
      .selectFrom('events')
      .select(sql<number>`count(*)::int`.as('count'))
      .execute()
    expect(await place.load({ seed: 'two' })).toEqual({ result: 'there-already', tickets: events.size })
    expect(
      await place.db
        .selectFrom('events')
        .select(sql<number>`count(*)::int`.as('count'))
        .execute(),
    ).toEqual(before)
  })
})

it.each([
  ['after a holiday', '2026-10-08T06:00:00Z'],
  ['at night, in another year', '2027-02-16T18:00:00Z'],
  ['in spring', '2026-04-30T02:00:00Z'],
])('stories go on whatever the day: %s', async (_, day) => {
  const place = await openPlace()
  expect(await place.load({ seed: day, now: Date.parse(day), perDay: { 'tech-support': 3, 'standard-ticket': 3 } })).toMatchObject({
    result: 'loaded',
    refused: [],
  })
  await place.close()
})

it('of two who load it at once one does', async () => {
  const place = await openPlace()
  const perDay = { 'tech-support': 1, 'standard-ticket': 1 }
  const both = await Promise.all([place.load({ perDay }), place.load({ perDay })])
  expect(both.map(({ result }) => result).toSorted()).toEqual(['loaded', 'there-already'])
  await place.close()
})

it('is not mixed with the tickets of others, and needs the people of the demo', async () => {
  const place = await openPlace()
  await place.db
    .insertInto('events')
    .values({
      ...{ process: 'AC1', seq: 1, type: 'submitted', at: instantOf(now), occurredAt: instantOf(now), actor: 'agent-real' },
      ...{ requestId: null, stage: 'intake', data: '{}', promises: '[]' },
    })
    .execute()
  expect(await place.load()).toEqual({ result: 'others-work-here', people: ['agent-real'] })
  await place.db.deleteFrom('people').where('id', '=', 'customer-he').execute()
  expect(await place.load()).toEqual({ result: 'no-demo-people', missing: ['customer-he'] })
  expect(await place.db.selectFrom('tickets').select('number').execute()).toEqual([])
  await place.close()
})

it('what is open goes on in Temporal, and nothing that has ended is there', { timeout: 120_000 }, async () => {
  const office = await openOfficeOnTemporal()
  const loaded = await loadHistory({
    ...{ db: office.db, keys: keysOf(...office.config.keys), seed: 'one', now: Date.now() },
    perDay: { 'tech-support': 1, 'standard-ticket': 1 },
  })
  if (loaded.result !== 'loaded') throw new Error(loaded.result)
  const unstarted = office.db.selectFrom('tickets').select('number').where('workflowStartedAt', 'is', null)
  await until(async () => ((await unstarted.execute()).length === 0 ? true : undefined))

  const rows = await office.db.selectFrom('tickets').select(['number', 'version', 'stage', 'assignee', 'state']).execute()
  const taken = rows.find(({ stage, state }) => stage === 'handling' && state.waiting === null)
  if (!taken) throw new Error('nobody works on anything')
  const { number, version, assignee } = taken
  const handler = await office.person(assignee ?? '')
  const heard = await handler.post(`/api/tickets/${number}/update-progress`, { text: '已恢复，正在观察', visibleToCustomer: true })
  expect(heard).toMatchObject({ status: 200, body: { number, stage: 'handling' } })
  expect(heard.version).toBeGreaterThan(version)
  expect((await office.client.workflow.getHandle(number).describe()).status.name).toBe('RUNNING')

  const ended = rows.filter(({ state }) => hasEnded(ticketProcess, state))
  expect(loaded.open).toBe(rows.length - ended.length)
  for (const { number: one } of ended.slice(0, 5))
    await expect(office.client.workflow.getHandle(one).describe()).rejects.toThrow(WorkflowNotFoundError)
  await office.close()
})
