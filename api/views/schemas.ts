import { z } from 'zod'
import { locales } from '../../domain/labels.ts'
import { longestNumber } from '../../domain/numbering.ts'
import { customKindTail } from '../../domain/notices/custom.ts'
import { noticeKindNames } from '../../domain/notices/kinds.ts'
import { roles } from '../../domain/people.ts'
import { stages } from '../../domain/ticket-stages.ts'

/** What answers have in common, as schemas: the OpenAPI document is made from them, and stored answers are read through them. */

export const numberParam = numberParamOf('ticket, such as TS20231001001')

/** The number in the address of a process. */
export function numberParamOf(what: string) {
  return z.strictObject({ number: z.string().min(1).max(longestNumber).describe(`number of the ${what}`) })
}

/** When: an instant in UTC. */
export function instantAnswer(description: string) {
  return z.iso.datetime().describe(description)
}

/** Id of a person; `system` is the product itself. */
export function personAnswer(description: string) {
  return z.string().describe(`${description}; id of a person`)
}

export const stageSchema = z.enum(stages).meta({ id: 'Stage', description: 'where a ticket is on its way' })
export const localeSchema = z.enum(locales).meta({ id: 'Language', description: 'a language of the product' })
export const roleAnswer = z.enum(roles).meta({ id: 'Role', description: 'what somebody may do here' })

export const noticeKindSchema = z
  .union([z.enum(noticeKindNames), z.templateLiteral(['custom-', z.string().regex(customKindTail)])])
  .meta({ id: 'NoticeKind', description: "a kind of notice; those of a profile's own begin with `custom-`" })
export const directionSchema = z
  .enum(['outbound', 'inbound'])
  .meta({ id: 'ContactDirection', description: 'who spoke first: we (`outbound`) or the customer' })
export const mannerSchema = z
  .enum(['assigned', 'claimed', 'reassigned', 'handed-over', 'handed-up', 'dispatched'])
  .meta({ id: 'AssignmentManner', description: 'how somebody got the ticket' })
export const ledgerMannerSchema = z
  .enum(['submitted', ...mannerSchema.options, 'released'])
  .meta({ id: 'LedgerManner', description: 'how somebody got the ticket, from its registration on, or that it went back to the queue' })

/** What people and teams mentioned are called. */
export const namesSchema = z.record(z.string(), z.string()).describe('what people and teams mentioned are called, by id')

const alsoContact = (what: string) => z.string().optional().describe(`${what}, where a phone number or an e-mail address stands in it`)
export const contactSchema = z
  .object({
    phone: z.string().nullable().describe('phone number as the customer gave it'),
    email: z.string().nullable().describe('e-mail address as the customer gave it'),
    name: alsoContact('name of the contact person'),
    company: alsoContact('the company'),
    account: alsoContact('the user id'),
  })
  .meta({ id: 'Contact', description: 'How the customer is reached, in clear' })

/** What there is to say of a cycle, whether it is read with its label or stands in an event. */
const cycleShape = {
  clock: z.string().describe('id of the clock in the profile'),
  cycle: z.int().min(1).describe('which cycle of the clock, from 1'),
  startedAt: instantAnswer('when it was promised'),
  dueAt: instantAnswer('until when it is promised, rests included'),
  pausedMs: z.int().min(0).describe('how long it rested until now, in milliseconds of real time'),
  pausedWorkingMs: z
    .int()
    .min(0)
    .nullable()
    .describe('how much of that was working time, by which `dueAt` of a clock of working time moved; null where that was not kept'),
  state: z
    .enum(['running', 'paused', 'kept', 'broken', 'cancelled'])
    .meta({ id: 'PromiseState', description: 'what became of a promise; `running` and `paused` are still open' }),
  stoppedAt: instantAnswer('when it was kept or cancelled; null while it is owed').nullable(),
  recordedLate: z.boolean().describe('kept in time, but recorded after the breach was noted'),
  provisional: z.boolean().describe('due beyond the last day whose holidays are known: it may still move'),
}

const promiseShape = { ...cycleShape, label: z.string().describe('what the clock is called') }

export const promiseSchema = z
  .object(promiseShape)
  .meta({ id: 'TicketPromise', description: 'One cycle of a clock: what was promised, until when, and what became of it' })

/** {@link promiseSchema} of a process of another type. */
export const processPromiseSchema = z
  .object(promiseShape)
  .meta({ id: 'ProcessPromise', description: 'One cycle of a clock of a process: what was promised, until when, and what became of it' })

export const promiseChangeSchema = z.object(cycleShape).meta({ id: 'PromiseChange', description: 'A promise as an event left it' })

/** A list that comes in pages: its operation takes {@link paging}. */
export function pageOf<T extends z.core.$ZodType, E extends z.ZodRawShape>(items: T, extra: E) {
  return z.object({
    items: z.array(items).describe('the page'),
    next: z.string().nullable().describe('`cursor` of the next page; null on the last'),
    ...extra,
  })
}

/** A list that is always whole. */
export function wholeList<T extends z.ZodType, E extends z.ZodRawShape>(items: T, extra: E) {
  return z.object({ items: z.array(items).describe('all of them'), ...extra })
}
