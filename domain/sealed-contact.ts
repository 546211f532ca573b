import { isObject } from './document/loose.ts'
import type { Contact } from './customer.ts'

/** Contact details on their way through histories and logs: only who holds the key can read them (S3). */
export interface SealedContact {
  readonly sealed: string
  /** What everybody may see of them. */
  readonly masked: Contact
  /** HMACs by which another process of the same customer is found. */
  readonly keys: readonly string[]
}

/** The value with the mask alone of every sealed contact in it, wherever it stands: which events carry one is their types' business. */
export function withMasksOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMasksOnly)
  if (!isObject(value)) return value
  if (isSealed(value)) return { masked: value['masked'] }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withMasksOnly(item)]))
}

/** What an organisation's fields hold is never an object. */
function isSealed(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value['sealed'] === 'string' && isObject(value['masked'])
}
