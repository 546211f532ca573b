import { z } from '@hono/zod-openapi'
import { unwatchedReasonNames } from '../../workflows/ticket/unwatched.ts'

/** What the API answers, as schemas: the OpenAPI document is made from them, and stored answers are read through them. */

export const numberParam = z.strictObject({ number: z.string().max(100).openapi({ example: 'TS20231001001' }) })

const instant = z.string().openapi({ format: 'date-time', example: '2023-10-01T06:30:00.000Z' })

const alsoContact = z.string().optional().openapi({ description: 'only where a phone or an e-mail stands there' })
export const contactSchema = z
  .object({ phone: z.string().nullable(), email: z.string().nullable(), name: alsoContact, company: alsoContact, account: alsoContact })
  .openapi('Contact')
export const shownContactSchema = contactSchema.nullable().openapi({
  description:
    'Null in the answer to a repeated key: minutes later, after a correction, or when the caller may not see it any more; reveal it anew',
})

export const promiseSchema = z
  .object({
    clock: z.string(),
    label: z.string(),
    cycle: z.int(),
    startedAt: instant,
    dueAt: instant,
    pausedMinutes: z.number(),
    state: z.enum(['running', 'paused', 'kept', 'broken', 'cancelled']),
    stoppedAt: instant.nullable(),
    recordedLate: z.boolean(),
    provisional: z.boolean().openapi({ description: 'due beyond the last day whose holidays are known: it may still move' }),
  })
  .openapi('Promise', { description: 'One cycle of a clock: what was promised, until when, and what became of it' })

/** Beside these members an event has those of its type. */
export const eventSchema = z
  .looseObject({
    seq: z.int(),
    type: z.string(),
    at: instant,
    occurredAt: instant,
    actor: z.string(),
    actingFor: z.string().optional().describe('the absent person who has the ticket, in whose place `actor` did it'),
    stage: z.string(),
  })
  .openapi('Event', {
    description: 'What happened, when it really did (`occurredAt`) and when it was recorded (`at`); further members by type',
  })

export const stepSchema = z
  .object({ number: z.string(), version: z.int(), stage: z.string(), events: z.array(eventSchema) })
  .openapi('StepAnswer')

export const similarSchema = z
  .object({ number: z.string(), title: z.string(), stage: z.string(), type: z.string(), priority: z.string(), submittedAt: instant })
  .openapi('SimilarTicket', { description: 'An open ticket of the same customer' })

export const registeredSchema = z
  .object({
    number: z.string(),
    stage: z.string(),
    version: z.int(),
    promises: z.array(promiseSchema),
    tell: z.string().openapi({ description: 'What to tell the customer: the number, and within what time work starts' }),
    similar: z.array(similarSchema),
  })
  .openapi('RegisteredTicket')

const waitingSchema = z.object({ for: z.string(), reason: z.string(), since: instant, until: instant.nullable() })

export const undeliveredSchema = z
  .object({
    notice: z.int().describe('id of the notice'),
    kind: z.string(),
    label: z.string(),
    since: instant,
    cause: z.string(),
    causeText: z.string(),
    told: z.array(z.string()).describe('who was asked to tell the customer another way; empty: nobody yet'),
  })
  .openapi('UndeliveredNotice', {
    description: 'What the customer has not heard, until somebody has spoken with them or it was sent again',
  })

export const unwatchedSchema = z
  .object({
    reason: z.enum(unwatchedReasonNames),
    text: z.string().describe('what is wrong'),
    remedy: z.string().describe('what helps'),
    at: instant.nullable().describe('since when it waits, or the deadline that was announced'),
  })
  .openapi('Unwatched', { description: 'Something of which no clock will remind anybody' })

const ticketShape = {
  number: z.string(),
  profile: z.string(),
  profileVersion: z.int(),
  type: z.string(),
  typeLabel: z.string(),
  priority: z.string(),
  priorityLabel: z.string(),
  stage: z.string(),
  stageLabel: z.string(),
  channel: z.string(),
  channelLabel: z.string(),
  waiting: waitingSchema.nullable(),
  representative: z.string().nullable(),
  requester: z.string().nullable(),
  assignee: z.string().nullable(),
  team: z.string(),
  helpers: z.array(z.object({ person: z.string(), duty: z.string() })),
  customer: z.object({
    name: z.string().nullable(),
    company: z.string().nullable(),
    account: z.string().nullable(),
    phone: z.string().nullable().openapi({ example: '138****5678' }),
    email: z.string().nullable(),
  }),
  title: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  keywords: z.array(z.string()),
  tags: z.array(z.string()),
  version: z.int(),
  submittedAt: instant,
  closedAt: instant.nullable(),
  nextDueAt: instant.nullable(),
  promises: z.array(promiseSchema),
}

const names = z.record(z.string(), z.string()).openapi({ description: 'What people and teams mentioned are called, by id' })

export const ticketSummarySchema = z.object(ticketShape).openapi('TicketSummary')

export const ticketSchema = z
  .object({
    ...ticketShape,
    description: z.string(),
    diagnosis: z.object({ module: z.string(), reproduced: z.boolean(), at: instant }).nullable(),
    plan: z.object({ kind: z.string(), estimatedFinishAt: instant, at: instant }).nullable(),
    tasks: z.array(z.object({ id: z.int(), kind: z.string(), text: z.string(), owner: z.string().nullable(), openedAt: instant })),
    agreedDueAt: instant.nullable(),
    priorityChange: z.object({ id: z.int(), priority: z.string(), by: z.string(), at: instant }).nullable(),
    closedBySilence: z.boolean(),
    urges: z.int(),
    resolvedAt: instant.nullable(),
    reopenableUntil: instant.nullable(),
    undelivered: z.array(undeliveredSchema),
    names,
    links: z.record(z.string(), z.string()),
    allowed: z.array(z.string()).openapi({ description: 'Commands the caller may give now' }),
  })
  .openapi('Ticket')

export function pageOf(items: z.ZodType, extra: z.ZodRawShape = {}) {
  return z.object({
    items: z.array(items),
    next: z.string().nullable().openapi({ description: 'Cursor of the next page; null on the last' }),
    ...extra,
  })
}

export const ticketPageSchema = pageOf(ticketSummarySchema, { names })

export { instant as instantAnswer, names as namesSchema }
