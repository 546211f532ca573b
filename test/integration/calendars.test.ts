import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, type Office, type Speaker } from '../support/api.ts'

/** Working calendars through the API: read, installed, and asked. */

let office: Office
let agent: Speaker
let quality: Speaker
let admin: Speaker

beforeAll(async () => {
  office = await openOffice({ worker: false })
  agent = await office.person('agent-li')
  quality = await office.person('quality-wu')
  admin = await office.person('admin-lin')
})
afterAll(() => office.close())

const source = readFileSync('profiles/calendars/cn-office.yaml', 'utf8')
const yaml = { 'Content-Type': 'application/yaml', 'Accept-Language': 'zh-CN' }
const json = { 'Content-Type': 'application/json', 'Accept-Language': 'en' }
const speaking = { 'zh-CN': { 'Accept-Language': 'zh-CN' }, 'zh-TW': { 'Accept-Language': 'zh-TW' }, en: { 'Accept-Language': 'en' } }

describe('X2: working calendars', () => {
  it('X2: are listed, and read whole, as they were written too', async () => {
    expect((await agent.get('/api/calendars')).items).toContainEqual({
      id: 'cn-office',
      version: 1,
      timezone: 'Asia/Shanghai',
      coveredThrough: '2026-12-31',
      installedAt: expect.any(String),
      installedBy: 'the product',
    })
    const { status, body } = await agent.get('/api/calendars/cn-office')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id: 'cn-office',
      version: 1,
      versions: [1],
      week: { mon: ['09:00-12:00', '13:00-18:00'], sat: [] },
      days: { '2026-10-01': [], '2026-10-10': ['09:00-12:00', '13:00-18:00'] },
    })
    expect((await agent.get('/api/calendars/cn-office', { Accept: 'application/yaml' })).body['text']).toBe(source)
  })

  it('X2: are installed by admin and quality, each change as the next version, and earlier ones stay', async () => {
    const copy = source.replace('id: cn-office', 'id: shop')
    const first = await quality.send('PUT', '/api/calendars/shop', copy, yaml)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    expect(first.body).toEqual({ id: 'shop', version: 1 })
    expect(await admin.send('PUT', '/api/calendars/shop', copy, yaml)).toMatchObject({ status: 200, body: { id: 'shop', version: 1 } })

    const { version: _, versions: __, installedAt: ___, installedBy: ____, ...read } = (await agent.get('/api/calendars/shop')).body
    const longer = JSON.stringify({ ...read, coveredThrough: '2027-12-31' })
    expect(await admin.send('PUT', '/api/calendars/shop', longer, json)).toMatchObject({ status: 201, body: { id: 'shop', version: 2 } })
    expect((await agent.get('/api/calendars/shop')).body).toMatchObject({
      version: 2,
      versions: [2, 1],
      coveredThrough: '2027-12-31',
      installedBy: 'admin-lin',
    })
    expect((await agent.get('/api/calendars/shop?version=1')).body).toMatchObject({ version: 1, coveredThrough: '2026-12-31' })
    expect((await agent.get('/api/calendars/shop?version=1', { Accept: 'application/yaml' })).body['text']).toBe(copy)
    const asked = 'from=2026-12-31T10:00:00Z&working=P1D'
    expect((await agent.get(`/api/calendars/shop/due?${asked}`)).body).toMatchObject({ version: 2, covered: true })
    expect((await agent.get(`/api/calendars/shop/due?${asked}&version=1`)).body).toMatchObject({ version: 1, covered: false })
    expect((await agent.send('PUT', '/api/calendars/shop', copy, yaml)).status).toBe(403)
  })

  it('X2: are refused with path, line and reason when bad', async () => {
    const bad = source.replace('timezone: Asia/Shanghai', 'timezone: Asia/Shanghia').replace('"2026-01-02": []', '"2026-01-02": ["9-12"]')
    const heard = await quality.send('PUT', '/api/calendars/cn-office', bad, yaml)
    expect(heard.status).toBe(422)
    expect(heard.errors).toEqual([
      expect.objectContaining({ path: 'timezone', line: 5, message: expect.stringContaining('没有时区') }),
      expect.objectContaining({ path: 'days.2026-01-02[0]', line: 17, message: expect.stringContaining('09:00-12:00') }),
    ])
    expect((await quality.send('PUT', '/api/calendars/other', source, yaml)).errors).toMatchObject([
      { path: 'id', code: 'id-differs', line: expect.any(Number) },
    ])
    expect((await quality.send('PUT', '/api/calendars/cn-office', 'id: [', yaml)).status).toBe(422)
    expect((await quality.send('PUT', '/api/calendars/cn-office', '{"id": }', json)).body).toMatchObject({
      status: 400,
      line: 1,
      column: 8,
    })
    expect((await quality.send('PUT', '/api/calendars/cn-office', source, { 'Content-Type': 'text/plain' })).status).toBe(415)
    expect((await agent.get('/api/calendars/cn-office')).body).toMatchObject({ versions: [1] })
  })

  it.each([
    ['zh-CN', '没有工作日历“none”。已安装：'],
    ['zh-TW', '沒有工作日曆「none」。已安裝：'],
    ['en', 'There is no calendar “none”. Installed: '],
  ] as const)('X2: an unknown one is told with those there are, in %s', async (locale, said) => {
    for (const path of [
      'none',
      'none/due?from=2026-09-29T02:00:00Z&working=P5D',
      'none/elapsed?from=2026-09-29T02:00:00Z&to=2026-09-30T02:00:00Z',
    ]) {
      const heard = await agent.get(`/api/calendars/${path}`, speaking[locale])
      expect(heard.body).toMatchObject({
        status: 404,
        type: '/problems/unknown-calendar',
        calendars: expect.arrayContaining(['cn-office']),
      })
      expect(heard.detail).toContain(said)
    }
    expect((await agent.get('/api/calendars/cn-office?version=77', speaking[locale])).detail).toContain('77')
  })
})

