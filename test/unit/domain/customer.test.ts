import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkCustomer,
  clearTexts,
  contactKeys,
  contactOf,
  customerSchema,
  findableKeys,
  holdsContact,
  maskContact,
  soughtKeys,
  wholeCustomer,
  type Customer,
} from '../../../domain/customer.ts'
import type { FieldError } from '../../../domain/rejection.ts'

describe('S3: the customer block', () => {
  it('S3: keeps what is written, and null for what is blank', () => {
    expect(checkCustomer({ name: ' 张三 ', company: '', phone: '138 1234 5678' })).toEqual({
      ok: true,
      value: { name: '张三', company: null, account: null, phone: '138 1234 5678', email: null },
    })
  })

  it.each([
    ['a name and a phone', { name: '张三', phone: '13812345678' }],
    ['a name and an address', { name: '张三', email: 'zhang@example.com' }],
    ['an account instead of a name', { account: 'u-1024', phone: '13812345678' }],
  ])('S3: %s are enough', (_what, block) => {
    expect(checkCustomer(block).ok).toBe(true)
  })

  it('S3: says at once that nobody is named and nobody can be reached', () => {
    expect(errorsOf({ company: '某公司', name: '  ' })).toEqual([
      { path: 'customer.name', code: 'required' },
      { path: 'customer.phone', code: 'contact-missing' },
    ])
  })

  it('S3: a wrong phone is refused even when the address would do, and the other way round', () => {
    expect(errorsOf({ name: '张三', phone: '138123', email: 'zhang@example.com' })).toEqual([{ path: 'customer.phone', code: 'bad-phone' }])
    expect(errorsOf({ name: '张三', phone: '13812345678', email: 'zhang@' })).toEqual([{ path: 'customer.email', code: 'bad-email' }])
    expect(errorsOf({ name: '张三', phone: '12', email: 'x' }).map((error) => error.code)).toEqual(['bad-phone', 'bad-email'])
  })

  it('S3: a name of a thousand letters is refused with the limit', () => {
    expect(errorsOf({ name: '张'.repeat(1000), phone: '13812345678' })).toEqual([
      { path: 'customer.name', code: 'too-long', params: { limit: 254 } },
    ])
  })

  it('S3: what is too long is refused for its length, and nothing else looks at it', () => {
    const blanks = `1${' '.repeat(80_000)}x`
    const before = performance.now()
    expect(errorsOf({ name: blanks, company: blanks, account: blanks, phone: blanks, email: `a@${blanks}` })).toEqual(
      ['name', 'company', 'account', 'phone', 'email'].map((key) => ({
        path: `customer.${key}`,
        code: 'too-long',
        params: { limit: 254 },
      })),
    )
    expect(performance.now() - before).toBeLessThan(50)
    expect(customerSchema.safeParse({ phone: blanks }).success).toBe(false)
  })

  it.each([
    '1 ',
    ' ',
    '-',
    '(',
    '+',
    '1-',
    '0)',
    '138 1234 5678 ',
    '010-6552 9988-',
    '转',
    ';ext=',
    '1,',
    'a@',
    '@',
    'a.',
    '\u202d',
    '\ufdfa',
    '１',
    '01 ',
    '+1 ',
    '0',
    '00 1 ',
    '一',
    '9 0 1 ',
    '"@',
    'a@b.',
    '𝟎',
  ])('S3: no text keeps the block busy, however often %j is repeated', (piece) => {
    const most = piece.repeat(254).slice(0, 254)
    const before = performance.now()
    for (const text of [most, `1${most}`, `${most}x`, `0${most}1`]) {
      checkCustomer({ name: text, company: text, account: text, phone: text, email: text })
      maskContact({ phone: text, email: text, account: text })
      soughtKeys(text)
    }
    expect(performance.now() - before).toBeLessThan(1_000)
  })

  it('S3: names, companies and accounts stand in one line, are read as they are stored, and are not invisible', () => {
    const { name, company } = block({ name: '张\r\n三\u202e', company: ' 某\u2028公司\u0000 ', phone: '13812345678' })
    expect({ name, company }).toEqual({ name: '张 三', company: '某 公司' })
    expect(errorsOf({ name: '\u200b\u3164\u2800', account: '\u202a', phone: '13812345678' })).toEqual([
      { path: 'customer.name', code: 'required' },
    ])
  })

  it('S3: an unknown part of the block is refused', () => {
    expect(customerSchema.safeParse({ name: '张三', mobile: '13812345678' }).success).toBe(false)
  })
})

