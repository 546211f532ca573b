import { z } from 'zod'
import { idForm, idSchema as id, uniqueIds, zoneSchema } from '../document/checks.ts'
import { durationSchema, ofLength } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { parseNumberPattern } from '../numbering.ts'
import { teamIdSchema } from '../people.ts'
import { actsSchema } from './acts.ts'
import { assessmentsSchema } from './assessments.ts'
import { ruleSchema } from './conditions.ts'
import { customerTagSchema } from './customer-tags.ts'
import { clocksSchema, targetSchema, targetsSchema, tenYears } from './clocks.ts'
import { fieldsSchema } from './fields.ts'
import { languagesSchema } from './languages.ts'
import { customNoticesSchema, notificationRulesSchema, silencedNoticesSchema } from './notification-rules.ts'
import { reportsSchema } from './reports.ts'
import { reviewsSchema } from './reviews.ts'
import { rolesSchema } from './roles.ts'
import { routingSchema } from './routing.ts'
import { samplesSchema } from './samples.ts'
import { stagesSchema } from './stages.ts'
import { labelShape, termSchema, thingId } from './term.ts'
import { handedOffSchema } from './handed-off.ts'
import { languageSchema, noticeTemplatesSchema, quietHoursSchema, scriptSchema, signatureSchema } from './notices.ts'

/**
 * A process profile (X1): one organisation's way of working, as a versioned, validated document. The schema is the
 * reference of what a profile can say. Messages of its checks are codes that
 * `domain/document/reasons.ts` turns into sentences.
 */

const nameSchema = z.string().min(1).max(200, { abort: true })
const prioritySchema = z
  .strictObject({
    ...labelShape,
    criterion: labelsSchema.describe('the written rule by which a priority is chosen'),
    timeBase: z.enum(['elapsed', 'working']).describe('whether targets count all hours or only those of the working calendar'),
    reviewMeeting: ruleSchema
      .default(false)
      .describe('whether an emergency review confirms priority and deadline before assignment (T5): always, never, or under a condition'),
  })
  .meta({ id: 'ProfilePriority', description: 'a priority, most urgent first' })

const typeSchema = z
  .strictObject({
    ...labelShape,
    team: teamIdSchema
      .optional()
      .describe('the team whose queue receives tickets of this type; may be absent where `routing` covers all of them'),
    skills: z.array(id).default([]).describe('skills wanted of who handles it (S7)'),
    fields: fieldsSchema.default([]).describe('what is asked at registration'),
    targets: z.record(id, targetsSchema).default({}).describe("targets of this type that differ from the clock's own, by the clock's id"),
  })
  .meta({ id: 'ProfileType', description: 'a type of tickets' })

const numberPatternSchema = z
  .string()
  .max(100, { abort: true })
  .check((context) => {
    const parsed = parseNumberPattern(context.value)
    if (!parsed.ok)
      context.issues.push({ code: 'custom', message: `number-${parsed.fault}`, params: { at: parsed.at }, input: context.value })
  })

/** What a whole number of a row holds; nobody counts so far by hand. */
const mostVersions = 2_147_483_647

const documentSchema = z
  .strictObject({
    title: nameSchema.describe('its title'),
    preparer: nameSchema.describe('who prepared it'),
    reviewer: nameSchema.describe('who reviewed it'),
    approver: nameSchema.describe('who approved it'),
    effectiveFrom: z.iso
      .date()
      .refine((day) => day >= '1900-01-01', 'day-long-ago')
      .describe('the day from which it holds, in the zone of the profile: no new ticket runs by this version before (X1)'),
  })
  .meta({ id: 'ProfileDocument', description: 'the controlled document that the profile puts into practice' })

const numberSchema = z
  .strictObject({
    pattern: numberPatternSchema.describe(
      'for example `TS{yyyyMMdd}{serial:3}`: literals, one date in luxon tokens, one serial with its least width',
    ),
  })
  .meta({ id: 'ProfileNumber', description: 'how tickets are numbered' })

const channelSchema = z
  .strictObject({
    ...labelShape,
    live: z.boolean().default(false).describe('people speak with each other at once; only such a conversation is a first response'),
  })
  .meta({ id: 'ProfileChannel', description: 'a way to speak with customers' })

const classificationSchema = z
  .strictObject({
    closed: z
      .boolean()
      .default(false)
      .describe('whether only listed modules and causes are accepted; otherwise they are suggestions beside free words'),
    modules: uniqueIds(z.array(termSchema).min(1)).describe('modules of the products'),
    causes: uniqueIds(z.array(termSchema).min(1)).describe('kinds of causes'),
    emptyWords: z
      .array(z.string().min(1).max(100, { abort: true }))
      .describe('words that say nothing as a tag, compared without case, space or punctuation (T15)'),
  })
  .meta({ id: 'ProfileClassification', description: 'how solved problems are classified' })

const callbackSchema = z
  .strictObject({
    attempts: z.int().min(1).describe('how often it is tried before the customer is finally recorded as unreached (T12)'),
  })
  .meta({ id: 'ProfileCallback', description: 'the satisfaction callback' })

const deferralSchema = z
  .strictObject({
    notice: targetSchema.describe(
      'how long before a deadline the customer must be told that it will be missed, ISO 8601; a later deferral is marked late (T14)',
    ),
    explained: z
      .boolean()
      .optional()
      .describe('whether what is overdue can be completed only once a deferral has stated the cause and the estimated finish (R11)'),
  })
  .meta({ id: 'ProfileDeferral', description: 'putting a deadline off' })

