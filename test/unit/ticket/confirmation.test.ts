import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { chen, lin, mei, policyOf, ticketIn, wang, zhou } from '../../support/tickets.ts'

describe("T10: the customer's answer", () => {
  it('T10, T12: solved goes to closing and promises the callback within 24 h', () => {
    const story = ticketIn('confirmation').acts([mei, 'confirm', { satisfaction: 4, proof: '通话录音 0302-17' }])
    expect(story.state).toMatchObject({
      stage: 'closing',
      resolvedAt: story.now,
      confirmation: { outcome: 'solved', satisfaction: 4, seq: story.state.version },
    })
    expect(story.promise('callback')).toMatchObject({ cycle: 1, state: 'running', startedAt: story.now, dueAt: plus(story.now, 'PT24H') })
  })

  it('T10: partly passes with a remark, and the open question becomes a task of the representative', () => {
    const story = ticketIn('confirmation')
    expect(story.refusal(lin, 'confirm', { outcome: 'partly' })).toMatchObject({
      errors: [{ path: 'remark', code: 'required-for-outcome', params: { outcome: 'partly' } }],
    })
    story.acts([lin, 'confirm', { outcome: 'partly', remark: '导出仍然偏慢' }])
    const task = story.last('task-opened')
    expect(task).toMatchObject({ kind: 'open-question', text: '导出仍然偏慢', owner: 'lin' })
    expect(story.state).toMatchObject({ stage: 'closing', tasks: [{ id: task.seq, owner: 'lin' }] })
    expect(story.notices(task)).toEqual([
      { kind: 'task-opened', recipient: { kind: 'person', id: 'lin' }, params: { number: 'TS20260302001', text: '导出仍然偏慢' } },
    ])
  })

  it('T10: what a customer registered alone is represented by who reviewed it, and so is the open question', () => {
    const story = ticketIn('confirmation', { by: zhou }).acts([zhou, 'confirm', { outcome: 'partly', remark: '还有疑问' }])
    expect(story.state.representative).toBe('lin')
    expect(story.last('task-opened').owner).toBe('lin')
  })

  it('T10: a task is finished once, by its id', () => {
    const story = ticketIn('confirmation').acts([lin, 'confirm', { outcome: 'partly', remark: '导出仍然偏慢' }])
    const { seq } = story.last('task-opened')
    expect(story.refusal(lin, 'finish-task', { task: seq + 1 })).toMatchObject({
      errors: [{ path: 'task', code: 'not-a-choice', params: { choices: [String(seq)] } }],
    })
    expect(story.acts([lin, 'finish-task', { task: seq }]).state.tasks).toEqual([])
    expect(story.refusal(lin, 'finish-task', { task: seq })).toMatchObject({ kind: 'conflict', code: 'no-task' })
  })

  it('T10: unsolved returns to handling and demands a new plan with a new deadline', () => {
    const story = ticketIn('confirmation').acts([lin, 'confirm', { outcome: 'unsolved', remark: '仍然保存失败' }])
    expect(story.state).toMatchObject({
      stage: 'handling',
      replan: true,
      agreedDueAt: null,
      completion: null,
      resolvedAt: null,
      counts: { unsolved: 1 },
    })
    expect(story.refusal(wang, 'complete')).toMatchObject({ kind: 'conflict', code: 'plan-needed' })
    story.acts(
      [wang, 'diagnose', { summary: '缓存未失效' }],
      [wang, 'plan', { estimatedFinishAt: '2026-03-05T10:00:00Z' }],
      [wang, 'complete'],
    )
    expect(story.state).toMatchObject({ stage: 'verification', replan: false, agreedDueAt: '2026-03-05T10:00:00.000Z' })
  })

  it('T10: a profile that never wants a plan lets the handler complete again at once', () => {
    const story = ticketIn('confirmation', { policy: policyOf({ planBeforeCompletion: 'never' }) }).acts(
      [lin, 'confirm', { outcome: 'unsolved' }],
      [wang, 'complete'],
    )
    expect(story.state.stage).toBe('verification')
  })

  it('T10: nothing but the three outcomes, through a channel of the profile', () => {
    const story = ticketIn('confirmation')
    expect(story.refusal(lin, 'confirm', { outcome: 'perhaps' })).toMatchObject({
      errors: [{ path: 'outcome', code: 'not-a-choice', params: { choices: ['solved', 'partly', 'unsolved'] } }],
    })
    expect(story.refusal(lin, 'confirm', { channel: 'pigeon' })).toMatchObject({ errors: [{ path: 'channel', code: 'not-a-choice' }] })
  })

  it('T10: the customer answers for themselves, on their own ticket only', () => {
    expect(ticketIn('confirmation', { by: zhou }).acts([zhou, 'confirm']).state.stage).toBe('closing')
    expect(ticketIn('confirmation').refusal(zhou, 'confirm')).toMatchObject({ code: 'not-yours' })
  })

  it('T10: where the profile wants no report a positive answer closes at once, with the same figures', () => {
    const policy = policyOf({ closingReport: false })
    const story = ticketIn('confirmation', { policy }).acts(
      [lin, 'wait'],
      [lin, 'confirm', { outcome: 'partly', remark: '还有疑问', satisfaction: 4 }],
    )
    expect(story.events.slice(-4).map(({ type }) => type)).toEqual(['waiting-ended', 'confirmed', 'task-opened', 'closed'])
    expect(story.state).toMatchObject({ stage: 'follow-up', closedAt: story.now })
    const closed = story.last('closed')
    expect(closed).toMatchObject({
      satisfaction: 4,
      confirmation: story.last('confirmed').seq,
      completion: story.last('completed').seq,
      handler: 'wang',
    })
    expect(story.state.confirmation?.seq).toBe(closed.confirmation)
    const unsolved = ticketIn('confirmation', { policy }).acts([lin, 'confirm', { outcome: 'unsolved' }])
    expect(unsolved.state.stage).toBe('handling')
  })

  it('T10: open questions of many reopenings do not pile up without end', () => {
    const story = ticketIn('confirmation')
    const remark = '疑问'.repeat(250)
    for (let round = 0; round < 60; round += 1) {
      if (story.try(lin, 'confirm', { outcome: 'partly', channel: 'phone', remark }) !== undefined) break
      story.acts([chen, 'reopen'], [wang, 'plan'], [wang, 'complete'], [wang, 'verify'])
    }
    expect(Buffer.byteLength(JSON.stringify(story.state))).toBeLessThan(8_000)
  })
})
