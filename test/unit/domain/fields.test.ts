import { describe, expect, it } from 'vitest'
import { checkFields, textLimits } from '../../../domain/fields.ts'
import type { ProfileField } from '../../../domain/profile/schema.ts'

const fields: ProfileField[] = [
  field({ id: 'errorText', kind: 'text', required: true }),
  field({ id: 'steps', kind: 'long-text' }),
  field({ id: 'occurredAt', kind: 'instant' }),
  field({ id: 'warrantyUntil', kind: 'date' }),
  field({ id: 'machines', kind: 'number', required: true }),
  field({ id: 'confirmed', kind: 'boolean' }),
  field({
    id: 'system',
    kind: 'choice',
    choices: [
      { id: 'erp', label: { 'zh-CN': 'ERP 系统', 'zh-TW': 'ERP 系統', en: 'ERP' } },
      { id: 'mail', label: { 'zh-CN': '邮件', 'zh-TW': '郵件', en: 'Mail' } },
    ],
  }),
]
const complete = { errorText: '0x80070005', machines: 3 }

describe("S2, T2: a type's own fields", () => {
  it('T2: keeps every kind in its canonical form', () => {
    const given = {
      ...complete,
      steps: '1. 打开\r\n2. 保存 ',
      occurredAt: '2023-10-01T14:30:00+08:00',
      warrantyUntil: ' 2027-02-28',
      confirmed: false,
      system: 'ＥＲＰ系統',
    }
    expect(checkFields(given, fields, { requireAll: true })).toEqual({
      ok: true,
      value: {
        ...complete,
        steps: '1. 打开\n2. 保存',
        occurredAt: '2023-10-01T06:30:00.000Z',
        warrantyUntil: '2027-02-28',
        confirmed: false,
        system: 'erp',
      },
    })
  })

  it('S2: every missing required field is named', () => {
    expect(errorsOf({ errorText: ' \n', machines: null })).toEqual([
      { path: 'fields.errorText', code: 'required' },
      { path: 'fields.machines', code: 'required' },
    ])
  })

  it('T4: what is added later need not be everything, and blank parts change nothing', () => {
    expect(checkFields({ system: 'mail', steps: '' }, fields, { requireAll: false })).toEqual({ ok: true, value: { system: 'mail' } })
  })

  it.each(['colour', '__proto__', 'toString'])('S2: the unknown field %s is refused with the known ones', (id) => {
    // As JSON brings it: even __proto__ is a key like any other.
    expect(errorsOf(Object.fromEntries([...Object.entries(complete), [id, 'red']]))).toEqual([
      { path: `fields.${id}`, code: 'unknown-field', params: { known: fields.map((known) => known.id) } },
    ])
  })

  it.each([
    ['errorText', 5, 'text'],
    ['steps', ['打开'], 'long-text'],
    ['occurredAt', '2023-10-01T14:30:00', 'instant'],
    ['occurredAt', '昨天', 'instant'],
    ['occurredAt', 1696142400000, 'instant'],
    ['warrantyUntil', '2027-02-29', 'date'],
    ['warrantyUntil', '2027年2月', 'date'],
    ['warrantyUntil', '2027-02-28T00:00:00Z', 'date'],
    ['machines', '3', 'number'],
    ['machines', Number.POSITIVE_INFINITY, 'number'],
    ['confirmed', 'true', 'boolean'],
    ['system', 1, 'choice'],
  ])('S2: %s does not take %j', (id, value, expected) => {
    expect(errorsOf({ ...complete, [id]: value })).toEqual([{ path: `fields.${id}`, code: 'wrong-kind', params: { expected } }])
  })

  it('S2: a choice that is not offered is refused with those that are', () => {
    expect(errorsOf({ ...complete, system: 'crm' })).toEqual([
      { path: 'fields.system', code: 'not-a-choice', params: { choices: ['erp', 'mail'] } },
    ])
  })

  it.each([
    ['errorText', textLimits.text],
    ['steps', textLimits['long-text']],
  ])('T2: %s holds %i characters, whatever their encoding, and no more', (id, limit) => {
    expect(errorsOf({ ...complete, [id]: '𠮷'.repeat(limit) })).toEqual([])
    expect(errorsOf({ ...complete, [id]: '𠮷'.repeat(limit + 1) })).toEqual([{ path: `fields.${id}`, code: 'too-long', params: { limit } }])
  })

  it('T2: an error text pasted from a log loses what no database keeps', () => {
    expect(checkFields({ ...complete, errorText: 'a\u0000b\ud800c' }, fields, { requireAll: true })).toMatchObject({
      value: { errorText: 'ab\uFFFDc' },
    })
  })

  it('S2: everything wrong is said at once', () => {
    expect(errorsOf({ colour: 'red', confirmed: 1, system: 'crm' }).map((error) => error.code)).toEqual([
      'unknown-field',
      'required',
      'required',
      'wrong-kind',
      'not-a-choice',
    ])
  })

  it('names a year that no row can hold', () => {
    for (const [id, given] of [
      ['occurredAt', '0000-06-01T00:00:00Z'],
      ['occurredAt', '9999-12-31T23:59:59-01:00'],
      ['warrantyUntil', '0000-02-28'],
    ] as const)
      expect(checkFields({ ...complete, [id]: given }, fields, { requireAll: true }), given).toEqual({
        ok: false,
        errors: [{ path: `fields.${id}`, code: 'bad-year' }],
      })
    for (const given of ['+010000-01-01T00:00:00Z', '10000-01-01T00:00:00Z'])
      expect(checkFields({ ...complete, occurredAt: given }, fields, { requireAll: true }), given).toMatchObject({
        errors: [{ path: 'fields.occurredAt', code: 'wrong-kind' }],
      })
  })

  it('reads histories of the time when a year could be any', () => {
    const given = { ...complete, occurredAt: '9999-12-31T23:59:59-01:00', warrantyUntil: '0000-02-28' }
    expect(checkFields(given, fields, { requireAll: false, anyYear: true })).toMatchObject({
      ok: true,
      value: { occurredAt: '+010000-01-01T00:59:59.000Z', warrantyUntil: '0000-02-28' },
    })
  })
})
function errorsOf(values: Readonly<Record<string, unknown>>) {
  const result = checkFields(values, fields, { requireAll: true })
  return result.ok ? [] : result.errors
}

function field(given: Pick<ProfileField, 'id' | 'kind'> & Partial<ProfileField>): ProfileField {
  return { label: { 'zh-CN': given.id, 'zh-TW': given.id, en: given.id }, required: false, ...given }
}
