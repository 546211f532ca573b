import { openContact, VaultError, type Keys } from '../db/contact-vault.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Subject } from '../processes/subject.ts'
import type { Contact } from '../domain/customer.ts'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { definitionOf, isNoticeKind, noticeKinds, type NoticeKind } from '../domain/notices/kinds.ts'
import { quietUntil } from '../domain/notices/quiet-hours.ts'
import { templateOf } from '../domain/notices/render.ts'
import type { Profile } from '../domain/profile/schema.ts'
import {
  colleaguesOn,
  passingOver,
  reachNobodyElse,
  reachPerson,
  reachRole,
  reachTeam,
  reachThemselves,
  roleOf,
  type Addressee,
  type Addressees,
  type Reached,
} from '../domain/notices/recipients.ts'
import { letterOf, type AskedOf, type Meant, type PreparedLetter, type Target } from './letter.ts'

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

export type Prepared =
  | PreparedLetter
  | { readonly kind: 'hold'; readonly until: Instant; readonly priority: string | null }
  | { readonly kind: 'muted'; readonly cause?: NoticeCause }
  | { readonly kind: 'dead'; readonly cause: NoticeCause; readonly error?: string }

export async function prepare(preparing: Preparing, notice: ClaimedNotice, everybody: Addressees, now: Instant): Promise<Prepared> {
  const { kind } = notice
  const world = passingOver(everybody, notice.passedOver)
  if (!isNoticeKind(kind)) return dead('unknown-kind')
  const subject = await preparing.subjectOf(notice.process)
  if (!subject) {
    // One of a newer release's types waits for a worker of that release.
    if (!(await preparing.exists(notice.process))) return dead('no-ticket')
    return { kind: 'hold', until: instantOf(epochMs(now) + forOthersMs), priority: null }
  }
  const profile = await preparing.profileOf(subject)
  const template = templateOf(profile, kind)
  if (!template) return dead('no-template')
  // What has just happened is told as it happened; what had to wait is looked at again.
  const waited = epochMs(now) - epochMs(notice.createdAt) > freshMs
  if (waited && !subject.isStillSo(kind, notice, now)) return { kind: 'muted', cause: 'overtaken' }

  const target = targetOf(preparing.keys, notice, subject, colleaguesOn(subject, world))
  if (target === 'contact-sealed') return dead(target)
  // Where nobody is left it is the first trouble that has to be seen to.
  if (target === 'nobody') return dead(notice.cause ?? target)
  const readers =
    target.kind === 'staff'
      ? target.reached.to.filter(({ id, preferences }) => !mutes(preferences.muted, kind) && !notice.heard.includes(id))
      : target.reached.to
  if (target.kind !== 'customer' && readers.length === 0) return { kind: 'muted' }

  const until = heldUntil(profile, subject, readers, now)
  if (until !== null) return { kind: 'hold', until, priority: subject.priority }
  return letterOf(notice, kind, { subject, profile, template, world, target, readers, now }, preparing.askedOf)
}

const freshMs = 30_000
/** So long a worker leaves a notice of a type that it does not know to others. */
const forOthersMs = 60_000

/** To whom it goes as things are. */
export function targetOf(keys: Keys, notice: Meant, subject: Subject, world: Addressees): Target | 'contact-sealed' | 'nobody' {
  const { kind, recipientKind, recipientId } = notice
  if (recipientKind === 'customer') {
    const contact = openedContact(keys, subject)
    if (contact === undefined) return 'contact-sealed'
    if (contact.email !== null && notice.cause === null)
      return { kind: 'customer', email: contact.email, reached: { to: [], instead: null } }
    const teller =
      subject.representative === null ? reachTeam(world, subject.team) : reachPerson(world, subject.representative, subject.team)
    return teller === null ? 'nobody' : { kind: 'relay', reached: teller }
  }
  const definition = isNoticeKind(kind) ? definitionOf(kind) : undefined
  const staysThere = recipientKind === 'person' && definition?.climbs === false
  const reached = staysThere
    ? (definition.confidential ? reachThemselves : reachNobodyElse)(world, recipientId ?? '')
    : staffReached(recipientKind, recipientId ?? '', subject, world)
  return reached === null ? 'nobody' : { kind: 'staff', reached }
}

function staffReached(kind: 'person' | 'team' | 'role', id: string, subject: Subject, world: Addressees): Reached | null {
  if (kind === 'team') return reachTeam(world, id)
  if (kind === 'person') return reachPerson(world, id, subject.team)
  const place = roleOf(id)
  return reachRole(world, place?.role ?? 'admin', place?.team ?? subject.team)
}

/** Of those to whom nobody writes; their representative tells them. */
const noContact: Contact = { phone: null, email: null }

function openedContact(keys: Keys, subject: Subject): Contact | undefined {
  try {
    return subject.contact === null ? noContact : openContact(keys, subject.contact.number, subject.contact.sealed)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

function mutes(muted: readonly NoticeKind[] | undefined, kind: NoticeKind): boolean {
  return noticeKinds[kind].mayMute && (muted ?? []).includes(kind)
}

/**
 * When the quiet ends that keeps this notice: the profile's, or that of every reader. Neither knows what is told at any hour, nor what has one
 * of the excepted priorities; where the profile has no quiet hours of its own the most urgent one is excepted from people's.
 */
function heldUntil(
  { quietHours, zone, priorities }: Profile,
  { priority, atAnyHour }: Pick<Subject, 'priority' | 'atAnyHour'>,
  readers: readonly Addressee[],
  now: Instant,
): Instant | null {
  const exceptions = quietHours?.except ?? priorities.slice(0, 1).map(({ id }) => id)
  if (atAnyHour === true || (priority !== null && exceptions.includes(priority))) return null
  const general = quietHours ? quietUntil(now, quietHours, zone) : null
  const own = readers.map(({ preferences }) => (preferences.quietHours ? quietUntil(now, preferences.quietHours, zone) : null))
  // Whoever wakes first gets it; the others find it in the morning.
  const first = own.includes(null) ? null : (own.filter((end) => end !== null).toSorted()[0] ?? null)
  return (
    [general, first]
      .filter((end) => end !== null)
      .toSorted()
      .at(-1) ?? null
  )
}

function dead(cause: NoticeCause): Prepared {
  return { kind: 'dead', cause }
}
