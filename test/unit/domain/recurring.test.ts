import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import type { Instant } from '../../../domain/instant.ts'
import { assessmentsOpened, mostDue, recurringDue } from '../../../domain/recurring/due.ts'
import { recurringHours } from '../../../domain/recurring/hours.ts'
import { recurringKey, recurringOf } from '../../../domain/recurring/recurring.ts'
import type { ProfileReport } from '../../../domain/profile/reports.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { planOf } from '../../support/assessments.ts'
import { office } from '../../support/tickets.ts'

const label = { 'zh-CN': '报告', 'zh-TW': '報告', en: 'Report' }
const plan = (id: string, every: ProfileReport['every'], cutOff = 'PT30M'): ProfileReport => ({
  ...{ id, every, cutOff, label, to: ['management'] },
  sections: [{ id: 'key', kind: 'figures', figures: ['submitted'] }],
})
const assessment = planOf()

interface Lists {
  readonly reports?: ProfileReport[]
  readonly assessments?: Profile['assessments']
}
const profile = ({ reports = [], assessments = [] }: Lists, zone = 'Asia/Shanghai') => ({ id: 'desk', zone, reports, assessments })
const numbersOf = (due: readonly { readonly number: string }[]) => due.map(({ number }) => number)
const sinceAll = (of: Lists, since: Instant) => new Map(recurringOf(profile(of)).map((one) => [recurringKey(one), since]))
const none: ReadonlySet<string> = new Set()

describe('T17, R13, R14: what is due', () => {
  const lists = { reports: [plan('weekly', 'week'), plan('daily', 'day')], assessments: [{ ...assessment, id: 'scores' }] }
  const due = (since: Instant, upTo: Instant, made = none) =>
    numbersOf(recurringDue(profile(lists), office, { since: sinceAll(lists, since), upTo, made }))

  it('is all that fell due since the profile has it, in the order in which it fell due', () => {
    expect(due('2026-10-30T02:00:00.000Z', '2026-11-03T02:00:00.000Z')).toEqual([
      'report:desk:daily:2026-10-30',
      'report:desk:weekly:2026-W44',
      'assessment:desk:scores:2026-10',
      'report:desk:daily:2026-11-02',
    ])
  })

  it('is not what is made, whenever it looks', () => {
    const made = new Set(['report:desk:weekly:2026-W44', 'report:desk:daily:2026-11-02'])
    expect(due('2026-10-30T02:00:00.000Z', '2026-11-03T02:00:00.000Z', made)).toEqual([
      'report:desk:daily:2026-10-30',
      'assessment:desk:scores:2026-10',
    ])
  })

  it('is of a time before the profile had it what fell due on that day', () => {
    expect(due('2026-11-20T02:00:00.000Z', '2026-11-02T02:00:00.000Z')).toEqual([
      'report:desk:weekly:2026-W44',
      'assessment:desk:scores:2026-10',
    ])
  })

  it('of a plan that is made more or less often than before, is nothing of the time before', () => {
    const upTo = '2026-11-20T02:00:00.000Z'
    const changed = { reports: [plan('weekly', 'month')] }
    const since = new Map([
      [recurringKey({ type: 'report', id: 'weekly', every: 'week' }), '2026-08-10T02:00:00.000Z'],
      [recurringKey({ type: 'report', id: 'weekly', every: 'month' }), '2026-11-10T02:00:00.000Z'],
    ])
    expect(recurringDue(profile(changed), office, { since, upTo, made: none })).toEqual([])
    expect(numbersOf(recurringDue(profile(changed), office, { since, upTo: '2026-12-01T02:00:00.000Z', made: none }))).toEqual([
      'report:desk:weekly:2026-11',
    ])
  })

  it('is so many at a time, the oldest first', () => {
    const found = due('2024-01-01T00:00:00.000Z', '2026-11-30T12:00:00.000Z')
    expect(found.length).toBe(mostDue)
    expect(found[0]).toBe('report:desk:weekly:2023-W52')
  })
})

describe('R14: assessments that a schedule would open', () => {
  const lists = { reports: [plan('monthly', 'month')], assessments: [{ ...assessment, id: 'scores' }] }
  const opened = (from: Instant, upTo: Instant, made = none) =>
    assessmentsOpened(profile(lists), office, { since: sinceAll(lists, '2026-08-10T02:00:00.000Z'), from, upTo, made })

  it('are those of the time or of the day before, since the profile has them, and no reports', () => {
    expect(opened('2026-11-02T02:00:00.000Z', '2026-11-02T02:00:00.000Z')).toEqual([
      'assessment:desk:scores:2026-08',
      'assessment:desk:scores:2026-09',
      'assessment:desk:scores:2026-10',
    ])
    expect(opened('2026-11-02T02:00:00.000Z', '2026-11-02T02:00:00.000Z', new Set(['assessment:desk:scores:2026-08']))).toEqual([
      'assessment:desk:scores:2026-09',
      'assessment:desk:scores:2026-10',
    ])
  })

  it('are, of a time before the profile had them, those of that time', () => {
    expect(opened('2026-03-01T00:00:00.000Z', '2026-04-15T00:00:00.000Z')).toEqual([
      'assessment:desk:scores:2026-02',
      'assessment:desk:scores:2026-03',
    ])
  })
})

describe('T17: the times of day at which a schedule looks', () => {
  const hours = (reports: ProfileReport[], zone = 'Asia/Shanghai', calendar: Calendar = office) =>
    recurringHours(profile({ reports }, zone), calendar, '2026-11-30T00:00:00.000Z')

  it('are two minutes after each can be due, each once', () => {
    expect(hours([plan('weekly', 'week'), plan('monthly', 'month')])).toEqual([{ hour: 9, minute: 2 }])
    expect(hours([plan('daily', 'day'), plan('early', 'day', 'PT3H'), plan('weekly', 'week')])).toEqual([
      { hour: 9, minute: 2 },
      { hour: 15, minute: 2 },
      { hour: 17, minute: 32 },
    ])
    expect(hours([])).toEqual([])
  })

  it('are those of the profile’s zone, and also of days that end earlier than others', () => {
    expect(hours([plan('daily', 'day')], 'Asia/Tokyo')).toEqual([{ hour: 18, minute: 32 }])
    const short = { ...office, days: { ...office.days, '2026-12-31': ['09:00-12:00'] } }
    expect(hours([plan('daily', 'day')], 'Asia/Shanghai', short)).toEqual([
      { hour: 11, minute: 32 },
      { hour: 17, minute: 32 },
    ])
  })
})
