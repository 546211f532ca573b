import { describe, expect, it } from 'vitest'
import { commandNamed, lin, qian, ticketIn, wang, zhao, zhou } from '../../support/tickets.ts'

describe('X8: corrections', () => {
  const sealed = { sealed: 'v1.k1.abc', masked: { phone: '138****5678', email: null }, keys: ['h1'] }

  it('X8: facts, contact and fields are corrected in the open, with the reason', () => {
    const story = ticketIn('handling')
    story.act(lin, 'correct', { title: '订单无法保存', contact: sealed, fields: { errorText: '0x80070005' } })
    expect(story.last('corrected')).toMatchObject({
      reason: '公司名写错',
      changes: { title: '订单无法保存', customer: { company: '海鸥科技' }, contact: sealed, fields: { errorText: '0x80070005' } },
      actor: 'lin',
    })
    expect(story.state.stage).toBe('handling')
  })

  it('S3: contact details in clear never reach the process', () => {
    expect(ticketIn('handling').refusal(lin, 'correct', { customer: { phone: '13812345678' } })).toMatchObject({
      errors: [{ path: 'customer.phone', code: 'unknown-field' }],
    })
    expect(commandNamed('correct').input.safeParse({ reason: '号码写错', customer: { phone: '13812345678' } }).success).toBe(true)
  })

  it('X8: a correction corrects something', () => {
    expect(ticketIn('handling').refusal(lin, 'correct', { customer: {} })).toMatchObject({ errors: [{ code: 'nothing-to-change' }] })
    expect(ticketIn('handling').refusal(lin, 'correct', { customer: undefined, fields: { errorText: '  ' } })).toMatchObject({
      errors: [{ code: 'nothing-to-change' }],
    })
    expect(ticketIn('handling').refusal(lin, 'correct', { reason: undefined })).toMatchObject({
      errors: [{ path: 'reason', code: 'required' }],
    })
  })

  it('X8: an engineer corrects the ticket they have', () => {
    expect(ticketIn('handling').acts([wang, 'correct']).last('corrected').actor).toBe('wang')
    expect(ticketIn('handling').refusal(zhao, 'correct')).toMatchObject({ code: 'not-yours' })
  })
})

describe('S3: looking at contact details', () => {
  it('S3, T2: whoever looks is on record, and only those may who speak with the customer or have the ticket', () => {
    const story = ticketIn('handling').acts([wang, 'reveal'])
    expect(story.last('contact-revealed')).toMatchObject({ actor: 'wang', reason: '回电' })
    expect(story.refusal(zhao, 'reveal')).toMatchObject({ code: 'not-yours' })
    expect(story.refusal(qian, 'reveal')).toMatchObject({ code: 'wrong-role' })
    expect(story.refusal(zhou, 'reveal')).toMatchObject({ code: 'wrong-role' })
  })
})