const urgingSchema = z
  .strictObject({ every: targetSchema.describe('how soon a ticket can be urged on again, ISO 8601 (X7)') })
  .meta({ id: 'ProfileUrging', description: 'urging a ticket on' })

const dispatchSchema = z
  .strictObject({
    mode: z.enum(['manual', 'automatic']).describe('whether people assign and claim, or somebody is chosen for them (S7)'),
  })
  .meta({ id: 'ProfileDispatch', description: 'how tickets find who handles them' })

const parts = z.strictObject({
  id: thingId,
  version: z.int().min(1).max(mostVersions).describe('a version never changes: other content needs a higher one'),
  label: labelsSchema.describe('what it is called'),
  document: documentSchema,
  zone: zoneSchema.describe('IANA zone in which numbers are dated and times are shown'),
  calendar: id.describe('id of the working calendar'),
  number: numberSchema,
  channels: uniqueIds(z.array(channelSchema).min(1)).describe('how customers are spoken with'),
  types: uniqueIds(z.array(typeSchema).min(1)).describe('what tickets can be about'),
  routing: routingSchema
    .optional()
    .describe('where tickets go by conditions; the first that holds counts, before the team and the skills of the type'),
  priorities: uniqueIds(z.array(prioritySchema).min(1)).describe('how urgent tickets can be, most urgent first'),
  waitingFor: uniqueIds(z.array(termSchema))
    // An id that is none may have been meant to be it.
    .refine((list) => list.some(({ id }) => id === 'customer' || !idForm.test(id)), 'no-customer')
    .describe('for whom or what a ticket can wait; `customer` must be among them'),
  planKinds: uniqueIds(z.array(termSchema)).describe('kinds of plans, as suggestions: a plan may name another'),
  classification: classificationSchema,
  planBeforeCompletion: z
    .enum(['never', 'after-unsolved', 'always'])
    .describe('whether a new plan is demanded before completion: never, always, or after the customer said unsolved (T10)'),
  planImpact: ruleSchema.optional().describe('whether a solution plan must state what it means for the customer (R7); absent: it may'),
  stages: stagesSchema
    .optional()
    .describe('the path: what stages are called among colleagues and to customers, and which are left out (X11); in any order'),
  closingReport: ruleSchema
    .optional()
    .describe(
      'for which tickets there is a closing report, where `stages` does not say for which there is none: `false` is the same as `leftOut: true` of `closing`',
    ),
  acts: actsSchema
    .optional()
    .describe(
      "acts of the organisation's own, which people record by `record-act` and clocks know as `act:` and their id (X11); absent: there are none",
    ),
  clocks: clocksSchema.describe('which promises are measured, and who hears of them when'),
  deadline: id
    .optional()
    .describe(
      'the clock that says until when a ticket is to be solved; absent: the newest promise that the solution fulfils is taken for it',
    ),
  callback: callbackSchema,
  deferral: deferralSchema,
  urging: urgingSchema,
  handedOff: handedOffSchema.optional(),
  reopeningWindow: durationSchema
    .refine(
      ofLength((ms) => ms <= tenYears),
      'endless',
    )
    .describe('how long after closing a ticket can be reopened, ISO 8601; then it is archived'),
  roles: rolesSchema.optional().describe('what roles, and places to which notices go, are called (X11)'),
  languages: languagesSchema
    .optional()
    .describe(
      'languages in which its texts are given (X9): who prefers another reads those of `language`, which is one of them; absent: all three',
    ),
  language: languageSchema.describe('language of what is sent to people who chose none, customers among them'),
  signature: signatureSchema.optional(),
  quietHours: quietHoursSchema.optional(),
  notices: noticeTemplatesSchema.describe('what each kind of notice says'),
  customNotices: customNoticesSchema.optional().describe("kinds of notices of the profile's own, which its rules and rungs send (X10)"),
  notificationRules: notificationRulesSchema.optional().describe('who gets which notice at which moment, beside the usual ones (X10)'),
  silencedNotices: silencedNoticesSchema.optional().describe('usual notices that are not sent: such as leave nothing undone'),
  scripts: uniqueIds(z.array(scriptSchema)).default([]).describe('话术: what agents say on the phone or in a chat (S13)'),
  begins: z
    .enum(['intake', 'triage', 'assignment'])
    .optional()
    .describe('where a new ticket begins, where `stages` does not say so: it is the same as `leftOut: true` of the stages before'),
  dispatch: dispatchSchema.default({ mode: 'manual' }),
  customerTags: uniqueIds(z.array(customerTagSchema)).default([]).describe('tags that attach themselves by who the customer is (S4)'),
  reviews: reviewsSchema.optional().describe('reviews of what comes again and again; absent: none opens by itself'),
  samples: samplesSchema.optional().describe('kinds of samples of tickets that the quality department judges; absent: none'),
  reports: reportsSchema.optional().describe('periodic reports; absent: none'),
  assessments: assessmentsSchema.optional().describe('monthly assessments of people and teams; absent: none'),
})

/** Each part by itself; what has to agree between them is `consistency.ts`'s to say. */
export const profileSchema = parts.meta({ id: 'Profile', description: "one organisation's way of working" })

export type Profile = z.output<typeof profileSchema>
export type ProfileType = Profile['types'][number]
export type ProfilePriority = Profile['priorities'][number]
export type ProfileField = ProfileType['fields'][number]
