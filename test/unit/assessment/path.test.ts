import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { systemActor } from '../../../domain/people.ts'
import { assessmentProcess } from '../../../workflows/assessment/process.ts'
import { boss, chen, confirmed, engineer, other, team, Walk, wang } from '../../support/assessment-walk.ts'
import { monday } from '../../support/tickets.ts'

/** The path of an assessment, as the engine walks it: what follows from what, to the instant. */

describe('R14: from draft to final', () => {
  it('stays a draft until the last score is confirmed, however long that takes', () => {
    const walk = confirmed(new Walk([wang, chen]), 'person:wang').passes(plus(monday, 'P30D'))
    expect(walk.state.stage).toBe('draft')
    expect(walk.state.subjects.map(({ isFinal }) => isFinal)).toEqual([true, false])
    expect(confirmed(walk, 'person:chen').state.stage).toBe('confirmed')
  })

  it('is final when the last window ends: what ends at once, ends in one event', () => {
    const walk = confirmed(new Walk([wang, chen, team]), 'person:wang', 'person:chen', 'team:support')
    const end = plus(monday, 'PT120H')
    walk.passes(plus(end, '-PT0.001S'))
    expect(walk.state.stage).toBe('confirmed')
    walk.passes(end)
    expect(walk.types.filter((type) => type === 'objections-over')).toHaveLength(1)
    expect(walk.events.at(-1)).toMatchObject({ type: 'finalised', occurredAt: end })
    expect(walk.state.stage).toBe('final')
  })

  it('waits for an objection that is open, also when all windows have ended, and is final with its decision', () => {
    const walk = confirmed(new Walk([wang, chen]), 'person:wang', 'person:chen')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '不属实' }).passes(plus(monday, 'P20D'))
    expect(walk.state.stage).toBe('confirmed')
    walk.does(other, 'decide-objection', { subject: 'person:wang', upheld: false, reason: '属实' })
    expect(walk.state.stage).toBe('final')
  })

  it('asks whom the scores propose by everything up to the event with which they are final', () => {
    const walk = confirmed(new Walk([wang]), 'person:wang').passes(plus(monday, 'PT120H'))
    const last = walk.events.at(-1)
    expect(last).toMatchObject({ type: 'finalised' })
    const asked = { kind: 'propose', question: { number: walk.state.number, version: last?.seq } }
    expect(assessmentProcess.asks(last ?? null, walk.state, walk.policy)).toEqual([asked])
    expect(assessmentProcess.asks(null, walk.state, walk.policy)).toEqual([asked])
  })

  it('of nobody it is final at once, and closed when nobody is to be commended', () => {
    const walk = new Walk([])
    expect(walk.state.stage).toBe('final')
    expect(walk.does(systemActor, 'note-proposed', { people: [] }).state.stage).toBe('closed')
  })

  it('is not closed by the last nomination before it is known who is proposed', () => {
    const walk = new Walk([wang])
    walk.does(engineer('chen'), 'nominate', { person: 'wang', ticket: 'TS1', why: '脚本', found: { ticket: '', worked: '' } })
    confirmed(walk, 'person:wang').passes(plus(monday, 'PT120H'))
    walk.does(boss, 'commend', { nomination: 1 })
    expect(walk.state.stage).toBe('final')
    walk.does(systemActor, 'note-proposed', { people: ['wang'] })
    expect(walk.state.stage).toBe('final')
    expect(walk.does(boss, 'commend-outstanding', { person: 'wang' }).state.stage).toBe('closed')
  })

  it('commends nobody by itself: who is not commended in time is not', () => {
    const walk = confirmed(new Walk([wang]), 'person:wang').passes(plus(monday, 'PT120H'))
    walk.does(systemActor, 'note-proposed', { people: ['wang'] }).passes(plus(walk.now, 'PT120H'))
    expect(walk.state).toMatchObject({ stage: 'closed', proposed: [{ person: 'wang', isCommended: false }] })
  })
})

