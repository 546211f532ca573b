import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { peopleOf, zh, type People } from '../support/walk.ts'

/** Schedules of reports, on a real Temporal. */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
}, 120_000)
afterAll(() => office.close())

const scheduleOf = async (profile: string) =>
  (await people.management.get('/api/report-schedules', zh)).items.find((item) => item['profile'] === profile)

describe('T17: the schedule of a profile', () => {
  it('is made when the worker starts, and looks at the times at which something can be due', async () => {
    const schedule = await until(async () => scheduleOf('tech-support'))
    expect(schedule).toMatchObject({ paused: false, label: '技术支持' })
    const next = schedule?.['next']
    expect(Array.isArray(next) && next.length > 0).toBe(true)
    // 09:00 of a working day in Shanghai, and two minutes.
    expect(String(Array.isArray(next) ? next[0] : '')).toMatch(/T01:02:00/)
  })

  it('is paused and resumed by the API and there, with a reason', async () => {
    expect(await people.supervisor.post('/api/report-schedules/tech-support/pause', { reason: '盘点' })).toMatchObject({ status: 403 })
    const paused = await people.management.post('/api/report-schedules/tech-support/pause', { reason: '盘点' }, zh)
    // It looks at no time of its own: none is promised.
    expect(paused).toMatchObject({ status: 200, body: { paused: true, note: '盘点', next: null } })
    const { state } = await office.client.schedule.getHandle('reports:tech-support').describe()
    expect(state).toMatchObject({ paused: true, note: '盘点' })
    const resumed = await people.management.post('/api/report-schedules/tech-support/resume', { reason: '盘点结束' }, zh)
    expect(resumed.body).toMatchObject({ paused: false, next: expect.any(Array) })
    expect(await people.management.post('/api/report-schedules/nobody/pause', { reason: '盘点' })).toMatchObject({ status: 404 })
  })

  it('fills in a time, once for each report, and each is seen in Temporal under its number', async () => {
    const span = { from: '2026-09-27', until: '2026-10-13' }
    for (const _ of [1, 2]) expect((await people.management.post('/api/report-schedules/tech-support/backfill', span)).status).toBe(200)
    // The week before the holidays, and the one that they end in: both fall due after them, as does September.
    const wanted = ['monthly:2026-09', 'weekly:2026-W39', 'weekly:2026-W40', 'weekly:2026-W41'].map(
      (report) => `report:tech-support:${report}`,
    )
    const made = await until(async () => {
      const { items } = await people.management.get('/api/reports?limit=50')
      const numbers = items.map(({ number }) => String(number)).toSorted()
      return wanted.every((number) => numbers.includes(number)) ? numbers : undefined
    })
    expect(made).toEqual(wanted)
    await until(async () =>
      (await people.management.get('/api/reports/report:tech-support:weekly:2026-W41')).body['stage'] === 'sent' ? true : undefined,
    )
    // Its rows come first, its workflow a moment later.
    const status = await office.client.workflow.getHandle('report:tech-support:weekly:2026-W41').describe()
    expect(status.type).toBe('report')
  }, 60_000)
})
