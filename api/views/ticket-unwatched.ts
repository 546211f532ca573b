import type { z } from 'zod'
import type { Locale } from '../../domain/labels.ts'
import { unwatchedReasons, type Unwatched } from '../../workflows/ticket/unwatched.ts'
import type { unwatchedSchema } from './ticket-schemas.ts'

/** What nobody watches, with what helps (X5). Staff alone see it. */
export type UnwatchedView = z.output<typeof unwatchedSchema>

export function unwatchedView({ reason, at }: Unwatched, locale: Locale): UnwatchedView {
  const { text, remedy } = unwatchedReasons[reason]
  return { reason, text: text[locale], remedy: remedy[locale], at }
}
