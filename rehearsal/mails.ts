import { letterOf } from '../delivery/letter.ts'
import { textOf } from '../delivery/mail.ts'
import { wayOf, type Going } from '../delivery/way.ts'
import type { Contact } from '../domain/customer.ts'
import type { Instant } from '../domain/instant.ts'
import { isAnyNoticeKind, type AnyNoticeKind } from '../domain/notices/custom.ts'
import type { Asked } from '../domain/notices/owed.ts'
import { recipientId, type Addressees } from '../domain/notices/recipients.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { Subject } from '../processes/subject.ts'
import type { Notice } from '../workflows/process.ts'
import { placeOf } from './people.ts'
import type { RehearsedMail } from './result.ts'

/**
 * The outbox of a rehearsal: what delivery makes of each notice, quiet hours included. It is never away, and never gathers many mails into one:
 * that depends on what else happens.
 */
export interface Outbox {
  /** A notice of an event that was recorded just now, about the ticket as it is. */
  add(seq: number, notice: Notice, now: Instant): Promise<void>
  /** When the next one goes that waits; undefined: none does. */
  nextAt(): Instant | undefined
  /** Sends what may go by now. */
  send(now: Instant): Promise<void>
  /** Another priority: what waits is looked at again. */
  reconsider(now: Instant): Promise<void>
  /** There are as many as anybody would read: no more are taken. */
  readonly isFull: boolean
  /** What became of the notices of that event, in their order. */
  of(seq: number): readonly RehearsedMail[]
}

export interface Posting {
  readonly number: string
  readonly profile: Profile
  readonly everybody: Addressees
  readonly contact: Contact
  readonly subject: () => Subject
  /** What the customer was last asked for. */
  readonly asked: () => Asked
}

/** Each is a text to be made: so many are made in a second or so. */
const mostMails = 2_000

interface Item {
  readonly going: Going & { readonly kind: AnyNoticeKind }
  mail: RehearsedMail
}

export function createOutbox({ number, profile, everybody, contact, subject, asked }: Posting): Outbox {
  const items: Item[] = []

  const waiting = () => items.filter(({ mail }) => mail.fate === 'waits')

  async function attempt(item: Item, now: Instant): Promise<void> {
    const { going } = item
    // Of one recipient they go in order.
    const before = waiting().find((other) => other !== item && items.indexOf(other) < items.indexOf(item) && isSame(other.going, going))
    if (before) {
      item.mail = { ...item.mail, heldUntil: before.mail.heldUntil }
      return
    }
    const notice = { ...going, heard: heardOf(item) }
    const about = subject()
    const way = wayOf(going.kind, notice, { subject: about, profile, everybody, contact, now })
    switch (way.kind) {
      case 'hold':
        item.mail = { ...item.mail, heldUntil: way.until }
        return
      case 'muted':
        item.mail = { ...item.mail, fate: way.cause === 'overtaken' ? 'overtaken' : 'muted', cause: way.cause ?? null }
        return
      case 'dead':
        item.mail = { ...item.mail, fate: 'undeliverable', cause: way.cause }
        return
      case 'goes': {
        const scene = { subject: about, profile, now, ...way }
        const { letter, record } = await letterOf(notice, going.kind, scene, () => Promise.resolve(asked()))
        const reached = way.target.kind === 'customer' ? (['customer'] as const) : record.reached.flatMap((id) => placeOf(id) ?? [])
        item.mail = {
          ...item.mail,
          ...{ fate: 'sent', sentAt: now, channel: record.channel, reached, subject: letter.subject, text: textOf(number, letter) },
        }
      }
    }
  }

  /** Whoever heard of the same event by another notice of the kind. */
  function heardOf({ going }: Item): readonly string[] {
    return items
      .filter((other) => other.going.seq === going.seq && other.going.kind === going.kind && other.going !== going)
      .filter(({ mail, going: { recipientKind } }) => mail.fate === 'sent' && recipientKind !== 'customer')
      .flatMap(({ mail }) => mail.reached)
  }

  async function attemptAll(some: readonly Item[], now: Instant): Promise<void> {
    for (const item of some) if (item.mail.fate === 'waits') await attempt(item, now)
  }

  return {
    async add(seq, { kind, recipient, params }, now) {
      if (!isAnyNoticeKind(kind) || items.length >= mostMails) return
      const going = {
        process: number,
        seq,
        kind,
        createdAt: now,
        ...{ recipientKind: recipient.kind, recipientId: recipientId(recipient) },
        params,
        cause: null,
        passedOver: [],
        heard: [],
      }
      // As in the rows: nobody is told the same of one event twice.
      if (items.some((other) => other.going.seq === seq && other.going.kind === kind && isSame(other.going, going))) return
      const mail: RehearsedMail = {
        ...{ seq, kind, recipient, params, fate: 'waits', cause: null, sentAt: null, heldUntil: null },
        ...{ channel: null, reached: [], subject: null, text: null },
      }
      const item = { going, mail }
      items.push(item)
      await attempt(item, now)
    },
    get isFull() {
      return items.length >= mostMails
    },
    nextAt: () =>
      waiting()
        .flatMap(({ mail }) => mail.heldUntil ?? [])
        .toSorted()[0],
    send: (now) =>
      attemptAll(
        waiting().filter(({ mail }) => mail.heldUntil !== null && mail.heldUntil <= now),
        now,
      ),
    reconsider: (now) => attemptAll(waiting(), now),
    of: (seq) => items.filter(({ going }) => going.seq === seq).map(({ mail }) => mail),
  }
}

function isSame(one: Going, other: Going): boolean {
  return one.recipientKind === other.recipientKind && one.recipientId === other.recipientId
}
