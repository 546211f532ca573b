import { z } from 'zod'
import { labelsSchema } from '../../domain/labels.ts'
import { ladderRoles } from '../../domain/people.ts'
import type { EventType } from '../../workflows/ticket/events.ts'
import { directionSchema, fieldsSchema, instantAnswer, mannerSchema, noticeKindSchema, personAnswer, taskKindSchema } from './schemas.ts'

/** Kinds of members. `said` and `perhaps` are words, ours and the customer's; what begins with `perhaps` is null where there is none. */
const said = (description: string) => z.string().describe(description)
const perhaps = (description: string) => z.string().nullable().describe(description)
const when = instantAnswer
const perhapsWhen = (description: string) => instantAnswer(description).nullable()
const whoever = personAnswer
const perhapsWho = (description: string) => personAnswer(description).nullable()
const yesNo = (description: string) => z.boolean().describe(description)
const count = (description: string) => z.int().min(0).describe(description)
const words = (description: string) => z.array(z.string()).describe(description)
const satisfaction = z.int().min(1).max(5).nullable().describe('satisfaction, 1 (poor) to 5 (excellent); null: not said')
const clock = said('id of the clock in the profile')
const cycle = z.int().min(1).describe('which cycle of the clock, from 1')
const outcome = z
  .enum(['solved', 'partly', 'unsolved'])
  .meta({ id: 'Outcome', description: "the customer's answer: whether the problem is solved" })

const calendarVersion = z
  .object({ id: said('id of the calendar'), version: z.int().min(0).describe('its version') })
  .meta({ id: 'CalendarVersion', description: 'A version of a working calendar' })
const target = z
  .object({
    within: said('duration, ISO 8601'),
    timeBase: z.enum(['elapsed', 'working']).describe('whether all hours count or only working time'),
  })
  .meta({ id: 'Target', description: 'A duration promised' })
const candidate = z
  .object({
    assignee: whoever('who came into question'),
    insteadOf: perhapsWho('the absent member of the team for whom they stand in'),
    skills: count('how many of the skills wanted they have'),
    inHand: count('how many open tickets they have in hand'),
  })
  .meta({ id: 'DispatchCandidate', description: 'Somebody who could get a ticket by automatic dispatch' })
const cause = z
  .object({ direct: said('the direct cause'), underlying: said('the root cause') })
  .meta({ id: 'SolutionCause', description: 'Why the problem arose' })
const classification = z
  .object({ module: said('the module'), type: said('the type of problem'), cause: said('the kind of cause') })
  .meta({ id: 'SolutionClassification', description: 'Where the problem belongs' })
export const recipientShape = {
  kind: z.enum(['customer', 'person', 'team', 'role']).describe('what kind of recipient'),
  id: z.string().optional().describe('id of the person or the team'),
  role: z.enum(ladderRoles).optional().describe('the place over a team'),
  team: z.string().optional().describe('over which team'),
}
const recipient = z.object(recipientShape).meta({ id: 'Recipient', description: 'To whom a notice goes' })
const attachedTag = z
  .object({ id: said('id of the tag in the profile'), label: labelsSchema })
  .meta({ id: 'AttachedTag', description: 'A tag that the customer has' })
const maskedContact = z
  .object({
    masked: z
      .object({
        phone: perhaps('phone number, masked'),
        email: perhaps('e-mail address, masked'),
        name: z.string().optional().describe('name, masked, where a phone number or an e-mail address stands in it'),
        company: z.string().optional().describe('company, likewise'),
        account: z.string().optional().describe('user id, likewise'),
      })
      .meta({ id: 'MaskedContact', description: 'How the customer is reached, masked' }),
  })
  .meta({ id: 'CorrectedContact', description: 'A corrected contact: `reveal` shows it' })
const correctedCustomer = z
  .object({
    name: z.string().optional().describe('name of the contact person'),
    company: z.string().optional().describe('the company'),
    account: z.string().optional().describe('the user id'),
  })
  .meta({ id: 'CorrectedCustomer', description: 'What was corrected of the customer' })
