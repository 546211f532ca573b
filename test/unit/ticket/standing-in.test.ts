import { describe, expect, it } from 'vitest'
import { ticketNotices } from '../../../workflows/ticket/notices.ts'
import { allowedCommands } from '../../../workflows/ticket/outlook.ts'
import { chen, lin, qian, root, ticketIn, zhao, zhou } from '../../support/tickets.ts'

/** A deputy does what the absent person has in hand, and the record says for whom (X8). */

const away = { wang: { deputy: 'zhao' } }

describe('X8: a deputy', () => {
  it('does the work of whom they stand in for, who keeps the ticket', () => {
    const story = ticketIn('assignment').acts([lin, 'assign'])
    expect(story.refusal(zhao, 'accept')).toMatchObject({ kind: 'forbidden', code: 'not-yours' })
    story.absent(away).acts([zhao, 'accept'], [zhao, 'plan'], [zhao, 'complete'])
    expect(story.state).toMatchObject({ stage: 'verification', assignee: 'wang' })
    for (const type of ['accepted', 'planned', 'completed'] as const)
      expect(story.last(type)).toMatchObject({ actor: 'zhao', actingFor: 'wang' })
  })

  it('is on record as such for what the holder does, not for what anybody may or what is decided over the holder', () => {
    const story = ticketIn('handling').absent({ wang: { deputy: 'chen' } })
    story.acts([chen, 'contact'], [chen, 'urge'], [chen, 'request-priority-change'])
    expect(story.last('contacted').actingFor).toBeUndefined()
    expect(story.last('urged').actingFor).toBeUndefined()
    expect(story.last('priority-change-requested')).toMatchObject({ actor: 'chen', actingFor: 'wang' })
    // Four eyes: what one asks for in somebody's place one does not approve.
    expect(story.refusal(chen, 'decide-priority-change')).toMatchObject({ code: 'own-request' })
    expect(story.acts([root, 'plan']).last('planned').actingFor).toBeUndefined()
  })

  it('may it through a chain, as long as it lasts, and only in a role that works on tickets', () => {
    const story = ticketIn('handling').absent({ wang: { deputy: 'mei' }, mei: { deputy: 'zhao' } })
    expect(story.acts([zhao, 'wait']).last('waiting-started')).toMatchObject({ actor: 'zhao', actingFor: 'wang' })
    story.absent({ wang: { deputy: 'mei' } })
    expect(story.refusal(zhao, 'complete')).toMatchObject({ code: 'not-yours' })
    expect(story.absent({}).refusal(zhao, 'complete')).toMatchObject({ code: 'not-yours' })
    expect(story.absent({ wang: { deputy: 'qian' } }).refusal(qian, 'complete')).toMatchObject({ code: 'wrong-role' })
  })

  it('is told beforehand what they may do', () => {
    const { state, policy, now } = ticketIn('handling')
    expect(allowedCommands(state, zhao, policy, now)).not.toContain('complete')
    expect(allowedCommands(state, { ...zhao, standsInFor: ['wang'] }, policy, now)).toContain('complete')
  })

  it('never stands in for a customer: their matter is theirs alone', () => {
    const story = ticketIn('intake', { by: zhou })
    const staffToo = { ...zhao, roles: ['customer', 'engineer'], standsInFor: ['zhou'] } as const
    expect(allowedCommands(story.state, staffToo, story.policy, story.now)).not.toContain('withdraw')
    expect(allowedCommands(story.state, zhou, story.policy, story.now)).toContain('withdraw')
  })

  it('hears nothing twice of what they did themselves', () => {
    const story = ticketIn('handling').absent(away)
    const event = story.acts([zhao, 'update-progress', { visibleToCustomer: false }]).last('progress-updated')
    expect(ticketNotices(event, story.state).map(({ recipient }) => recipient)).toEqual([{ kind: 'person', id: 'lin' }])
  })
})
