import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { telling } from '../../../workflows/common/other-processes.ts'
import { earliest } from '../../../workflows/deadline-order.ts'
import { begin, perform, permission, refusedToTell, settle } from '../../../workflows/engine.ts'
import { allowedCommands, outlook } from '../../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { birth } from '../../../workflows/ticket/submission.ts'
import {
  chen,
  commandNamed,
  lin,
  monday,
  quietPolicy as policyOf,
  Story,
  system,
  usual,
  quietTicketIn as ticketIn,
  wang,
  zhao,
  zhou,
} from '../../support/tickets.ts'

describe('what a process has to do with others', () => {
  const told = { ...ticketProcess, asks: (event: unknown) => [telling(event === null ? 'mother' : 'other', 'note', {})] }
  const act = { requestId: 'r', actor: lin, at: monday, directory: { people: {}, teams: [] } }
  const beginning = birth.of({ priority: 'medium', channel: 'phone', fields: {}, live: false })

  it('is said by its event; of the first one, by what is asked for its birth', () => {
    const { event, state } = begin(told, 'TS20231001001', beginning, { policy: policyOf(), act, parent: null })
    expect(event.dealings).toEqual([telling('mother', 'note', {})])
    const contacted = perform(told, commandNamed('contact'), state, policyOf(), act, usual.contact)
    expect(contacted).toMatchObject({ events: [{ seq: 2, dealings: [telling('other', 'note', {})] }] })
  })

  it('leaves events alone where there is nothing, and lookups to whoever is asked', () => {
    const { event } = begin(ticketProcess, 'TS20231001001', beginning, { policy: policyOf(), act, parent: null })
    expect(event).not.toHaveProperty('dealings')
    expect(
      ticketIn('handling')
        .acts([lin, 'contact'])
        .events.some((one) => 'dealings' in one),
    ).toBe(false)
  })
})

describe('one act', () => {
  it('is refused when somebody was faster, and names both versions', () => {
    const story = ticketIn('handling')
    const seen = story.state.version
    story.acts([lin, 'contact'])
    expect(story.refusal(wang, 'plan', {}, seen)).toEqual({
      kind: 'stale',
      code: 'stale-version',
      params: { expected: seen, actual: seen + 1 },
    })
    expect(story.refusal(chen, 'claim', {}, seen + 1).code).toBe('wrong-stage')
  })

  it('is judged on what the actor saw: time that passed unnoticed does not make it stale', () => {
    const story = ticketIn('closing').later('P2D')
    expect(story.refusal(wang, 'plan', {}, story.state.version).code).toBe('wrong-stage')
  })

  it('says which events are its own, apart from what time had done before it', () => {
    const { state, policy, now } = ticketIn('closing').later('P2D')
    const act = { requestId: 'r', actor: lin, at: now, directory: { people: {}, teams: [] } }
    const done = perform(ticketProcess, commandNamed('callback'), state, policy, act, { reached: true })
    expect(done).toMatchObject({
      ok: true,
      from: state.version + 2,
      events: [
        { type: 'promise-broken', seq: state.version + 1, requestId: null },
        { type: 'called-back', seq: state.version + 2, requestId: 'r' },
      ],
    })
  })

  it('refused, it leaves no trace: not even what time had done', () => {
    const story = ticketIn('closing').later('P2D')
    const { state } = story
    story.refusal(zhou, 'callback')
    expect(story.state).toBe(state)
  })

  it('S3: "own" means the ticket in hand for staff, and their own ticket for customers, also when one person is both', () => {
    const both = { id: 'wang', roles: ['customer', 'engineer'], teams: [] } as const
    const story = new Story({ by: both, submission: { representative: 'lin', assignee: 'zhao' } }).acts(
      [lin, 'review-intake'],
      [lin, 'diagnose'],
    )
    expect(story.state).toMatchObject({ requester: 'wang', assignee: 'zhao' })
    expect(permission(ticketProcess, commandNamed('accept'), story.state, { actor: both })).toMatchObject({ code: 'not-yours' })
    expect(permission(ticketProcess, commandNamed('withdraw'), story.state, { actor: both })).toBeUndefined()
  })

  it('S9: what is the handler’s to do names the claim that goes before it, where that is possible', () => {
    const queued = ticketIn('triage').acts([lin, 'diagnose'])
    if (queued.state.stage === 'triage') queued.acts([chen, 'record-review-meeting'])
    expect(queued.refusal(wang, 'accept')).toMatchObject({ code: 'not-yours', params: { first: 'claim' } })
    expect(queued.refusal(zhou, 'reopen').params).not.toHaveProperty('first')
    expect(ticketIn('handling').refusal(zhao, 'complete').params).toEqual({ command: 'complete', holder: 'wang' })
    expect(queued.acts([chen, 'assign']).refusal(zhao, 'accept').params).toEqual({ command: 'accept', holder: 'wang' })
    const early = new Story().refusal(wang, 'correct')
    expect(early).toMatchObject({ code: 'not-yours' })
    expect(early.params).not.toHaveProperty('first')
  })

  it('by the product itself needs no role, but a stage', () => {
    expect(ticketIn('assignment').acts([system, 'assign']).state.assignee).toBe('wang')
    expect(ticketIn('handling').refusal(system, 'assign').code).toBe('wrong-stage')
  })

  it('by another process, which `system` speaks for, is for what is told: it takes nothing in hand, decides nothing, and answers no ask', () => {
    const forPeople = ['claim', 'review-intake', 'diagnose', 'update-progress', 'withdraw'] as const
    const ownCommands = ['dispatch', 'tag-customer', 'change-calendar'] as const
    for (const name of [...forPeople, ...ownCommands])
      expect(refusedToTell(commandNamed(name)), name).toMatchObject({ kind: 'forbidden', code: 'wrong-role' })
    for (const name of ['urge', 'note-related'] as const) expect(refusedToTell(commandNamed(name)), name).toBeUndefined()
  })

  it("X7: an urge by another process is a colleague's, not the customer's", () => {
    const story = ticketIn('handling')
    story.act(system, 'urge')
    expect(story.last('urged')).toMatchObject({ actor: 'system', by: 'staff' })
    expect(story.state.customerUrgedAt).toBeUndefined()
  })
})

