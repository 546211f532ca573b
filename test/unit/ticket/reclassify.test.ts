import { describe, expect, it } from 'vitest'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { chen, commandNamed, lin, policyOf, Story, system, techSupport, ticketIn } from '../../support/tickets.ts'
import { termsOfType, type Policy } from '../../../domain/profile/policy.ts'

/** X10, X8: a corrected type, and who has the ticket then. */

const hardware = termsOfType(techSupport, 'hardware-fault')
/** Hardware goes to the second line. */
const routed: Policy = policyOf({ routing: [{ when: { type: 'hardware-fault' }, team: 'second-line', skills: [] }] })
const usual = { type: 'hardware-fault', reason: '实为硬件' }

/** What is due first of all that is promised. */
const firstDue = ({ state }: Story) =>
  state.promises
    .filter((promise) => promise.state === 'running')
    .map(({ dueAt }) => dueAt)
    .toSorted()[0]

describe('X10: reclassify', () => {
  it('X10: leaves the ticket with whoever has it where both types go to the same team, whichever team that is', () => {
    const story = ticketIn('handling')
    story.act(chen, 'reassign', { team: 'second-line', assignee: 'zhao' })
    story.act(lin, 'reclassify', usual)
    expect(story.state).toMatchObject({ type: 'hardware-fault', team: 'second-line', assignee: 'zhao' })
  })

  it.each(['intake', 'triage', 'assignment', 'handling'] as const)(
    'X10: in %s it goes to the team of the right type, and nobody has it',
    (stage) => {
      const story = ticketIn(stage, { policy: routed })
      const before = story.state.stage
      story.act(lin, 'reclassify', usual)
      expect(story.state).toMatchObject({ team: 'second-line', assignee: null, stage: before === 'handling' ? 'assignment' : before })
      expect(story.last('assigned')).toMatchObject({ team: 'second-line', assignee: null })
      if (stage === 'intake' || stage === 'triage')
        expect(story.notices(story.last('assigned')).find(({ kind }) => kind === 'ticket-registered')?.params).toMatchObject({
          dueAt: firstDue(story),
        })
      const told = story.notices(story.last('assigned')).map(({ kind, recipient }) => [kind, recipient])
      expect(told).toContainEqual([
        stage === 'intake' || stage === 'triage' ? 'ticket-registered' : 'ticket-queued',
        { kind: 'team', id: 'second-line' },
      ])
    },
  )

  it('X10: takes a ticket off who was named at registration and is of the wrong team', () => {
    const story = new Story({ policy: routed, submission: { assignee: 'wang' } })
    story.act(lin, 'reclassify', usual)
    expect(story.state).toMatchObject({ team: 'second-line', assignee: null, stage: 'intake' })
  })

  it.each(['verification', 'confirmation', 'closing'] as const)(
    'X10: in %s nobody looks for somebody: it stays, and a team is refused',
    (stage) => {
      const story = ticketIn(stage, { policy: routed })
      const { team, assignee } = story.state
      expect(story.refusal(lin, 'reclassify', { ...usual, team: 'second-line' }).errors).toMatchObject([
        { path: 'team', code: 'unknown-field' },
      ])
      story.act(lin, 'reclassify', usual)
      expect(story.state).toMatchObject({ type: 'hardware-fault', team, assignee, stage })
    },
  )

  it('X10: knows whom it names by what is sent', () => {
    expect(commandNamed('reclassify').mentions({ ...usual, team: 'second-line' })).toEqual({ people: [], teams: ['second-line'] })
  })

  it('X10, X8: of a ticket that began when a year could be any keeps what stands in its form', () => {
    const { furthest: _, ...unbounded } = policyOf()
    const date = { id: 'boughtAt', label: { 'zh-CN': '购买', 'zh-TW': '購買', en: 'Bought' }, kind: 'date', required: false } as const
    const terms = hardware && { ...hardware, type: { ...hardware.type, fields: [date] } }
    const given = { ...usual, terms, types: ['hardware-fault'], held: { boughtAt: '0000-03-01' } }
    const told = (policy: Policy) => {
      const story = new Story({ policy: { ...policy, type: { ...policy.type, fields: [date] } } })
      story.act(lin, 'reclassify', given)
      return story.last('reclassified')
    }
    expect(told(unbounded)).toMatchObject({ fields: { boughtAt: '0000-03-01' }, dropped: {} })
    expect(told(policyOf())).toMatchObject({ fields: {}, dropped: { boughtAt: '0000-03-01' } })
  })

  it('X10: handler, helpers and representative hear of another type, and of another deadline that a fact brought, but not who did it', () => {
    const clocks = policyOf().clocks.map((clock) => ({
      ...clock,
      ...(clock.id === 'resolution' && {
        exceptions: [{ when: { tag: 'vip' }, within: { medium: 'PT12H' }, timeBase: 'elapsed' as const }],
      }),
    }))
    const vip = { id: 'vip', label: { 'zh-CN': 'VIP', 'zh-TW': 'VIP', en: 'VIP' } }
    const story = ticketIn('handling', { policy: policyOf({ clocks, customerTags: [vip] }) })
    story.act(chen, 'add-helper', { helper: 'zhao', duty: '日志分析' })
    const told = (type: 'reclassified' | 'customer-tagged' | 'corrected') =>
      story.notices(story.last(type)).map(({ kind, recipient, params }) => [kind, 'id' in recipient && recipient.id, params['dueAt']])
    story.act(lin, 'reclassify', usual)
    const { dueAt } = story.promise('resolution')
    expect(told('reclassified')).toEqual([
      ['reclassified', 'wang', story.last('reclassified').deadline ?? undefined],
      ['reclassified', 'zhao', story.last('reclassified').deadline ?? undefined],
    ])
    expect(story.try(system, 'tag-customer', { tags: ['vip'] })).toBeUndefined()
    const sooner = story.promise('resolution').dueAt
    expect(sooner < dueAt).toBe(true)
    expect(story.last('customer-tagged').deadline).toBe(sooner)
    expect(told('customer-tagged')).toEqual(['wang', 'lin', 'zhao'].map((person) => ['deadline-changed', person, sooner]))
    story.act(lin, 'correct', { title: '改题', reason: '笔误' })
    expect(told('corrected')).toEqual([])
    expect(story.last('corrected')).not.toHaveProperty('deadline')
  })

  it('X10: the present team leaves it where it is', () => {
    const story = ticketIn('handling', { policy: routed })
    story.act(lin, 'reclassify', { ...usual, team: story.state.team })
    expect(story.state).toMatchObject({ team: 'tech-support', assignee: 'wang', stage: 'handling' })
  })

  it('S4: asks again which tags the customer has, since their rules count types', () => {
    const vip = { id: 'vip', label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' } }
    const policy = policyOf({ customerTags: [vip] })
    const story = new Story({ policy })
    story.act(lin, 'reclassify', usual)
    expect(ticketProcess.asks(story.last('reclassified'), story.state, policy).map(({ kind }) => kind)).toEqual(['tag-customer'])
  })

  it('T2: shows customers no value that was for colleagues only', () => {
    const internal = policyOf().type.fields.find((field) => field.internal === true)
    if (!internal || !hardware) throw new Error('the profile has no internal field')
    const open = hardware.type.fields.map((field) => (field.id === internal.id ? { ...field, internal: false } : field))
    const story = new Story({ policy: policyOf() })
    const held = { [internal.id]: '客户很生气', errorText: '500' }
    story.act(lin, 'reclassify', { ...usual, terms: { ...hardware, type: { ...hardware.type, fields: open } }, held })
    expect(story.last('reclassified')).toMatchObject({ fields: { errorText: '500' }, dropped: { [internal.id]: '客户很生气' } })
  })
})
