import { describe, expect, it } from 'vitest'
import { chen, gu, lin, mei, monday, policyOf, ticketIn, wang, zhao } from '../../support/tickets.ts'

describe('T6: assignment', () => {
  it('T6: tells the assignee the agreed deadline, if the review agreed one', () => {
    const story = ticketIn('triage', { submission: { priority: 'urgent' } }).acts(
      [lin, 'diagnose'],
      [chen, 'record-review-meeting', { dueAt: '2026-03-02T12:00:00Z' }],
      [chen, 'assign'],
    )
    expect(story.notices(story.last('assigned'))).toEqual([
      {
        kind: 'ticket-assigned',
        recipient: { kind: 'person', id: 'wang' },
        params: { number: 'TS20260302001', dueAt: '2026-03-02T12:00:00.000Z' },
      },
    ])
  })

  it("T6, T13: else the priority's target: an instant, in elapsed or in working time", () => {
    const high = ticketIn('assignment', { submission: { priority: 'high' } }).acts([lin, 'assign'])
    expect(high.last('assigned').deadline).toBe('2026-03-05T01:00:00.000Z')
    const medium = ticketIn('assignment').acts([lin, 'assign'])
    expect(medium.notices(medium.last('assigned'))[0]?.params).toEqual({ number: 'TS20260302001', dueAt: '2026-03-09T10:00:00.000Z' })
  })

  it('T6: a ticket can go to a queue, and its team hears of it', () => {
    const story = ticketIn('assignment').acts([lin, 'assign', { assignee: undefined, team: 'second-line' }])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: null, team: 'second-line', assignedAt: null })
    expect(story.notices(story.last('assigned'))).toEqual([
      { kind: 'ticket-queued', recipient: { kind: 'team', id: 'second-line' }, params: { number: 'TS20260302001' } },
    ])
  })

  it('X8: the deputy of an absent person gets it, and it says whose place they take', () => {
    const story = ticketIn('assignment', { absent: { wang: { deputy: 'zhao' } } }).acts([lin, 'assign'])
    expect(story.last('assigned')).toMatchObject({ assignee: 'zhao', insteadOf: 'wang' })
    expect(story.state.assignee).toBe('zhao')
  })

  it('X8: deputies who are away pass it on, to whoever is there', () => {
    const absent = { wang: { deputy: 'zhao' }, zhao: { deputy: 'mei' } }
    const story = ticketIn('assignment', { absent })
    expect(story.acts([lin, 'assign']).last('assigned')).toMatchObject({ assignee: 'mei', insteadOf: 'wang' })
    expect(story.refusal(chen, 'hand-over', { from: 'mei', to: 'wang' })).toMatchObject({
      errors: [{ path: 'to', code: 'same-person', params: { person: 'mei' } }],
    })
  })

  it.each([
    ['the last of them is away with nobody named', { wang: { deputy: 'zhao' }, zhao: { deputy: null } }],
    ['they stand in for each other', { wang: { deputy: 'zhao' }, zhao: { deputy: 'wang' } }],
  ])('X8: a chain of deputies is refused where %s', (_, absent) => {
    const story = ticketIn('assignment', { absent })
    const refused = { code: 'deputies-absent', params: { person: 'wang', deputies: ['zhao'] } }
    expect(story.refusal(lin, 'assign')).toMatchObject({ errors: [{ path: 'assignee', ...refused }] })
    expect(story.refusal(chen, 'hand-over', { from: 'lin', to: 'wang' })).toMatchObject({ errors: [{ path: 'to', ...refused }] })
    expect(() => ticketIn('intake', { absent, submission: { assignee: 'wang' } })).toThrow('deputies-absent')
  })

  it('X8: who stands in must be able to handle tickets', () => {
    const story = ticketIn('assignment', { absent: { wang: { deputy: 'qian' } } })
    expect(story.refusal(lin, 'assign')).toMatchObject({
      errors: [{ path: 'assignee', code: 'cannot-handle', params: { person: 'qian' } }],
    })
  })

  it('X8: an absent person without a deputy, a person who handles none, and nobody at all are refused', () => {
    const story = ticketIn('assignment', { absent: { wang: { deputy: null } } })
    expect(story.refusal(lin, 'assign')).toMatchObject({
      errors: [{ path: 'assignee', code: 'absent-without-deputy', params: { person: 'wang' } }],
    })
    expect(story.refusal(lin, 'assign', { assignee: 'gu' })).toMatchObject({ errors: [{ path: 'assignee', code: 'cannot-handle' }] })
    expect(story.refusal(lin, 'assign', { assignee: 'ghost', team: 'choir' })).toMatchObject({
      errors: [{ code: 'unknown-person' }, { path: 'team', code: 'unknown-team' }],
    })
    expect(story.refusal(lin, 'assign', { assignee: undefined })).toMatchObject({ errors: [{ path: 'assignee', code: 'required' }] })
  })

  it.each(['__proto__', 'constructor', 'hasOwnProperty'])('a person called %s is simply unknown', (assignee) => {
    expect(ticketIn('assignment').refusal(lin, 'assign', { assignee })).toMatchObject({ errors: [{ code: 'unknown-person' }] })
  })

  it('T6: the assignee accepts, nobody else does it for them', () => {
    const story = ticketIn('assignment').acts([lin, 'assign'])
    expect(story.refusal(zhao, 'accept')).toMatchObject({ kind: 'forbidden', code: 'not-yours', params: { holder: 'wang' } })
    expect(story.acts([wang, 'accept']).state.stage).toBe('handling')
  })
})

