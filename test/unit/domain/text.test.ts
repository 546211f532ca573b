import { describe, expect, it } from 'vitest'
import { oneLine, seen, visible } from '../../../domain/text.ts'

describe('text as it is read', () => {
  it.each(['\u200b', '\u200b \u2060', '\u3164', '\u115f\u1160', '\u2800', '\ufe0f', '\u202e\u202c', '\u00ad', ' \t\n', '\u{e0041}'])(
    'of %j nothing is seen: it is empty',
    (text) => {
      expect(seen(text).trim()).toBe('')
      expect(visible(text)).toBe('')
      expect(oneLine(text)).toBe('')
    },
  )

  it.each(['王芳', '👩‍👩‍👧', 'नमस्ते', 'क्‍ष', '\u{20000}', '\ue000', '.', '❤️'])('%s stays as it is', (text) => {
    expect(visible(text)).toBe(text)
    expect(oneLine(text)).toBe(text)
  })

  it('nothing turns the direction of writing', () => {
    expect(visible('退款\u202e元001\u202c')).toBe('退款元001')
    expect(visible('\u2066a\u2069\u200e\u200f\u061cb')).toBe('ab')
  })

  it('several lines become one', () => {
    expect(oneLine(' 无法登录\r\nBcc: all@example.com\u2028x\u0085y\tz\u0000 ')).toBe('无法登录 Bcc: all@example.com x y z')
    expect(visible('one\ntwo')).toBe('one\ntwo')
  })
})
