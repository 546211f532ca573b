import { beforeAll, describe, expect, it } from 'vitest'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { classify, type Classified } from '../../../domain/classification.ts'
import { checkFields } from '../../../domain/fields.ts'
import { renderNumber } from '../../../domain/numbering.ts'
import { policyFor, priorityOf, type Policy } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { shippedCalendars, shippedProfiles } from '../../../runtime/shipped-profiles.ts'

let profile: Profile
let policy: Policy
let calendar: Calendar
beforeAll(async () => {
  profile = found((await shippedProfiles()).find(({ content }) => content.id === 'tech-support')).content
  calendar = found((await shippedCalendars()).find(({ content }) => content.id === profile.calendar)).content
  policy = found(policyFor(profile, 'software-fault', { version: 1, calendar }))
})

describe('the tech-support profile', () => {
  it('T1: numbers tickets TS20231001001', () => {
    expect(renderNumber(profile.number.pattern, { now: '2023-09-30T16:00:00.000Z', zone: profile.zone, serial: 1 })).toBe('TS20231001001')
  })

  it('T2: has the types and urgencies of the registration form', () => {
    expect(profile.types.map(({ label }) => label['zh-CN'])).toEqual(['软件功能异常', '硬件故障', '操作疑问', '兼容性问题', '其他'])
    expect(profile.priorities.map(({ label }) => label['zh-CN'])).toEqual(['紧急', '高', '中', '低'])
  })

  it('T2: takes a registration with every field or with none: what is missing is asked for at the intake review', () => {
    const filled = {
      occurredAt: '2023-10-01T14:30:00+08:00',
      stepsToReproduce: '1. 登录\n2. 导出',
      errorText: 'HTTP 500',
      environment: 'Windows 11, 客户端 3.2',
      descriptionConfirmed: true,
      remarks: '客户着急',
    }
    for (const type of profile.types) {
      expect(checkFields(filled, type.fields, { requireAll: true }).ok).toBe(true)
      expect(checkFields({}, type.fields, { requireAll: true }).ok).toBe(true)
    }
  })

  it('T3: is reached by phone, chat, e-mail and ticket system', () => {
    expect(policy.channels).toEqual(['phone', 'chat', 'email', 'ticket-system'])
  })

  it('T5: urgent and high go through the emergency review', () => {
    expect(profile.priorities.filter(({ reviewMeeting }) => reviewMeeting).map(({ id }) => id)).toEqual(['urgent', 'high'])
  })

  it.each([
    ['urgent', 'elapsed', 'PT15M', 'PT2H', 'PT24H'],
    ['high', 'elapsed', 'PT2H', 'PT8H', 'PT72H'],
    ['medium', 'working', 'PT8H', 'PT8H', 'P5D'],
    ['low', 'working', 'PT8H', 'PT8H', 'P5D'],
  ])('T13: %s promises in %s time: respond %s, start %s, close %s', (id, timeBase, firstResponse, start, resolution) => {
    expect(priorityOf(policy, id)).toMatchObject({ timeBase })
    const within = (clock: string) => policy.clocks.find((one) => one.id === clock)?.within?.[id]
    expect([within('first-response'), within('start'), within('resolution')]).toEqual([firstResponse, start, resolution])
  })

  it('T12: calls back within a day, three times', () => {
    expect(policy.callback).toEqual({ attempts: 3 })
    expect(policy.clocks.find(({ id }) => id === 'callback')).toMatchObject({
      within: { urgent: 'PT24H', low: 'PT24H' },
      timeBase: 'elapsed',
    })
  })

  it('T15: refuses what says nothing, in any script, on any axis', () => {
    for (const word of [
      '问题',
      '問題',
      '报错',
      '報錯',
      '故障',
      '其他',
      '異常',
      'Bug',
      'ERROR',
      'issues',
      'Other',
      "doesn't work",
      '系统问题',
    ]) {
      expect(classify({ ...usual(), cause: word }, policy.classification)).toMatchObject({
        ok: false,
        errors: [{ path: 'classification.cause', code: 'empty-word' }],
      })
    }
  })

  it('T15: every label it lists says something, but for 其他, and is found in each language', () => {
    const { modules, causes, types } = policy.classification
    for (const [axis, terms] of [
      ['module', modules],
      ['cause', causes],
      ['type', types],
    ] as const) {
      for (const { id, labels } of terms) {
        for (const written of [id, ...labels]) {
          const result = classify({ ...usual(), [axis]: written }, policy.classification)
          if (id === 'other') expect(result).toMatchObject({ ok: false, errors: [{ path: 'classification.type', code: 'empty-word' }] })
          else expect(result).toMatchObject({ ok: true, value: { [axis]: id } })
        }
      }
    }
  })

  it('X1: says who prepared, reviewed and approved it, and from when it holds', () => {
    expect(profile.document).toMatchObject({ title: '技術支持客戶問題反饋與解決流程模板', effectiveFrom: '2026-01-01' })
  })

  it('X6: no English label holds Chinese, no simplified label a traditional character', () => {
    const labels = [
      profile,
      ...profile.types,
      ...profile.priorities,
      ...profile.channels,
      ...profile.waitingFor,
      ...profile.planKinds,
      ...profile.clocks,
    ].map(({ label }) => label)
    for (const label of labels) {
      expect(label.en).not.toMatch(/\p{Script=Han}/u)
      expect(label['zh-CN']).not.toMatch(/[術體關題誤應戶聯錯線統導換級處]/)
      expect(label['zh-TW']).not.toMatch(/[术体关题误应户联错线统导换级处]/)
    }
  })
})

describe('the cn-office calendar', () => {
  it('X2: has the statutory holidays of 2026, and as many make-up workdays as the State Council announced', () => {
    const days = Object.entries(calendar.days)
    expect(days.filter(([, spans]) => spans.length === 0)).toHaveLength(33)
    expect(days.filter(([, spans]) => spans.length > 0).map(([day]) => day)).toEqual([
      '2026-01-04',
      '2026-02-14',
      '2026-02-28',
      '2026-05-09',
      '2026-09-20',
      '2026-10-10',
    ])
  })

  it('X2: every make-up workday falls on a weekend and works like a weekday', () => {
    for (const [day, spans] of Object.entries(calendar.days)) {
      if (spans.length === 0) continue
      expect([0, 6]).toContain(new Date(day).getUTCDay())
      expect(spans).toEqual(calendar.week.mon)
    }
  })
})

function usual(): Classified {
  return { module: 'login', type: 'software-fault', cause: 'code-defect', tags: [] }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not shipped')
  return value
}
