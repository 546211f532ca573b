import { describe, expect, it } from 'vitest'
import { mailedValues } from '../../../delivery/field-values.ts'
import { fieldsInWords } from '../../../domain/notices/field-values.ts'
import { fillWithout } from '../../../domain/notices/without.ts'
import { locales } from '../../../domain/labels.ts'
import type { ProfileField } from '../../../domain/profile/schema.ts'
import { expectLinear } from '../../support/growth.ts'

/** X10: fields of the form as mails say them. */

const said = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })
const field = (id: string, kind: ProfileField['kind'], more: Partial<ProfileField> = {}): ProfileField => ({
  id,
  label: said(id),
  kind,
  required: false,
  ...more,
})
const fields: readonly ProfileField[] = [
  field('text', 'text'),
  field('story', 'long-text'),
  field('day', 'date'),
  field('at', 'instant'),
  field('count', 'number'),
  field('ok', 'boolean'),
  field('size', 'choice', { choices: [{ id: 'large', label: { 'zh-CN': '大', 'zh-TW': '大型', en: 'Large' } }] }),
  field('secret', 'text', { internal: true }),
]
const values = { text: '甲', day: '2026-03-20', at: '2026-03-20T01:30:00.000Z', count: 12.5, ok: false, size: 'large', secret: '毛利低' }
const telling = { fields, values, audience: 'staff', zone: 'Asia/Shanghai', now: '2026-03-01T00:00:00.000Z', part: 'text' } as const

describe('X10: a field in a notice', () => {
  it('X10: reads as people write it, in the language of the reader', () => {
    const inEach = locales.map((language) => fieldsInWords({ ...telling, language }))
    expect(inEach.map((filling) => [filling['field.size'], filling['field.ok'], filling['field.day'], filling['field.at']])).toEqual([
      ['大', '否', '3月20日（周五）', '3月20日（周五）09:30 北京时间'],
      ['大型', '否', '3月20日（週五）', '3月20日（週五）09:30 北京時間'],
      ['Large', 'no', 'Fri 20 Mar', 'Fri 20 Mar, 09:30 Beijing time'],
    ])
    expect(inEach[0]).toMatchObject({ 'field.text': '甲', 'field.count': '12.5', 'field.secret': '毛利低' })
    expect(fieldsInWords({ ...telling, language: 'en', part: 'subject' })['field.at']).toBe('Fri 20 Mar, 09:30')
  })

  it('X10: that is internal is nothing for customers; a choice that the profile has no more stays its id', () => {
    expect(fieldsInWords({ ...telling, audience: 'customer', language: 'zh-CN' })).not.toHaveProperty(['field.secret'])
    expect(fieldsInWords({ ...telling, values: { size: 'huge' }, language: 'zh-CN' })).toEqual({ 'field.size': 'huge' })
  })

  it('X10: that is empty leaves out its brackets, and elsewhere is said to be empty', () => {
    const filled = (text: string, language: (typeof locales)[number]) =>
      fillWithout(text, fieldsInWords({ ...telling, values: {}, language }), { language, reader: 'staff' })
    expect(filled('订单：{field.text}[，共 {field.count} 件]', 'zh-CN')).toBe('订单：未填写')
    expect(filled('訂單：{field.text}', 'zh-TW')).toBe('訂單：未填寫')
    expect(filled('Order: {field.text}', 'en')).toBe('Order: not given')
  })

  it('X10: holds no template of its own', () => {
    const filling = fieldsInWords({ ...telling, values: { text: '[{field.secret}] {number}' }, language: 'zh-CN' })
    expect(fillWithout('[：{field.text}]', { ...filling, number: 'N1' }, { language: 'zh-CN', reader: 'staff' })).toBe(
      '：[{field.secret}] {number}',
    )
  })

  it('X10: has contacts masked, and no more of it than one reads in a mail', () => {
    const mailed = mailedValues(
      { text: '请联系 13812345678 或 wang@example.com', size: 'large', story: '长'.repeat(20_000), count: 13812345678 },
      fields,
    )
    expect(mailed).toMatchObject({ size: 'large', count: 13812345678 })
    expect(String(mailed['text'])).not.toMatch(/13812345678|wang@example/)
    expect(String(mailed['story'])).toHaveLength(2_001)
  })

  it('is masked in time that grows with its length alone', () => {
    const words = (length: number) => ({ story: '1 a@b.'.repeat(length) })
    expectLinear('masking a field', 2_000, words, (values) => mailedValues(values, fields))
  })
})
