import { describe, expect, it } from 'vitest'
import { calendarFrom } from '../../../domain/calendar/working-time.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import type { ProfileField } from '../../../domain/profile/schema.ts'
import { formChanges } from '../../../workflows/ticket/form-changes.ts'
import { lin, monday, office, policyOf, Story, techSupport, zhou } from '../../support/tickets.ts'

/** X10: a field that is required under a condition, while the form changes. */

const label = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en })
const fields: readonly ProfileField[] = [
  {
    id: 'nature',
    label: label('Nature'),
    kind: 'choice',
    required: true,
    choices: ['outage', 'defect'].map((id) => ({ id, label: label(id) })),
  },
  { id: 'errorCode', label: label('Error code'), kind: 'text', required: false, requiredWhen: { fields: { nature: 'defect' } } },
  { id: 'affected', label: label('Affected'), kind: 'number', required: false },
]
const profile = {
  ...techSupport,
  types: techSupport.types.map((type) => (type.id === 'software-fault' ? { ...type, fields: [...fields] } : type)),
}
const policy = policyFor(profile, 'software-fault', { version: 1, calendar: calendarFrom(office, monday) }) ?? policyOf()

const story = (values: object = { nature: 'outage' }) => new Story({ policy, by: zhou, submission: { fields: { ...values } } })
const corrects = (one: Story, values: object) => one.act(lin, 'correct', { reason: '登记有误', customer: undefined, fields: values })
const refused = (one: Story, values: object) => one.refusal(lin, 'correct', { reason: '登记有误', customer: undefined, fields: values })

describe('X10: what has come to be required', () => {
  it('X10: holds up no correction, and the review that calls the registration complete until it is there', () => {
    const one = story()
    corrects(one, { nature: 'defect' })
    expect(one.refusal(lin, 'review-intake')).toMatchObject({
      kind: 'invalid',
      errors: [{ path: 'fields.errorCode', code: 'required-by-now' }],
    })
    expect(one.refusalTo(lin, 'review-intake', { complete: false, missing: ['错误代码'] })).toBeUndefined()
    one.act(zhou, 'supplement', { fields: { errorCode: 'E42' } })
    one.act(lin, 'review-intake')
    expect(one.state.stage).toBe('triage')
  })

  it('X10: is not asked for where the condition is not so, or is so no longer', () => {
    expect(story().refusalTo(lin, 'review-intake', { complete: true })).toBeUndefined()
    const one = story()
    corrects(one, { nature: 'defect' })
    corrects(one, { nature: 'outage' })
    expect(one.refusalTo(lin, 'review-intake', { complete: true })).toBeUndefined()
  })

  it('X10: is not asked of tickets that began before the product knew whether it has a value', () => {
    const { factFields: _, ...older } = policy
    const one = new Story({ policy: older, submission: { fields: { nature: 'outage' } } })
    corrects(one, { nature: 'defect' })
    expect(one.refusalTo(lin, 'review-intake', { complete: true })).toBeUndefined()
  })
})

describe('X8: a correction that empties a field', () => {
  it('X8: says so in the log, and conditions hear of it', () => {
    const one = story({ nature: 'outage', errorCode: 'E42', affected: 12 })
    corrects(one, { affected: null })
    expect(one.last('corrected').changes.fields).toEqual({ affected: null })
    expect(formChanges(one.last('corrected'))).toEqual({ affected: null })
    corrects(one, { errorCode: null, affected: 3 })
    expect(one.last('corrected')).toMatchObject({ changes: { fields: { errorCode: null, affected: 3 } }, facts: { nature: 'outage' } })
    expect(one.state.facts).toEqual({ nature: 'outage' })
  })

  it('X8: is refused where it is required, always or by what else is said, or is not there', () => {
    const one = story({ nature: 'outage', errorCode: 'E42' })
    expect(refused(one, { nature: null })).toMatchObject({ errors: [{ path: 'fields.nature', code: 'required' }] })
    expect(refused(one, { nature: 'defect', errorCode: null })).toMatchObject({ errors: [{ path: 'fields.errorCode', code: 'required' }] })
    expect(refused(one, { colour: null })).toMatchObject({ errors: [{ path: 'fields.colour', code: 'unknown-field' }] })
    expect(refused(one, { affected: ' ' })).toMatchObject({ errors: [{ path: 'fields', code: 'nothing-to-change' }] })
  })
})
