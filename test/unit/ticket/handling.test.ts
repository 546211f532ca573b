import { describe, expect, it } from 'vitest'
import {
  chen,
  hook,
  lin,
  quietPolicy as policyOf,
  quietTicketIn as ticketIn,
  ticketIn as ticketWithClocks,
  wang,
  zhao,
} from '../../support/tickets.ts'

describe('T7: the solution plan', () => {
  it('T7: kind, estimated finish and what departments must contribute are on record; the finish becomes the deadline', () => {
    const departments = [{ department: '运维', contact: '老周', need: '回滚数据库' }]
    const story = ticketIn('assignment').acts(
      [wang, 'claim'],
      [wang, 'plan', { kind: '代码修复', estimatedFinishAt: '2026-03-04T18:00:00+08:00', departments }],
    )
    expect(story.last('planned')).toMatchObject({
      kind: 'code-fix',
      estimatedFinishAt: '2026-03-04T10:00:00.000Z',
      stage: 'assignment',
    })
    expect(story.last('collaboration-requested')).toMatchObject({ ...departments[0], finishAt: '2026-03-04T10:00:00.000Z' })
    expect(story.state).toMatchObject({ plan: { kind: 'code-fix' }, agreedDueAt: '2026-03-04T10:00:00.000Z' })
  })

  it.each([
    ['to the contact where it is somebody we know', { department: '运维', contact: 'zhao' }, { kind: 'person', id: 'zhao' }, {}],
    [
      'to whoever leads the department otherwise',
      { department: 'tech-support', contact: '老周' },
      { kind: 'role', role: 'lead', team: 'tech-support' },
      {},
    ],
    [
      'to the representative where neither is known, who is to pass it on',
      { department: '运维', contact: '老周' },
      { kind: 'person', id: 'lin' },
      { toPassOn: 'true' },
    ],
  ])('T7: what a department must contribute is told %s', (_, whom, recipient, toPassOn) => {
    const story = ticketIn('handling')
    const estimatedFinishAt = '2026-03-04T10:00:00.000Z'
    story.act(wang, 'plan', { estimatedFinishAt, departments: [{ ...whom, need: '回滚数据库' }] })
    expect(story.notices(story.last('collaboration-requested'))).toEqual([
      {
        kind: 'collaboration-requested',
        recipient,
        params: { number: 'TS20260302001', ...whom, need: '回滚数据库', by: 'wang', finishAt: estimatedFinishAt, ...toPassOn },
      },
    ])
  })

  it('T7: a plan may be of a kind nobody listed, but not finish in the past', () => {
    const story = ticketIn('handling')
    expect(story.acts([wang, 'plan', { kind: '联系机房' }]).state.plan?.kind).toBe('联系机房')
    expect(story.refusal(wang, 'plan', { estimatedFinishAt: story.now })).toMatchObject({
      errors: [{ path: 'estimatedFinishAt', code: 'not-after-now' }],
    })
    expect(story.refusal(wang, 'plan', { estimatedFinishAt: '2026-03-04T18:00:00' })).toMatchObject({
      errors: [{ path: 'estimatedFinishAt', code: 'wrong-format' }],
    })
    expect(story.refusal(zhao, 'plan')).toMatchObject({ code: 'not-yours', params: { holder: 'wang' } })
  })
})

describe('T8: progress', () => {
  it('T8: even with nothing new the customer hears that it is being looked into', () => {
    const story = ticketIn('handling')
    story.act(wang, 'update-progress')
    expect(story.notices(story.last('progress-updated'))).toEqual([
      { kind: 'progress', recipient: { kind: 'customer' }, params: { number: 'TS20260302001', text: '正在排查中' } },
      {
        kind: 'progress-reported',
        recipient: { kind: 'person', id: 'lin' },
        params: { number: 'TS20260302001', text: '正在排查中', by: 'wang' },
      },
    ])
    expect(story.state.counts.updates).toBe(1)
  })

  it('T8: what is for colleagues only does not reach the customer', () => {
    const story = ticketIn('handling').acts([hook, 'update-progress', { visibleToCustomer: undefined }])
    expect(story.last('progress-updated').visibleToCustomer).toBe(false)
    expect(story.notices(story.last('progress-updated')).filter(({ recipient }) => recipient.kind === 'customer')).toEqual([])
  })
})