describe('S9: the queue', () => {
  it('S9: of two who claim, one gets it and the other is told who has it', () => {
    const story = ticketIn('assignment').acts([wang, 'claim'])
    expect(story.state).toMatchObject({ assignee: 'wang', assignedAt: story.now })
    expect(story.refusal(zhao, 'claim')).toEqual({
      kind: 'conflict',
      code: 'already-held',
      params: { number: 'TS20260302001', holder: 'wang', command: 'claim' },
    })
    expect(story.refusal(lin, 'assign', { assignee: 'zhao' })).toMatchObject({ code: 'already-held', params: { holder: 'wang' } })
  })

  it('S9: who comes when work has begun is told the stage and who has it', () => {
    expect(ticketIn('handling').refusal(zhao, 'claim')).toMatchObject({
      kind: 'conflict',
      code: 'wrong-stage',
      params: { stage: 'handling', holder: 'wang' },
    })
  })

  it('S9: given back with a reason, it can be claimed again; the first assignment stays on record', () => {
    const story = ticketIn('handling').acts([wang, 'wait', { for: 'vendor' }], [wang, 'release'])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: null, waiting: null })
    expect(story.events.slice(-2).map(({ type }) => type)).toEqual(['waiting-ended', 'released'])
    const first = story.state.assignedAt
    expect(story.acts([zhao, 'claim']).state).toMatchObject({ assignee: 'zhao', assignedAt: first })
    expect(ticketIn('handling').refusal(wang, 'release', { reason: '  ' })).toMatchObject({
      errors: [{ path: 'reason', code: 'required' }],
    })
  })

  it('S9: what nobody has cannot be given back', () => {
    expect(ticketIn('assignment').refusal(chen, 'release')).toMatchObject({ kind: 'conflict', code: 'nothing-held' })
  })
})

