import type { Contact } from '../domain/customer.ts'
import { epochMs, type Instant } from '../domain/instant.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { definitionIn, type AnyNoticeKind } from '../domain/notices/custom.ts'
import type { NoticeKindDefinition } from '../domain/notices/definition.ts'
import { definitionOf, isNoticeKind } from '../domain/notices/kinds.ts'
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
import type { Template } from '../domain/notices/template.ts'
import type { Subject } from '../processes/subject.ts'
import type { Meant, Target } from './letter.ts'

/** Which way a notice goes as things are: to whom, or what keeps it. Pure, so that a rehearsal sends as delivery does. */

export type Way =
  | {
      readonly kind: 'goes'
      readonly template: Template
      readonly definition: NoticeKindDefinition
      readonly target: Target
      readonly readers: readonly Addressee[]
      readonly world: Addressees
    }
  | { readonly kind: 'hold'; readonly until: Instant; readonly priority: string | null }
  | { readonly kind: 'muted'; readonly cause?: NoticeCause }
  | { readonly kind: 'dead'; readonly cause: NoticeCause; readonly error?: string }

/** A notice that is to go out. */
export interface Going extends Meant {
  readonly seq: number
  readonly createdAt: Instant
  /** Who has heard of the same event by a notice of the same kind to another recipient: somebody may be handler and lead. */
  readonly heard: readonly string[]
}

/** All by which it is decided. */
export interface Around {
  readonly subject: Subject
  readonly profile: Profile
  readonly everybody: Addressees
  /** Of the customer, opened; undefined: it cannot be opened. */
  readonly contact: Contact | undefined
  readonly now: Instant
}

export function wayOf(kind: AnyNoticeKind, notice: Going, { subject, profile, everybody, contact, now }: Around): Way {
  const template = templateOf(profile, kind)
  const definition = definitionIn(profile, kind)
  if (!template || !definition) return dead('no-template')
  if (profile.silencedNotices?.includes(kind) === true) return { kind: 'muted', cause: 'silenced' }
  // What has just happened is told as it happened; what had to wait is looked at again.
  const waited = epochMs(now) - epochMs(notice.createdAt) > freshMs
  if (waited && !subject.isStillSo(kind, notice, now)) return { kind: 'muted', cause: 'overtaken' }

  const world = passingOver(everybody, notice.passedOver)
  const target = targetOf(contact, notice, subject, colleaguesOn(subject, world))
  if (target === 'contact-sealed') return dead(target)
  // Where nobody is left it is the first trouble that has to be seen to.
  if (target === 'nobody') return dead(notice.cause ?? target)
  const readers =
    target.kind === 'staff'
      ? target.reached.to.filter(
          ({ id, preferences }) => !(definition.mayMute && preferences.muted?.includes(kind) === true) && !notice.heard.includes(id),
        )
      : target.reached.to
  if (target.kind !== 'customer' && readers.length === 0) return { kind: 'muted' }

  const until = heldUntil(profile, subject, readers, now)
  if (until !== null) return { kind: 'hold', until, priority: subject.priority }
  return { kind: 'goes', template, definition, target, readers, world }
}

const freshMs = 30_000

/** To whom it goes as things are. */
export function targetOf(
  contact: Contact | undefined,
  notice: Meant,
  subject: Subject,
  world: Addressees,
): Target | 'contact-sealed' | 'nobody' {
  const { kind, recipientKind, recipientId } = notice
  if (recipientKind === 'customer') {
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

function dead(cause: NoticeCause): Way {
  return { kind: 'dead', cause }
}
