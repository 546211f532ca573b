import type { ClaimedNotice } from '../db/notices.ts'
import type { Instant } from '../domain/instant.ts'
import type { Labels, Locale } from '../domain/labels.ts'
import { customerNames, subjectValues } from '../domain/notices/subject-values.ts'
import type { AnyNoticeKind } from '../domain/notices/custom.ts'
import type { NoticeKindDefinition } from '../domain/notices/definition.ts'
import type { Addressee, Addressees, Instead, Reached } from '../domain/notices/recipients.ts'
import { owedByCustomer, type Asked } from '../domain/notices/owed.ts'
import { wayToAnswer } from '../domain/notices/reach.ts'
import { fieldsOf, renderNotice, wordingOf } from '../domain/notices/render.ts'
import type { Template } from '../domain/notices/template.ts'
import { customerUnnamed, fillWithout } from '../domain/notices/without.ts'
import { own } from '../domain/own.ts'
import { languageFor } from '../domain/profile/languages.ts'
import { rolesOf } from '../domain/profile/roles.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { fill } from '../domain/template.ts'
import type { Subject } from '../processes/subject.ts'
import type { DigestSubject } from './digest.ts'
import { mailedValues } from './field-values.ts'
import type { MailAddress, ProcessLetter } from './mail.ts'
import { words } from './words.ts'

/** What a notice says, to whom, and in whose language. */

export interface PreparedLetter {
  readonly kind: 'send'
  readonly letter: ProcessLetter
  readonly to: readonly MailAddress[]
  readonly record: DeliveryRecord
  readonly subject: DigestSubject
}

/** What the row remembers of whom it went to. */
export interface DeliveryRecord {
  readonly channel: 'email' | 'relay'
  readonly reached: readonly string[]
  readonly address: string | null
}

/** To the customer's own address; to colleagues; or to the colleague who is to tell the customer, for want of an address that takes mail. */
export type Target =
  | { readonly kind: 'customer'; readonly email: string; readonly reached: Reached }
  | { readonly kind: 'staff' | 'relay'; readonly reached: Reached }

/** All that a letter is made of. */
export interface Scene {
  readonly subject: Subject
  readonly profile: Profile
  readonly template: Template
  readonly definition: NoticeKindDefinition
  readonly world: Addressees
  readonly target: Target
  readonly readers: readonly Addressee[]
  readonly now: Instant
}

/** What of a notice decides its words. */
export type Meant = Pick<ClaimedNotice, 'process' | 'kind' | 'recipientKind' | 'recipientId' | 'params' | 'cause' | 'passedOver'>

/** With what the customer owes as it is now. */
export async function letterOf(notice: Meant, kind: AnyNoticeKind, scene: Scene, askedOf: AskedOf): Promise<PreparedLetter> {
  const { subject, profile, template } = scene
  const around = { promises: subject.promises, clocks: profile.clocks, template }
  const owed = await owedByCustomer(kind, around, () => askedOf(subject.number))
  return written({ ...notice, params: { ...notice.params, ...owed } }, scene)
}

/** What the customer of a process was last asked for. */
export type AskedOf = (number: string) => Promise<Asked>

function written(notice: Meant, scene: Scene): PreparedLetter {
  const { subject, profile, template, definition, world, target, readers, now } = scene
  const language = target.kind === 'customer' ? languageOfCustomer(scene) : languageOfReaders(readers, profile)
  // What the customer is to hear is in the customer's language, whoever reads it out.
  const spoken = target.kind === 'relay' ? languageOfCustomer(scene) : language
  const names = namesIn(world, spoken)
  const facts = subjectValues(subject, recipientName(notice, scene, names), {
    ...{ profile, language: spoken, names },
    toCustomer: target.kind !== 'staff',
  })
  const values = mailedValues(subject.fields ?? {}, fieldsOf(profile.types, subject.type))
  const message = renderNotice(
    definition,
    template,
    notice.params,
    { ...facts, reach: wayToAnswer(subject, profile, { language: spoken, byMail: target.kind === 'customer' }) },
    wordingOf(profile, { subject, language: spoken, names, now, values }),
  )
  const remarks = target.reached.instead === null ? [] : [remarkOn(target.reached.instead, { world, profile, language })]
  if (target.kind === 'relay') {
    const { customer } = customerNames(subject)
    const remark = notice.cause === null ? words.relay : words.relayUndelivered
    const { phone } = subject.contactMasked
    const filling = { customer, phone: phone ?? undefined, place: whereRevealed(subject, language), process: called(subject, language) }
    remarks.push(fillWithout(remark[language], filling, { language, reader: 'staff' }))
  }
  const toPassOn = notice.params['toPassOn'] === 'true'
  if (toPassOn) {
    const { department, contact } = notice.params
    remarks.push(fill(words.passOn[language], { department: named(department, names), contact: named(contact, names) }))
  }
  return {
    kind: 'send',
    letter: {
      language,
      process: called(subject, language),
      subject: target.kind === 'relay' ? fill(relaySubject(subject)[language], { subject: message.subject }) : message.subject,
      text: message.text,
      remarks,
      quoted: target.kind === 'relay' || toPassOn,
      signature: target.kind === 'customer' && profile.signature ? signatureText(profile.signature, language) : undefined,
    },
    to:
      target.kind === 'customer'
        ? [{ name: plainName(subject.customerName ?? ''), address: target.email }]
        : readers.map(({ name, email }) => ({ name: plainName(name), address: email ?? '' })),
    record: {
      channel: target.kind === 'relay' ? 'relay' : 'email',
      reached: readers.map(({ id }) => id),
      address: target.kind === 'customer' ? subject.contactMasked.email : null,
    },
    subject: {
      number: subject.number,
      priority: profile.priorities.find(({ id }) => id === subject.priority)?.label[language] ?? subject.priority,
      words: subject.words,
      isAwaited: definition.awaited === true,
    },
  }
}

