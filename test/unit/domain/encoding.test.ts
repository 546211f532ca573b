import { describe, expect, it } from 'vitest'
import { decode } from '../../../domain/document/encoding.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** `技术支持` in GBK. */
const gbk = new Uint8Array([0xbc, 0xbc, 0xca, 0xf5, 0xd6, 0xa7, 0xb3, 0xd6])
const bytes = (...parts: (Uint8Array | string)[]) =>
  new Uint8Array(parts.flatMap((part) => [...(typeof part === 'string' ? utf8(part) : part)]))

describe('files people write', () => {
  it('are read as UTF-8, with and without a byte order mark', () => {
    expect(decode(utf8('name: 技术支持\n'))).toEqual({ ok: true, text: 'name: 技术支持\n', marked: false })
    expect(decode(bytes(new Uint8Array([0xef, 0xbb, 0xbf]), 'name: 技术支持\n'))).toEqual({
      ok: true,
      text: 'name: 技术支持\n',
      marked: true,
    })
    expect(decode(new Uint8Array())).toEqual({ ok: true, text: '', marked: false })
  })

  it('in GBK are refused with the line, and read when told', () => {
    const file = bytes('teams:\r\n', '  - id: a\n', '    name: ', gbk, '\n', 'people: []\n')
    expect(decode(file)).toEqual({ ok: false, line: 3, seems: 'gb18030' })
    expect(decode(file, 'gb18030')).toEqual({ ok: true, text: 'teams:\r\n  - id: a\n    name: 技术支持\npeople: []\n', marked: false })
  })

  it.each([
    ['little endian, marked', new Uint8Array(Buffer.from('\uFEFFname: 技术', 'utf16le'))],
    ['little endian, unmarked', new Uint8Array(Buffer.from('id: cn-office', 'utf16le'))],
    ['big endian', new Uint8Array(Buffer.from('\uFEFFname: 技术', 'utf16le').swap16())],
  ])('in UTF-16 are recognised: %s', (_, file) => {
    expect(decode(file)).toEqual({ ok: false, line: 1, seems: 'utf-16' })
    expect(decode(file, 'gb18030')).toEqual({ ok: false, line: 1, seems: 'utf-16' })
  })

  it('that are neither say where', () => {
    const broken = bytes('a\nb ', new Uint8Array([0xff, 0x20]), '\n')
    expect(decode(broken)).toEqual({ ok: false, line: 2, seems: undefined })
    expect(decode(broken, 'gb18030')).toEqual({ ok: false, line: 2, seems: undefined })
    expect(decode(bytes('技', utf8('术').subarray(0, 2)))).toMatchObject({ ok: false, line: 1 })
  })
})
