import { ticketTable } from '../../../processes/ticket/table.ts'
import { describe, expect, it } from 'vitest'
import { eventForCustomer } from '../../../api/views/ticket-for-customer.ts'
import { projectedRows } from '../../../db/projected-rows.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { lin, policyOf, Story, system, ticketIn, wang } from '../../support/tickets.ts'

const vip = { id: 'vip', label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' } }
const frequent = { id: 'frequent-complaint', label: { 'zh-CN': '高频投诉客户', 'zh-TW': '高頻投訴客戶', en: 'Complains often' } }
const policy = policyOf({ customerTags: [vip, frequent] })

describe('S4: customer tags', () => {
  it('S4: a new ticket asks which tags its customer has; where the profile has none it asks nothing', () => {
    const { state } = new Story({ policy })
    expect(ticketProcess.asks(null, state, policy)).toEqual([
      { kind: 'tag-customer', question: { number: 'TS20260302001', version: 1, tags: [] } },
    ])
    expect(ticketProcess.asks(null, state, policyOf())).toEqual([])
  })

  it('S4, X8: it asks again when its customer turns out to be another one, once the rows know them', () => {
    const story = new Story({ policy })
    story.try(system, 'tag-customer', { tags: ['vip'] })
    const contact = { sealed: 'v1.x', masked: { phone: '138****5678', email: null }, keys: ['k'] }
    story.acts([lin, 'supplement'], [lin, 'correct'])
    for (const event of story.events) expect(ticketProcess.asks(event, story.state, policy)).toEqual([])
    expect(story.try(lin, 'correct', { reason: '号码记错', contact })).toBeUndefined()
    expect(ticketProcess.asks(story.last('corrected'), story.state, policy)).toEqual([
      { kind: 'tag-customer', question: { number: 'TS20260302001', version: story.last('corrected').seq, tags: ['vip'] } },
    ])
  })

  it('S4: the answer is on record with its labels, and replaces what was there', () => {
    const story = new Story({ policy })
    expect(story.try(system, 'tag-customer', { tags: ['frequent-complaint', 'vip'] })).toBeUndefined()
    expect(story.last('customer-tagged')).toMatchObject({ tags: [vip, frequent], actor: 'system' })
    expect(story.state.customerTags).toEqual(['vip', 'frequent-complaint'])
    expect(story.try(system, 'tag-customer', { tags: ['vip'] })).toBeUndefined()
    expect(story.state.customerTags).toEqual(['vip'])
    expect(story.try(system, 'tag-customer', { tags: ['vip'] })).toMatchObject({ errors: [{ path: 'tags', code: 'nothing-to-change' }] })
    expect(story.try(system, 'tag-customer', { tags: ['rich'] })).toMatchObject({ errors: [{ path: 'tags[0]', code: 'not-a-choice' }] })
    expect(story.try(system, 'tag-customer', { tags: [] })).toBeUndefined()
    expect(story.state.customerTags).toEqual([])
  })

  it("S4, T15: the solution's tags and the customer's stand apart in the rows, whichever comes first", () => {
    const story = ticketIn('handling', { policy }).acts([wang, 'complete'])
    story.try(system, 'tag-customer', { tags: ['vip'] })
    const { told } = projectedRows(ticketTable, story.events, story.state, () => [])
    expect(Object.fromEntries(told)).toEqual({ tags: ['订单保存'], customerTags: ['vip', 'VIP客户', 'VIP客戶', 'VIP customer'] })
  })

  it('S4: the customer never sees it', () => {
    const story = new Story({ policy })
    story.try(system, 'tag-customer', { tags: ['vip'] })
    expect(eventForCustomer({ ...story.last('customer-tagged') }, story.state.requester, () => true)).toEqual([])
  })
})