describe('S10: reassignment', () => {
  it('S10: needs a reason and a lead', () => {
    const story = ticketIn('handling')
    expect(story.refusal(chen, 'reassign', { reason: undefined })).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'reason', code: 'required' }],
    })
    expect(story.refusal(wang, 'reassign')).toEqual({
      kind: 'forbidden',
      code: 'wrong-role',
      params: { command: 'reassign', roles: ['supervisor', 'department-lead', 'admin'] },
    })
    expect(story.refusal(chen, 'reassign', { assignee: 'wang' })).toMatchObject({ errors: [{ path: 'assignee', code: 'same-person' }] })
  })

  it('S10: in the midst of the work the new handler accepts first, and what was waited for is over on record', () => {
    const story = ticketIn('handling').acts([wang, 'wait'], [gu, 'reassign'])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: 'zhao', waiting: null })
    expect(story.last('assigned')).toMatchObject({ manner: 'reassigned', previous: 'wang', reason: '王工负荷过高' })
    expect(story.events.map(({ type }) => type)).toContain('waiting-ended')
    expect(story.refusal(wang, 'complete')).toMatchObject({ code: 'wrong-stage' })
  })

  it('S10: later stages keep their place and need a person, since a queue offers only what waits for assignment', () => {
    const story = ticketIn('verification')
    expect(story.refusal(chen, 'reassign', { assignee: undefined, team: 'second-line' })).toMatchObject({
      errors: [{ path: 'assignee', code: 'required' }],
    })
    expect(story.acts([chen, 'reassign', { team: 'second-line' }]).state).toMatchObject({
      stage: 'verification',
      assignee: 'zhao',
      team: 'second-line',
    })
  })

  it('X8: reassigning to an absent person whose deputy has it already is the same person', () => {
    const story = ticketIn('handling', { absent: { zhao: { deputy: 'wang' } } })
    expect(story.refusal(chen, 'reassign', { assignee: 'zhao' })).toMatchObject({
      errors: [{ path: 'assignee', code: 'same-person', params: { person: 'wang', absent: 'zhao' } }],
    })
  })

  it('S10: a ticket goes back to a queue of another team', () => {
    const story = ticketIn('handling').acts([chen, 'reassign', { assignee: undefined, team: 'second-line' }])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: null, team: 'second-line' })
  })
})

describe('X8: hand-over', () => {
  it('X8: everything of one person goes to another at once, and the stage stays', () => {
    const story = ticketIn('closing', { submission: { representative: 'lin', assignee: 'wang' } })
    story.acts([chen, 'hand-over'])
    expect(story.state).toMatchObject({ stage: 'closing', assignee: 'zhao', representative: 'lin' })
    expect(story.last('assigned')).toMatchObject({ manner: 'handed-over', previous: 'wang', assignee: 'zhao', reason: '请假' })
  })

  it('X8: representative and open tasks move too', () => {
    const story = ticketIn('confirmation').acts(
      [lin, 'confirm', { outcome: 'partly', remark: '报表偶尔慢' }],
      [chen, 'hand-over', { from: 'lin', to: 'mei' }],
    )
    expect(story.state).toMatchObject({ assignee: 'wang', representative: 'mei', tasks: [{ owner: 'mei' }] })
    expect(story.events.at(-1)?.type).toBe('representative-changed')
  })

  it('X8: the deputy of an absent receiver gets it; back to who gives it away is refused', () => {
    expect(ticketIn('handling', { absent: { zhao: { deputy: 'mei' } } }).acts([chen, 'hand-over']).state.assignee).toBe('mei')
    expect(ticketIn('handling', { absent: { zhao: { deputy: 'wang' } } }).refusal(chen, 'hand-over')).toMatchObject({
      errors: [{ path: 'to', code: 'same-person', params: { person: 'wang', absent: 'zhao' } }],
    })
    expect(ticketIn('handling').refusal(chen, 'hand-over', { to: 'wang' })).toMatchObject({ errors: [{ path: 'to', code: 'same-person' }] })
  })

  it('X8: who has nothing has nothing to hand over', () => {
    expect(ticketIn('handling').refusal(chen, 'hand-over', { from: mei.id })).toEqual({
      kind: 'conflict',
      code: 'nothing-held',
      params: { command: 'hand-over', person: 'mei' },
    })
  })
})

it('T13: without an agreement the deadline counts from submission', () => {
  const story = ticketIn('assignment', { policy: policyOf(), submission: { priority: 'high' } })
    .later('PT30H')
    .acts([lin, 'assign'])
  expect(story.last('assigned').deadline).toBe('2026-03-05T01:00:00.000Z')
  expect(story.state.submittedAt).toBe(monday)
})
