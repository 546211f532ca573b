import { describe, expect, it } from 'vitest'
import { chen, lin, qian, ticketIn, wang, zhao } from '../../support/tickets.ts'

describe('T9: internal verification', () => {
  it('T9: a failure returns to handling and is counted', () => {
    const story = ticketIn('verification').acts([zhao, 'verify', { passed: false, sideEffectsChecked: false, remark: '导出仍然报 500' }])
    expect(story.state).toMatchObject({ stage: 'handling', completion: null, counts: { failedVerifications: 1 } })
    expect(story.last('verified')).toMatchObject({ passed: false, method: '回归测试', remark: '导出仍然报 500' })
    expect(story.acts([wang, 'complete'], [wang, 'verify']).state).toMatchObject({
      stage: 'confirmation',
      counts: { failedVerifications: 1 },
    })
  })

  it('T9: passed, the customer is asked', () => {
    const story = ticketIn('verification').acts([qian, 'verify'])
    expect(story.state).toMatchObject({ stage: 'confirmation', confirmationAskedAt: story.now })
    expect(story.notices(story.last('verified'))).toEqual([
      { kind: 'confirmation-requested', recipient: { kind: 'customer' }, params: { number: 'TS20260302001' } },
    ])
  })

  it('T9: without a look at side effects it does not pass', () => {
    expect(ticketIn('verification').refusal(wang, 'verify', { sideEffectsChecked: false })).toMatchObject({
      errors: [{ path: 'sideEffectsChecked', code: 'true-for-outcome' }],
    })
  })

  it('T9: any tester may verify, an agent who does not have it may not', () => {
    expect(ticketIn('verification').refusal(lin, 'verify')).toMatchObject({
      kind: 'forbidden',
      code: 'not-yours',
      params: { holder: 'wang' },
    })
    expect(ticketIn('verification').acts([chen, 'verify']).state.stage).toBe('confirmation')
  })

  it('T9: verifying ends whatever was waited for', () => {
    const story = ticketIn('verification').acts([wang, 'wait', { for: 'department' }], [wang, 'verify'])
    expect(story.state.waiting).toBeNull()
  })
})
