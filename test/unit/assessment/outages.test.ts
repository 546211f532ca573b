import { describe, expect, it } from 'vitest'
import { plus, type Instant } from '../../../domain/instant.ts'
import { systemActor } from '../../../domain/people.ts'
import { assessmentNotices } from '../../../workflows/assessment/notices.ts'
import type { AssessmentPolicy } from '../../../workflows/assessment/state.ts'
import { boss, chen, confirmed, engineer, head, other, team, usual, Walk, wang } from '../../support/assessment-walk.ts'
import { monday } from '../../support/tickets.ts'

/** 系统中断: everything was down when a time ended in which people may do something. Nobody loses it by that. */

const days = {
  mon: ['09:00-17:00'],
  tue: ['09:00-17:00'],
  wed: ['09:00-17:00'],
  thu: ['09:00-17:00'],
  fri: ['09:00-17:00'],
  sat: [],
  sun: [],
}
const policy: AssessmentPolicy = {
  ...usual,
  calendar: { version: 1, calendar: { ...usual.calendar.calendar, week: days } },
  assessments: usual.assessments.map((terms) => ({ ...terms, objectWithin: 'P5D', decideWithin: 'P5D' })),
  prolongs: true,
}
/** Of scores that are confirmed on Monday the 2nd: the end of the fifth working day after. */
const end = '2026-03-09T17:00:00.000Z'
const objection = { subject: 'person:wang', reason: '不属实' }
const open = () => confirmed(new Walk([wang, chen], policy), 'person:wang', 'person:chen')
const objectBy = (walk: Walk) => walk.state.subjects.map((subject) => subject.objectBy)
const both = (instant: Instant) => [instant, instant]

describe('R14: nobody could object when the time for it ended', () => {
  it('so it goes on, and each score says from when until when', () => {
    const walk = open()
    expect(objectBy(walk)).toEqual(both(end))
    walk.passes(plus(end, 'PT2H'))
    expect(walk.state.stage).toBe('confirmed')
    const prolonged = { type: 'objections-prolonged', from: end, until: plus(end, 'PT26H'), occurredAt: end, at: plus(end, 'PT2H') }
    expect(walk.events.slice(-2)).toMatchObject([
      { ...prolonged, subject: 'person:wang' },
      { ...prolonged, subject: 'person:chen' },
    ])
    expect(objectBy(walk)).toEqual(both(plus(end, 'PT26H')))
  })

  it('for a day at least, as long as everything was down, and until a working day is over', () => {
    expect(objectBy(open().passes('2026-03-09T18:00:00.000Z'))).toEqual(both('2026-03-10T18:00:00.000Z'))
    expect(objectBy(open().passes('2026-03-10T08:00:00.000Z'))).toEqual(both('2026-03-11T17:00:00.000Z'))
    // A Saturday: not over before Monday is.
    expect(objectBy(open().passes('2026-03-14T08:00:00.000Z'))).toEqual(both('2026-03-18T23:00:00.000Z'))
    const friday = new Walk([wang], policy)
    friday.now = plus(monday, 'P4D')
    expect(objectBy(confirmed(friday, 'person:wang').passes('2026-03-14T08:00:00.000Z'))).toEqual(['2026-03-16T17:00:00.000Z'])
  })

  it('but not of what began before times could be prolonged: those end as they did', () => {
    const { prolongs: _, ...before } = policy
    expect(confirmed(new Walk([wang], before), 'person:wang').passes(plus(end, 'PT2H')).state.stage).toBe('final')
  })

  it('who may object hears of it as of the first time, with the other instant', () => {
    const walk = open().passes(plus(end, 'PT2H'))
    const [first, again] = ['score-confirmed', 'objections-prolonged'].map((type) => {
      const event = walk.events.find((one) => one.type === type)
      return event ? assessmentNotices(event, walk.state) : []
    })
    expect(first).toMatchObject([{ kind: 'score-confirmed', params: { until: end } }])
    expect(again).toEqual(first?.map((notice) => ({ ...notice, params: { ...notice.params, until: plus(end, 'PT26H') } })))
  })

  it('the objection itself may be what comes first afterwards', () => {
    const walk = open()
    walk.now = plus(end, 'PT2H')
    walk.does(engineer('wang'), 'object', objection)
    expect(walk.types.slice(-3)).toEqual(['objections-prolonged', 'objections-prolonged', 'objected'])
    walk.does(other, 'decide-objection', { subject: 'person:wang', upheld: false, reason: '!' }).passes(plus(end, 'PT26H'))
    expect(walk.state.stage).toBe('final')
  })

  it('what a worker notices within minutes is over, and so is what its own timer notices of a time that was prolonged', () => {
    expect(open().passes(plus(end, 'PT5M')).state.stage).toBe('final')
    const prolonged = () => open().passes(plus(end, 'PT6M'))
    const next = plus(end, 'PT24H6M')
    expect(objectBy(prolonged())).toEqual(both(next))
    expect(prolonged().passes(plus(next, 'PT30M')).state.stage).toBe('final')
    // A second outage is one, too.
    expect(objectBy(prolonged().passes(plus(next, 'PT61M')))).toEqual(both(plus(next, 'PT25H1M')))
  })

  it('of those alone whose time ended then, and to whom nobody had objected', () => {
    const walk = new Walk([wang, chen, team], policy).does(head, 'confirm', { subject: 'person:wang' })
    walk.does(engineer('wang'), 'object', objection)
    confirmed(walk, 'person:chen')
    walk.now = plus(monday, 'P2D')
    confirmed(walk, 'team:support').passes(plus(end, 'PT1H'))
    expect(walk.events.flatMap((event) => (event.type === 'objections-prolonged' ? [event.subject] : []))).toEqual(['person:chen'])
  })
})

describe('R14: what superiors owe', () => {
  it('is lost by no outage: a score is confirmed afterwards, and an objection decided', () => {
    const walk = new Walk([wang], policy).passes(plus(monday, 'P9D'))
    confirmed(walk, 'person:wang').does(engineer('wang'), 'object', objection).passes(plus(monday, 'P30D'))
    walk.does(other, 'decide-objection', { subject: 'person:wang', upheld: false, reason: '!' })
    expect(walk.state.stage).toBe('final')
  })

  const proposed = () =>
    confirmed(new Walk([wang], policy), 'person:wang')
      .passes(end)
      .does(systemActor, 'note-proposed', { people: ['wang'] })
  const due = '2026-03-16T17:00:00.000Z'

  it('nobody misses a commendation because everything was down when it was to be decided', () => {
    const walk = proposed().passes(plus(due, 'PT3H'))
    expect(walk.state.stage).toBe('final')
    // A day before it is over, which is now, the management is reminded.
    expect(walk.events.slice(-2)).toMatchObject([
      { type: 'commending-prolonged', from: due, by: plus(due, 'PT27H') },
      { type: 'level-reached', level: 'reminder', cycle: 2 },
    ])
    expect(walk.state.promises.find(({ clock }) => clock === 'commendation')).toMatchObject({ cycle: 2, dueAt: plus(due, 'PT27H') })
    expect(walk.does(boss, 'commend-outstanding', { person: 'wang' }).state.stage).toBe('closed')
  })

  it('and one that nobody decides on ends for all that', () => {
    expect(proposed().passes(plus(due, 'PT4M')).state.stage).toBe('closed')
    const walk = proposed().passes(plus(due, 'PT3H')).passes(plus(due, 'PT27H'))
    expect(walk.state.stage).toBe('closed')
    expect(walk.types.slice(-2)).toEqual(['promise-lapsed', 'closed'])
  })
})
