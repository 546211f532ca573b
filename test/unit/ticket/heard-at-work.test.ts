import { describe, expect, it } from 'vitest'
import { chen, gu, hook, lin, policyOf, Story, ticketIn, wang, zhou } from '../../support/tickets.ts'

/** What somebody at work waits for, or has to do next, they hear of: nobody has to look whether it has come. */

const number = 'TS20260302001'
const queued = { kind: 'ticket-queued', recipient: { kind: 'team', id: 'tech-support' }, params: { number } }
const automatic = policyOf({ dispatch: { skills: [] } })

/** All that its last act made known. */
function heard(story: Story) {
  const { requestId } = story.events.at(-1) ?? {}
  return story.events.filter((event) => event.requestId === requestId).flatMap((event) => story.notices(event))
}

describe('S9: the team hears that a ticket waits for one of them', () => {
  it('S9: when triage is over, with a review or without', () => {
    expect(heard(ticketIn('assignment'))).toContainEqual(queued)
    expect(heard(ticketIn('assignment', { submission: { priority: 'urgent' } }))).toContainEqual(queued)
  })

  it('S9: at once where the profile begins with assignment', () => {
    expect(heard(new Story({ policy: policyOf({ begins: 'assignment' }) }))).toContainEqual(queued)
  })

  it('S9: when its handler gives it back', () => {
    const story = ticketIn('handling')
    story.act(wang, 'release')
    expect(heard(story)).toEqual([queued])
  })

  it('S9: not when somebody has it already, nor before it comes to be assigned', () => {
    const kinds = (story: Story) => story.events.flatMap((event) => story.notices(event)).map(({ kind }) => kind)
    expect(kinds(ticketIn('assignment', { submission: { assignee: 'wang' } }))).not.toContain('ticket-queued')
    expect(kinds(ticketIn('triage'))).not.toContain('ticket-queued')
    const again = ticketIn('handling')
    again.act(lin, 'diagnose')
    expect(heard(again)).toEqual([])
  })

  it('S7: not where somebody is chosen automatically', () => {
    expect(heard(ticketIn('assignment', { policy: automatic }))).toEqual([])
    expect(heard(new Story({ policy: policyOf({ dispatch: { skills: [] }, begins: 'assignment' }) })).map(({ kind }) => kind)).toEqual([
      'ticket-submitted',
    ])
  })
})

describe('T2: a ticket that nobody at work has registered', () => {
  it('T2: is heard of by the team, with the first deadline', () => {
    const [first] = new Story({ by: zhou }).state.promises.map(({ dueAt }) => dueAt).toSorted()
    expect(heard(new Story({ by: zhou }))).toContainEqual({
      kind: 'ticket-registered',
      recipient: { kind: 'team', id: 'tech-support' },
      params: { number, dueAt: first },
    })
    expect(heard(new Story({ by: hook })).map(({ kind }) => kind)).toContain('ticket-registered')
  })

  it('T2: not one that a colleague took down', () => {
    expect(heard(new Story()).map(({ kind }) => kind)).not.toContain('ticket-registered')
  })
})

describe('T2, T4: what the customer supplies is heard of', () => {
  const supplied = { fields: {}, text: '日志已上传' }
  const params = { number, supplied: '', text: supplied.text }

  it('T4: by the handler, with the deadline', () => {
    const story = ticketIn('handling', { by: zhou })
    story.act(wang, 'wait', { for: 'customer' })
    story.act(zhou, 'supplement', supplied)
    expect(story.state.waiting).toBeNull()
    expect(heard(story)).toEqual([
      {
        kind: 'customer-supplied',
        recipient: { kind: 'person', id: 'wang' },
        params: { ...params, dueAt: story.promise('resolution').dueAt },
      },
    ])
  })

  it('T2: before there is a handler by the representative, else by the team', () => {
    const fresh = new Story({ by: zhou })
    fresh.act(zhou, 'supplement', supplied)
    expect(heard(fresh)).toMatchObject([{ kind: 'customer-supplied', recipient: { kind: 'team', id: 'tech-support' }, params }])
    const asked = new Story({ by: zhou })
    asked.act(lin, 'review-intake', { complete: false, missing: ['environment'] })
    asked.act(zhou, 'supplement', supplied)
    expect(heard(asked)).toMatchObject([{ kind: 'customer-supplied', recipient: { kind: 'person', id: 'lin' }, params }])
  })

  it('T2: from a colleague who took it down too, but not from themselves', () => {
    const story = ticketIn('handling')
    story.act(lin, 'supplement', supplied)
    expect(heard(story)).toMatchObject([{ kind: 'customer-supplied', recipient: { kind: 'person', id: 'wang' }, params }])
    story.act(wang, 'supplement', supplied)
    expect(heard(story)).toEqual([])
  })
})

