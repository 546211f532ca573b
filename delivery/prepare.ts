import { openContact, VaultError, type Keys } from '../db/contact-vault.ts'
import type { ClaimedNotice } from '../db/notices.ts'
import type { Subject } from '../processes/subject.ts'
import type { Contact } from '../domain/customer.ts'
import { epochMs, instantOf, type Instant } from '../domain/instant.ts'
import type { Labels, Locale } from '../domain/labels.ts'
import type { NoticeCause } from '../domain/notices/causes.ts'
import { customerFacts, ticketFacts } from '../domain/notices/facts.ts'
import { isNoticeKind, noticeKinds, type NoticeKind } from '../domain/notices/kinds.ts'
import { quietUntil } from '../domain/notices/quiet-hours.ts'
import { owedByCustomer } from '../domain/notices/owed.ts'
import { renderNotice, templateOf, wordingOf } from '../domain/notices/render.ts'
import type { Template } from '../domain/notices/template.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { fill } from '../domain/template.ts'
import { levelLabels } from '../domain/terms.ts'
import type { DigestTicket } from './digest.ts'
import type { Letter, MailAddress } from './mail.ts'
import {
  colleaguesOn,
  passingOver,
  reachPerson,
  reachRole,
  reachTeam,
  roleOf,
  type Addressee,
  type Addressees,
  type Instead,
  type Reached,
} from '../domain/notices/recipients.ts'
import { words } from './words.ts'
import { own } from '../domain/own.ts'

/** From a row of the outbox to a letter with addresses, or the reason why there is none now. */

export interface Preparing {
  readonly subjectOf: (number: string) => Promise<Subject | undefined>
  /** Whether there is such a process, be it of a type that this release does not know. */
  readonly exists: (number: string) => Promise<boolean>
  /** What the customer was last asked for. */
  readonly missingOf: (number: string) => Promise<readonly string[]>
  readonly keys: Keys
  /** The profile, in the version that a ticket runs by. */
  readonly profileOf: (ticket: { readonly profile: string; readonly profileVersion: number }) => Promise<Profile>
}

export type Prepared =
  | PreparedLetter
  | { readonly kind: 'hold'; readonly until: Instant; readonly priority: string }
  | { readonly kind: 'muted'; readonly cause?: NoticeCause }
  | { readonly kind: 'dead'; readonly cause: NoticeCause; readonly error?: string }

export interface PreparedLetter {
  readonly kind: 'send'
  readonly letter: Letter
  readonly to: readonly MailAddress[]
  readonly record: DeliveryRecord
  readonly ticket: DigestTicket
}

/** What the row remembers of whom it went to. */
export interface DeliveryRecord {
  readonly channel: 'email' | 'relay'
  readonly reached: readonly string[]
  readonly address: string | null
}

export async function prepare(preparing: Preparing, notice: ClaimedNotice, everybody: Addressees, now: Instant): Promise<Prepared> {
  const { kind } = notice
  const world = passingOver(everybody, notice.passedOver)
  if (!isNoticeKind(kind)) return dead('unknown-kind')
  const ticket = await preparing.subjectOf(notice.process)
  if (!ticket) {
    // One of a newer release's types waits for a worker of that release.
    if (!(await preparing.exists(notice.process))) return dead('no-ticket')
    return { kind: 'hold', until: instantOf(epochMs(now) + forOthersMs), priority: '' }
  }
  const profile = await preparing.profileOf(ticket)
  const template = templateOf(profile, kind)
  if (!template) return dead('no-template')
  // What has just happened is told as it happened; what had to wait is looked at again.
  const waited = epochMs(now) - epochMs(notice.createdAt) > freshMs
  if (waited && !ticket.isStillSo(kind, notice, now)) return { kind: 'muted', cause: 'overtaken' }

  const target = targetOf(preparing.keys, notice, ticket, colleaguesOn(ticket, world))
  if (target === 'contact-sealed') return dead(target)
  // Where nobody is left it is the first trouble that has to be seen to.
  if (target === 'nobody') return dead(notice.cause ?? target)
  const readers =
    target.kind === 'staff'
      ? target.reached.to.filter(({ id, preferences }) => !mutes(preferences.muted, kind) && !notice.heard.includes(id))
      : target.reached.to
  if (target.kind !== 'customer' && readers.length === 0) return { kind: 'muted' }

  const until = heldUntil(profile, ticket.priority, readers, now)
  if (until !== null) return { kind: 'hold', until, priority: ticket.priority }
  const around = { promises: ticket.promises, clocks: profile.clocks }
  const owed = await owedByCustomer(kind, around, () => preparing.missingOf(ticket.number))
  const params = { ...notice.params, ...owed }
  return sending({ ...notice, params }, kind, { ticket, profile, template, world, target, readers, now })
}

