import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createProfileReader } from '../../processes/policies.ts'
import { startWorkflow } from '../../gateway/reach.ts'
import { wakeProcess } from '../../gateway/waking.ts'
import { calendarVersions, installCalendar } from '../../db/calendars.ts'
import { latestProfile } from '../../db/profiles.ts'
import { headOf } from '../../db/heads.ts'
import { processes } from '../../processes/index.ts'
import { epochMs, instantOf } from '../../domain/instant.ts'
import { systemClock } from '../../runtime/clock.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import { until } from '../support/launcher.ts'
import { log, noticesOf, peopleOf, registered, type People } from '../support/walk.ts'

/** Tickets are woken when something falls due, by what the rows say; in real time with targets of seconds. */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  const profile = fastProfile('waking', { 'first-response': 3, start: 3_600, plan: 3_600, progress: 3_600, resolution: 3_600 })
  const put = await people.admin.send('PUT', '/api/profiles/waking', documentOf(profile), { 'Content-Type': 'application/yaml' })
  if (put.status !== 201) throw new Error(JSON.stringify(put.body))
})
afterAll(() => office.close())

const form = { profile: 'waking', priority: 'urgent' }
const row = (number: string) =>
  office.db.selectFrom('tickets').select(['number', 'version', 'wakeAt']).where('number', '=', number).executeTakeFirstOrThrow()
const broken = async (number: string) =>
  (await log(people.agent, number)).filter(({ type, clock }) => type === 'promise-broken' && clock === 'first-response')
const history = async (number: string) => {
  const { events } = await office.client.workflow.getHandle(number).fetchHistory()
  return (events ?? []).flatMap(
    ({ activityTaskScheduledEventAttributes, timerStartedEventAttributes, workflowExecutionUpdateAcceptedEventAttributes }) => [
      ...(activityTaskScheduledEventAttributes ? [`activity ${activityTaskScheduledEventAttributes.activityType?.name}`] : []),
      ...(timerStartedEventAttributes
        ? [`timer ${Math.round(Number(timerStartedEventAttributes.startToFireTimeout?.seconds) / 60)} min`]
        : []),
      ...(workflowExecutionUpdateAcceptedEventAttributes
        ? [`update ${workflowExecutionUpdateAcceptedEventAttributes.acceptedRequest?.input?.name}`]
        : []),
    ],
  )
}

