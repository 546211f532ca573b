import { describe, expect, it } from 'vitest'
import type { Scored } from '../../../domain/assessment/rights.ts'
import { roundTheClock } from '../../../domain/calendar/round-the-clock.ts'
import { plus, type Instant } from '../../../domain/instant.ts'
import { emptyDirectory, systemActor, type Actor } from '../../../domain/people.ts'
import { said } from '../../../domain/labels.ts'
import { assessmentClocks } from '../../../workflows/assessment/clocks.ts'
import type { RecordedAssessmentEvent } from '../../../workflows/assessment/events.ts'
import { assessmentProcess } from '../../../workflows/assessment/process.ts'
import type { AssessmentPolicy, AssessmentState } from '../../../workflows/assessment/state.ts'
import { ownPolicy } from '../../../workflows/common/define-process.ts'
import { perform, settle } from '../../../workflows/engine.ts'
import { monday } from '../../support/tickets.ts'

/** The path of an assessment, as the engine walks it: what follows from what, to the instant. */

const label = said('月度考核', '每月考核', 'Monthly assessment')
const policy: AssessmentPolicy = {
  ...ownPolicy({ id: 'p', version: 1, language: 'zh-CN', zone: 'Asia/Shanghai' }, assessmentClocks),
  calendar: { version: 1, calendar: { ...roundTheClock, id: 'always' } },
  assessments: [{ id: 'monthly', label, confirmWithin: 'PT72H', objectWithin: 'PT120H', decideWithin: 'PT120H' }],
}

const wang: Scored = { kind: 'person', id: 'wang', teams: ['support'], leads: false, speaker: 'wang' }
const chen: Scored = { kind: 'person', id: 'chen', teams: ['support'], leads: false, speaker: 'chen' }
const team: Scored = { kind: 'team', id: 'support', teams: ['support'], leads: false, speaker: null }
const head: Actor = { id: 'head', roles: ['department-lead'], teams: ['support'] }
const boss: Actor = { id: 'boss', roles: ['management'], teams: [] }
const other: Actor = { id: 'other', roles: ['management'], teams: [] }
const engineer = (id: string): Actor => ({ id, roles: ['engineer'], teams: ['support'] })

/** An assessment that is walked; everything that is refused throws its code. */
class Walk {
  state: AssessmentState
  readonly events: RecordedAssessmentEvent[] = []
  now: Instant = monday
  constructor(subjects: readonly Scored[]) {
    const born = assessmentProcess.birth.initial('assessment:p:monthly:2026-10', monday)
    this.state = { ...born, assessment: 'monthly', label, period: '2026-10' }
    this.does(systemActor, 'note-reckoned', { sha256: 'a'.repeat(64), subjects })
  }

  does(actor: Actor, name: string, input: object): this {
    const command = assessmentProcess.commands.find((one) => one.name === name)
    if (!command) throw new Error(`there is no ${name}`)
    const act = { requestId: 'r', actor, at: this.now, directory: directory }
    const done = perform(assessmentProcess, command, this.state, policy, act, input)
    if (!done.ok) throw new Error(done.rejection.errors?.[0]?.code ?? done.rejection.code)
    this.state = done.state
    this.events.push(...done.events)
    return this
  }

  passes(at: Instant): this {
    this.now = at
    const { state, events } = settle(assessmentProcess, this.state, policy, at, 'at')
    this.state = state
    this.events.push(...events)
    return this
  }

  get types(): string[] {
    return this.events.map(({ type }) => type)
  }
}

const directory = { ...emptyDirectory, people: { wang: { roles: ['engineer' as const], teams: ['support'] } } }
const confirmed = (walk: Walk, ...keys: readonly string[]) => {
  for (const subject of keys) walk.does(boss, 'confirm', { subject })
  return walk
}

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
    expect(assessmentProcess.asks(last ?? null, walk.state, policy)).toEqual([asked])
    expect(assessmentProcess.asks(null, walk.state, policy)).toEqual([asked])
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

