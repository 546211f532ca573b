import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { chen, lin, mei, quietPolicy as policyOf, quietTicketIn as ticketIn, wang, zhou } from '../../support/tickets.ts'

describe('T12: the satisfaction callback', () => {
  it('T12: a reached customer keeps the promise; experience and suggestions are on record', () => {
    const story = ticketIn('follow-up').acts([mei, 'callback', { suggestions: '希望增加批量导出' }])
    expect(story.last('called-back')).toMatchObject({
      reached: true,
      attempt: 1,
      final: true,
      satisfaction: 5,
      experience: '很满意',
      suggestions: '希望增加批量导出',
    })
    expect(story.promise('callback')).toMatchObject({ state: 'kept', stoppedAt: story.now, recordedLate: false })
    expect(story.refusal(mei, 'callback')).toMatchObject({ kind: 'conflict', code: 'callback-finished' })
  })

  it('T12: unreached calls are repeated as often as the profile says; the last is recorded as finally unreached', () => {
    const story = ticketIn('closing')
    story.acts([lin, 'callback', { reached: false }], [lin, 'callback', { reached: false }])
    expect(story.state).toMatchObject({ callbackAttempts: 2 })
    expect(story.promise('callback').state).toBe('running')
    story.acts([lin, 'callback', { reached: false }])
    expect(story.last('called-back')).toMatchObject({ reached: false, attempt: 3, final: true })
    expect(story.promise('callback')).toMatchObject({ state: 'kept', stoppedAt: story.now })
    expect(story.refusal(lin, 'callback')).toMatchObject({ code: 'callback-finished' })
  })

  it('T12: not made in time, the promise is broken as of the instant it was due, and still owed', () => {
    const story = ticketIn('closing')
    const { dueAt } = story.promise('callback')
    story.later('P2D').wake()
    expect(story.last('promise-broken')).toMatchObject({
      clock: 'callback',
      cycle: 1,
      dueAt,
      occurredAt: dueAt,
      at: story.now,
      actor: 'system',
      requestId: null,
    })
    expect(story.last('promise-broken').promises).toEqual([
      expect.objectContaining({ clock: 'callback', state: 'broken', stoppedAt: null }),
    ])
    story.acts([lin, 'callback'])
    expect(story.promise('callback')).toMatchObject({ state: 'broken', stoppedAt: story.now, recordedLate: false })
  })

  it('T12: at the very instant it is due, the promise is kept', () => {
    const story = ticketIn('closing')
    story.at(story.promise('callback').dueAt).act(lin, 'callback')
    expect(story.promise('callback').state).toBe('kept')
  })

  it('X4: a promise breaks once, however often the machine looks', () => {
    const story = ticketIn('closing').later('P2D')
    story.wake()
    expect(story.later('P1D').wake()).toEqual([])
  })
})

describe('X7: reopening', () => {
  it('X7: takes the ticket up again with the same handler, a new plan and nothing promised', () => {
    const story = ticketIn('follow-up').acts([lin, 'reopen'])
    expect(story.state).toMatchObject({
      stage: 'handling',
      assignee: 'wang',
      replan: true,
      resolvedAt: null,
      closedAt: null,
      reopenableUntil: null,
      confirmation: null,
      completion: null,
      counts: { reopenings: 1 },
    })
    expect(story.promise('callback')).toMatchObject({ state: 'cancelled', stoppedAt: story.now })
    expect(story.ahead()).toEqual({})
  })

  it('T10, X7: an open question is part of the work again, so its task ends with the reason of the reopening', () => {
    const story = ticketIn('confirmation').acts([lin, 'confirm', { outcome: 'partly', remark: '还有疑问' }], [lin, 'reopen'])
    expect(story.state).toMatchObject({ stage: 'handling', tasks: [] })
    expect(story.last('task-finished')).toMatchObject({ task: story.last('task-opened').seq, result: '问题再次出现' })
  })

  it('X7: the second resolution starts the second cycle of the callback, with attempts counted anew', () => {
    const story = ticketIn('closing').acts(
      [lin, 'callback', { reached: false }],
      [lin, 'reopen'],
      [wang, 'plan'],
      [wang, 'complete'],
      [wang, 'verify'],
      [lin, 'confirm'],
    )
    expect(story.promise('callback')).toMatchObject({ cycle: 2, state: 'running' })
    expect(story.state.callbackAttempts).toBe(0)
  })

  it('X7: a broken callback stays broken when the ticket is reopened', () => {
    const story = ticketIn('closing').later('P2D').acts([lin, 'reopen'])
    expect(story.promise('callback')).toMatchObject({ state: 'broken', stoppedAt: story.now })
  })

  it('X7: the customer reopens their own; nobody once it is archived', () => {
    expect(ticketIn('follow-up', { by: zhou }).acts([zhou, 'reopen']).state.stage).toBe('handling')
    expect(ticketIn('follow-up').refusal(zhou, 'reopen')).toMatchObject({ code: 'not-yours' })
    expect(ticketIn('archived').refusal(chen, 'reopen')).toMatchObject({ kind: 'conflict', code: 'ended', params: { stage: 'archived' } })
  })

  it('X7: within the window, also when something still owed keeps the ticket open longer', () => {
    const story = ticketIn('follow-up').later('P8D')
    story.wake()
    expect(story.state.stage).toBe('follow-up')
    expect(story.refusal(lin, 'reopen')).toMatchObject({ kind: 'conflict' })
  })
})