describe('time', () => {
  it('settles what is due, earliest first, and nothing that is due only now before an act', () => {
    const deadline = (clock: string, dueAt: string) => ({ clock, cycle: 1, level: 'due', dueAt, to: [], cancelledBy: [] })
    expect(earliest([deadline('b', plus(monday, 'PT1H')), deadline('c', monday), deadline('a', monday)])?.clock).toBe('a')
    const story = ticketIn('closing')
    const { dueAt } = story.promise('callback')
    expect(settle(ticketProcess, story.state, story.policy, dueAt, 'before').events).toEqual([])
    expect(settle(ticketProcess, story.state, story.policy, dueAt, 'at').events).toHaveLength(1)
  })

  it('never settles the same deadline for ever: a process whose expiry removes nothing is our mistake and says so', () => {
    const story = ticketIn('closing')
    const broken = { ...ticketProcess, expire: () => [{ type: 'contact-revealed', reason: null } as const] }
    expect(() => settle(broken, story.state, story.policy, plus(story.now, 'P9D'), 'at')).toThrow(/callback/)
  })
})

describe('X5: the outlook', () => {
  it('X5: says which stage, who has it, what was promised, what is next and when, and what would cancel that', () => {
    const story = ticketIn('closing')
    const { dueAt } = story.promise('callback')
    expect(outlook(story.state, story.policy)).toEqual({
      stage: 'closing',
      holder: 'wang',
      waiting: null,
      promises: [story.promise('callback')],
      next: [{ clock: 'callback', cycle: 1, level: 'due', dueAt, to: [], cancelledBy: ['callback', 'reopen'] }],
      steps: ['close', 'callback'],
    })
    expect(outlook(story.state, story.policy).next[0]?.dueAt).toBe(dueAt)
    expect(outlook(ticketIn('handling').state, story.policy).next).toEqual([])
  })

  it.each([
    ['intake', 'customer', ['resume', 'supplement', 'review-intake', 'withdraw']],
    ['assignment', 'customer', ['resume', 'supplement', 'withdraw']],
    ['handling', 'vendor', ['resume', 'release', 'reassign', 'complete', 'withdraw']],
    ['verification', 'part', ['resume', 'verify', 'withdraw']],
    ['confirmation', 'customer', ['resume', 'supplement', 'confirm', 'withdraw']],
  ] as const)('X5: waiting in %s for %s ends by %j', (stage, whom, names) => {
    const story = ticketIn(stage).acts([chen, 'wait', { for: whom, until: '2026-06-01T00:00:00Z' }])
    expect(outlook(story.state, story.policy).next[0]?.cancelledBy).toEqual(names)
  })

  it('X5: names a plan as the step where completing would be refused without', () => {
    const story = ticketIn('assignment', { policy: policyOf({ planBeforeCompletion: 'always' }) }).acts([wang, 'claim'], [wang, 'accept'])
    expect(outlook(story.state, story.policy).steps).toEqual(['plan'])
    const never = ticketIn('confirmation', { policy: policyOf({ planBeforeCompletion: 'never' }) }).acts([
      lin,
      'confirm',
      { outcome: 'unsolved' },
    ])
    expect(outlook(never.state, never.policy).steps).toEqual(['update-progress', 'complete'])
  })

  it('X5: lists what an actor may do', () => {
    const { state, policy, now } = ticketIn('assignment')
    expect(allowedCommands(state, wang, policy, now)).toEqual(['supplement', 'claim', 'contact', 'note', 'urge'])
    const archived = ticketIn('archived')
    expect(allowedCommands(archived.state, chen, archived.policy, archived.now)).toEqual([])
  })

  it('X5: offers nothing that would be refused whatever it says: nobody ends a waiting that is none', () => {
    const story = ticketIn('handling')
    const offered = () => allowedCommands(story.state, wang, story.policy, story.now)
    expect(offered()).toContain('wait')
    expect(offered()).not.toContain('resume')
    story.acts([wang, 'wait', { for: 'vendor' }])
    expect(offered()).not.toContain('wait')
    expect(offered()).toContain('resume')
  })
})
