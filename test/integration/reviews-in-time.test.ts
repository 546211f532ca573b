import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openActions } from '../../db/open-actions.ts'
import { instantOf } from '../../domain/instant.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { acts, addsAction, bothLeads, analysis, classifiedTicket, defects, openReview, reviewWithActions } from '../support/reviews.ts'
import { noticesOf, peopleOf, type People } from '../support/walk.ts'

/** What time does to reviews (T17), on a Temporal that skips it: reminders and breaches of actions, and whether they had an effect. */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
}, 120_000)
afterAll(() => office.close())

const read = async (number: string) => (await people.agent.get(`/api/reviews/${number}`)).body
const findings = async (number: string) => (await people.agent.get(`/api/reviews/${number}/findings`)).body
const nowMs = () => office.temporal.currentTimeMs()
const ahead = async (days: number) => instantOf((await nowMs()) + days * 86_400_000)
const clockOf = async (number: string, clock: string) =>
  (await people.agent.get(`/api/reviews/${number}/clocks`)).items.findLast((one) => one['clock'] === clock)
const happened = (number: string, type: string, seen = 1) =>
  until(async () => {
    const events = (await people.agent.get(`/api/reviews/${number}/events?limit=200`)).items.filter((event) => event.type === type)
    return events.length >= seen ? events.at(-1) : undefined
  })

describe('an improvement action', () => {
  it('T17: reminds its owner, breaks when it is late, climbs, and is kept by what is reported; two of a review each by itself', async () => {
    const { supervisor, engineer } = people
    const number = await reviewWithActions(people)
    await addsAction(supervisor, number, { dueAt: await ahead(4) })
    await addsAction(supervisor, number, { text: '增加连接池告警', owner: 'engineer-chen', dueAt: await ahead(10) })
    const began = instantOf(await nowMs())
    await office.later('P3D')
    await happened(number, 'level-reached')
    const told = async (kind: string) =>
      (await noticesOf(office, number)).filter((notice) => notice.kind === kind).map(({ recipientId }) => recipientId)
    expect(await told('action-due')).toEqual(['engineer-wang'])
    await office.later('P2D')
    const broken = await happened(number, 'promise-broken')
    expect(broken).toMatchObject({ clock: 'action-1' })
    await until(async () => ((await told('action-overdue')).length === 2 ? true : undefined))
    expect(await told('action-overdue')).toEqual(['engineer-wang', 'lead@tech-support'])
    // At night it waits for the morning.
    const hour = (new Date(await nowMs()).getUTCHours() + 8) % 24
    if (hour >= 22 || hour < 8) await office.later(`PT${hour < 8 ? 8 - hour : 32 - hour}H`)
    // The mail says what is to be done, not which number it has.
    const mail = await until(async () => {
      const sent = office.db.selectFrom('notices').select('said').where('process', '=', number).where('kind', '=', 'action-overdue')
      return (await sent.where('status', '=', 'sent').executeTakeFirst())?.said ?? undefined
    })
    expect(mail.subject).toContain('改进措施已超时')
    expect(mail.text).toContain('措施：补齐异常分支的连接归还')
    expect(await clockOf(number, 'action-2')).toMatchObject({ state: 'running' })
    const mine = (await engineer.get('/api/improvement-actions?owner=me')).items
    expect((await engineer.get('/api/me/work')).body['actions']).toEqual(mine)
    expect(mine).toMatchObject([{ review: number, action: 1, text: '补齐异常分支的连接归还', overdue: true }])

    const asOf = instantOf(await nowMs())
    const asked = { profile: 'tech-support', from: began, until: asOf, asOf, most: 10 }
    const listed = await openActions(office.db, asked)
    const [late, open] = listed.rows
    expect(await openActions(office.db, { ...asked, most: 1 })).toEqual({ total: 2, rows: [late] })
    expect(late).toMatchObject({ review: number, action: '补齐异常分支的连接归还', owner: '王强', overdue: true, state: { en: 'overdue' } })
    expect(open).toMatchObject({ owner: '陈刚', overdue: false, state: { en: 'open' } })

    await acts(supervisor, number, 'reschedule-action', { action: 1, dueAt: await ahead(9), reason: '等待上游版本' })
    expect(await clockOf(number, 'action-1')).toMatchObject({ cycle: 2, state: 'running' })
    await acts(engineer, number, 'report-action', { action: 1, text: '已发布' })
    expect(await clockOf(number, 'action-1')).toMatchObject({ cycle: 2, state: 'kept' })
    // Asked again as of then, it says what it said; asked now, that it was done, and when it was due last.
    expect(await openActions(office.db, asked)).toEqual(listed)
    const now = instantOf(await nowMs())
    expect((await openActions(office.db, { ...asked, from: asOf, until: now, asOf: now })).rows).toMatchObject([
      { action: '增加连接池告警' },
      { action: '补齐异常分支的连接归还', overdue: false, state: { en: 'done' } },
    ])
    expect((await openActions(office.db, { ...asked, from: now, until: await ahead(1), asOf: now })).rows).toMatchObject([
      { action: '增加连接池告警' },
    ])
  })

  it('T17: an analysis that nobody records is late, and says so', async () => {
    const number = await openReview(people.quality, { lead: 'supervisor-sun' })
    await office.later('P15D')
    expect(await happened(number, 'promise-broken')).toMatchObject({ clock: 'analysis' })
    await until(async () => ((await noticesOf(office, number)).some(({ kind }) => kind === 'deadline-missed') ? true : undefined))
  })
})