describe('S3: valid phones, and the key they are matched by', () => {
  it.each([
    ['13812345678', 'tel:+8613812345678'],
    ['+86 138-1234-5678', 'tel:+8613812345678'],
    ['0086 13812345678', 'tel:+8613812345678'],
    ['１３８１２３４５６７８', 'tel:+8613812345678'],
    ['14912345678', 'tel:+8614912345678'],
    ['010-12345678', 'tel:+861012345678'],
    ['（021）12345678', 'tel:+862112345678'],
    ['+86 (0)21 12345678', 'tel:+862112345678'],
    ['400-810-8888', 'tel:+864008108888'],
    ['010-12345678转801', 'tel:+861012345678;ext=801'],
    ['010-12345678 分機 801', 'tel:+861012345678;ext=801'],
    ['010-12345678-801', 'tel:+861012345678;ext=801'],
    ['+86 10 12345678-801', 'tel:+861012345678;ext=801'],
    ['010-12345678 ext. 801', 'tel:+861012345678;ext=801'],
    ['010-6552 9988-8001', 'tel:+861065529988;ext=8001'],
    ['(010)6552 9988-8001', 'tel:+861065529988;ext=8001'],
    ['（0571）8765 4321', 'tel:+8657187654321'],
    ['+852 9123 4567', 'tel:+85291234567'],
    ['+853 6612 3456', 'tel:+85366123456'],
    ['+886 912 345 678', 'tel:+886912345678'],
    ['+886-2-2345-6789', 'tel:+886223456789'],
    ['+1 415 555 2671', 'tel:+14155552671'],
  ])('S3: %s', (phone, key) => {
    expect(checkCustomer({ name: '张三', phone })).toMatchObject({ ok: true, value: { phone: phone.trim() } })
    expect(contactKeys({ phone })).toEqual([key])
  })

  it.each([
    ['a mobile with a digit missing', '1381234567'],
    ['a mobile with a digit too many', '138123456789'],
    ['a landline without area code', '12345678'],
    ['a number that nobody has', '12345678901'],
    ['a country that does not exist', '+99 123456789'],
    ['words', '打我手机'],
    ['a phone within a sentence', '电话13812345678'],
    ['a short code', '110'],
  ])('S3: %s is refused', (_what, phone) => {
    expect(errorsOf({ name: '张三', phone })).toEqual([{ path: 'customer.phone', code: 'bad-phone' }])
    expect(contactKeys({ phone })).toEqual([])
  })

  it.each([
    ['\u202d138 1234 5678\u202c', '138 1234 5678', 'tel:+8613812345678'],
    ['\u2068+86 138 1234 5678\u2069', '+86 138 1234 5678', 'tel:+8613812345678'],
    ['\u200e13812345678\u200b', '13812345678', 'tel:+8613812345678'],
    ['tel:13812345678', '13812345678', 'tel:+8613812345678'],
    ['TEL: +86-138-1234-5678', '+86-138-1234-5678', 'tel:+8613812345678'],
    ['tel:+86-10-65529988;ext=8001', '+86-10-65529988;ext=8001', 'tel:+861065529988;ext=8001'],
  ])('S3: %j, as phones and browsers copy it, is kept as %s', (phone, keptAs, key) => {
    expect(checkCustomer({ name: '张三', phone })).toMatchObject({ ok: true, value: { phone: keptAs } })
    expect(contactKeys({ phone })).toEqual([key])
  })

  it('S3: an address is kept without what browsers copy around it', () => {
    expect(checkCustomer({ name: '张三', email: 'mailto:zhang@example.com\u200b' })).toMatchObject({
      value: { email: 'zhang@example.com' },
    })
  })

  it.each([
    '13812345678/13912345678',
    '13812345678;13912345678',
    '13812345678；13912345678',
    '13812345678, 13912345678',
    '13812345678、010-65529988',
    '13812345678 13912345678',
    '138 1234 5678 139 1234 5678',
    '13812345678或13912345678',
    '010-65529988-8001 / 13912345678',
  ])('S3: two numbers in one field, %s, are refused as two', (phone) => {
    expect(errorsOf({ name: '张三', phone })).toEqual([{ path: 'customer.phone', code: 'several-phones' }])
    expect(contactKeys({ phone })).toEqual([])
  })

  it('S3: a landline saved with its extension is found by the number that caller ID gives, and by the whole of it', () => {
    const saved = findableKeys({ phone: '010-6552 9988-8001' })
    const finds = (said: string) => soughtKeys(said).contacts.some((key) => saved.includes(key))
    expect(finds('01065529988')).toBe(true)
    expect(finds('+86 10 6552 9988')).toBe(true)
    expect(finds('010-65529988转8001')).toBe(true)
    expect(finds('010-65529988转8002')).toBe(false)
    // Whose switchboard it is makes two customers the same no more than it did.
    expect(contactKeys({ phone: '01065529988' }).some((key) => saved.includes(key))).toBe(false)
  })

  it('S4: colleagues behind one switchboard are different customers', () => {
    expect(contactKeys({ phone: '010-12345678转801' })).not.toEqual(contactKeys({ phone: '010-12345678转802' }))
  })

  it('S4: an address matches whatever its case, and an account that is a phone matches that phone', () => {
    expect(contactKeys({ phone: null, email: 'Zhang.San@Example.com' })).toEqual(['mailto:zhang.san@example.com'])
    expect(contactKeys({ phone: '138 1234 5678', email: 'z@example.com', account: '13812345678' })).toEqual([
      'tel:+8613812345678',
      'mailto:z@example.com',
    ])
    expect(contactKeys({ account: ' U-1024 ' })).toEqual(['account:u-1024'])
  })
})

