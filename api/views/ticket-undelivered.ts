import { z } from 'zod'
import type { Undelivered } from '../../db/notice-list.ts'
import type { Locale } from '../../domain/labels.ts'
import { causeOf, noticeCauses } from '../../domain/notices/causes.ts'
import { noticeLabel, type WithCustomNotices } from '../../domain/notices/custom.ts'
import { undeliveredShape, type undeliveredSchema } from './ticket-schemas.ts'

/** What did not reach the customer by mail, and who was asked to tell them another way (T8). Staff alone see it. */
export type UndeliveredView = z.output<typeof undeliveredSchema>

/** The same among other tickets'. */
export const undeliveredOfTicketSchema = z
  .object({
    ...undeliveredShape,
    number: z.string().describe('number of the ticket'),
    title: z.string().describe('what it is called'),
  })
  .meta({ id: 'UndeliveredOfTicket', description: 'What the customer of a ticket has not heard, until somebody has spoken with them' })

export function undeliveredView(notice: Undelivered, profile: WithCustomNotices, locale: Locale): UndeliveredView {
  const { id, kind, since, channel, reached } = notice
  const cause = causeOf(notice) ?? 'no-address'
  return {
    notice: id,
    kind,
    label: noticeLabel(profile, kind)[locale],
    since,
    cause,
    causeText: noticeCauses[cause][locale],
    told: channel === 'relay' ? [...reached] : [],
  }
}
