import { openContact, VaultError, type Keys } from '../db/contact-vault.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Subject } from '../processes/subject.ts'
import type { Contact } from '../domain/customer.ts'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import { isAnyNoticeKind } from '../domain/notices/custom.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { Addressees } from '../domain/notices/recipients.ts'
import { letterOf, type AskedOf, type PreparedLetter } from './letter.ts'
import { wayOf, type Way } from './way.ts'

/** Whether a notice goes out now, and to whom: from a row of the outbox to a letter with addresses, or the reason why there is none now. */

export interface Preparing {
  readonly subjectOf: (number: string) => Promise<Subject | undefined>
  /** Whether there is such a process, be it of a type that this release does not know. */
  readonly exists: (number: string) => Promise<boolean>
  readonly askedOf: AskedOf
  readonly keys: Keys
  /** The profile, in the version that a process runs by. */
  readonly profileOf: (subject: { readonly profile: string; readonly profileVersion: number }) => Promise<Profile>
}

export type Prepared = PreparedLetter | Exclude<Way, { readonly kind: 'goes' }>

export async function prepare(preparing: Preparing, notice: ClaimedNotice, everybody: Addressees, now: Instant): Promise<Prepared> {
  const { kind } = notice
  if (!isAnyNoticeKind(kind)) return { kind: 'dead', cause: 'unknown-kind' }
  const subject = await preparing.subjectOf(notice.process)
  if (!subject) {
    // One of a newer release's types waits for a worker of that release.
    if (!(await preparing.exists(notice.process))) return { kind: 'dead', cause: 'no-ticket' }
    return { kind: 'hold', until: instantOf(epochMs(now) + forOthersMs), priority: null }
  }
  const profile = await preparing.profileOf(subject)
  // Opened for those notices alone that go to customers.
  const contact = notice.recipientKind === 'customer' ? openedContact(preparing.keys, subject) : undefined
  const way = wayOf(kind, notice, { subject, profile, everybody, contact, now })
  return way.kind === 'goes' ? letterOf(notice, kind, { subject, profile, ...way, now }, preparing.askedOf) : way
}

/** So long a worker leaves a notice of a type that it does not know to others. */
const forOthersMs = 60_000

/** Of those to whom nobody writes; their representative tells them. */
const noContact: Contact = { phone: null, email: null }

/** Undefined where no key that there is opens it. */
export function openedContact(keys: Keys, subject: Subject): Contact | undefined {
  try {
    return subject.contact === null ? noContact : openContact(keys, subject.contact.number, subject.contact.sealed)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}