describe('the effect of a review', () => {
  it('T17: is looked at by itself on its day: kept, without effect and reopened, or too few to say and looked at again', async () => {
    const { supervisor, engineer } = people
    const [lessOften, asOften, seldom] = ['计费网关甲', '计费网关乙', '计费网关丙']
    const counts = [
      [lessOften, 6],
      [asOften, 3],
      [seldom, 1],
    ] as const
    for (const [module, count] of counts) for (let at = 0; at < count; at += 1) await classifiedTicket(people, { ...defects, module })
    const numbers: string[] = []
    for (const [module] of counts) {
      const number = await openReview(supervisor, { title: module, classification: { ...defects, module } })
      await acts(supervisor, number, 'invite', bothLeads)
      await acts(supervisor, number, 'record-analysis', analysis)
      await addsAction(supervisor, number, { dueAt: await ahead(2) })
      await acts(engineer, number, 'report-action', { action: 1, text: '已发布' })
      numbers.push(number)
    }
    const [kept = '', without = '', few = ''] = numbers
    await office.later('P10D')
    for (const module of [asOften, asOften, asOften, '其他网关', '其他网关', '其他网关', '其他网关', '其他网关'])
      await classifiedTicket(people, { ...defects, module })
    await office.later('P17D')
    for (const number of numbers) expect(await read(number)).toMatchObject({ stage: 'effect', outcome: null })
    await office.later('P2D')
    for (const number of numbers) await happened(number, 'effect-checked')

    expect(await read(kept)).toMatchObject({ stage: 'effect', outcome: 'effective' })
    expect(await findings(kept)).toMatchObject({
      effect: { outcome: 'effective', before: { tickets: 10, hits: 6, per100: 60 }, after: { tickets: 8, hits: 0, per100: 0 } },
    })
    expect(await clockOf(kept, 'closing')).toMatchObject({ state: 'running' })

    expect(await read(without)).toMatchObject({ stage: 'analysis', round: 2, outcome: 'ineffective' })
    expect(await clockOf(without, 'analysis')).toMatchObject({ cycle: 2, state: 'running' })
    expect(
      (await noticesOf(office, without)).filter(({ kind }) => kind === 'effect-checked').map(({ recipientId }) => recipientId),
    ).toEqual(['lead-xu', 'manager-gao', 'supervisor-zhang'])

    expect(await read(few)).toMatchObject({ stage: 'effect', outcome: 'unclear' })
    await office.later('P28D')
    await happened(few, 'effect-checked', 2)
    await acts(supervisor, kept, 'close', { conclusion: '连接归还纳入代码评审清单。' })
    expect(await findings(kept)).toMatchObject({ conclusion: '连接归还纳入代码评审清单。' })
    await office.client.workflow.getHandle(kept).result()
  })
})
