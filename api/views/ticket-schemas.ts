import { z } from 'zod'
import { locales } from '../../domain/labels.ts'
import { interventionCauses } from '../../domain/interventions.ts'
import { milestoneStates } from '../../domain/milestones.ts'
import { findings } from '../../domain/customers/identity.ts'
import { unwatchedReasonNames } from '../../workflows/ticket/unwatched.ts'
import { entryInShortSchema } from './customers.ts'
import { formFieldSchema } from './form.ts'
import { instantAnswer, personAnswer, stageSchema, noticeKindSchema, namesSchema, promiseSchema, pageOf } from './schemas.ts'

/** What the API answers of a ticket. */

export const similarSchema = z
  .object({
    number: z.string().describe('its number'),
    title: z.string().describe('what it is called'),
    stage: stageSchema,
    type: z.string().describe('id of its type in the profile'),
    priority: z.string().describe('id of its priority in the profile'),
    submittedAt: instantAnswer('when it was registered'),
  })
  .meta({ id: 'SimilarTicket', description: 'An open ticket of the same customer' })

export const registeredSchema = z
  .object({
    number: z.string().describe('the number of the new ticket'),
    stage: stageSchema,
    version: z.int().min(1).describe('sequence number of its last event'),
    promises: z.array(promiseSchema).describe('what is promised from now on'),
    tell: z.string().describe('what to tell the customer: the number, and within what time work starts'),
    similar: z
      .array(similarSchema)
      .describe(
        'open tickets of the same customer by account, phone or e-mail, of any profile and under any name, newest first; a customer sees only their own',
      ),
  })
  .meta({ id: 'RegisteredTicket', description: 'A ticket that was just registered' })

export const waitingSchema = z
  .object({
    id: z.int().min(1).describe('sequence number of the event that began it'),
    for: z.string().describe('for whom or what: an id that the profile lists, or `query`: for the answer of the service desk'),
    reason: z.string().nullable().describe('why; null for customers, since it is written for colleagues'),
    since: instantAnswer('since when'),
    until: instantAnswer('until when; null while nobody knows').nullable(),
  })
  .meta({ id: 'TicketWaiting', description: 'What a ticket waits for' })

const customerSchema = z
  .object({
    name: z.string().nullable().describe('name of the contact person'),
    company: z.string().nullable().describe('the company they speak for'),
    account: z.string().nullable().describe('the user id by which the customer is known'),
    phone: z.string().nullable().describe('phone number, masked: 138****5678'),
    email: z.string().nullable().describe('e-mail address, masked'),
    entry: z
      .string()
      .nullable()
      .describe('id of their entry in the directory; null: none yet, or several come into question, and for customers'),
  })
  .meta({ id: 'TicketCustomer', description: 'The customer of a ticket, their contact masked' })

const helperSchema = z
  .object({ person: personAnswer('who helps'), duty: z.string().describe('with what'), since: instantAnswer('since when') })
  .meta({ id: 'TicketHelper', description: 'Somebody who helps with a ticket' })

export const fieldValueSchema = z
  .union([z.string(), z.number(), z.boolean()])
  .meta({ id: 'FieldValue', description: 'The value of a field of the type: text, number, or yes and no' })

export const fieldsSchema = z.record(z.string(), fieldValueSchema)

export const undeliveredShape = {
  notice: z.int().min(1).describe('id of the notice'),
  kind: noticeKindSchema.describe('its kind'),
  label: z.string().describe('what the kind is called'),
  since: instantAnswer('when it was last tried'),
  cause: z.string().describe('code of why mail does not reach them'),
  causeText: z.string().describe('the same in words'),
  told: z.array(z.string()).describe('who was asked to tell the customer another way: ids of people; empty: nobody yet'),
}
export const undeliveredSchema = z.object(undeliveredShape).meta({
  id: 'UndeliveredNotice',
  description: 'What the customer has not heard, until somebody has spoken with them or it was sent again',
})

