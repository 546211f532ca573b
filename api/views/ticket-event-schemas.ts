import { z } from 'zod'
import { labelsSchema, locales } from '../../domain/labels.ts'
import type { Stage } from '../../domain/ticket-stages.ts'
import type { EventType } from '../../workflows/ticket/events.ts'
import { directionSchema, mannerSchema, noticeKindSchema } from './schemas.ts'
import { fieldsSchema, taskKindSchema } from './ticket-schemas.ts'
import { colleagueEventSchemas } from './ticket-colleague-event-schemas.ts'
import {
  event,
  said,
  perhaps,
  when,
  perhapsWhen,
  whoever,
  perhapsWho,
  yesNo,
  count,
  words,
  satisfaction,
  clock,
  cycle,
  outcome,
  calendarVersion,
  target,
  candidate,
  cause,
  classification,
  recipient,
  attachedTag,
  corrections,
  offered,
} from './ticket-event-members.ts'

const byDepartment = z
  .boolean()
  .optional()
  .describe('whoever spoke has the ticket, helps with it, or belongs to its team; absent: nobody of these did')

/** Of an event that customers see what they do not see of it (`ticket-for-customer.ts`): for them it is not there. */
const internal = <S extends z.ZodType>(schema: S) => schema.optional()

const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .optional()
  .describe(
    'values of the fields that conditions of the profile name or its clocks count from, after it; of texts only that there is one. Absent: as before',
  )

const newDeadline = perhapsWhen('until when it is to be solved from then on; null: that is promised no more. Absent: as before').optional()

/** Where a step leads that passes over what follows on the path. */
const leadsTo = <const S extends readonly Stage[]>(next: S) =>
  z.enum(next).optional().describe('the stage it leads to, since the profile leaves out the one before; absent: the one that follows')