describe('R14: decisions on objections are owed', () => {
  const decision = (walk: Walk) => walk.state.promises.find(({ clock }) => clock === 'decision')

  it('by what is due first, and by the next one once that is decided', () => {
    const walk = confirmed(new Walk([wang, chen]), 'person:wang', 'person:chen')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    const first = decision(walk)
    walk.now = plus(monday, 'PT48H')
    walk.does(engineer('chen'), 'object', { subject: 'person:chen', reason: '二' })
    expect(decision(walk)).toEqual(first)
    walk.does(other, 'decide-objection', { subject: 'person:wang', upheld: false, reason: '不属实' })
    expect(decision(walk)).toMatchObject({ cycle: 2, state: 'running', dueAt: plus(monday, 'PT168H') })
    walk.does(other, 'decide-objection', { subject: 'person:chen', upheld: false, reason: '不属实' })
    expect(decision(walk)).toMatchObject({ cycle: 2, state: 'kept' })
  })

  const twoObjections = () => {
    const walk = confirmed(new Walk([wang, chen]), 'person:wang', 'person:chen')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    walk.now = plus(monday, 'PT48H')
    return walk.does(engineer('chen'), 'object', { subject: 'person:chen', reason: '二' })
  }
  const decides = (walk: Walk, who: string) =>
    walk.does(other, 'decide-objection', { subject: `person:${who}`, upheld: false, reason: '不属实' })
  const broken = (walk: Walk) => walk.events.flatMap((event) => (event.type === 'promise-broken' ? [event.cycle] : []))

  it('still for what is due first when another is decided before it, and kept only by the decision on that', () => {
    const walk = twoObjections()
    const first = decision(walk)
    expect(decision(decides(walk, 'chen'))).toEqual(first)
    expect(decision(decides(walk, 'wang'))).toMatchObject({ cycle: 1, state: 'kept' })
    expect(walk.state.stage).toBe('final')
  })

  it('once: what is overdue is broken once and goes on reminding, whatever else is decided meanwhile', () => {
    const walk = twoObjections().passes(plus(monday, 'PT130H'))
    const overdue = decision(walk)
    expect(overdue).toMatchObject({ cycle: 1, state: 'broken', stoppedAt: null })
    expect(decision(decides(walk, 'chen'))).toEqual(overdue)
    walk.passes(plus(monday, 'P10D'))
    expect(broken(walk)).toEqual([1])
    expect(decision(decides(walk, 'wang'))).toMatchObject({ cycle: 1, state: 'broken', stoppedAt: walk.now })
    expect(walk.state.promises.filter(({ clock }) => clock === 'decision')).toHaveLength(1)
  })

  it('by one that came later and is due earlier, since the calendar was amended', () => {
    const walk = confirmed(new Walk([wang, chen]), 'person:wang', 'person:chen')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    walk.state = {
      ...walk.state,
      subjects: walk.state.subjects.map((one) =>
        one.objection ? { ...one, objection: { ...one.objection, decideBy: plus(monday, 'P9D') } } : one,
      ),
    }
    walk.does(engineer('chen'), 'object', { subject: 'person:chen', reason: '二' })
    expect(decision(walk)).toMatchObject({ cycle: 2, state: 'running', dueAt: plus(monday, 'PT120H') })
    expect(decision(decides(walk, 'chen'))).toMatchObject({ cycle: 3, state: 'running', dueAt: plus(monday, 'P9D') })
  })

  it('by the one who confirmed only where nobody else could', () => {
    const objected = () =>
      confirmed(new Walk([wang, chen]), 'person:wang').does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    const decide = (found: object) => () =>
      objected().does(boss, 'decide-objection', { subject: 'person:wang', upheld: false, reason: '不属实', found })
    expect(decide({ others: '' })).toThrow('own-decision')
    expect(decide({})).not.toThrow()
  })
})

it('X4: a ladder that speaks to who is looked up names nobody on record', () => {
  const levels = new Walk([wang]).passes(plus(monday, 'P30D')).events.flatMap((event) => (event.type === 'level-reached' ? [event.to] : []))
  expect(levels.length).toBeGreaterThan(2)
  expect(new Set(levels.flat())).toEqual(new Set())
})
