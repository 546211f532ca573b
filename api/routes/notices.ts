import { z } from 'zod'
import { addressees } from '../../db/addressees.ts'
import { lastAsked } from '../../db/asked-of-customer.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { findNotice, listNotices, retryNotice, type ListedNotice } from '../../db/notice-list.ts'
import { reconsiderHeld } from '../../db/notices.ts'
import { preferencesOf, setPreferences } from '../../db/people.ts'
import { inTransaction } from '../../db/transaction.ts'
import { subjectsOf } from '../../processes/hosting.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { causeOf, noticeCauses } from '../../domain/notices/causes.ts'
import { isNoticeKind, mutableKinds, noticeKinds } from '../../domain/notices/kinds.ts'
import { preferencesSchema, type Preferences } from '../../domain/notices/preferences.ts'
import { sameHours } from '../../domain/notices/quiet-hours.ts'
import { isStaff } from '../../domain/people.ts'
import { wouldSay } from '../../delivery/preview.ts'
import { everyRole, isOnlyCustomer, staffRoles } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey, tellReplayed } from '../http/headers.ts'
import { refuseUnknownNames } from './filters.ts'
import { none, reads, writes, type App } from '../openapi/operation.ts'
import { paging } from '../http/paging.ts'
import { problem } from '../problems/problem.ts'
import { whole } from '../http/query.ts'
import { instantAnswer, localeSchema, namesSchema, noticeKindSchema, pageOf } from '../views/schemas.ts'

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

/** What was said to whom and what became of it; trying again; and what each person wants to hear (S8, T8, X6). */
export function addNotices(app: App, context: Context): void {
  const { db, clock, once } = context
  const now = () => instantOf(clock.now().getTime())
  const preparing = {
    keys: context.keys,
    profileOf: context.profileOf,
    subjectOf: async (number: string) => (await subjectsOf(db, context.processes, [number]))[0],
    askedOf: (number: string) => lastAsked(db, number),
  }

  reads(
    app,
    {
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
    },
    async ({ c, caller, query }) => {
      const locale = c.get('locale')
      const page = await listNotices(db, { ...query, reader: caller.id })
      if (page.items.length === 0) await refuseUnknownNames(db, query)
      const ids = page.items.flatMap(({ recipientId, reached, passedOver }) => [
        ...(recipientId === null ? [] : [recipientId]),
        ...reached,
        ...passedOver,
      ])
      return c.json({
        items: page.items.map((notice) => noticeView(notice, locale)),
        names: await context.namesOf(ids, locale),
        next: page.next,
      })
    },
  )

  reads(
    app,
    {
      path: '/api/notices/{id}',
      id: 'readNotice',
      tag: 'Notices',
      summary: 'One notice with its words',
      roles: staffRoles,
      params: idParam,
      query: none,
      answer: { status: 200, description: 'The notice', schema: wholeSchema },
      problems: [404],
    },
    async ({ c, caller, params }) => {
      const notice = await findNotice(db, params.id, caller.id)
      if (!notice) throw problem('unknown-notice', { id: params.id })
      const said = notice.said ?? (await wouldSay(preparing, notice, await addressees(db, now()), now()))
      return c.json({
        ...noticeView(notice, c.get('locale')),
        language: said?.language ?? null,
        subject: said?.subject ?? null,
        text: said?.text ?? null,
      })
    },
  )

  writes(
    app,
    {
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
    },
    async ({ c, caller, params, raw }) => {
      const key = requestKey(c)
      const route = `POST /api/notices/${params.id}/retry`
      const answer = await once({ caller: caller.id, key, route, ticket: null, body: raw }, async (request) => {
        const notice = await findNotice(db, params.id, caller.id)
        if (!notice) throw problem('unknown-notice', { id: params.id })
        return inRowsOnce(db, request, now(), async (trx) => {
          if (!(await retryNotice(trx, params.id))) throw problem('notice-not-dead', { status: notice.status })
          const queued = await findNotice(trx, params.id, caller.id)
          return { status: 200, body: noticeView(queued ?? notice, c.get('locale')) }
        })
      })
      tellReplayed(c, answer)
      return c.json(noticeSchema.parse(answer.body))
    },
  )

  reads(
    app,
    {
      path: '/api/me/preferences',
      id: 'readPreferences',
      tag: 'Work',
      summary: 'What I want to hear, in which language and when',
      roles: everyRole,
      params: none,
      query: none,
      answer: { status: 200, description: 'The preferences', schema: preferencesAnswer },
    },
    async ({ c, caller }) => c.json(preferencesView((await preferencesOf(db, caller.id)) ?? {}, { caller, locale: c.get('locale') })),
  )

  writes(
    app,
    {
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
    },
    async ({ c, caller, body }) => {
      await inTransaction(db, async (trx) => {
        const before = await preferencesOf(trx, caller.id)
        await setPreferences(trx, caller.id, { ...body, muted: [...new Set(body.muted)] })
        // Of customers no quiet hours of their own hold anything.
        if (isStaff(caller) && !sameHours(before?.quietHours ?? null, body.quietHours)) await reconsiderHeld(trx, caller.id, now())
      })
      return c.json(preferencesView(body, { caller, locale: c.get('locale') }))
    },
  )
}

function noticeView(notice: ListedNotice, locale: Locale): z.input<typeof noticeSchema> {
  const { id, process, seq, kind, recipientKind, recipientId, createdAt, status, heldUntil, retryAt, sentAt } = notice
  const { channel, reached, address, attempts, passedOver, lastError, messageId, gatheredFor, digest } = notice
  const cause = causeOf(notice)
  // When a notice is held no more the row still says until when it was.
  const held = status === 'queued' ? heldUntil : null
  return {
    id,
    ticket: process,
    seq,
    kind,
    label: isNoticeKind(kind) ? noticeKinds[kind].label[locale] : kind,
    recipient: { kind: recipientKind, id: recipientId },
    createdAt,
    status,
    heldUntil: held,
    heldFor: held === null ? null : gatheredFor === null ? 'quiet-hours' : 'digest',
    retryAt,
    sentAt,
    channel,
    reached,
    address,
    attempts,
    passedOver,
    cause,
    causeText: cause === null ? null : noticeCauses[cause][locale],
    lastError,
    messageId,
    digest,
  }
}

/** What colleagues tell each other is nothing that customers could mute. */
function preferencesView(
  { language = null, quietHours = null, muted = [] }: Preferences,
  { caller, locale }: { readonly caller: Caller; readonly locale: Locale },
) {
  const kinds = isOnlyCustomer(caller) ? [] : mutableKinds
  return { language, quietHours, muted, mutable: kinds.map((kind) => ({ kind, label: noticeKinds[kind].label[locale] })) }
}
