import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bodyHash, contactKeyHmac, contactKeyHmacs, keysOf, openContact, sealContact, VaultError } from '../../../db/contact-vault.ts'

const secret = (): Buffer => randomBytes(32)
const contact = { phone: '13812345678', email: 'zhang@example.com' }

describe('S3: contacts are stored encrypted', () => {
  const keys = keysOf(secret())

  it('opens what it sealed, and seals the same differently each time', () => {
    const sealed = sealContact(keys, 'TS20231001001', contact)
    expect(openContact(keys, 'TS20231001001', sealed)).toEqual(contact)
    for (const clear of [contact.phone, contact.email]) expect(sealed).not.toContain(clear)
    expect(sealContact(keys, 'TS20231001001', contact)).not.toBe(sealed)
    expect(openContact(keys, 'x', sealContact(keys, 'x', { phone: null, email: null }))).toEqual({ phone: null, email: null })
  })

  it('does not open on another ticket, nor when a single character changed', () => {
    const sealed = sealContact(keys, 'TS20231001001', contact)
    expect(reason(() => openContact(keys, 'TS20231001002', sealed))).toBe('tampered')
    const [version, key, body = ''] = sealed.split('.')
    for (const at of [0, 20, 30, body.length - 2]) {
      const changed = `${body.slice(0, at)}${body[at] === 'A' ? 'B' : 'A'}${body.slice(at + 1)}`
      expect(reason(() => openContact(keys, 'TS20231001001', [version, key, changed].join('.')))).toBe('tampered')
    }
  })

  it('says when a sealed contact is none, and when no key of ours sealed it', () => {
    for (const text of ['', 'v1', 'v1.a.', 'v2.aaaa.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'v1..AAAA', '13812345678']) {
      expect(reason(() => openContact(keys, 'TS20231001001', text))).toBe('malformed')
    }
    expect(reason(() => openContact(keys, 'x', sealContact(keysOf(secret()), 'x', contact)))).toBe('unknown-key')
  })

  it('rotates: a new key in front seals, the old one still opens and is still searched for', () => {
    const [old, fresh] = [secret(), secret()]
    const [before, after] = [keysOf(old), keysOf(fresh, old)]
    expect(openContact(after, 'x', sealContact(before, 'x', contact))).toEqual(contact)
    expect(reason(() => openContact(before, 'x', sealContact(after, 'x', contact)))).toBe('unknown-key')
    expect(contactKeyHmacs(after, 'tel:+8613812345678')).toEqual([
      contactKeyHmac(after, 'tel:+8613812345678'),
      contactKeyHmac(before, 'tel:+8613812345678'),
    ])
  })

  it('hashes with the key, and for each purpose differently', () => {
    expect(contactKeyHmac(keys, 'tel:1')).toBe(contactKeyHmac(keys, 'tel:1'))
    expect(contactKeyHmac(keys, 'tel:1')).not.toBe(contactKeyHmac(keysOf(secret()), 'tel:1'))
    expect(contactKeyHmac(keys, 'tel:1')).not.toBe(bodyHash(keys, 'tel:1'))
  })

  it('takes secrets of 32 bytes only', () => {
    expect(() => keysOf(secret(), Buffer.alloc(31))).toThrow(/key 2 of BIHUAN_KEY/)
  })
})

function reason(open: () => unknown): string {
  try {
    open()
    return 'opened'
  } catch (error) {
    return error instanceof VaultError ? error.reason : String(error)
  }
}