describe('T4: waiting', () => {
  it('T4: with a stated end it resumes by itself then, stamped with that instant', () => {
    const story = ticketIn('handling')
    const until = '2026-03-03T01:00:00.000Z'
    story.acts([wang, 'wait', { for: 'part', until }])
    expect(story.ahead()).toEqual({ waiting: until })
    story.at('2026-03-03T02:00:00Z').wake()
    expect(story.events.at(-1)).toMatchObject({
      type: 'waiting-ended',
      for: 'part',
      occurredAt: until,
      at: '2026-03-03T02:00:00.000Z',
      actor: 'system',
      requestId: null,
    })
    expect(story.state.waiting).toBeNull()
  })

  it('T4: without an end it lasts until somebody resumes', () => {
    const story = ticketIn('handling').acts([lin, 'wait', { for: 'vendor' }])
    expect(story.ahead()).toEqual({})
    expect(story.acts([lin, 'resume']).state.waiting).toBeNull()
    expect(story.refusal(lin, 'resume')).toMatchObject({ kind: 'conflict', code: 'not-waiting' })
  })

  it('T4: waits for whom the profile lists, and not into the past', () => {
    const story = ticketIn('handling')
    expect(story.refusal(wang, 'wait', { for: 'weather' })).toMatchObject({
      errors: [{ path: 'for', code: 'not-a-choice', params: { choices: ['customer', 'vendor', 'department', 'part'] } }],
    })
    expect(story.refusal(wang, 'wait', { until: story.now })).toMatchObject({ errors: [{ path: 'until', code: 'not-after-now' }] })
  })

  it('T4: nothing is set for later than a hundred years ahead', () => {
    const story = ticketWithClocks('handling')
    const far = '2126-04-01T00:00:00Z'
    for (const [command, path] of [
      ['wait', 'until'],
      ['plan', 'estimatedFinishAt'],
      ['defer', 'newDueAt'],
    ] as const)
      expect(story.refusal(wang, command, { [path]: far }), command).toMatchObject({
        errors: [{ path, code: 'too-far', params: { given: '2126-04-01T00:00:00.000Z' } }],
      })
    const reviewed = ticketIn('triage', { submission: { priority: 'urgent' } })
    expect(reviewed.refusal(chen, 'record-review-meeting', { dueAt: far })).toMatchObject({ errors: [{ path: 'dueAt', code: 'too-far' }] })
    expect(story.acts([wang, 'wait', { until: '2126-02-01T00:00:00Z' }]).state.waiting).not.toBeNull()
  })

  it('T4: a year that the rows cannot hold is named', () => {
    const story = ticketIn('handling')
    for (const until of ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-01:00', '0001-01-01T00:00:00+08:00'])
      expect(story.refusal(wang, 'wait', { until }), until).toMatchObject({ errors: [{ path: 'until', code: 'bad-year' }] })
  })

  it('a ticket from before there was a bound keeps what it has: an end of waiting in the year 9999 is an instant like any other', () => {
    const { furthest: _, ...unbounded } = policyOf()
    const story = ticketIn('handling', { policy: unbounded }).acts([wang, 'wait', { until: '9999-12-31T23:59:59Z' }])
    expect(story.ahead()).toEqual({ waiting: '9999-12-31T23:59:59.000Z' })
  })
})

describe('T9, T15: completion', () => {
  it('T15: classified on three axes, by id or label, and tagged; goes to verification', () => {
    const story = ticketIn('handling').acts([wang, 'wait'])
    story.act(wang, 'complete', {
      classification: { module: '账号与登录', type: 'SOFTWARE-FAULT', cause: '证书、授权或密码到期' },
      tags: ['单点登录', '单点登录 '],
    })
    expect(story.last('completed')).toMatchObject({
      classification: { module: 'login', type: 'software-fault', cause: 'expired-credential' },
      tags: ['单点登录'],
    })
    expect(story.state).toMatchObject({ stage: 'verification', waiting: null, completion: { seq: story.state.version } })
  })

  it('T15: words that say nothing are refused with the reason, all at once', () => {
    const classification = { module: '问题', type: 'software-fault', cause: '故障' }
    expect(ticketIn('handling').refusal(wang, 'complete', { classification, tags: ['其他', '报错', '保存失败'] })).toMatchObject({
      kind: 'invalid',
      errors: [
        { path: 'classification.module', code: 'empty-word', params: { word: '问题' } },
        { path: 'classification.cause', code: 'empty-word', params: { word: '故障' } },
        { path: 'tags[0]', code: 'empty-word', params: { word: '其他' } },
        { path: 'tags[1]', code: 'empty-word', params: { word: '报错' } },
      ],
    })
  })

  it('T11: direct and underlying cause are both required', () => {
    expect(ticketIn('handling').refusal(wang, 'complete', { cause: { direct: '空指针' } })).toMatchObject({
      errors: [{ path: 'cause.underlying', code: 'required' }],
    })
  })

  it('T7: where the profile always wants a plan first, none is completed without', () => {
    const story = ticketIn('assignment', { policy: policyOf({ planBeforeCompletion: 'always' }) }).acts([wang, 'claim'], [wang, 'accept'])
    expect(story.refusal(wang, 'complete')).toMatchObject({ kind: 'conflict', code: 'plan-needed' })
    expect(story.acts([wang, 'plan'], [wang, 'complete']).state.stage).toBe('verification')
  })

  it('T9: only who has it completes it; a supervisor steps in for anybody', () => {
    expect(ticketIn('handling').refusal(zhao, 'complete')).toMatchObject({ code: 'not-yours' })
    expect(ticketIn('handling').acts([chen, 'complete']).state.stage).toBe('verification')
  })
})