describe('a deadline', () => {
  it('X4: takes effect soon after its due instant, stamped with it, by a wake and without an activity', async () => {
    const number = await registered(people.agent, form)
    const due = (await people.agent.get(`/api/tickets/${number}/clocks`)).items.find(({ clock }) => clock === 'first-response')?.['dueAt']
    const [event] = await until(async () => ((await broken(number)).length > 0 ? broken(number) : undefined))
    expect(event).toMatchObject({ occurredAt: due, actor: 'system' })
    expect(epochMs(String(event?.['at'])) - epochMs(String(due))).toBeLessThan(5_000)
    // Each of the ladder's rungs, once.
    await until(async () => ((await log(people.agent, number)).some(({ level }) => level === 'department-head') ? true : undefined))
    const levels = (await log(people.agent, number)).filter(({ type }) => type === 'level-reached').map(({ level }) => level)
    expect(levels).toEqual(['warning', 'missed', 'supervisor', 'department-head'])
    expect((await noticesOf(office, number)).filter(({ kind }) => kind === 'deadline-missed')).toHaveLength(4)

    const happened = await history(number)
    expect(happened.filter((what) => what === 'update wake').length).toBeGreaterThanOrEqual(2)
    expect(happened.filter((what) => what === 'activity projectTicket')).toEqual([])
    // Its own timer is for the day that nobody wakes it.
    for (const what of happened.filter((name) => name.startsWith('timer'))) expect(Number(/\d+/.exec(what)?.[0])).toBeGreaterThanOrEqual(10)
    const { wakeAt } = await row(number)
    expect(epochMs(wakeAt ?? '')).toBeGreaterThan(Date.now() + 60_000)
  })

  it('is found once by any number of workers, and what one of them lost on the way comes with the next wake', async () => {
    await office.stopWorker()
    const number = await registered(people.agent, form)
    await office.settled()
    const ticket = await row(number)
    if (ticket.wakeAt === null) throw new Error('nothing is due')
    const toWake = { ...ticket, processType: 'ticket', wakeAt: ticket.wakeAt }
    await sleep(Math.max(0, epochMs(ticket.wakeAt) - Date.now()) + 2_500)
    await office.startWorker()
    // A worker that dies between the answer and the rows.
    const lost = await office.gateway.wake(number, 'lost', { writtenThrough: ticket.version })
    const reach = { db: office.db, gateway: office.gateway, processes }
    await Promise.all([1, 2, 3].map(() => wakeProcess(reach, toWake)))
    expect(lost.kind).toBe('woken')
    const events = await until(async () => ((await broken(number)).length > 0 ? log(people.agent, number) : undefined))
    expect(events.filter(({ type }) => type === 'promise-broken')).toHaveLength(1)
    expect(new Set(events.map(({ seq }) => seq)).size).toBe(events.length)
    expect((await noticesOf(office, number)).filter(({ kind }) => kind === 'ticket-submitted')).toHaveLength(1)
  })

  it('that is not due yet: the ticket refuses, history keeps no trace of it, and the row is put right', async () => {
    const number = await registered(people.agent, { ...form, profile: 'tech-support' })
    await office.settled()
    const before = await until(async () => ((await history(number)).length > 0 ? history(number) : undefined))
    const { version, wakeAt } = await row(number)
    const mistaken = instantOf(Date.now() - 1_000)
    await office.db.updateTable('tickets').set({ wakeAt: mistaken }).where('number', '=', number).execute()
    expect(
      await wakeProcess(
        { db: office.db, gateway: office.gateway, processes },
        { processType: 'ticket', number, version, wakeAt: mistaken },
      ),
    ).toBe(false)
    expect(await history(number)).toEqual(before)
    expect(await row(number)).toEqual({ number, version, wakeAt })
  })

  it('of which the row says nothing, as a release before wrote it: the ticket is woken when it is started, and tells', async () => {
    const number = await registered(people.agent, { ...form, profile: 'tech-support' })
    await office.settled()
    const { wakeAt } = await row(number)
    await office.db.updateTable('tickets').set({ wakeAt: null, workflowStartedAt: null }).where('number', '=', number).execute()
    const ticket = await headOf(office.db, number)
    if (!ticket) throw new Error('the ticket is gone')
    await startWorkflow(
      { db: office.db, gateway: office.gateway, clock: systemClock, profileOf: createProfileReader(office.db), processes },
      ticket,
      10_000,
    )
    expect(await until(async () => ((await row(number)).wakeAt === wakeAt ? wakeAt : undefined))).toBe(wakeAt)
  })
})

describe('X2: a new calendar', () => {
  it('reaches a running ticket by a wake, once, and the rows without an activity', async () => {
    const number = await registered(people.agent, { ...form, profile: 'tech-support' })
    await office.settled()
    const profile = await latestProfile(office.db, 'tech-support')
    const [newest] = await calendarVersions(office.db, profile?.calendar ?? '')
    if (!newest) throw new Error('there is no calendar')
    await installCalendar(office.db, {
      calendar: { ...newest.calendar, days: { ...newest.calendar.days, '2026-12-31': [] } },
      source: null,
      installedAt: instantOf(systemClock.now().getTime()),
      installedBy: 'test',
    })
    const events = await until(async () => {
      const found = await log(people.agent, number)
      return found.some(({ type }) => type === 'calendar-changed') ? found : undefined
    })
    expect(events.filter(({ type }) => type === 'calendar-changed')).toHaveLength(1)
    const happened = await history(number)
    expect(happened.filter((what) => what === 'update wake')).toHaveLength(1)
    expect(happened.filter((what) => what === 'activity projectTicket')).toEqual([])
  })
})
