import { describe, expect, it } from 'vitest'
import { outlook } from '../../../workflows/ticket/outlook.ts'
import { chen, gu, lin, root, techSupport, ticketIn, wang } from '../../support/tickets.ts'

describe('诊断与定级', () => {
  it('T4: the diagnosis report names the module, says whether it was reproduced, and ends triage', () => {
    const story = ticketIn('triage')
    story.act(lin, 'diagnose', { module: '业务功能', remoteSession: '远程协助 20 分钟', suspectedCause: '空指针', needs: ['服务器日志'] })
    expect(story.last('diagnosed')).toMatchObject({
      module: 'business-functions',
      reproduced: true,
      remoteSession: '远程协助 20 分钟',
      suspectedCause: '空指针',
      needs: ['服务器日志'],
      stage: 'assignment',
    })
    expect(story.state).toMatchObject({ stage: 'assignment', diagnosis: { module: 'business-functions', reproduced: true } })
  })

  it.each(['问题', '其他', 'error', '？？'])('T15: the module %s says nothing and is refused with the reason', (module) => {
    expect(ticketIn('triage').refusal(lin, 'diagnose', { module })).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'module', code: 'empty-word' }],
    })
  })

  it('T4: the customer is asked for more, and the stage waits for them', () => {
    const story = ticketIn('triage').acts([lin, 'wait', { reason: '请客户提供错误代码' }])
    expect(story.state).toMatchObject({ stage: 'triage', waiting: { for: 'customer', reason: '请客户提供错误代码' } })
    expect(story.refusal(lin, 'wait')).toMatchObject({ kind: 'conflict', code: 'already-waiting', params: { for: 'customer' } })
  })

  it('T10: in handling a new diagnosis leaves the stage as it is', () => {
    const story = ticketIn('handling').acts([wang, 'diagnose', { summary: '其实是缓存', module: 'login' }])
    expect(story.state).toMatchObject({ stage: 'handling', diagnosis: { module: 'login' } })
  })
})

describe.each(techSupport.priorities)('T5: the emergency review of a ticket of priority $id', ({ id, reviewMeeting }) => {
  const inTriage = () => ticketIn('triage', { submission: { priority: id } })

  it(reviewMeeting ? 'must be held before assignment' : 'is not needed', () => {
    const story = inTriage().acts([lin, 'diagnose'])
    expect(story.state).toMatchObject(
      reviewMeeting ? { stage: 'triage', reviewMeetingNeeded: true } : { stage: 'assignment', reviewMeetingNeeded: false },
    )
    if (reviewMeeting) expect(story.refusal(chen, 'assign')).toMatchObject({ code: 'wrong-stage' })
    else
      expect(inTriage().refusal(chen, 'record-review-meeting')).toMatchObject({
        kind: 'conflict',
        code: 'no-review-meeting',
        params: { priority: id },
      })
  })
})

describe('T5: 紧急会议', () => {
  const urgent = () => ticketIn('triage', { submission: { priority: 'urgent' } })

  it('T5: records who took part, the decision and the minutes; priority and deadline hold from then on', () => {
    const story = urgent().acts([lin, 'diagnose'])
    story.act(gu, 'record-review-meeting', { priority: 'high', dueAt: '2026-03-03T10:00:00+08:00' })
    expect(story.last('review-meeting-recorded')).toMatchObject({
      participants: ['chen', 'wang'],
      decision: '维持紧急，今晚修复',
      minutes: '影响三个客户。',
      dueAt: '2026-03-03T02:00:00.000Z',
    })
    expect(story.state).toMatchObject({
      stage: 'assignment',
      priority: 'high',
      agreedDueAt: '2026-03-03T02:00:00.000Z',
      reviewMeetingNeeded: false,
    })
  })

  it('T5: held before the diagnosis, it is not demanded again', () => {
    const story = urgent().acts([chen, 'record-review-meeting'])
    expect(story.state).toMatchObject({ stage: 'triage', reviewMeetingNeeded: false })
    expect(story.acts([lin, 'diagnose']).state).toMatchObject({ stage: 'assignment', reviewMeetingNeeded: false })
  })

  it('T5: one that was called is held also when the priority has been lowered since, and lets the ticket go on', () => {
    const story = urgent().acts(
      [lin, 'diagnose'],
      [chen, 'request-priority-change', { priority: 'medium' }],
      [root, 'decide-priority-change'],
    )
    expect(story.state).toMatchObject({ stage: 'triage', priority: 'medium' })
    expect(outlook(story.state, story.policy).steps).toEqual(['record-review-meeting'])
    expect(story.acts([chen, 'record-review-meeting', { priority: 'medium' }]).state.stage).toBe('assignment')
  })

  it('T5: needs people, a known priority and a deadline to come', () => {
    const story = urgent()
    expect(story.refusal(chen, 'record-review-meeting', { participants: [] })).toMatchObject({
      errors: [{ path: 'participants', code: 'too-small' }],
    })
    expect(story.refusal(chen, 'record-review-meeting', { priority: 'P1' })).toMatchObject({
      errors: [{ path: 'priority', code: 'not-a-choice' }],
    })
    expect(story.refusal(chen, 'record-review-meeting', { dueAt: story.now })).toMatchObject({
      errors: [{ path: 'dueAt', code: 'not-after-now' }],
    })
    expect(story.refusal(lin, 'record-review-meeting')).toMatchObject({ kind: 'forbidden', code: 'wrong-role' })
  })
})
