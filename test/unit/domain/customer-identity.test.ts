import { describe, expect, it } from 'vitest'
import { identified, type Identity, type Known } from '../../../domain/customers/identity.ts'

/** Whose ticket it is, of the entries that are known (S4). */

const sought = (sole: string[], ...contacts: string[]): Identity => ({ sole, contacts: contacts.map((key) => [key]) })
const known = (id: string, sole: string[], ...shared: string[]): Known => ({ id, sole, shared: [...sole, ...shared] })

describe('S4: the entry of a customer', () => {
  it('is that of the external id before the account, and of the account before a contact', () => {
    const crm = known('CRM', ['external:7'])
    const account = known('ACCOUNT', ['account:sun'])
    const phone = known('PHONE', [], 'tel')
    const all = [phone, account, crm]
    expect(identified(sought(['external:7', 'account:sun'], 'tel'), all)).toEqual({ found: 'entry', id: 'CRM', by: 'external-id' })
    expect(identified(sought(['account:sun'], 'tel'), all)).toEqual({ found: 'entry', id: 'ACCOUNT', by: 'account' })
    expect(identified(sought([], 'tel'), all)).toEqual({ found: 'entry', id: 'PHONE', by: 'contact' })
    expect(identified(sought(['login:he', 'account:sun']), [...all, known('LOGIN', ['login:he'])])).toMatchObject({
      id: 'LOGIN',
      by: 'login',
    })
  })

  it('is nobody’s of whom nothing is known', () => {
    expect(identified(sought(['account:new'], 'tel'), [])).toEqual({ found: 'nobody' })
    expect(identified(sought([]), [known('PHONE', [], 'tel')])).toEqual({ found: 'nobody' })
  })

  it('is for people to say where several have the contact, or where two contacts lead to two', () => {
    const a = known('A', [], 'tel', 'mail')
    const b = known('B', [], 'tel')
    expect(identified(sought([], 'tel'), [a, b])).toEqual({ found: 'several', ids: ['A', 'B'] })
    expect(identified(sought([], 'tel', 'mail'), [known('A', [], 'tel'), known('B', [], 'mail')])).toEqual({
      found: 'several',
      ids: ['A', 'B'],
    })
    // One of two who share the phone has the address alone.
    expect(identified(sought([], 'tel', 'mail'), [a, b])).toEqual({ found: 'entry', id: 'A', by: 'contact' })
    // Whoever has the address has not the phone that two others have.
    expect(identified(sought([], 'tel', 'mail'), [b, known('C', [], 'tel'), known('D', [], 'mail')])).toMatchObject({ found: 'several' })
  })

  it('is never another account’s by a phone, and one of another external id is another customer', () => {
    const other = known('A', ['account:li'], 'tel')
    expect(identified(sought(['account:sun'], 'tel'), [other])).toEqual({ found: 'several', ids: ['A'] })
    expect(identified(sought([], 'tel'), [other])).toMatchObject({ found: 'entry', id: 'A' })
    const elsewhere = known('B', ['external:8', 'account:sun'], 'tel')
    expect(identified(sought(['external:7'], 'tel'), [elsewhere])).toEqual({ found: 'nobody' })
    expect(identified(sought(['external:7', 'account:sun'], 'tel'), [elsewhere])).toEqual({ found: 'several', ids: ['B'] })
  })

  it('recognises a contact in every form, of older keys too', () => {
    const identity: Identity = { sole: [], contacts: [['new-form', 'old-form']] }
    expect(identified(identity, [known('A', [], 'old-form')])).toEqual({ found: 'entry', id: 'A', by: 'contact' })
  })
})
