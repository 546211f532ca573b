import { describe, expect, it } from 'vitest'
import { isSuperior, isTheirOwn, mayReadScore, type Scored } from '../../../domain/assessment/rights.ts'
import { roles, type Role } from '../../../domain/people.ts'

/** R14: over whose score somebody decides, and whose they read. */

const wang: Scored = { kind: 'person', id: 'wang', teams: ['support'], leads: false, speaker: 'wang' }
const head: Scored = { kind: 'person', id: 'head', teams: ['support'], leads: true, speaker: 'head' }
const manager: Scored = { kind: 'person', id: 'boss', teams: [], leads: true, speaker: 'boss' }
const team: Scored = { kind: 'team', id: 'support', teams: ['support'], leads: false, speaker: 'chen' }
const all = { wang, head, manager, team }

const actor = (id: string, role: Role, teams: readonly string[] = []) => ({ id, roles: [role], teams })
const over = (who: ReturnType<typeof actor>) => Object.entries(all).flatMap(([name, scored]) => (isSuperior(who, scored) ? [name] : []))
const reads = (who: ReturnType<typeof actor>, isConfirmed: boolean) =>
  Object.entries(all).flatMap(([name, scored]) => (mayReadScore(who, scored, isConfirmed) ? [name] : []))

describe('who decides over a score', () => {
  it('the management over all but their own', () => {
    expect(over(actor('other', 'management'))).toEqual(['wang', 'head', 'manager', 'team'])
    expect(over(actor('boss', 'management'))).toEqual(['wang', 'head', 'team'])
    expect(over({ id: 'chen', roles: ['engineer', 'management'], teams: ['support'] })).toEqual(['wang', 'head', 'manager'])
  })

  it('a head over the people of their teams, and over no head, no team and nobody of other teams', () => {
    expect(over(actor('head', 'department-lead', ['support']))).toEqual(['wang'])
    expect(over(actor('second', 'department-lead', ['desk', 'support']))).toEqual(['wang'])
    expect(over(actor('third', 'department-lead', ['desk']))).toEqual([])
    expect(over(actor('wang', 'department-lead', ['support']))).toEqual([])
  })

  it('nobody of another role, be they in the team', () => {
    for (const role of roles.filter((one) => one !== 'management' && one !== 'department-lead'))
      expect(over(actor('somebody', role, ['support'])), role).toEqual([])
  })
})

describe('who reads a score', () => {
  it('who is scored, once it is confirmed; of a team its lead', () => {
    expect(reads(actor('wang', 'engineer', ['support']), false)).toEqual([])
    expect(reads(actor('wang', 'engineer', ['support']), true)).toEqual(['wang'])
    expect(reads(actor('chen', 'engineer', ['support']), true)).toEqual(['team'])
    expect(reads(actor('chen', 'engineer', ['support']), false)).toEqual([])
    expect(isTheirOwn(actor('support', 'engineer'), team)).toBe(false)
  })

  it('whoever decides over it; and the management their own, too', () => {
    expect(reads(actor('head', 'department-lead', ['support']), false)).toEqual(['wang'])
    expect(reads(actor('head', 'department-lead', ['support']), true)).toEqual(['wang', 'head'])
    expect(reads(actor('boss', 'management'), false)).toEqual(['wang', 'head', 'manager', 'team'])
  })

  it('nobody else, whatever their role', () => {
    for (const role of roles.filter((one) => one !== 'management')) expect(reads(actor('somebody', role, ['desk']), true), role).toEqual([])
  })
})
