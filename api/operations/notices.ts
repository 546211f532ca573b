import { z } from 'zod'
import { preferencesSchema } from '../../domain/notices/preferences.ts'
import { paging } from '../http/paging.ts'
import { whole } from '../http/query.ts'
import { instantAnswer, localeSchema, namesSchema, noticeKindSchema, pageOf } from '../views/schemas.ts'
import { none, reading, writing } from '../openapi/operation.ts'
import { everyRole, staffRoles } from '../access/roles.ts'

const noticeStatus = z
  .enum(['queued', 'sent', 'dead', 'muted'])
  .meta({ id: 'NoticeStatus', description: 'what became of a notice; `dead` was given up' })
const quietHours = z
  .object({ from: z.string().describe('time of day, for example 22:00'), until: z.string().describe('time of day, for example 08:00') })
  .meta({ id: 'QuietHours', description: 'Hours in which not to be disturbed' })
const noticeShape = {
  id: z.int().min(1).describe('its id'),
  ticket: z.string().describe('number of the ticket'),
  seq: z.int().min(1).describe('sequence number of the event that it tells of'),
  kind: noticeKindSchema.describe('its kind'),
  label: z.string().describe('what the kind is called'),
  recipient: z
    .object({
      kind: z.enum(['customer', 'person', 'team', 'role']).describe('what kind of recipient'),
      id: z.string().nullable().describe('id of the person or team, or place and team; null: the customer'),
    })
    .meta({ id: 'NoticeRecipient', description: 'To whom it goes' }),
  createdAt: instantAnswer('when it came to be sent'),
  status: noticeStatus,
  heldUntil: instantAnswer('when it may be sent at the earliest').nullable(),
  heldFor: z
    .enum(['quiet-hours', 'digest'])
    .meta({ id: 'NoticeHeldFor', description: 'What a notice is held for; `digest`: it goes out with others, in one mail' })
    .nullable()
    .describe('what it is held for; null when it is not'),
  retryAt: instantAnswer('when it is tried again').nullable(),
  sentAt: instantAnswer('when it was sent').nullable(),
  channel: z
    .enum(['email', 'relay'])
    .meta({ id: 'NoticeChannel', description: '`relay`: a colleague was asked to tell the customer' })
    .nullable()
    .describe('how it was sent; null before'),
  reached: z.array(z.string()).describe('the people it was sent to: their ids'),
  address: z.string().nullable().describe("the customer's address, masked"),
  attempts: z.int().min(0).describe('how often it was tried'),
  passedOver: z.array(z.string()).describe('people whom mail did not reach, so that it went to somebody above them: their ids'),
  cause: z.string().nullable().describe('code of why it was given up, or went another way than it was meant to'),
  causeText: z.string().nullable().describe('the same in words'),
  lastError: z.string().nullable().describe('what the mail server said last'),
  messageId: z.string().nullable().describe('Message-ID of the mail'),
  digest: z.string().nullable().describe('the digest that it stands in; null: it goes by itself, or its digest is not put together yet'),
}
const noticeSchema = z
  .object(noticeShape)
  .meta({ id: 'Notice', description: 'What was or will be said to somebody, and what became of it' })
const wholeSchema = z
  .object({
    ...noticeShape,
    language: localeSchema.nullable().describe('its language; null when it cannot be said'),
    subject: z.string().nullable().describe('as it was sent, or as it would be said now; null when it cannot be said'),
    text: z.string().nullable().describe('its words, likewise'),
  })
  .meta({ id: 'WholeNotice', description: 'A notice with its words' })
const preferencesAnswer = z
  .object({
    language: localeSchema.nullable().describe("the language wanted; null: the profile's"),
    quietHours: quietHours.nullable().describe('null: none of their own'),
    muted: z.array(noticeKindSchema).describe('kinds of notices to do without'),
    mutable: z
      .array(
        z
          .object({ kind: noticeKindSchema, label: z.string().describe('what the kind is called') })
          .meta({ id: 'MutableKind', description: 'A kind of notice that may be muted' }),
      )
      .describe('what may be muted'),
  })
  .meta({ id: 'Preferences', description: 'What somebody wants to hear, in which language and when' })

const idParam = z.strictObject({ id: whole({ min: 1, max: 999_999_999_999_999 }).describe('id of the notice') })

export const listNotices = reading({
  path: '/api/notices',
  id: 'listNotices',
  tag: 'Notices',
  summary: '通知 · What was or will be sent, newest first',
  roles: staffRoles,
  params: none,
  query: z.strictObject({
    ticket: z.string().max(100).optional().describe('number of a ticket'),
    status: noticeStatus.optional().describe('what became of it'),
    kind: noticeKindSchema.optional().describe('its kind'),
    recipient: z.string().max(150).optional().describe('a person, a team, `supervisor@tech-support`, or `customer`'),
    ...paging,
  }),
  answer: { status: 200, description: 'One page', schema: pageOf(noticeSchema, { names: namesSchema }) },
})

export const readNotice = reading({
  path: '/api/notices/{id}',
  id: 'readNotice',
  tag: 'Notices',
  summary: 'One notice with its words',
  roles: staffRoles,
  params: idParam,
  query: none,
  answer: { status: 200, description: 'The notice', schema: wholeSchema },
  problems: [404],
})

export const retryNotice = writing({
  method: 'post',
  path: '/api/notices/{id}/retry',
  id: 'retryNotice',
  tag: 'Notices',
  summary: 'Send a notice again at once',
  description:
    'One that was given up, that went another way than to its reader, a customer without an address say, or that waits for another try: when the address has been corrected, say. What was sent as it was meant to is not sent twice.',
  roles: ['agent', 'supervisor', 'admin'],
  params: idParam,
  query: none,
  body: none,
  keyed: true,
  answer: { status: 200, description: 'Queued again', schema: noticeSchema },
  problems: [404, 409],
})

export const readPreferences = reading({
  path: '/api/me/preferences',
  id: 'readPreferences',
  tag: 'Work',
  summary: 'What I want to hear, in which language and when',
  roles: everyRole,
  params: none,
  query: none,
  answer: { status: 200, description: 'The preferences', schema: preferencesAnswer },
})

export const putPreferences = writing({
  method: 'put',
  path: '/api/me/preferences',
  id: 'putPreferences',
  tag: 'Work',
  summary: 'Say what I want to hear, in which language and when',
  description: 'Replaces all of them; what is left out goes back to the default. Quiet hours never hold the most urgent tickets.',
  roles: everyRole,
  params: none,
  query: none,
  body: preferencesSchema,
  answer: { status: 200, description: 'The preferences', schema: preferencesAnswer },
})