const freshMs = 30_000
/** So long a worker leaves a notice of a type that it does not know to others. */
const forOthersMs = 60_000

/** To the customer's own address; to colleagues; or to the colleague who is to tell the customer, for want of an address that takes mail. */
type Target =
  | { readonly kind: 'customer'; readonly email: string; readonly reached: Reached }
  | { readonly kind: 'staff' | 'relay'; readonly reached: Reached }

function targetOf(keys: Keys, notice: ClaimedNotice, ticket: Subject, world: Addressees): Target | 'contact-sealed' | 'nobody' {
  const { recipientKind, recipientId } = notice
  if (recipientKind === 'customer') {
    const contact = openedContact(keys, ticket)
    if (contact === undefined) return 'contact-sealed'
    if (contact.email !== null && notice.cause === null)
      return { kind: 'customer', email: contact.email, reached: { to: [], instead: null } }
    const teller = ticket.representative === null ? reachTeam(world, ticket.team) : reachPerson(world, ticket.representative, ticket.team)
    return teller === null ? 'nobody' : { kind: 'relay', reached: teller }
  }
  const reached = staffReached(recipientKind, recipientId ?? '', ticket, world)
  return reached === null ? 'nobody' : { kind: 'staff', reached }
}

function staffReached(kind: 'person' | 'team' | 'role', id: string, ticket: Subject, world: Addressees): Reached | null {
  if (kind === 'team') return reachTeam(world, id)
  if (kind === 'person') return reachPerson(world, id, ticket.team)
  const place = roleOf(id)
  return reachRole(world, place?.role ?? 'admin', place?.team ?? ticket.team)
}

/** Of those to whom nobody writes; their representative tells them. */
const noContact: Contact = { phone: null, email: null }

function openedContact(keys: Keys, ticket: Subject): Contact | undefined {
  try {
    return ticket.contactSealed === null ? noContact : openContact(keys, ticket.number, ticket.contactSealed)
  } catch (error) {
    if (error instanceof VaultError) return undefined
    throw error
  }
}

function mutes(muted: readonly NoticeKind[] | undefined, kind: NoticeKind): boolean {
  return noticeKinds[kind].mayMute && (muted ?? []).includes(kind)
}

/**
 * When the quiet ends that keeps this notice: the profile's, or that of every reader. Tickets of the excepted priorities
 * know no quiet; where the profile has no quiet hours of its own the most urgent one is excepted from people's.
 */