describe('S3: who may not see contacts sees a mask', () => {
  it.each([
    ['13812345678', '138****5678'],
    ['+86 138 1234 5678', '138****5678'],
    ['010-12345678转801', '010-****5678'],
    ['0571-12345678', '0571-****5678'],
    ['+852 9123 4567', '+852 ****4567'],
    ['+1 415 555 2671', '+1 ****2671'],
    ['400-810-8888', '****8888'],
    ['12345', '****5'],
    ['12', '****'],
    ['', null],
  ])('S3: phone %s is shown as %s', (phone, mask) => {
    expect(maskContact({ phone }).phone).toBe(mask)
  })

  it.each([
    ['zhangsan@example.com', 'zh***@example.com'],
    ['zhan@example.com', 'zh***@example.com'],
    ['zs@example.com', 'z***@example.com'],
    ['z@example.com', '***@example.com'],
    ['no address', '***'],
    ['@example.com', '***'],
  ])('S3: address %s is shown as %s', (email, mask) => {
    expect(maskContact({ email })).toEqual({ phone: null, email: mask })
  })

  it('S3: a mask never shows more than seven digits, nor more than four in a row at the end', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|\+\d{5,14}|[0-9 ()+-]{1,20})$/), (phone) => {
        const mask = maskContact({ phone }).phone ?? ''
        const [before = '', after = ''] = mask.split('****')
        expect(mask).toContain('****')
        expect(after).toMatch(/^\d{0,4}$/)
        expect(before.replace(/\D/g, '').length).toBeLessThanOrEqual(4)
      }),
    )
  })
})

