import type { z } from 'zod'
import type { Undelivered } from '../../db/notice-list.ts'
import type { Locale } from '../../domain/labels.ts'
import { noticeCauses } from '../../domain/notices/causes.ts'
import { isNoticeKind, noticeKinds } from '../../domain/notices/kinds.ts'
import type { undeliveredSchema } from './schemas.ts'

/** What did not reach the customer by mail, and who was asked to tell them another way (T8). Staff alone see it. */
export type UndeliveredView = z.output<typeof undeliveredSchema>

export function undeliveredView({ id, kind, since, cause, channel, reached }: Undelivered, locale: Locale): UndeliveredView {
  return {
    notice: id,
    kind,
    label: isNoticeKind(kind) ? noticeKinds[kind].label[locale] : kind,
    since,
    cause,
    causeText: noticeCauses[cause][locale],
    told: channel === 'relay' ? [...reached] : [],
  }
}