/** Each type of event: what all say, and what it says beside that. */
export const eventSchemas = {
  submitted: event('submitted', {
    ticketType: said('id of its type in the profile'),
    priority: said('id of its priority'),
    channel: said('id of the channel by which it came'),
    language: internal(z.enum(locales).optional().describe("in which the customer is written to; absent: in the profile's")),
    representative: internal(perhapsWho('who keeps in touch with the customer')),
    requester: internal(perhapsWho('the customer who registered it themselves')),
    assignee: internal(perhapsWho('who got it at once')),
    team: internal(said('id of the team whose queue it joined')),
    live: internal(yesNo('whether the customer was on the line')),
    byDepartment: internal(byDepartment),
    startWithin: internal(target.nullable().describe('within what time work starts, as the customer was told')),
    calendar: internal(calendarVersion),
    insteadOf: internal(whoever('the absent person who was named, and whose deputy got it').optional()),
    begins: internal(z.enum(['triage', 'assignment']).optional().describe('the stage it began in, where that is not intake')),
    deadlineClocks: internal(z.array(z.string()).optional().describe('the clocks that say until when it is to be solved')),
    offered: internal(offered),
    facts: internal(facts),
  }),
  supplemented: event('supplemented', {
    fields: fieldsSchema.describe('what was supplied, by field'),
    text: perhaps('what was added in words'),
    facts: internal(facts),
    deadline: internal(newDeadline),
  }),
  'intake-reviewed': event('intake-reviewed', {
    complete: yesNo('whether everything needed is there'),
    missing: words('what is missing'),
    message: perhaps('what the customer was asked'),
    next: internal(leadsTo(['assignment'])),
    offered: internal(offered),
  }),
  diagnosed: event('diagnosed', {
    summary: said('what was found'),
    module: said('the module concerned'),
    reproduced: yesNo('whether the fault could be reproduced'),
    remoteSession: perhaps('note on a remote-assistance session'),
    suspectedCause: perhaps('what is suspected'),
    needs: words('what is still needed'),
    reviewMeeting: yesNo('whether an emergency review must confirm priority and deadline first'),
    offered,
  }),
  'review-meeting-recorded': event('review-meeting-recorded', {
    participants: words('who took part'),
    decision: said('what was decided'),
    priority: said('id of the priority confirmed'),
    dueAt: perhapsWhen('the deadline agreed'),
    minutes: said('the minutes'),
    offered,
  }),
  assigned: event('assigned', {
    manner: mannerSchema,
    assignee: perhapsWho('who got it'),
    team: said('id of the team whose queue it is in'),
    previous: perhapsWho('who had it before'),
    reason: perhaps('why'),
    insteadOf: perhapsWho('the absent person whose deputy got it'),
    deadline: perhapsWhen('until when it is to be solved'),
    candidates: z.array(candidate).optional().describe('dispatched: who came into question, best first'),
  }),
  released: event('released', { assignee: perhapsWho('who gave it back'), reason: said('why') }),
  'representative-changed': event('representative-changed', {
    from: whoever('who kept in touch with the customer'),
    to: whoever('who does from now on'),
    reason: said('why'),
  }),
  accepted: event('accepted', { assignee: internal(perhapsWho('who began to work on it')) }),
  'priority-confirmed': event('priority-confirmed', { priority: said('id of the priority') }),
  'priority-change-requested': event('priority-change-requested', {
    priority: said('id of the priority wished for'),
    current: said('id of the priority it has'),
    reason: said('why'),
  }),
  'priority-change-decided': event('priority-change-decided', {
    request: z.int().min(1).describe('sequence number of the request'),
    requestedBy: whoever('who asked'),
    approved: yesNo('whether it was approved'),
    priority: said('id of the priority wished for'),
    comment: perhaps('what was said about it'),
  }),
  planned: event('planned', {
    kind: said('kind of the plan'),
    steps: said('what is to be done'),
    estimatedFinishAt: when('when it is to be finished'),
    impact: said('what it means for the customer').optional(),
  }),
  ...colleagueEventSchemas,
  'collaboration-requested': event('collaboration-requested', {
    department: said('the department asked'),
    contact: said('who is asked there'),
    need: said('what is needed'),
    finishAt: when('when the plan is to be finished'),
    informed: z.enum(['contact', 'lead', 'representative']).describe('who was told: not every contact is somebody we know'),
  }),
  'progress-updated': event('progress-updated', {
    text: said('the progress'),
    visibleToCustomer: internal(yesNo('whether the customer sees it')),
  }),
  deferred: event('deferred', {
    reason: said('why'),
    cause: z.enum(['objective', 'subjective']).describe('whether anybody could have helped it'),
    previousDueAt: perhapsWhen('the deadline that will be missed'),
    newDueAt: when('the new deadline'),
    customerTold: yesNo('whether the customer had been told in person'),
    late: yesNo('announced later before the deadline than the profile demands'),
  }),
  'waiting-started': event('waiting-started', {
    for: said('for whom or what'),
    reason: internal(said('why')),
    until: perhapsWhen('until when'),
    asked: perhaps('what the customer was asked; null in no words of ours').optional(),
  }),
  'waiting-ended': event('waiting-ended', {
    for: said('for whom or what it had waited'),
    silence: yesNo('whether nobody answered, so that the ticket is closed; absent: no').optional(),
  }),
  completed: event('completed', {
    solution: said('the solution'),
    cause: internal(cause),
    classification: internal(classification),
    tags: internal(words('words that say what the problem was')),
    next: internal(leadsTo(['confirmation', 'closing'])),
  }),
  verified: event('verified', {
    passed: yesNo('whether the solution holds'),
    method: said('how it was verified'),
    sideEffectsChecked: yesNo('whether other functions were checked too'),
    remark: perhaps('what else was seen'),
    next: internal(leadsTo(['closing'])),
  }),
  resolved: event('resolved', {}),
  confirmed: event('confirmed', {
    outcome,
    live: internal(yesNo('whether the customer was spoken to')),
    byDepartment: internal(byDepartment),
    channel: internal(said('id of the channel')),
    remark: perhaps('what the customer said'),
    satisfaction,
    proof: internal(perhaps('what proves the answer')),
  }),
  'task-opened': event('task-opened', { kind: taskKindSchema, text: said('what is to be done'), owner: perhapsWho('who is to do it') }),
  'task-finished': event('task-finished', {
    task: z.int().min(1).describe('sequence number of the event that opened it'),
    result: said('what came of it'),
  }),
  closed: event('closed', {
    satisfaction: internal(satisfaction),
    proof: internal(perhaps("what proves the customer's answer; null when the recorded answer is the proof")),
    confirmation: internal(z.int().min(0).describe('sequence number of the confirmation')),
    completion: internal(z.int().min(0).describe('sequence number of the completion')),
    article: internal(perhaps('the knowledge article')),
    handler: internal(perhapsWho('who solved it')),
    durationHours: internal(z.number().min(0).describe("hours from the first assignment to the customer's confirmation")),
    reopenableUntil: internal(when('until when it can be reopened')),
    silence: internal(yesNo('closed because the customer never answered')),
  }),
  'called-back': event('called-back', {
    reached: yesNo('whether the customer was reached'),
    attempt: internal(z.int().min(1).describe('which attempt')),
    final: internal(yesNo('whether no further attempt is owed')),
    satisfaction: internal(satisfaction),
    experience: internal(perhaps('how the customer found it')),
    suggestions: internal(perhaps('what the customer suggests')),
    effect: internal(perhaps('whether the solution still holds')),
  }),
  'article-filed': event('article-filed', { article: perhaps('the article'), unnecessary: perhaps('why none is needed') }),
  reopened: event('reopened', { reason: internal(said('why')), offered: internal(offered) }),
  withdrawn: event('withdrawn', { reason: internal(said('why')) }),
  archived: event('archived', {}),
  contacted: event('contacted', {
    channel: said('id of the channel'),
    direction: directionSchema,
    text: said('what was said'),
    template: perhaps('the script that was used'),
    live: yesNo('whether a person of ours spoke to the customer, by a channel where one speaks at once'),
    byDepartment,
  }),
  'act-recorded': event('act-recorded', {
    act: said("id of the organisation's own act in the profile"),
    label: labelsSchema.describe('what the act is called'),
    fields: fieldsSchema.describe('values of its fields, by id'),
    internalFields: internal(fieldsSchema.describe('values of those of its fields that are for colleagues only')),
    visibleToCustomer: internal(yesNo('whether the customer sees it')),
    facts: internal(facts),
    deadline: internal(newDeadline),
  }),
  urged: event('urged', {
    by: internal(z.enum(['customer', 'staff']).describe('who urged')),
    reason: internal(perhaps('why')),
    count: internal(z.int().min(1).describe('how often by now')),
  }),
  'major-declared': event('major-declared', { reason: said('why'), review: said('number of the review that opens') }),
  reclassified: event('reclassified', {
    from: said('id of the type that it was taken for'),
    ticketType: said('id of the type that it is of'),
    reason: said('why'),
    fields: fieldsSchema.describe('all values of the form of that type'),
    dropped: fieldsSchema.describe('values that this form has no place for'),
    facts,
    deadline: newDeadline,
  }),
  corrected: event('corrected', { reason: said('why'), changes: corrections, facts: internal(facts), deadline: internal(newDeadline) }),
  'contact-revealed': event('contact-revealed', { reason: perhaps('why somebody looked') }),
  'customer-linked': event('customer-linked', {
    entry: perhaps('id of the entry whose ticket it is; null: nobody’s'),
    previous: perhaps('id of the entry whose it was before'),
    reason: perhaps('why'),
  }),
  'customer-tagged': event('customer-tagged', {
    tags: z.array(attachedTag).describe('all the tags the customer has now'),
    deadline: newDeadline,
  }),
  'related-noted': event('related-noted', {
    process: said('number of the related process'),
    what: labelsSchema.describe('what happened to it'),
    remark: perhaps('what somebody said about it'),
  }),
  'promise-broken': event('promise-broken', {
    clock,
    cycle,
    dueAt: when('when it was due'),
    cause: z.enum(['time', 'retarget']).describe('whether time ran out, or a shorter target lay in the past'),
  }),
  'promise-lapsed': event('promise-lapsed', { clock, cycle, dueAt: when('when the customer was to have answered') }),
  'level-reached': event('level-reached', {
    clock,
    cycle,
    level: said('the level reached, once a cycle'),
    rung: said('id of the rung in the profile'),
    dueAt: when('when the promise is or was due'),
    warning: yesNo('whether before the due instant'),
    notice: noticeKindSchema,
    to: z.array(recipient).describe('who hears of it'),
    again: perhapsWhen('when it is reached again; null at its last time'),
  }),
  'calendar-changed': event('calendar-changed', {
    version: z.int().min(0).describe('the version it counts by from now on'),
    moved: count('how many promises moved'),
  }),
} satisfies Readonly<Record<EventType, unknown>>
