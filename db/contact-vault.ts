import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { wholeCustomer, type Contact, type Customer } from '../domain/customer.ts'
import { deriveKey, keyIdOf } from '../runtime/key.ts'

/**
 * Keeps customers' phones and e-mails unreadable in the database (S3). AES-256-GCM; a sealed contact is bound to its
 * ticket's number, so copied to another ticket's row it does not open. Each purpose has a key of its own, derived from
 * the same secret.
 */

/** The first key seals, every key opens: put a new one in front to rotate. */
export type Keys = readonly [Key, ...Key[]]

export interface Key {
  /** Names the key in what it sealed; says nothing about it. */
  readonly id: string
  readonly contact: Buffer
  readonly match: Buffer
  readonly body: Buffer
}

/** A sealed contact that does not open. `unknown-key`: none of the keys sealed it. `tampered`: it was changed, or belongs to another ticket. */
export class VaultError extends Error {
  override name = 'VaultError'
  readonly reason: 'malformed' | 'unknown-key' | 'tampered'
  constructor(reason: VaultError['reason'], options?: ErrorOptions) {
    super(explanations[reason], options)
    this.reason = reason
  }
}

const explanations = {
  malformed: 'this is no sealed contact',
  'unknown-key': 'the contact was sealed with a key that BIHUAN_KEY does not hold (any more)',
  tampered: 'the sealed contact was changed, or was sealed for another ticket',
} as const

/** The keys of secrets that are bytes already, 32 each. */
export function keysOf(...secrets: readonly Buffer[]): Keys {
  const [first, ...others] = secrets.map((secret, at) => {
    if (secret.length !== 32)
      throw new RangeError(`key ${at + 1} of BIHUAN_KEY must be base64 of exactly 32 bytes. Make one with: openssl rand -base64 32`)
    return {
      id: keyIdOf(secret),
      contact: deriveKey(secret, 'contact'),
      match: deriveKey(secret, 'match'),
      body: deriveKey(secret, 'body'),
    }
  })
  if (!first) throw new RangeError('BIHUAN_KEY holds no key')
  return [first, ...others]
}

/**
 * `v1.<key id>.<phone and e-mail>`, and where names, companies or accounts are contact data, `.<key id>.<those>`: each a
 * base64url of iv, tag and ciphertext. Older releases read the first and pass over the second.
 */
export function sealContact(keys: Keys, number: string, { phone, email, ...texts }: Contact): string {
  return sealTexts(keys, number, ['v1', ...sealed(keys, number, 'contact', [phone, email])].join('.'), texts)
}

/** The sealed contact, with these names, companies and accounts in the place of those in it. */
export function sealTexts(keys: Keys, number: string, contact: string, texts: SealedTexts): string {
  const first = contact.split('.').slice(0, 3)
  return [...first, ...(Object.keys(texts).length > 0 ? sealed(keys, number, 'contact-texts', texts) : [])].join('.')
}

/** The contact in clear. @throws VaultError */
export function openContact(keys: Keys, number: string, contact: string): Contact {
  const [version, keyId = '', encoded = ''] = contact.split('.')
  if (version !== 'v1') throw new VaultError('malformed')
  const [phone, email] = opened(keys, number, 'contact', { keyId, encoded }, pairShape)
  return { phone, email, ...openTexts(keys, number, contact) }
}

/** What a ticket's row says of its customer. */
export interface SealedCustomer {
  readonly number: string
  readonly customerName: string | null
  readonly customerCompany: string | null
  readonly customerAccount: string | null
  readonly contactSealed: string
  readonly contactMasked: Contact
}

/** The customer of a ticket, whole and in clear. @throws VaultError */
export function openCustomer(keys: Keys, { number, contactSealed, ...row }: SealedCustomer): Customer {
  const texts = { name: row.customerName, company: row.customerCompany, account: row.customerAccount }
  return wholeCustomer(texts, openContact(keys, number, contactSealed))
}

/** The names, companies and accounts in a sealed contact. @throws VaultError */
export function openTexts(keys: Keys, number: string, contact: string): SealedTexts {
  const [, , , keyId, encoded] = contact.split('.')
  return keyId === undefined || encoded === undefined ? {} : opened(keys, number, 'contact-texts', { keyId, encoded }, textsShape)
}

/** What stands in `contact_keys` for one of `contactKeys(customer)`: equal for equal contacts, and useless without the key. */
export function contactKeyHmac(keys: Keys, normalised: string): string {
  return hmac(keys[0].match, normalised)
}

/** Every form in which a contact may stand in the rows, older keys included: for searching. */
export function contactKeyHmacs(keys: Keys, normalised: string): string[] {
  return keys.map((key) => hmac(key.match, normalised))
}

/**
 * Tells two request bodies apart without keeping them. A plain hash of a body that holds a phone number could be
 * tried out. (A request repeated across a key rotation counts as a different one.)
 */
export function bodyHash(keys: Keys, text: string): string {
  return hmac(keys[0].body, text)
}

/** What of a contact stood where names and accounts stand. */
type SealedTexts = Omit<Contact, 'phone' | 'email'>

const pairShape = z.tuple([z.string().nullable(), z.string().nullable()])
const textsShape = z.strictObject({
  name: z.string().exactOptional(),
  company: z.string().exactOptional(),
  account: z.string().exactOptional(),
})
const ivBytes = 12
const tagBytes = 16

type Purpose = 'contact' | 'contact-texts'

/** Which key, and what it made of the value. */
function sealed(keys: Keys, number: string, purpose: Purpose, value: unknown): [keyId: string, encoded: string] {
  const [key] = keys
  const iv = randomBytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key.contact, iv).setAAD(boundTo(number, purpose, key))
  const bytes = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()])
  return [key.id, Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url')]
}

function opened<T>(
  keys: Keys,
  number: string,
  purpose: Purpose,
  { keyId, encoded }: { readonly keyId: string; readonly encoded: string },
  shape: z.ZodType<T>,
): T {
  const bytes = Buffer.from(encoded, 'base64url')
  if (bytes.length <= ivBytes + tagBytes) throw new VaultError('malformed')
  const key = keys.find(({ id }) => id === keyId)
  if (!key) throw new VaultError('unknown-key')
  const decipher = createDecipheriv('aes-256-gcm', key.contact, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(boundTo(number, purpose, key))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes))
  try {
    const clear = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()])
    return shape.parse(JSON.parse(clear.toString('utf8')))
  } catch (cause) {
    throw new VaultError('tampered', { cause })
  }
}

function boundTo(number: string, purpose: Purpose, key: Key): Buffer {
  return Buffer.from(JSON.stringify(['bihuan', purpose, 'v1', key.id, number]), 'utf8')
}

function hmac(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text, 'utf8').digest('base64url')
}