export const unwatchedShape = {
  reason: z.enum(unwatchedReasonNames).meta({ id: 'UnwatchedReason', description: 'why nobody watches' }),
  text: z.string().describe('what is wrong'),
  remedy: z.string().describe('what helps'),
  at: instantAnswer('since when it waits, or the deadline that was announced').nullable(),
}
export const unwatchedSchema = z
  .object(unwatchedShape)
  .meta({ id: 'Unwatched', description: 'Something of which no clock will remind anybody' })

const ticketShape = {
  number: z.string().describe('its number'),
  profile: z.string().describe('id of the profile that it runs by'),
  profileVersion: z.int().min(1).describe('version of that profile'),
  type: z.string().describe('id of its type in the profile'),
  typeLabel: z.string().describe('what the type is called'),
  priority: z.string().describe('id of its priority in the profile'),
  priorityLabel: z.string().describe('what the priority is called'),
  stage: stageSchema,
  stageLabel: z.string().describe('what the stage is called; for customers the same as `customerStatus`'),
  customerStatus: z.string().describe('where it stands, in the plain words that its customer reads'),
  channel: z.string().describe('id of the channel by which it came'),
  channelLabel: z.string().describe('what the channel is called'),
  waiting: waitingSchema.nullable().describe('what it waits for; null: for nothing'),
  representative: personAnswer('who keeps in touch with the customer').nullable(),
  requester: personAnswer('the customer who registered it themselves').nullable(),
  assignee: personAnswer('who has it in hand; null: nobody').nullable(),
  team: z.string().describe('id of the team whose queue it is in'),
  helpers: z.array(helperSchema).describe('who helps with it'),
  customer: customerSchema,
  title: z.string().describe('what it is called in lists'),
  fields: fieldsSchema.describe("the type's fields, by id"),
  keywords: z.array(z.string()).describe('words to find it by'),
  tags: z.array(z.string()).describe('tags of the customer, and of the solution'),
  version: z.int().min(1).describe('sequence number of its last event'),
  submittedAt: instantAnswer('when it was registered'),
  closedAt: instantAnswer('when it was closed; null while it is not').nullable(),
  nextDueAt: instantAnswer('when the next promise is due; null: nothing is owed').nullable(),
  promises: z.array(promiseSchema).describe('the latest cycle of each clock'),
}

export const ticketSummarySchema = z.object(ticketShape).meta({ id: 'TicketSummary', description: 'A ticket as lists show it' })

const diagnosisSchema = z
  .object({
    module: z.string().describe('the module concerned'),
    reproduced: z.boolean().describe('whether the fault could be reproduced'),
    at: instantAnswer('when it was recorded'),
  })
  .meta({ id: 'TicketDiagnosis', description: 'What the diagnosis found' })

const planSchema = z
  .object({
    kind: z.string().describe('kind of the plan: an id that the profile suggests, or free words'),
    estimatedFinishAt: instantAnswer('when it is to be finished'),
    at: instantAnswer('when it was filed'),
    impact: z.string().optional().describe('what it means for the customer; absent: nobody said'),
  })
  .meta({ id: 'TicketPlan', description: 'How and until when the problem is to be solved' })

export const taskKindSchema = z.enum(['open-question']).meta({ id: 'TaskKind', description: 'what is owed' })

const taskSchema = z
  .object({
    id: z.int().min(1).describe('sequence number of the event that opened it'),
    kind: taskKindSchema,
    text: z.string().describe('what is to be done'),
    owner: personAnswer('who is to do it; null: nobody yet').nullable(),
    openedAt: instantAnswer('since when it is owed'),
  })
  .meta({ id: 'TicketTask', description: 'What somebody still owes the customer' })

const priorityChangeSchema = z
  .object({
    id: z.int().min(1).describe('sequence number of the event that asked for it'),
    priority: z.string().describe('id of the priority wished for'),
    by: personAnswer('who asked for it'),
    at: instantAnswer('when it was asked for'),
  })
  .meta({ id: 'RequestedPriorityChange', description: 'Another priority that was asked for and not decided on' })

const interventionSchema = z
  .object({
    id: z.int().min(1).describe('sequence number of the event that began it'),
    cause: z.enum(interventionCauses).describe('what gave rise to it'),
    by: personAnswer('who looks into it'),
    at: instantAnswer('since when'),
  })
  .meta({ id: 'TicketIntervention', description: 'That a superior looks into a ticket' })

