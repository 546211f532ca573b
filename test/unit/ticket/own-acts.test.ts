import { describe, expect, it } from 'vitest'
import { ticketCommandNames } from '../../../domain/command-names.ts'
import { allowedCommands, outlook } from '../../../workflows/ticket/outlook.ts'
import { allowedActs } from '../../../workflows/ticket/own-acts.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { Actor } from '../../../domain/people.ts'
import { delivery, ownActs, repairsPolicy, visit } from '../../support/own-acts.ts'
import { chen, hook, lin, mei, policyOf, qian, type Story, system, ticketIn, wang, zhao } from '../../support/tickets.ts'

/** X11: acts of the organisation's own: who records which, when, and what becomes of it. */

const policy = repairsPolicy([visit, delivery])
const ordered = { act: 'part-ordered', fields: { part: '水泵' } }
const offered = (story: Story, actor: Actor) => allowedActs(story.state, story.asOfNow(actor), story.policy).map(({ id }) => id)

describe("X11: acts of the organisation's own", () => {
  it('X11: are recorded with their fields, what is for colleagues apart; the ticket stays where it is and knows when', () => {
    const story = ticketIn('handling', { policy })
    story.act(wang, 'record-act', {
      act: 'part-ordered',
      fields: { part: ' 水泵 ', supplier: '华泰', price: 80, expectedAt: '2026-03-05T10:00:00+08:00' },
    })
    expect(story.last('act-recorded')).toMatchObject({
      act: 'part-ordered',
      label: ownActs[1]?.label,
      fields: { part: '水泵', price: 80, expectedAt: '2026-03-05T02:00:00.000Z' },
      internalFields: { supplier: '华泰' },
      visibleToCustomer: true,
      stage: 'handling',
    })
    expect(story.state).toMatchObject({ stage: 'handling', acts: { 'part-ordered': story.now } })
    const first = story.now
    story.later('PT1H').act(wang, 'record-act', { ...ordered, occurredAt: story.state.submittedAt })
    expect(story.state.acts).toEqual({ 'part-ordered': first })
  })

  it('X11: are offered to whom and where the profile says; the command with them, and never without one', () => {
    const story = ticketIn('handling', { policy })
    expect([wang, zhao, chen, lin, hook, qian].map((actor) => offered(story, actor))).toEqual([
      ['arrived', 'part-ordered', 'part-arrived'],
      ['part-arrived'],
      ['arrived'],
      [],
      ['part-arrived'],
      [],
    ])
    for (const actor of [wang, zhao, chen, lin, hook, qian])
      expect(allowedCommands(story.state, actor, policy, story.now).includes('record-act')).toBe(offered(story, actor).length > 0)
    const early = ticketIn('assignment', { policy })
    expect([wang, chen].map((actor) => offered(early, actor))).toEqual([[], ['arrived']])
    expect(allowedCommands(story.state, wang, policyOf(), story.now)).not.toContain('record-act')
  })

  it('X8, X11: who stands in for the handler records in their place', () => {
    const story = ticketIn('handling', { policy }).absent({ wang: { deputy: 'mei' } })
    expect(offered(story, mei)).toEqual(['arrived', 'part-ordered'])
    story.act(mei, 'record-act', { act: 'arrived' })
    expect(story.last('act-recorded')).toMatchObject({ actor: 'mei', actingFor: 'wang' })
  })

  it('X11: are refused by name: what there is not, a command, another stage, another role, a profile without any', () => {
    const story = ticketIn('handling', { policy })
    expect(story.refusal(wang, 'record-act', { act: 'arived' }).errors).toEqual([
      { path: 'act', code: 'not-a-choice', params: { choices: ['arrived', 'part-ordered', 'part-arrived'] } },
    ])
    expect(story.refusal(wang, 'record-act', { act: 'claim' }).errors).toMatchObject([
      { path: 'act', code: 'act-is-command', params: { command: 'claim' } },
    ])
    expect(story.refusal(lin, 'record-act', ordered)).toMatchObject({
      kind: 'forbidden',
      code: 'act-not-yours',
      params: { act: 'part-ordered', roles: ['handler'], holder: 'wang' },
    })
    const early = ticketIn('assignment', { policy })
    expect(early.refusal(zhao, 'record-act', { act: 'part-arrived' })).toMatchObject({
      kind: 'conflict',
      code: 'act-not-here',
      params: { act: 'part-arrived', stage: 'assignment', stages: ['handling'] },
    })
    expect(ticketIn('handling').refusal(wang, 'record-act')).toMatchObject({ kind: 'conflict', code: 'no-own-acts' })
    // Whoever may record nothing at all hears of what was meant all the same.
    expect(story.refusal(qian, 'record-act', { act: 'arived' }).errors).toMatchObject([{ code: 'not-a-choice' }])
  })

  it('X11: have their fields checked as those of a form, all at once', () => {
    const story = ticketIn('handling', { policy })
    const fields = { expectedAt: 'soon', supplier: '华泰', colour: 'red' }
    const { errors } = story.refusal(wang, 'record-act', { act: 'part-ordered', fields, occurredAt: '2099-01-01T00:00:00Z' })
    expect(errors?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'occurredAt in-the-future',
      'fields.colour unknown-field',
      'fields.part required',
      'fields.expectedAt wrong-kind',
      'fields.price required',
    ])
  })

  it('X5, X11: stop clocks whenever they took place, and the outlook names the command where they can be recorded', () => {
    const due = '2026-03-02T08:00:00.000Z'
    const story = ticketIn('handling', { policy, submission: { fields: { appointment: due } } })
    const next = () => outlook(story.state, story.policy).next.find(({ clock, level }) => clock === 'visit' && level === 'due')
    expect(next()?.cancelledBy).toEqual(['record-act', 'withdraw'])
    story.at(due).later('PT1H').wake()
    expect(story.promise('visit').state).toBe('broken')
    story.act(chen, 'record-act', { act: 'arrived', occurredAt: '2026-03-02T07:50:00.000Z' })
    expect(story.promise('visit')).toMatchObject({ state: 'kept', stoppedAt: '2026-03-02T07:50:00.000Z', recordedLate: true })
    const elsewhere = ticketIn('verification', { policy, submission: { fields: { appointment: '2026-03-09T08:00:00.000Z' } } })
    expect(outlook(elsewhere.state, policy).next.find(({ clock }) => clock === 'visit')?.cancelledBy).toEqual(['withdraw'])
  })

  it('X11: no act can be called like a command, since the list of their names is whole', () => {
    expect(ticketProcess.commands.map(({ name }) => name).toSorted()).toEqual([...ticketCommandNames].toSorted())
  })

  it('X11: the product itself may record one', () => {
    const story = ticketIn('handling', { policy })
    story.act(system, 'record-act', { act: 'arrived' })
    expect(story.last('act-recorded').actor).toBe('system')
  })
})