describe('X7: withdrawal', () => {
  it('X7: the customer takes it back; everything promised or waited for ends', () => {
    const story = ticketIn('handling', { by: zhou }).acts([wang, 'wait', { until: '2026-04-01T00:00:00Z' }], [zhou, 'withdraw'])
    expect(story.state).toMatchObject({ stage: 'withdrawn', waiting: null, tasks: [] })
    expect(story.ahead()).toEqual({})
    expect(story.refusal(lin, 'contact')).toMatchObject({ kind: 'conflict', code: 'ended' })
  })

  it('X7: not once it is resolved', () => {
    expect(ticketIn('closing').refusal(lin, 'withdraw')).toMatchObject({ code: 'wrong-stage' })
  })
})

describe('归档: archiving', () => {
  it('when the reopening window is over and nothing is owed, at that instant', () => {
    const story = ticketIn('follow-up').acts([lin, 'callback'])
    const end = story.state.reopenableUntil ?? ''
    expect(story.ahead()).toEqual({ reopening: end })
    story.at(end).wake()
    expect(story.events.at(-1)).toMatchObject({ type: 'archived', occurredAt: end, stage: 'archived' })
    expect(story.ahead()).toEqual({})
    expect(story.refusal(lin, 'contact')).toMatchObject({ code: 'ended' })
  })

  it('not before the callback is made; then at once, stamped with that instant', () => {
    const story = ticketIn('follow-up').later('P20D')
    story.wake()
    expect(story.state.stage).toBe('follow-up')
    story.acts([lin, 'callback'])
    const done = story.now
    story.later('PT1M').wake()
    expect(story.events.at(-1)).toMatchObject({ type: 'archived', occurredAt: done })
  })

  it('not before the last task is finished; then at once, stamped with that instant', () => {
    const story = ticketIn('confirmation')
      .acts([lin, 'confirm', { outcome: 'partly', remark: '还有疑问' }], [wang, 'close'], [lin, 'callback'])
      .later('P20D')
    expect(story.wake()).toEqual([])
    story.acts([lin, 'finish-task', { task: story.last('task-opened').seq }])
    const done = story.now
    story.later('PT1M').wake()
    expect(story.events.at(-1)).toMatchObject({ type: 'archived', occurredAt: done })
  })

  it('a callback recorded late does not put the archiving before the record of it', () => {
    const story = ticketIn('follow-up')
    const called = plus(story.state.resolvedAt ?? '', 'PT1H')
    story.later('P20D').act(lin, 'callback', { occurredAt: called })
    const recorded = story.now
    story.wake()
    expect(story.events.at(-1)).toMatchObject({ type: 'archived', occurredAt: recorded })
  })

  it('without a reopening window a ticket is archived as soon as nothing is owed', () => {
    const story = ticketIn('follow-up', { policy: policyOf({ reopeningWindow: 'PT0S' }) }).acts([lin, 'callback'])
    story.wake()
    expect(story.state.stage).toBe('archived')
  })
})
