import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { systemActor, type Actor } from '../../../domain/people.ts'
import { assessmentProcess } from '../../../workflows/assessment/process.ts'
import { boss, chen, confirmed, engineer, head, other, team, Walk, wang } from '../../support/assessment-walk.ts'

/** What assessments refuse, to whom, and what they say of it. */

describe('R11: what is named is judged last', () => {
  const excuse = (actor: Actor, found: object, subject = 'person:wang') =>
    new Walk([wang, chen, team]).does(actor, 'excuse', { subject, item: 'TS1/response/1', reason: '停电', found })

  it('an item that was not looked up is none, whoever asks', () => {
    expect(() => excuse(head, {})).toThrow('no-such-item')
    expect(() => excuse(head, { item: 'dissatisfied' })).toThrow('not-a-delay')
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
    expect(confirmAct({ item: 'broken' })).toThrow('not-in-doubt')
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
    expect(() => decides(walk, 'take-back', 'TS2/response/1')).toThrow('nothing-decided')
    expect(() => decides(walk.does(head, 'confirm', { subject: 'person:wang' }), 'take-back')).toThrow('confirmed-already')
  })

  it('by an objection nothing is excused that was excused or confirmed before', () => {
    const walk = confirmed(decides(new Walk([wang]), 'excuse'), 'person:wang')
    walk.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    const decision = { subject: 'person:wang', upheld: true, reason: '属实', excused: [doubted], found: { 'excused[0]': 'backdated' } }
    expect(() => walk.does(other, 'decide-objection', decision)).toThrow('excused-already')
    // Which is to be left out; what else is wrong can be excused.
    const rest = { ...decision, excused: ['TS2/response/1'], found: { 'excused[0]': 'broken' } }
    expect(walk.does(other, 'decide-objection', rest).types.at(-1)).toBe('finalised')
    const doubtful = confirmed(decides(new Walk([wang]), 'confirm-act'), 'person:wang')
    doubtful.does(engineer('wang'), 'object', { subject: 'person:wang', reason: '一' })
    expect(() => doubtful.does(other, 'decide-objection', decision)).toThrow('act-confirmed-already')
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
    expect(code(walk, head, 'confirm', { subject: 'person:wang' })).toBe('confirmed-already')
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

  it('what was done is not done again: each time by what it was', () => {
    const walk = confirmed(draft(), 'person:wang', 'person:chen')
    const [objection, decision] = [
      { subject: 'person:wang', reason: '?' },
      { subject: 'person:wang', upheld: false, reason: '!' },
    ]
    expect(code(walk, other, 'decide-objection', decision)).toBe('no-objection')
    walk.does(engineer('wang'), 'object', objection).does(engineer('chen'), 'object', { ...objection, subject: 'person:chen' })
    expect(code(walk, engineer('wang'), 'object', objection)).toBe('objected-already')
    walk.does(other, 'decide-objection', decision)
    // Beside another that waits, too.
    expect(code(walk, other, 'decide-objection', decision)).toBe('objection-decided')
    walk.does(other, 'decide-objection', { ...decision, subject: 'person:chen' })
    expect(walk.state.stage).toBe('final')
    expect(code(walk, engineer('wang'), 'object', objection)).toBe('objected-already')
    walk.does(systemActor, 'note-proposed', { people: ['wang', 'chen'] }).does(boss, 'commend-outstanding', { person: 'wang' })
    expect(code(walk, boss, 'commend-outstanding', { person: 'wang' })).toBe('commended-already')
    expect(code(walk, boss, 'commend-outstanding', { person: 'liu' })).toBe('not-a-choice')
  })

  it('a nomination is decided once, and says by what it was', () => {
    const walk = draft()
    for (const ticket of ['T1', 'T2'])
      walk.does(engineer('chen'), 'nominate', { person: 'wang', ticket, why: '!', found: { ticket: '', worked: '' } })
    walk.does(boss, 'commend', { nomination: 1 })
    expect(code(walk, boss, 'commend', { nomination: 1 })).toBe('nomination-decided')
    expect(code(walk, boss, 'decline-nomination', { nomination: 1, reason: '!' })).toBe('nomination-decided')
    expect(code(walk, boss, 'commend', { nomination: 3 })).toBe('no-such-entry')
    expect(code(walk, boss, 'commend', { nomination: 999 })).toBe('no-such-entry')
    walk.does(boss, 'decline-nomination', { nomination: 2, reason: '!' })
    expect(code(walk, boss, 'commend', { nomination: 1 })).toBe('nothing-to-commend')
  })
})
