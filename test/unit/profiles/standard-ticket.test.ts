import { templateOf } from '../../../domain/notices/render.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { classify } from '../../../domain/classification.ts'
import { checkFields } from '../../../domain/fields.ts'
import { locales, type Labels } from '../../../domain/labels.ts'
import { usualTemplates } from '../../../domain/notices/usual.ts'
import { noticeKindNames } from '../../../domain/notices/kinds.ts'
import { renderNumber } from '../../../domain/numbering.ts'
import { policyFor, priorityOf, type Policy } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { shippedCalendars, shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { lin, Story, techSupport, wang } from '../../support/tickets.ts'

let profile: Profile
let calendar: Calendar
beforeAll(async () => {
  profile = found((await shippedProfiles()).find(({ content }) => content.id === 'standard-ticket')).content
  calendar = found((await shippedCalendars()).find(({ content }) => content.id === profile.calendar)).content
})

const policyOf = (type = 'consultation'): Policy => found(policyFor(profile, type, { version: 1, calendar }))
const clock = (id: string) => found(profile.clocks.find((one) => one.id === id))

/** What a form of each type cannot do without. */
const least = {
  consultation: { topic: '发票抬头' },
  complaint: { subject: 'delivery', demand: '道歉并尽快补发' },
  fault: { faultPhenomenon: '开机后蓝屏' },
  suggestion: { expectation: '支持批量导出' },
} as const

/** The fields of the trades: shop, IT, SaaS, repair. */
const trades = {
  orderNo: 'DD-1',
  product: '保温杯',
  logisticsNo: 'SF100',
  returnExchange: 'exchange',
  system: 'OA',
  assetNo: 'PC-0031',
  department: '财务部',
  account: 'tenant-7',
  module: '报表',
  version: '3.2',
  deviceModel: 'X200',
  faultPhenomenon: '开机后蓝屏',
  repairStatus: 'to-inspect',
  warrantyUntil: '2027-05-31',
} as const

describe('the standard-ticket profile', () => {
  it('S1: numbers tickets 2023100015, by the month of its zone', () => {
    const { pattern } = profile.number
    expect(renderNumber(pattern, { now: '2023-09-30T16:00:00.000Z', zone: profile.zone, serial: 15 })).toBe('2023100015')
    expect(renderNumber(pattern, { now: '2023-09-30T15:59:59.000Z', zone: profile.zone, serial: 10_000 })).toBe('20230910000')
  })

  it('S2: has four types, each with required fields of its own', () => {
    expect(profile.types.map(({ id, label }) => [id, label['zh-CN']])).toEqual([
      ['consultation', '咨询'],
      ['complaint', '投诉'],
      ['fault', '故障报修'],
      ['suggestion', '需求建议'],
    ])
    for (const { id, fields } of profile.types) {
      const empty = checkFields({}, fields, { requireAll: true })
      const missing = empty.ok ? [] : empty.errors.map(({ path, code }) => `${code} ${path}`)
      expect(missing, id).toEqual(Object.keys(leastOf(id)).map((field) => `required fields.${field}`))
      expect(checkFields(leastOf(id), fields, { requireAll: true }).ok, id).toBe(true)
    }
  })

  it('S2: every type takes the fields of every trade, and can do without them', () => {
    for (const { id, fields } of profile.types)
      expect(checkFields({ ...leastOf(id), ...trades }, fields, { requireAll: true }), id).toEqual({
        ok: true,
        value: { ...leastOf(id), ...trades },
      })
  })

  it('S4: knows VIP客户 and 高频投诉客户, the latter by three complaints in 90 days', () => {
    expect(profile.customerTags).toMatchObject([
      { id: 'vip', label: { 'zh-CN': 'VIP客户' } },
      { id: 'frequent-complaint', label: { 'zh-CN': '高频投诉客户' }, when: { complaints: 3, within: 'P90D', types: ['complaint'] } },
    ])
  })

  it.each([
    ['urgent', '紧急', 'elapsed', 'PT15M'],
    ['high', '高', 'elapsed', 'PT2H'],
    ['medium', '中', 'working', 'PT8H'],
    ['low', '低', 'working', 'PT8H'],
  ])('S6: %s (%s) has a criterion, counts %s time and is answered within %s', (id, label, timeBase, firstResponse) => {
    const priority = found(profile.priorities.find((one) => one.id === id))
    expect(priority).toMatchObject({ label: { 'zh-CN': label }, timeBase, reviewMeeting: false })
    for (const locale of locales) expect(priority.criterion[locale].length).toBeGreaterThan(10)
    const policy = policyOf()
    expect(priorityOf(policy, id)).toMatchObject({ timeBase })
    expect(policy.clocks.find((one) => one.id === 'first-response')).toMatchObject({ within: { [id]: firstResponse }, timeBase: null })
  })

  it('S7: tickets begin at assignment and are dispatched by the skills of their type', () => {
    expect(profile.types.map(({ id, team, skills }) => [id, team, skills])).toEqual([
      ['consultation', 'service-desk', ['consultation']],
      ['complaint', 'service-desk', ['complaint']],
      ['fault', 'tech-support', ['fault']],
      ['suggestion', 'service-desk', ['suggestion']],
    ])
    expect(policyOf('fault')).toMatchObject({ leftOut: { intake: true, triage: true, closing: true }, dispatch: { skills: ['fault'] } })
  })

  it('S8: the customer hears 工单已创建，工单编号：X first', () => {
    expect(profile.notices['ticket-submitted'].text['zh-CN']).toMatch(/^\{customer\}，您好！\n\n工单已创建，工单编号：\{number\}。/)
    for (const locale of locales) expect(profile.notices['ticket-submitted'].subject[locale]).toContain('{number}')
  })

  it('S12: whoever receives a ticket has ten minutes for its priority', () => {
    expect(clock('priority-review')).toMatchObject({ starts: ['received'], stops: ['priority-reviewed'], within: 'PT10M' })
  })

  it('S13: has scripts for the first response by phone and by chat that name agent, number and problem', () => {
    const first = profile.scripts.filter(({ purpose }) => purpose === 'first-response')
    expect(first.map(({ id }) => id)).toEqual(['first-call', 'first-chat'])
    for (const { text } of first)
      for (const locale of locales) for (const name of ['{agent}', '{number}', '{problem}']) expect(text[locale]).toContain(name)
    expect(policyOf().liveChannels).toEqual(['phone', 'chat'])
  })

  it('S14: progress is due every four hours, and a missed one climbs from the handler to the supervisor', () => {
    const { within, ladder } = clock('progress')
    expect(within).toBe('PT4H')
    const told = ladder.filter(({ to }) => !to.includes('customer')).map(({ at, to }) => [at, to])
    expect(told.slice(0, 3)).toEqual([
      ['-25%', ['handler']],
      ['0%', ['handler']],
      ['+25%', ['supervisor']],
    ])
    expect(ladder).toContainEqual(expect.objectContaining({ at: '0%', to: ['customer'], notice: 'still-investigating' }))
  })

  it('X3: silence closes what waits for the customer, after reminders that say so', () => {
    for (const id of ['customer-answer', 'confirmation']) {
      const { whenDue, ladder } = clock(id)
      expect(whenDue).toBe('close')
      const [reminder] = ladder.filter(({ to }) => to.includes('customer'))
      expect(reminder?.times, id).toBe(2)
      const said = templateOf(profile, reminder?.notice ?? 'reopened')?.text
      expect([said?.['zh-CN'], said?.en].join(), id).toMatch(/自动结案.*close/s)
    }
  })

  it('X3: leaves nothing owed behind: a ticket nobody reviewed is archived all the same', () => {
    const story = new Story({
      policy: policyOf('fault'),
      submission: { assignee: 'wang', fields: least.fault, priority: 'high' },
    })
    const classification = { module: 'device', type: 'fault', cause: 'wear' }
    story.acts(
      [wang, 'accept'],
      [wang, 'complete', { classification }],
      [wang, 'verify'],
      [lin, 'confirm'],
      [lin, 'callback'],
      [wang, 'file-article'],
    )
    expect(story.state.stage).toBe('follow-up')
    story.later('P30D').wake()
    expect(story.state.stage).toBe('archived')
  })

  it('T15: every label it lists says something, and is found in each language', () => {
    const { modules, causes, types } = policyOf().classification
    for (const [axis, terms] of [
      ['module', modules],
      ['cause', causes],
      ['type', types],
    ] as const) {
      for (const { id, labels } of terms)
        for (const written of [id, ...labels])
          expect(
            classify({ module: 'device', type: 'fault', cause: 'wear', tags: [], [axis]: written }, policyOf().classification),
            written,
          ).toMatchObject({ ok: true, value: { [axis]: id } })
    }
    for (const word of ['问题', '其他', '系统故障', 'Bug', '產品問題'])
      expect(classify({ module: 'device', type: 'fault', cause: word, tags: [] }, policyOf().classification).ok, word).toBe(false)
  })

  it('X1: says who prepared, reviewed and approved it, and from when it holds', () => {
    expect(profile.document).toMatchObject({ title: '客户支持流程标准化工具及工单管理系统使用指南', effectiveFrom: '2026-01-01' })
  })

  it('X6: everything it says is said in three languages, each in its own script', () => {
    for (const { 'zh-CN': simplified, 'zh-TW': traditional, en } of said()) {
      expect(en).not.toMatch(/\p{Script=Han}/u)
      expect(simplified).not.toMatch(traditionalOnly)
      expect(traditional).not.toMatch(simplifiedOnly)
    }
  })

  it('X6: it speaks as a service desk does, not in the sentences of technical support', () => {
    for (const kind of noticeKindNames.filter((name) => !Object.hasOwn(usualTemplates, name)))
      for (const locale of locales) expect(profile.notices[kind].text[locale]).not.toBe(techSupport.notices[kind].text[locale])
  })
})

const traditionalOnly = /[術體關題誤應戶聯錯線統導換級處單請儘認與時這還沒們為護貨訂幾變數據發壞響圍諮訴報點]/
const simplifiedOnly = /[术体关题误应户联错线统导换级处单请尽认与时这还没们为护货订几变数据发坏响围咨诉报点]/

/** Every text of the profile. */
function said(): Labels[] {
  const labelled = [
    profile,
    ...profile.types,
    ...profile.types.flatMap(({ fields }) => fields),
    ...profile.types.flatMap(({ fields }) => fields.flatMap(({ choices = [] }) => choices)),
    ...profile.priorities,
    ...profile.channels,
    ...profile.waitingFor,
    ...profile.planKinds,
    ...profile.clocks,
    ...profile.customerTags,
    ...profile.classification.modules,
    ...profile.classification.causes,
    ...profile.scripts,
  ]
  return [
    ...labelled.map(({ label }) => label),
    ...profile.priorities.map(({ criterion }) => criterion),
    ...noticeKindNames.flatMap((kind) => [profile.notices[kind].subject, profile.notices[kind].text]),
    ...profile.scripts.map(({ text }) => text),
  ]
}

function leastOf(type: string): Readonly<Record<string, string>> {
  return found(Object.entries(least).find(([id]) => id === type))[1]
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not shipped')
  return value
}