describe('S3: contact data counts as such in whatever field it came', () => {
  it.each([
    ['account', '13812345678', '138****5678'],
    ['account', '１３８ １２３４ ５６７８', '138****5678'],
    ['account', 'zhang@example.com', 'zh***@example.com'],
    ['account', 'wx13812345678', 'wx138****5678'],
    ['name', '王芳 138-1234-5678', '王芳 138****5678'],
    ['name', '王芳（13812345678）', '王芳（138****5678）'],
    ['name', '13812345678 13912345678', '138****5678 139****5678'],
    ['name', '王芳 <wang.fang@example.com>', '王芳 <wa***@example.com>'],
    ['company', '云帆科技 010-65529988转801', '云帆科技 010-****9988'],
    ['company', '云帆科技 2023-10-01 13812345678', '云帆科技 2023-10-01 138****5678'],
    ['account', '137/5555/0001', '137****0001'],
    ['account', '١٣٧ ٥٥٥٥ ٠٠٠٢', '137****0002'],
    ['name', '王芳 １３９－８７６５－１２３４', '王芳 139****1234'],
    ['account', '1\u31643987651234', '139****1234'],
    ['account', '139\u034f8765\u28001234', '139****1234'],
    ['account', [...'13987651234'].map((digit) => `${digit}\ufe0f\u20e3`).join(''), '139****1234'],
    ['name', `王芳 ${[...'13987651234'].map((digit) => `${digit}\u0332`).join('')}`, '王芳 139****1234'],
    ['name', '王芳 ①③⑨⑧⑦⑥⑤①②③④', '王芳 139****1234'],
    ['name', '王芳 ❶❸❾❽❼❻❺❶❷❸❹', '王芳 139****1234'],
    ['name', '王芳 一三九八七六五一二三四', '王芳 139****1234'],
    ['name', '王芳一三九 八七六五 一二三四', '王芳139****1234'],
    ['name', '王一13987651234', '王一139****1234'],
    ['name', '陆010-65529988', '陆010-****9988'],
    ['account', '139一8765一1234', '139****1234'],
    ['account', '1 3 9 8 7 6 5 1 2 3 4', '139****1234'],
    ['name', '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 x 139 8765 1234', '1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 x 139****1234'],
    ['account', 'vip-001-139-8765-1234', 'vip-001-139****1234'],
    ['account', '2024-02-0571-8765-4321', '2024-02-0571-****4321'],
    ['name', '+86 139 8765 1234+86 138 8765 1234', '139****1234138****1234'],
    ['name', '王芳 0086-10-65529988-801', '王芳 010-****9988'],
    ['account', '2023-13987651234', '2023-139****1234'],
    ['name', '13812345678,13912345678', '138****5678,139****5678'],
    ['name', '010-65529988/01065529987', '010-****9988/010-****9987'],
    ['name', '010-65529988-010-65529987', '010-****9988-010-****9987'],
    ['name', '王芳 +852-9123-4567、+1 (415) 555-2671', '王芳 +852 ****4567、+1 ****2671'],
    ['name', '王芳(+86)139 8765 1234', '王芳139****1234'],
    ['company', '云帆科技 010,6552,9988#801', '云帆科技 010-****9988'],
    ['account', '0912-345-678', '+886 ****5678'],
    ['name', '林先生 02-2345-6789#123', '林先生 +886 ****6789'],
    ['name', '林先生（02）2345 6789', '林先生+886 ****6789'],
    ['name', 'wang@公司.cn', 'wa***@公司.cn'],
    ['name', '王芳@例子.公司', '王***@例子.公司'],
    ['name', 'fang@exämple.com', 'fa***@exämple.com'],
    ['name', 'фанг@example.com', 'фа***@example.com'],
    ['name', '"f w"@example.com', '"f***@example.com'],
    ['name', 'fang @example.com', 'fa***@example.com'],
    ['name', 'fang＠ example．com', 'fa***@example.com'],
    ['name', 'fang@example。com', 'fa***@example.com'],
    ['name', '王芳fang@example.com微信', '王芳fa***@example.com微信'],
    ['name', 'fang!wang@example.com', 'fa***@example.com'],
    ['account', 'fang@example.com13987651234', 'fa***@example.com139****1234'],
  ])('S3: %s %s is contact data, shown as %s', (key, written, shown) => {
    const customer = block({ name: '王', [key]: written, email: 'w@example.com' })
    expect(contactOf(customer)).toEqual({ phone: null, email: 'w@example.com', [key]: written })
    expect(clearTexts(customer)).toMatchObject({ [key]: null })
    expect(maskContact(contactOf(customer))).toMatchObject({ [key]: shown })
    expect(wholeCustomer(clearTexts(customer), contactOf(customer))).toEqual(customer)
    expect([holdsContact(written), holdsContact(shown)]).toEqual([true, false])
  })

  it.each([...'_~*,:|·/.-–—－・ー+#=\u00a0\u3000📱', ' - ', '****', '-'.repeat(20)])(
    'S3: %j between the digits of a number hides nothing',
    (between) => {
      for (const written of [
        ['139', '8765', '1234'],
        ['010', '6552', '9988'],
        ['0571', '87654321'],
      ].map((parts) => parts.join(between)))
        for (const text of [written, `王芳 ${written}`, `王芳${between}${written}。`])
          expect([text, holdsContact(text)]).toEqual([text, true])
    },
  )

  it('S3: what is taken as a phone is found wherever it stands', () => {
    const between = fc.constantFrom('', ' ', '-', '.', '/', '~', '－', ' - ', '\u2013', '\u00a0')
    const number = fc.constantFrom(['138', '1234', '5678'], ['010', '6552', '9988'], ['0571', '8765', '4321'], ['+852', '9123', '4567'])
    const zero = fc.constantFrom('0', '０', '٠', '۰', '०', '๐', '𝟎')
    const written = fc.tuple(number, between, between, zero).map(([[a = '', b = '', c = ''], one, two, script]) => {
      const first = script.codePointAt(0) ?? 0
      return `${a}${one}${b}${two}${c}`.replace(/\d/g, (digit) => String.fromCodePoint(first + Number(digit)))
    })
    fc.assert(
      fc.property(written, (phone) => {
        const [key = ''] = contactKeys({ phone })
        fc.pre(key !== '')
        expect(checkCustomer({ name: '王', phone }).ok).toBe(true)
        for (const text of [phone, `王芳 ${phone}`, `王芳${phone}（夜间）`]) expect(contactKeys({ name: text })).toContain(key)
      }),
    )
  })

  it.each([
    'u-1024',
    'VIP-20231001-0001',
    'DD-2023-0415-2345678',
    'SN-0102-3456-7890',
    '20239876543',
    '12345678901',
    '360公司',
    '三一重工第二十三分公司',
    '一二三四五六七八九十',
    '2023年10月13日14时30分45秒',
    '2023-10-13 14:30:45.678',
    '1985-10-01 001',
    '2023/10/13 15:30:45 12345',
    '￥138,001,380.00',
    '1,380,013,800',
    'DE89 3704 0044 0532 0130 00',
    'CN 6222 0213 8001 3800 138',
    '110101199001011234',
    '91110108MA01234567',
    '192.168.100.200:8080',
    '@example',
    '会议@三楼',
    '20231234567',
    '2012345678',
    '王芳',
    '云帆科技（2023）有限公司',
    '第110号店',
    '订单 2023-10-01 0012',
    'a@b',
    '400-810-8888',
    '@微信',
  ])('S3: %s is none', (written) => {
    const customer = block({ name: '王', account: written, company: written, email: 'w@example.com' })
    expect(contactOf(customer)).toEqual({ phone: null, email: 'w@example.com' })
    expect(clearTexts(customer)).toEqual({ name: '王', account: written, company: written })
    expect(holdsContact(written)).toBe(false)
  })

  it('S4: a number that stands in a name or an account makes the same customer as one in its own field', () => {
    const [key = ''] = contactKeys({ phone: '13812345678' })
    expect(contactKeys({ name: '王芳 138 1234 5678' })).toEqual([key])
    expect(contactKeys({ account: 'wx13812345678' })).toEqual([key, 'account:wx13812345678'])
    expect(soughtKeys('138-1234-5678').contacts).toContain(key)
  })
})

function block(given: Parameters<typeof checkCustomer>[0]): Customer {
  const result = checkCustomer(given)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.value
}

function errorsOf(block: Parameters<typeof checkCustomer>[0]): readonly FieldError[] {
  const result = checkCustomer(block)
  return result.ok ? [] : result.errors
}
