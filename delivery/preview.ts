import { definitionIn, isAnyNoticeKind } from '../domain/notices/custom.ts'
import { colleaguesOn, passingOver, type Addressees } from '../domain/notices/recipients.ts'
import { templateOf } from '../domain/notices/render.ts'
import type { Said } from '../db/tables/notices.ts'
import type { Instant } from '../domain/instant.ts'
import { textOf } from './mail.ts'
import { letterOf, type Meant, type Target } from './letter.ts'
import { openedContact, type Preparing } from './prepare.ts'
import { targetOf } from './way.ts'

/**
 * The mail that a notice would be if it went out now, to whom it would reach and in their language: what delivery would say, whatever
 * keeps it from going out; undefined when there is nothing to say it with.
 */
export async function wouldSay(
  preparing: Omit<Preparing, 'exists'>,
  notice: Meant,
  everybody: Addressees,
  now: Instant,
): Promise<Said | undefined> {
  const { kind } = notice
  const subject = await preparing.subjectOf(notice.process)
  if (!subject || !isAnyNoticeKind(kind)) return undefined
  const profile = await preparing.profileOf(subject)
  const template = templateOf(profile, kind)
  const definition = definitionIn(profile, kind)
  if (!template || !definition) return undefined
  const world = passingOver(everybody, notice.passedOver)
  const contact = notice.recipientKind === 'customer' ? openedContact(preparing.keys, subject) : undefined
  const found = targetOf(contact, notice, subject, colleaguesOn(subject, world))
  const target = typeof found === 'string' ? nobody(notice) : found
  const readers = target.reached.to
  const { letter } = await letterOf(
    notice,
    kind,
    { subject, profile, template, definition, world, target, readers, now },
    preparing.askedOf,
  )
  return { language: letter.language, subject: letter.subject, text: textOf(notice.process, letter) }
}

/** As it would be said if they could be reached. */
function nobody({ recipientKind }: Meant): Target {
  const reached = { to: [], instead: null }
  return recipientKind === 'customer' ? { kind: 'customer', email: '', reached } : { kind: 'staff', reached }
}
