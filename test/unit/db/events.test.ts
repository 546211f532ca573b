import { expect, it } from 'vitest'
import { withoutSecrets, type EventEntry } from '../../../db/events.ts'

/** What people are told of an event. */

const said = (type: string, data: EventEntry['data']): unknown => withoutSecrets({ ...around, type, data }).data
const around = { seq: 3, at: '', occurredAt: '', actor: 'system', requestId: null, stage: 'handling', promises: [] }
const masked = { phone: '138****5678', email: null }
const contact = { sealed: 'v1.abc', masked, keys: ['k1'] }

it('S3: of a sealed contact only the mask, whichever event of whichever type carries it, and wherever', () => {
  expect(said('corrected', { reason: '号码有误', changes: { title: '标题', contact } })).toEqual({
    reason: '号码有误',
    changes: { title: '标题', contact: { masked } },
  })
  expect(said('lender-named', { contact, others: [contact, null, 'plain'] })).toEqual({
    contact: { masked },
    others: [{ masked }, null, 'plain'],
  })
})

it('fields that an organisation calls so are no sealed contact', () => {
  const fields = { sealed: '是', masked: '否' }
  expect(said('supplemented', { fields, text: null })).toEqual({ fields, text: null })
})

it('of a calendar only the version, where it is what happened', () => {
  expect(said('calendar-changed', { version: 3, moved: 1, calendar: { id: 'cn', days: {} } })).toEqual({ version: 3, moved: 1 })
  expect(said('submitted', { calendar: { id: 'cn', version: 2 } })).toEqual({ calendar: { id: 'cn', version: 2 } })
})
