import { describe, expect, it } from 'vitest'
import { chen, gu, lin, onlyClocks, policyOf, ticketIn, wang, zhao, type Story } from '../../support/tickets.ts'

/** What the responsible department owes, and who hears that a ticket is another's or more urgent now. */

const response = onlyClocks('first-response').clocks.map((clock) => ({ ...clock, stops: ['department-contacted' as const] }))
const policy = policyOf({ clocks: response })
const kept = (story: Story) => story.promise('first-response').state
const heard = (story: Story, type: Parameters<Story['last']>[0], kind: string) =>
  story.notices(story.last(type)).flatMap(({ kind: told, recipient }) => (told === kind && 'id' in recipient ? [recipient.id] : []))

const desk = { ...lin, teams: ['service-desk'] }

describe('Q9: the first contact by the responsible department', () => {
  it('Q9: is by who has it, by who helps, or by somebody of its team; the service desk’s own call is none', () => {
    const story = ticketIn('handling', { policy, submission: { assignee: undefined } }).acts([desk, 'contact'])
    expect(kept(story)).toBe('running')
    expect(story.last('contacted')).not.toHaveProperty('byDepartment')
    for (const who of [wang, zhao, gu]) expect(kept(story.copy().acts([who, 'contact']))).toBe('kept')
    const elsewhere = { ...zhao, teams: ['second-line'] }
    expect(kept(story.copy().acts([elsewhere, 'contact']))).toBe('running')
    expect(kept(story.copy().acts([wang, 'add-helper'], [elsewhere, 'contact']))).toBe('kept')
  })

  it('Q9: is none by mail, or when the customer called; a customer on the line was answered where who took it down is of the team', () => {
    const story = ticketIn('handling', { policy }).acts(
      [wang, 'contact', { channel: 'email' }],
      [wang, 'contact', { direction: 'inbound' }],
    )
    expect(kept(story)).toBe('running')
    expect(kept(ticketIn('intake', { policy, submission: { live: true } }))).toBe('kept')
    expect(kept(ticketIn('intake', { policy, by: desk, submission: { live: true } }))).toBe('running')
  })

  it('Q9: told late, it counts from when it took place', () => {
    const story = ticketIn('assignment', { policy })
    const occurredAt = story.now
    story.later('P3D').wake()
    expect(kept(story)).toBe('broken')
    story.acts([wang, 'contact', { occurredAt }])
    expect(story.promise('first-response')).toMatchObject({ state: 'kept', recordedLate: true })
  })
})

describe('S11: who takes part hears in whose hands it is', () => {
  it('S11, R9: helpers and owners of milestones do; not who did it, has it or had it', () => {
    const story = ticketIn('handling').acts(
      [wang, 'add-helper', { helper: 'mei' }],
      [lin, 'record-coordination'],
      [chen, 'reassign', { assignee: 'chen' }],
    )
    expect(heard(story, 'assigned', 'help-goes-on')).toEqual(['mei', 'zhao'])
    expect(story.notices(story.last('assigned')).at(-1)).toMatchObject({ params: { to: 'chen', reason: '王工负荷过高' } })
    story.acts([chen, 'reassign', { assignee: 'mei' }])
    expect(heard(story, 'assigned', 'help-goes-on')).toEqual(['zhao'])
    story.acts([{ ...lin, id: 'mei' }, 'release'])
    expect(heard(story, 'released', 'help-goes-on')).toEqual(['zhao'])
  })
})

describe('R5: what becomes urgent later', () => {
  const rule = {
    id: 'urgent',
    on: ['priority-changed' as const],
    to: ['department-head' as const],
    notice: 'custom-urgent' as const,
    when: { priority: 'urgent' },
  }

  it('R5: is told by a rule on the change, and no other change of the priority is', () => {
    const ruled = policyOf({ notificationRules: [rule] })
    const changed = (priority: string, approve = true) =>
      ticketIn('handling', { policy: ruled }).acts(
        [wang, 'request-priority-change', { priority, reason: '影响扩大' }],
        [chen, 'decide-priority-change', { approve }],
      )
    const kinds = (story: Story) => story.notices(story.last('priority-change-decided')).map(({ kind }) => kind)
    expect(kinds(changed('urgent'))).toContain('custom-urgent')
    expect(kinds(changed('low'))).not.toContain('custom-urgent')
    expect(kinds(changed('urgent', false))).not.toContain('custom-urgent')
  })
})

describe('X11: a refusal by stage', () => {
  it('X11: names none that the profile leaves out', () => {
    const leftOut = policyOf({ leftOut: { verification: true } })
    const story = ticketIn('triage', { policy: leftOut })
    expect(story.refusal(wang, 'update-progress')).toMatchObject({ code: 'wrong-stage', params: { stages: ['handling'] } })
    expect(ticketIn('triage').refusal(wang, 'update-progress')).toMatchObject({ params: { stages: ['handling', 'verification'] } })
  })
})