const corrections = z
  .object({
    title: z.string().optional().describe('the title'),
    description: z.string().optional().describe('the description'),
    customer: correctedCustomer.optional(),
    contact: maskedContact.optional(),
    fields: fieldsSchema.optional().describe("values of the type's fields, by id"),
  })
  .meta({ id: 'Corrections', description: 'The corrected values' })

const offered = yesNo(
  'true where its team chooses for itself when it comes to be assigned; absent where somebody is chosen automatically',
).optional()

/** What each type of event says beside what every event does. */
export const eventShapes: Readonly<Record<EventType, z.ZodRawShape>> = {
  submitted: {
    ticketType: said('id of its type in the profile'),
    priority: said('id of its priority'),
    channel: said('id of the channel by which it came'),
    representative: perhapsWho('who keeps in touch with the customer'),
    requester: perhapsWho('the customer who registered it themselves'),
    assignee: perhapsWho('who got it at once'),
    team: said('id of the team whose queue it joined'),
    live: yesNo('whether the customer was on the line'),
    startWithin: target.nullable().describe('within what time work starts, as the customer was told'),
    calendar: calendarVersion,
    insteadOf: whoever('the absent person who was named, and whose deputy got it').optional(),
    begins: z.enum(['triage', 'assignment']).optional().describe('the stage it began in, where that is not intake'),
    offered,
  },
  supplemented: { fields: fieldsSchema.describe('what was supplied, by field'), text: perhaps('what was added in words') },
  'intake-reviewed': {
    complete: yesNo('whether everything needed is there'),
    missing: words('what is missing'),
    message: perhaps('what the customer was asked'),
  },
  diagnosed: {
    summary: said('what was found'),
    module: said('the module concerned'),
    reproduced: yesNo('whether the fault could be reproduced'),
    remoteSession: perhaps('note on a remote-assistance session'),
    suspectedCause: perhaps('what is suspected'),
    needs: words('what is still needed'),
    reviewMeeting: yesNo('whether an emergency review must confirm priority and deadline first'),
    offered,
  },
  'review-meeting-recorded': {
    participants: words('who took part'),
    decision: said('what was decided'),
    priority: said('id of the priority confirmed'),
    dueAt: perhapsWhen('the deadline agreed'),
    minutes: said('the minutes'),
    offered,
  },
  assigned: {
    manner: mannerSchema,
    assignee: perhapsWho('who got it'),
    team: said('id of the team whose queue it is in'),
    previous: perhapsWho('who had it before'),
    reason: perhaps('why'),
    insteadOf: perhapsWho('the absent person whose deputy got it'),
    deadline: perhapsWhen('until when it is to be solved'),
    candidates: z.array(candidate).optional().describe('dispatched: who came into question, best first'),
  },
  released: { assignee: perhapsWho('who gave it back'), reason: said('why') },
  'representative-changed': {
    from: whoever('who kept in touch with the customer'),
    to: whoever('who does from now on'),
    reason: said('why'),
  },
  accepted: { assignee: perhapsWho('who began to work on it') },
  'priority-confirmed': { priority: said('id of the priority') },
  'priority-change-requested': {
    priority: said('id of the priority wished for'),
    current: said('id of the priority it has'),
    reason: said('why'),
  },
  'priority-change-decided': {
    request: z.int().min(1).describe('sequence number of the request'),
    requestedBy: whoever('who asked'),
    approved: yesNo('whether it was approved'),
    priority: said('id of the priority wished for'),
    comment: perhaps('what was said about it'),
  },
  planned: { kind: said('kind of the plan'), steps: said('what is to be done'), estimatedFinishAt: when('when it is to be finished') },
  'collaboration-requested': {
    department: said('the department asked'),
    contact: said('who is asked there'),
    need: said('what is needed'),
    finishAt: when('when the plan is to be finished'),
    informed: z.enum(['contact', 'lead', 'representative']).describe('who was told: not every contact is somebody we know'),
  },
  'progress-updated': { text: said('the progress'), visibleToCustomer: yesNo('whether the customer sees it') },
  deferred: {
    reason: said('why'),
    cause: z.enum(['objective', 'subjective']).describe('whether anybody could have helped it'),
    previousDueAt: perhapsWhen('the deadline that will be missed'),
    newDueAt: when('the new deadline'),
    customerTold: yesNo('whether the customer had been told in person'),
    late: yesNo('announced later before the deadline than the profile demands'),
  },
  'waiting-started': {
    for: said('for whom or what'),
    reason: said('why'),
    until: perhapsWhen('until when'),
    asked: perhaps('what the customer was asked; null in no words of ours').optional(),
  },
  'waiting-ended': {
    for: said('for whom or what it had waited'),
    silence: yesNo('whether nobody answered, so that the ticket is closed; absent: no').optional(),
  },
  completed: { solution: said('the solution'), cause, classification, tags: words('words that say what the problem was') },
  verified: {
    passed: yesNo('whether the solution holds'),
    method: said('how it was verified'),
    sideEffectsChecked: yesNo('whether other functions were checked too'),
    remark: perhaps('what else was seen'),
  },
  confirmed: {
    outcome,
    live: yesNo('whether the customer was spoken to'),
    channel: said('id of the channel'),
    remark: perhaps('what the customer said'),
    satisfaction,
    proof: perhaps('what proves the answer'),
  },
  'task-opened': { kind: taskKindSchema, text: said('what is to be done'), owner: perhapsWho('who is to do it') },
  'task-finished': { task: z.int().min(1).describe('sequence number of the event that opened it'), result: said('what came of it') },
  closed: {
    satisfaction,
    proof: perhaps("what proves the customer's answer; null when the recorded answer is the proof"),
    confirmation: z.int().min(0).describe('sequence number of the confirmation'),
    completion: z.int().min(0).describe('sequence number of the completion'),
    article: perhaps('the knowledge article'),
    handler: perhapsWho('who solved it'),
    durationHours: z.number().min(0).describe("hours from the first assignment to the customer's confirmation"),
    reopenableUntil: when('until when it can be reopened'),
    silence: yesNo('closed because the customer never answered'),
  },
  'called-back': {
    reached: yesNo('whether the customer was reached'),
    attempt: z.int().min(1).describe('which attempt'),
    final: yesNo('whether no further attempt is owed'),
    satisfaction,
    experience: perhaps('how the customer found it'),
    suggestions: perhaps('what the customer suggests'),
    effect: perhaps('whether the solution still holds'),
  },
  'article-filed': { article: perhaps('the article'), unnecessary: perhaps('why none is needed') },
  reopened: { reason: said('why'), offered },
  withdrawn: { reason: said('why') },
  archived: {},
  contacted: {
    channel: said('id of the channel'),
    direction: directionSchema,
    text: said('what was said'),
    template: perhaps('the script that was used'),
    live: yesNo('whether a person of ours spoke to the customer, by a channel where one speaks at once'),
  },
  urged: {
    by: z.enum(['customer', 'staff']).describe('who urged'),
    reason: perhaps('why'),
    count: z.int().min(1).describe('how often by now'),
  },
  corrected: { reason: said('why'), changes: corrections },
  'contact-revealed': { reason: perhaps('why somebody looked') },
  'customer-tagged': { tags: z.array(attachedTag).describe('all the tags the customer has now') },
  'promise-broken': {
    clock,
    cycle,
    dueAt: when('when it was due'),
    cause: z.enum(['time', 'retarget']).describe('whether time ran out, or a shorter target lay in the past'),
  },
  'promise-lapsed': { clock, cycle, dueAt: when('when the customer was to have answered') },
  'level-reached': {
    clock,
    cycle,
    level: said('the level reached, once a cycle'),
    rung: said('id of the rung in the profile'),
    dueAt: when('when the promise is or was due'),
    warning: yesNo('whether before the due instant'),
    notice: noticeKindSchema,
    to: z.array(recipient).describe('who hears of it'),
    again: perhapsWhen('when it is reached again; null at its last time'),
  },
  'calendar-changed': { version: z.int().min(0).describe('the version it counts by from now on'), moved: count('how many promises moved') },
}
