import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { isObject, memberOf } from '../document/loose.ts'
import { labelsSchema } from '../labels.ts'
import type { Placeholder } from '../notices/definition.ts'
import { customerPlaceholders, commonPlaceholders, noticeKinds, type NoticeKind } from '../notices/kinds.ts'
import { customKindForm } from '../notices/custom.ts'
import { customParams } from '../notices/moment-values.ts'
import { noticeToSendSchema, placesSchema } from './clocks.ts'
import { conditionSchema, type Condition } from './conditions.ts'
import { momentSchema, type Moment } from './moments.ts'
import { checkTexts, templateShape } from './notices.ts'

/** Who is told at which moment (X10): rules that send a notice, kinds of notices of the profile's own, and usual ones that it does without. */

const ruleSchema = z
  .strictObject({
    id: id.describe('its id'),
    on: z.array(momentSchema).min(1).describe('moments at which it is sent'),
    to: placesSchema.describe('who is told, as of the moment; who did it themselves is not'),
    notice: noticeToSendSchema.describe('kind of notice: one of `customNotices`, or a usual one whose occasion the moments are'),
    when: conditionSchema.optional().describe('only of tickets of which this is so at that moment; absent: of all'),
  })
  .meta({ id: 'NotificationRule', description: 'who gets which notice at which moment' })

export const notificationRulesSchema = uniqueIds(z.array(ruleSchema))

/** As a policy carries it. */
export interface NotificationRule extends Pick<z.output<typeof ruleSchema>, 'id' | 'to' | 'notice'> {
  readonly on: readonly Moment[]
  readonly when?: Condition | undefined
}

const customNoticeSchema = z
  .strictObject({
    id: z
      .string()
      .max(100, { abort: true })
      .regex(customKindForm, 'custom-kind')
      .describe('its id, which begins with `custom-`, so that no kind of the product ever has it'),
    label: labelsSchema.describe('what it is called'),
    audience: z.enum(['customer', 'staff']).describe('whether it is for customers or for colleagues'),
    mayMute: z.boolean().default(false).describe('whether colleagues may choose not to get it: nothing that asks them to act'),
    ...templateShape,
  })
  .meta({ id: 'CustomNotice', description: "a kind of notice of the profile's own, sent by its rules and rungs" })
  .superRefine(
    (notice: unknown, context) => {
      if (!isObject(notice)) return
      for (const part of ['subject', 'text'])
        checkTexts(memberOf(notice, part), [part], { placeholders: sayable(memberOf(notice, 'audience')), hasForm: true }, context)
    },
    { when: () => true },
  )

export const customNoticesSchema = uniqueIds(z.array(customNoticeSchema))

/** What such a notice may say at all; whether it is there at the moments that send it is `notification-checks.ts`'s to judge. */
function sayable(audience: unknown): Readonly<Record<string, Placeholder>> {
  const params = Object.entries(customParams).map(([name, { kind }]): [string, Placeholder] => [name, { kind, has: 'ofSomeTypes' }])
  return { ...Object.fromEntries(params), ...commonPlaceholders, ...(audience === 'customer' && customerPlaceholders) }
}

/**
 * Usual notices of tickets that a profile may do without: those that everybody may mute for themselves. Nothing is left undone without them,
 * and no customer is owed them.
 */
export const silenceable: readonly NoticeKind[] = (
  ['ticket-queued', 'progress-reported', 'priority-change-decided', 'withdrawn', 'ticket-moved', 'promises-moved'] as const
).filter((kind) => noticeKinds[kind].mayMute)

export const silencedNoticesSchema = z.array(
  z
    .string()
    .max(100, { abort: true })
    .superRefine((kind, context) => {
      if (silenceable.some((one) => one === kind)) return
      context.addIssue({ code: 'custom', message: 'cannot-be-silenced', params: { known: silenceable }, input: kind })
    }),
)