describe('R11: what is named is judged last', () => {
  const excuse = (actor: Actor, found: object, subject = 'person:wang') =>
    new Walk([wang, chen, team]).does(actor, 'excuse', { subject, item: 'TS1/response/1', reason: '停电', found })

  it('an item that was not looked up is none, whoever asks', () => {
    expect(() => excuse(head, {})).toThrow('no-such-item')
    expect(() => excuse(head, { item: 'dissatisfied' })).toThrow('no-such-item')
    expect(excuse(head, { item: 'broken' }).types).toContain('delay-excused')
  })

  it('who may not decide hears that alone, be there such an item or not', () => {
    for (const found of [{}, { item: 'broken' }]) {
      expect(() => excuse(head, found, 'team:support')).toThrow('not-their-superior')
      expect(() => excuse(head, found, 'person:nobody')).toThrow('not-their-superior')
      expect(() => excuse({ ...head, teams: ['desk'] }, found)).toThrow('not-their-superior')
      expect(() => excuse(engineer('wang'), found)).toThrow('wrong-role')
    }
  })

  it('nobody decides of what they deferred or recorded themselves', () => {
    expect(() => excuse(head, { item: 'broken', 'item.deferredBy': 'head' })).toThrow('own-record')
    expect(() => excuse(head, { item: 'backdated', 'item.recordedBy': 'head' })).toThrow('own-record')
    expect(excuse(head, { item: 'broken', 'item.deferredBy': 'wang' }).types).toContain('delay-excused')
    const confirmAct = (found: object) => () =>
      new Walk([wang]).does(head, 'confirm-act', { subject: 'person:wang', item: 'TS1/response/1', found })
    expect(confirmAct({ item: 'broken' })).toThrow('no-such-item')
    expect(confirmAct({ item: 'backdated', 'item.recordedBy': 'head' })).toThrow('own-record')
    expect(confirmAct({ item: 'backdated', 'item.recordedBy': 'wang' })).not.toThrow()
  })

  const doubted = 'TS1/response/1'
  const decides = (walk: Walk, name: string, item = doubted) =>
    walk.does(head, name, { subject: 'person:wang', item, ...(name !== 'confirm-act' && { reason: '停电' }), found: { item: 'backdated' } })

  it('an item is decided once: who excused it and why is not replaced, and what is confirmed has nothing to be excused', () => {
    for (const [first, second] of [
      ['excuse', 'excuse'],
      ['excuse', 'confirm-act'],
      ['confirm-act', 'excuse'],
      ['confirm-act', 'confirm-act'],
    ] as const)
      expect(() => decides(decides(new Walk([wang]), first), second), `${first}, ${second}`).toThrow('item-decided')
    expect(decides(decides(new Walk([wang]), 'excuse'), 'excuse', 'TS2/response/1').types).toHaveLength(3)
  })

  it('what was decided is taken back while the score is a draft, and can be decided otherwise', () => {
    const walk = decides(decides(decides(new Walk([wang, chen]), 'excuse'), 'take-back'), 'confirm-act')
    expect(walk.types).toEqual(['reckoned', 'delay-excused', 'decision-taken-back', 'act-confirmed'])
    expect(() => decides(walk, 'take-back', 'TS2/response/1')).toThrow('not-a-choice')
    expect(() => decides(walk.does(head, 'confirm', { subject: 'person:wang' }), 'take-back')).toThrow('confirmed-already')
  })

  it('by an objection nothing is excused that was excused or confirmed before', () => {
    const walk = confirmed(decides(new Walk([wang]), 'excuse'), 'person:wang')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    const decision = { subject: 'person:wang', upheld: true, reason: '属实', excused: [doubted], found: { 'excused[0]': 'backdated' } }
    expect(() => walk.does(other, 'decide-objection', decision)).toThrow('item-decided')
  })

  it('callers cannot say themselves what was found', () => {
    for (const name of ['excuse', 'confirm-act', 'take-back', 'decide-objection', 'nominate']) {
      const command = assessmentProcess.commands.find((one) => one.name === name)
      expect(command?.prepared).toBe(true)
      const issues = command?.input.safeParse({ found: { item: 'broken' } }).error?.issues ?? []
      expect(
        issues.some((issue) => issue.code === 'unrecognized_keys' && issue.keys.includes('found')),
        name,
      ).toBe(true)
    }
  })
})