export const dutySchema = z
  .object({ department: z.string().describe('id of the team'), duty: z.string().describe('for what it answers') })
  .meta({ id: 'TicketDuty', description: 'What a department answers for, by a coordination meeting' })

const milestoneSchema = z
  .object({
    id: z.int().min(1).describe('its number, within the ticket'),
    department: z.string().describe('id of the team whose it is'),
    what: z.string().describe('what is to be reached'),
    owner: personAnswer('who sees that it is reached'),
    dueAt: instantAnswer('until when'),
    state: z.enum(milestoneStates).describe('whether it is open, was reached (`done`) or dropped'),
  })
  .meta({ id: 'TicketMilestone', description: 'What a department is to reach, by a coordination meeting' })

const linksSchema = z
  .object({
    self: z.string().describe('the ticket'),
    events: z.string().describe('its log'),
    outlook: z.string().describe('what happens next'),
    contacts: z.string().optional().describe('the communication record; for staff'),
    history: z.string().optional().describe('all tickets of the same customer; for staff, where it is known who that is'),
    clocks: z.string().describe('its promises'),
    workflow: z.string().optional().describe('its page in the Temporal UI; for staff, where there is one'),
  })
  .meta({ id: 'TicketLinks', description: 'Where else there is something to read about a ticket' })

const allowedActSchema = z
  .object({
    id: z.string().describe('what to send as `act`'),
    label: z.string().describe('what it is called'),
    fields: z.array(formFieldSchema).describe('what is asked with it'),
    lastAt: instantAnswer('when it took place last; null: not yet').nullable(),
  })
  .meta({ id: 'AllowedAct', description: "An act of the organisation's own" })

export const ticketSchema = z
  .object({
    ...ticketShape,
    description: z.string().describe('what the customer reported'),
    language: z.enum(locales).describe('in which the customer is written to'),
    diagnosis: diagnosisSchema.nullable().describe('what the diagnosis found; null before'),
    plan: planSchema.nullable().describe('how and until when it is to be solved; null without a plan'),
    tasks: z.array(taskSchema).describe('what is still owed to the customer'),
    agreedDueAt: instantAnswer('deadline set by the emergency review or the plan').nullable(),
    priorityChange: priorityChangeSchema.nullable().describe('another priority that waits for its decision'),
    intervention: interventionSchema.nullable().describe('that a superior looks into it; null: none does'),
    duties: z.array(dutySchema).describe('what each department answers for, by a coordination meeting'),
    milestones: z.array(milestoneSchema).describe('what departments are to reach, in the order in which it was set'),
    closedBySilence: z.boolean().describe('closed because the customer never answered'),
    urges: z.int().min(0).describe('how often it was urged on'),
    resolvedAt: instantAnswer('when the customer confirmed the solution').nullable(),
    reopenableUntil: instantAnswer('until when it can be reopened').nullable(),
    customerEntry: entryInShortSchema.nullable().describe("the customer's entry in the directory; for staff"),
    entryFound: z
      .enum(findings)
      .meta({ id: 'EntryFound', description: 'by what an entry was found' })
      .nullable()
      .describe('by what it was found; null: nobody has looked yet, and for customers'),
    suggestedEntries: z
      .array(entryInShortSchema)
      .describe(
        'entries whose customer it may be, while it is nobody’s: `link-customer` says whose; for each phone or address at most six of those that have it, `GET /api/customers?contact=` finds all; for staff',
      ),
    undelivered: z.array(undeliveredSchema).describe('what the customer has not heard; for staff'),
    names: namesSchema,
    links: linksSchema,
    allowed: z.array(z.string()).describe('commands the caller may give now'),
    allowedActs: z.array(allowedActSchema).describe('acts of the organisation’s own that the caller may record now, by `record-act`'),
  })
  .meta({ id: 'Ticket', description: 'A ticket, whole' })

export const ticketPageSchema = pageOf(ticketSummarySchema, { names: namesSchema }).meta({
  id: 'TicketPage',
  description: 'One page of tickets',
})