/** Mail programs read `=?utf-8?q?…?=` as another name, wherever it stands (RFC 2047). */
function plainName(name: string): string {
  return name.replaceAll('=?', '= ?')
}

/** Of whose contact it is: of its own, or of the process that it belongs to. */
function whereRevealed(subject: Subject, language: Locale): string {
  const { number, contact } = subject
  return contact === null || contact.number === number ? fill(words.here[language], { process: called(subject, language) }) : contact.number
}

function called({ words: { labels } }: Subject, language: Locale): string {
  return labels[language]
}

/** By phone where there is one. */
function relaySubject({ contactMasked }: Subject): Labels {
  return contactMasked.phone === null ? words.relayAnotherWay : words.relaySubject
}

/** What was said of this customer; else what they chose, if it is one who signs in; else, and where the profile does not speak that, the profile's. */
function languageOfCustomer({
  subject: { requester, language },
  world: { people },
  profile,
}: Pick<Scene, 'subject' | 'world' | 'profile'>): Locale {
  return languageFor(profile, language ?? (requester === null ? null : people.get(requester)?.preferences.language))
}

/** The one language in which all readers read it, else the profile's. */
function languageOfReaders(readers: readonly Addressee[], profile: Profile): Locale {
  const [first = profile.language, ...others] = new Set(readers.map(({ preferences }) => languageFor(profile, preferences.language)))
  return others.length === 0 ? first : profile.language
}

function namesIn({ people, teams }: Addressees, language: Locale): Record<string, string> {
  return Object.fromEntries([
    ...[...teams.values()].map(({ id, labels }) => [id, labels[language]] as const),
    ...[...people.values()].map(({ id, name }) => [id, name] as const),
  ])
}

/** Whom the notice was meant for. */
function recipientName({ recipientKind, recipientId }: Meant, scene: Scene, names: Readonly<Record<string, string>>): string {
  if (recipientKind === 'customer') return customerNames(scene.subject).customer ?? customerUnnamed(languageOfCustomer(scene))
  if (recipientKind === 'role') return listed(scene.readers, languageOfReaders(scene.readers, scene.profile))
  return own(names, recipientId ?? '') ?? recipientId ?? ''
}

/** People by their names. */
export function listed(people: readonly { readonly name: string }[], language: Locale): string {
  return people.map(({ name }) => name).join(language === 'en' ? ', ' : '、')
}

/** By name who is known here, else as somebody wrote it. */
function named(id: string | number | undefined, names: Readonly<Record<string, string>>): string {
  return own(names, String(id)) ?? String(id)
}

/** Who writes, and how to reach them. */
function signatureText({ name, hotline, hours, replies }: NonNullable<Profile['signature']>, language: Locale): string {
  const reply = (replies ? words.replies : words.noReplies)[language]
  return fill(words.signature[language], { name: name[language], hotline, hours: hours?.[language], reply })
}

function remarkOn(
  instead: Instead,
  { world, profile, language }: Pick<Scene, 'world' | 'profile'> & { readonly language: Locale },
): string {
  const names = namesIn(world, language)
  if (instead.kind === 'deputy') return fill(words.deputy[language], { name: own(names, instead.of) ?? instead.of })
  if ('person' in instead) return fill(words.climbedPerson[language], { name: own(names, instead.person) ?? instead.person })
  return fill(words.climbedTeam[language], {
    team: own(names, instead.team) ?? instead.team,
    role: instead.role === null ? undefined : rolesOf(profile)[instead.role][language],
  })
}