describe('R14: what is refused says why', () => {
  const draft = () => new Walk([wang, chen])
  const code = (walk: Walk, ...[actor, name, input]: Parameters<Walk['does']>) => {
    try {
      walk.does(actor, name, input)
    } catch (error) {
      return error instanceof Error ? error.message : ''
    }
    return null
  }

  it('an objection that is upheld excuses something', () => {
    const walk = confirmed(draft(), 'person:wang', 'person:chen').does(engineer('wang'), 'object', { subject: 'person:wang', reason: '?' })
    const decision = { subject: 'person:wang', upheld: true, reason: '!' }
    expect(code(walk, other, 'decide-objection', decision)).toBe('nothing-upheld')
    expect(code(walk, other, 'decide-objection', { ...decision, excused: ['T1'], found: { 'excused[0]': 'broken' } })).toBeNull()
  })

  it('what is confirmed is not excused any more; what is no score by its form says so to heads too', () => {
    const walk = draft().does(head, 'confirm', { subject: 'person:wang' })
    const found = { item: 'broken' }
    expect(code(walk, head, 'excuse', { subject: 'person:wang', item: 'T1', reason: '!', found })).toBe('confirmed-already')
    expect(code(walk, head, 'confirm', { subject: 'person:wang' })).toBe('done-already')
    expect(code(walk, head, 'confirm', { subject: 'wang' })).toBe('not-a-choice')
    expect(code(walk, head, 'confirm', { subject: 'person:nobody' })).toBe('not-their-superior')
  })

  it('nobody objects once all is final, and hears that the time is over', () => {
    const walk = confirmed(draft(), 'person:wang', 'person:chen')
    walk.passes(plus(walk.now, 'P30D'))
    expect(walk.state.stage).toBe('final')
    expect(code(walk, engineer('wang'), 'object', { subject: 'person:wang', reason: '?' })).toBe('objection-late')
  })

  it('one person nominates somebody once for a ticket, five times in all, for what they had in hand', () => {
    const walk = draft()
    const nominates = (ticket: string, found: object = { ticket: '', worked: '' }) =>
      code(walk, engineer('chen'), 'nominate', { person: 'wang', ticket, why: '!', found })
    expect(nominates('T1', { ticket: '' })).toBe('never-in-hand')
    expect(nominates('T1')).toBeNull()
    expect(nominates('T1')).toBe('nominated-already')
    for (const ticket of ['T2', 'T3', 'T4', 'T5']) expect(nominates(ticket)).toBeNull()
    expect(nominates('T6')).toBe('nominations-used')
    expect(code(walk, boss, 'nominate', { person: 'wang', ticket: 'T1', why: '!', found: { ticket: '', worked: '' } })).toBeNull()
  })

  it('neither who is nominated decides on it, nor who nominated', () => {
    const walk = draft()
    const wangLeads: Actor = { ...boss, id: 'wang' }
    walk.does(boss, 'nominate', { person: 'wang', ticket: 'T1', why: '!', found: { ticket: '', worked: '' } })
    for (const name of ['commend', 'decline-nomination']) {
      const input = { nomination: 1, ...(name === 'decline-nomination' && { reason: '!' }) }
      expect(code(walk, boss, name, input), name).toBe('own-proposal')
      expect(code(walk, wangLeads, name, input), name).toBe('own-score')
    }
    expect(code(walk, other, 'commend', { nomination: 1 })).toBeNull()
  })
})