function heldUntil(
  { quietHours, zone, priorities }: Profile,
  priority: string,
  readers: readonly Addressee[],
  now: Instant,
): Instant | null {
  const exceptions = quietHours?.except ?? priorities.slice(0, 1).map(({ id }) => id)
  if (exceptions.includes(priority)) return null
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

interface Scene {
  readonly ticket: Subject
  readonly profile: Profile
  readonly template: Template
  readonly world: Addressees
  readonly target: Target
  readonly readers: readonly Addressee[]
  readonly now: Instant
}

function sending(notice: ClaimedNotice, kind: NoticeKind, scene: Scene): Prepared {
  const { ticket, profile, template, world, target, readers, now } = scene
  const language = target.kind === 'customer' ? languageOfCustomer(ticket, world, profile) : languageFor(readers, profile)
  // What the customer is to hear is in the customer's language, whoever reads it out.
  const spoken = target.kind === 'relay' ? languageOfCustomer(ticket, world, profile) : language
  const names = namesIn(world, spoken)
  const facts = ticketFacts(ticket, recipientName(notice, scene, names), { profile, language: spoken, names })
  const message = renderNotice(
    kind,
    template,
    notice.params,
    facts,
    wordingOf(profile, { type: ticket.type, language: spoken, names, now }),
  )
  const remarks = target.reached.instead === null ? [] : [remarkOn(target.reached.instead, world, language)]
  if (target.kind === 'relay') {
    const { customer } = customerFacts(ticket)
    const remark = notice.cause === null ? words.relay : words.relayUndelivered
    remarks.push(fill(remark[language], { customer, phone: ticket.contactMasked.phone ?? undefined }))
  }
  return {
    kind: 'send',
    letter: {
      language,
      subject: target.kind === 'relay' ? fill(relaySubject(ticket)[language], { subject: message.subject }) : message.subject,
      text: message.text,
      remarks,
      quoted: target.kind === 'relay',
      signature: target.kind === 'customer' && profile.signature ? signatureText(profile.signature, language) : undefined,
    },
    to:
      target.kind === 'customer'
        ? [{ name: plainName(ticket.customerName ?? ''), address: target.email }]
        : readers.map(({ name, email }) => ({ name: plainName(name), address: email ?? '' })),
    record: {
      channel: target.kind === 'relay' ? 'relay' : 'email',
      reached: readers.map(({ id }) => id),
      address: target.kind === 'customer' ? ticket.contactMasked.email : null,
    },
    ticket: {
      number: ticket.number,
      priority: profile.priorities.find(({ id }) => id === ticket.priority)?.label[language] ?? ticket.priority,
    },
  }
}

/** Mail programs read `=?utf-8?q?…?=` as another name, wherever it stands (RFC 2047). */
function plainName(name: string): string {
  return name.replaceAll('=?', '= ?')
}

/** By phone where there is one. */
function relaySubject({ contactMasked }: Subject): Labels {
  return contactMasked.phone === null ? words.relayAnotherWay : words.relaySubject
}

/** What the customer chose, if it is one who signs in; else the profile's. */
function languageOfCustomer({ requester }: Subject, { people }: Addressees, profile: Profile): Locale {
  return (requester === null ? undefined : people.get(requester)?.preferences.language) ?? profile.language
}

/** The one language all readers chose, else the profile's. */
function languageFor(readers: readonly Addressee[], profile: Profile): Locale {
  const [first = profile.language, ...others] = new Set(readers.map(({ preferences }) => preferences.language ?? profile.language))
  return others.length === 0 ? first : profile.language
}

function namesIn({ people, teams }: Addressees, language: Locale): Record<string, string> {
  return Object.fromEntries([
    ...[...teams.values()].map(({ id, labels }) => [id, labels[language]] as const),
    ...[...people.values()].map(({ id, name }) => [id, name] as const),
  ])
}

/** Whom the notice was meant for. */
function recipientName({ recipientKind, recipientId }: ClaimedNotice, scene: Scene, names: Readonly<Record<string, string>>): string {
  if (recipientKind === 'customer') return customerFacts(scene.ticket).customer
  if (recipientKind === 'role') return scene.readers.map(({ name }) => name).join('、')
  return own(names, recipientId ?? '') ?? recipientId ?? ''
}

/** Who writes, and how to reach them. */
function signatureText({ name, hotline, hours, replies }: NonNullable<Profile['signature']>, language: Locale): string {
  const reply = (replies ? words.replies : words.noReplies)[language]
  return fill(words.signature[language], { name: name[language], hotline, hours: hours?.[language], reply })
}

function remarkOn(instead: Instead, world: Addressees, language: Locale): string {
  const names = namesIn(world, language)
  if (instead.kind === 'deputy') return fill(words.deputy[language], { name: own(names, instead.of) ?? instead.of })
  if ('person' in instead) return fill(words.climbedPerson[language], { name: own(names, instead.person) ?? instead.person })
  return fill(words.climbedTeam[language], {
    team: own(names, instead.team) ?? instead.team,
    role: instead.role === null ? undefined : levelLabels[instead.role]?.[language],
  })
}

function dead(cause: NoticeCause): Prepared {
  return { kind: 'dead', cause }
}