describe('X2: asked when working time ends', () => {
  it('X2: five working days over the national holiday and its make-up Saturday', async () => {
    expect((await agent.get('/api/calendars/cn-office/due?from=2026-09-29T10:00:00%2B08:00&working=P5D')).body).toEqual({
      calendar: 'cn-office',
      version: 1,
      from: '2026-09-29T02:00:00.000Z',
      working: 'P5D',
      due: '2026-10-12T10:00:00.000Z',
      covered: true,
    })
  })

  it('X2: eight working hours over night; a plus that was not escaped is understood', async () => {
    expect((await agent.get('/api/calendars/cn-office/due?from=2026-07-06T15:00:00+08:00&working=PT8H')).body).toMatchObject({
      due: '2026-07-07T07:00:00.000Z',
    })
  })

  it.each([
    ['zh-CN', '节假日安排只公布到 2026-12-31'],
    ['zh-TW', '節假日安排只公布到 2026-12-31'],
    ['en', 'Holidays are known through 2026-12-31 only'],
  ] as const)('X2: warns beyond the announced days, in %s', async (locale, said) => {
    const heard = await agent.get('/api/calendars/cn-office/due?from=2026-12-30T10:00:00%2B08:00&working=P5D', speaking[locale])
    expect(heard.body).toMatchObject({ due: '2027-01-06T10:00:00.000Z', covered: false, warning: expect.stringContaining(said) })
    expect(heard.body['warning']).toContain('cn-office')
  })

  it('X2: and how much has passed', async () => {
    const asked = 'from=2026-09-30T17:30:00%2B08:00&to=2026-10-08T12:30:00.500%2B08:00'
    expect((await agent.get(`/api/calendars/cn-office/elapsed?${asked}`)).body).toEqual({
      calendar: 'cn-office',
      version: 1,
      from: '2026-09-30T09:30:00.000Z',
      to: '2026-10-08T04:30:00.500Z',
      working: 'PT3H30M',
      covered: true,
    })
    const forward = await agent.get('/api/calendars/cn-office/elapsed?from=2026-07-06T09:00:00%2B08:00&to=2027-07-06T10:00:01.5%2B08:00')
    expect(forward.body).toMatchObject({ working: expect.stringMatching(/^PT\d{4}H1\.5S$/), covered: false })
    const back = await agent.get('/api/calendars/cn-office/elapsed?to=2026-07-06T09:00:00%2B08:00&from=2026-07-07T10:00:00%2B08:00')
    expect(back).toMatchObject({ status: 422, body: { errors: [{ path: 'to', code: 'before-from' }] } })
  })

  it('a profile that is there, but not in that version, is told so', async () => {
    for (const [locale, said] of [
      ['en', 'no profile “tech-support” in version 99'],
      ['zh-CN', '没有流程配置“tech-support”的版本 99'],
      ['zh-TW', '沒有流程設定「tech-support」的版本 99'],
    ] as const) {
      const heard = await agent.get('/api/profiles/tech-support?version=99', speaking[locale])
      expect(heard).toMatchObject({ status: 404, body: { detail: expect.stringContaining(said) } })
    }
    expect((await agent.get('/api/profiles/none?version=99')).body['detail']).not.toContain('99')
  })

  it('X2: says that it knows no holidays of years before those it lists', async () => {
    const week = 'from=2025-09-29T00:00:00%2B08:00&to=2025-10-09T00:00:00%2B08:00'
    expect((await agent.get(`/api/calendars/cn-office/elapsed?${week}`)).body).toMatchObject({ covered: false })
    const due = await agent.get('/api/calendars/cn-office/due?from=2025-12-30T10:00:00%2B08:00&working=P5D')
    expect(due.body).toMatchObject({ covered: false, warning: expect.stringContaining('known from 2026-01-01 on only') })
  })

  it.each([
    ['due?working=PT8H', 'from', 'required', 'is required'],
    ['due?from=2026-07-06T09:00:00Z', 'working', 'required', 'is required'],
    ['due?from=2026-07-06T09:00:00&working=PT8H', 'from', 'wrong-format', 'with an offset or Z'],
    ['due?from=2026-07-06T09:00:00Z&working=8h', 'working', 'wrong-format', 'for example PT15M'],
    ['due?from=2026-07-06T09:00:00Z&working=P1M', 'working', 'wrong-format', 'without months and years'],
    ['due?from=2026-07-06T09:00:00Z&working=P99999999D', 'working', 'too-far', 'within a hundred years'],
    ['due?from=9999-12-31T00:00:00Z&working=PT9999H', 'working', 'too-far', 'within a hundred years'],
    ['due?from=2026-07-06T09:00:00Z&working=PT8H&weekday=1', 'weekday', 'unknown-field', 'not known here'],
    ['elapsed?from=2026-07-06T09:00:00Z', 'to', 'required', 'is required'],
    ['elapsed?from=yesterday&to=2026-07-06T09:00:00Z', 'from', 'wrong-format', 'with an offset or Z'],
    ['elapsed?from=0001-01-01T00:00:00Z&to=9999-01-01T00:00:00Z', 'to', 'too-far', 'within a hundred years'],
  ])('X2: %s is refused by the field %s', async (question, path, code, remedy) => {
    const heard = await agent.get(`/api/calendars/cn-office/${question}`, speaking.en)
    expect(heard.status).toBe(422)
    expect(heard.errors).toMatchObject([{ path, code, message: expect.stringContaining(remedy) }])
  })
})
