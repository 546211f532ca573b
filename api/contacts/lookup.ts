import { contactKeyHmacs } from '../../db/contact-vault.ts'
import { holdsContact, soughtKeys } from '../../domain/customer.ts'
import type { Actor } from '../../domain/people.ts'
import { contactLookups } from '../../runtime/metrics.ts'
import { lookupRoles } from '../access/roles.ts'
import type { Deps } from '../deps.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import { problem } from '../problems/problem.ts'
import { createRateLimit } from '../http/rate.ts'

/**
 * Finding customers and their tickets by a phone or an address in whole (S4, S9). Whoever could ask at will would find out a masked number by asking
 * for each that it may be: so it is for who may reveal the contact of any ticket, limited, counted and logged, without the number.
 */

/** A text that somebody looks for among customers. */
export interface Sought {
  readonly text: string
  /** What stands for it in the rows, if it is a contact or an account. */
  readonly contactKeys: readonly string[]
  /** Takes down what came of it, if it was a look-up by contact. */
  found(count: number): void
}

export type ContactLookup = (text: string, caller: Actor) => Sought

/** A desk looks up each caller once; and pages through what it found. */
const rate = { perSecond: 0.5, burst: 30 }

/** @throws Problem 403 for who may not, 429 for who did so too often */
export function createContactLookup({ keys, clock, log }: Pick<Deps, 'keys' | 'clock' | 'log'>): ContactLookup {
  const mayNow = createRateLimit(rate)

  return (text, caller) => {
    const { contacts, account } = soughtKeys(text)
    const hmacs = (sought: readonly string[]) => sought.flatMap((key) => contactKeyHmacs(keys, key))
    const may = lookupRoles.some((role) => caller.roles.includes(role))
    const counted = (outcome: string, details: object = {}) => {
      contactLookups.inc({ outcome })
      log.info({ caller: caller.id, outcome, ...details }, 'customers were looked up by a phone or an e-mail address')
    }
    if (!may && holdsContact(text)) {
      counted('refused')
      throw problem('contact-lookup', { roles: lookupRoles })
    }
    // A number without area code may as well be an account: those who may not look up contacts find it as such only.
    if (!may || contacts.length === 0) return { text, contactKeys: hmacs([account]), found: () => {} }
    if (!mayNow(caller.id, clock.now().getTime())) {
      counted('limited')
      throw problem('too-many-lookups', { seconds: retryAfterSeconds })
    }
    return {
      text,
      contactKeys: hmacs([...contacts, account]),
      found: (count) => counted(count > 0 ? 'found' : 'none', { found: count }),
    }
  }
}