describe('T4: a customer who is waited for is asked', () => {
  const asked = (message: string) => ({ kind: 'information-requested', recipient: { kind: 'customer' }, params: { number, message } })

  it('T4: in words for them, or without; never with the reason, which is for colleagues', () => {
    const words = ticketIn('handling')
    words.act(wang, 'wait', { for: 'customer', reason: '客户又忘了', message: '请发来日志' })
    expect(heard(words)).toEqual([asked('请发来日志')])
    const plain = ticketIn('handling')
    plain.act(wang, 'wait', { for: 'customer' })
    expect(heard(plain)).toEqual([asked('')])
  })

  it('T4: nobody else is, and words for the customer are refused then', () => {
    const story = ticketIn('handling')
    expect(story.refusal(wang, 'wait', { for: 'vendor', message: '请发来日志' })).toMatchObject({
      errors: [{ path: 'message', code: 'only-with' }],
    })
    story.act(wang, 'wait', { for: 'vendor' })
    expect(heard(story)).toEqual([])
  })

  it('T2: once, where the review of the intake asks', () => {
    const story = new Story()
    story.act(lin, 'review-intake', { complete: false, missing: ['environment'] })
    expect(heard(story).map(({ kind }) => kind)).toEqual(['information-requested'])
  })
})

describe('who need not go on, and who has to, hears of it', () => {
  it('S10: whoever had a ticket that was moved, unless they moved it themselves', () => {
    const story = ticketIn('handling')
    story.act(gu, 'reassign', { assignee: 'zhao', reason: '换班' })
    expect(heard(story)).toContainEqual({
      kind: 'ticket-moved',
      recipient: { kind: 'person', id: 'wang' },
      params: { number, to: 'zhao', reason: '换班' },
    })
    const queued = ticketIn('assignment').acts([chen, 'assign', { assignee: 'wang' }])
    queued.act(gu, 'reassign', { assignee: undefined, team: 'second-line' })
    expect(heard(queued)).toContainEqual(
      expect.objectContaining({ kind: 'ticket-moved', params: expect.objectContaining({ to: 'second-line' }) }),
    )
    const own = ticketIn('assignment').acts([chen, 'claim'])
    own.act(chen, 'reassign', { assignee: 'zhao' })
    expect(heard(own).map(({ kind }) => kind)).toEqual(['ticket-assigned'])
  })

  it('T11: the handler, that the customer has confirmed and the report is theirs to file', () => {
    const story = ticketIn('closing')
    expect(heard(story)).toContainEqual({
      kind: 'closing-due',
      recipient: { kind: 'person', id: 'wang' },
      params: { number, remark: expect.any(String) },
    })
  })

  it('T10, X8: the representative too, that a ticket is taken up again or withdrawn', () => {
    const reopened = ticketIn('follow-up', { by: zhou })
    reopened.act(zhou, 'reopen')
    const told = heard(reopened).filter(({ kind }) => kind === 'reopened')
    expect(told.map(({ recipient }) => recipient)).toEqual([
      { kind: 'person', id: 'wang' },
      { kind: 'person', id: reopened.state.representative },
    ])
    const withdrawn = ticketIn('handling', { by: zhou })
    withdrawn.act(zhou, 'withdraw')
    expect(heard(withdrawn).filter(({ kind }) => kind === 'withdrawn')).toHaveLength(2)
  })
})

describe('what has to be done next is said with its deadline', () => {
  it('X7: a ticket taken up again, one that is not solved, and an urging with its reason', () => {
    const due = (story: Story) => story.state.promises.findLast(({ clock, state }) => clock === 'resolution' && state === 'running')?.dueAt
    const urged = ticketIn('handling')
    urged.act(lin, 'urge', { reason: '明天要用' })
    expect(heard(urged)).toMatchObject([{ kind: 'urged', params: { reason: '明天要用', by: 'lin', dueAt: due(urged) } }])
    const unsolved = ticketIn('confirmation')
    unsolved.act(lin, 'confirm', { outcome: 'unsolved', remark: '仍然失败' })
    expect(heard(unsolved)).toMatchObject([{ kind: 'unsolved', params: { dueAt: due(unsolved) } }])
    expect(due(unsolved)).toBeDefined()
    const reopened = ticketIn('follow-up')
    reopened.act(lin, 'reopen')
    expect(heard(reopened)).toMatchObject([{ kind: 'reopened', params: { dueAt: due(reopened) } }])
    expect(due(reopened)).toBeDefined()
  })

  it('T14: the deadline is the one that was announced last', () => {
    const story = ticketIn('handling')
    story.act(wang, 'defer', { newDueAt: '2026-03-20T10:00:00.000Z' })
    story.act(lin, 'urge')
    expect(heard(story)).toMatchObject([{ kind: 'urged', params: { dueAt: '2026-03-20T10:00:00.000Z' } }])
  })

  it('X8: a deputy hears for whom they stand in', () => {
    const story = ticketIn('assignment', { absent: { wang: { deputy: 'zhao' } } })
    story.act(chen, 'assign', { assignee: 'wang' })
    expect(heard(story)).toMatchObject([{ recipient: { kind: 'person', id: 'zhao' }, params: { insteadOf: 'wang' } }])
  })
})
