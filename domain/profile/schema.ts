import { z } from 'zod'
import { idSchema as id, uniqueIds, zoneSchema } from '../document/checks.ts'
import { durationMs, durationSchema } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { parseNumberPattern } from '../numbering.ts'
import { teamIdSchema } from '../people.ts'
import { checkConsistency } from './consistency.ts'
import { customerTagSchema } from './customer-tags.ts'
import { clocksSchema, targetSchema, targetsSchema, tenYears } from './clocks.ts'
import { checkQuietExceptions, languageSchema, noticeTemplatesSchema, quietHoursSchema, scriptSchema, signatureSchema } from './notices.ts'

/**
 * A process profile (X1): one organisation's way of working, as a versioned, validated document. The schema is the
 * reference of what a profile can say; `docs/profile.md` is generated from it. Messages of its checks are codes that
 * `domain/document/reasons.ts` turns into sentences.
 */

/** Stages in the order of the path; a profile uses all of them or leaves out those marked optional in {@link profileShape}. */
export const stages = [
  'intake',
  'triage',
  'assignment',
  'handling',
  'verification',
  'confirmation',
  'closing',
  'follow-up',
  'archived',
  'withdrawn',
  'merged',
] as const
export type Stage = (typeof stages)[number]

const nameSchema = z.string().min(1).max(200, { abort: true })
const labelled = z.strictObject({ id, label: labelsSchema })

export const fieldKinds = ['text', 'long-text', 'date', 'instant', 'number', 'boolean', 'choice'] as const

const fieldSchema = z
  .strictObject({
    id: z
      .string()
      .max(100, { abort: true })
      .regex(/^[a-z][a-zA-Z0-9]*$/, 'field-id'),
    label: labelsSchema,
    kind: z.enum(fieldKinds),
    required: z.boolean().default(false),
    /** What a field of kind `choice` offers; other kinds have none. */
    choices: uniqueIds(z.array(labelled).min(1)).optional(),
  })
  .superRefine(
    (field: { readonly kind?: unknown; readonly choices?: unknown }, context) => {
      const { kind, choices } = field
      if (kind === 'choice' && choices === undefined) context.addIssue({ code: 'custom', message: 'choices-missing', path: ['choices'] })
      const known = fieldKinds.find((candidate) => candidate === kind)
      if (known !== undefined && known !== 'choice' && choices !== undefined)
        context.addIssue({ code: 'custom', message: 'choices-unused', path: ['choices'] })
    },
    // Also beside other faults of the field, so that all errors come at once.
    { when: ({ value }) => typeof value === 'object' && value !== null },
  )

const prioritySchema = z.strictObject({
  id,
  label: labelsSchema,
  /** The written rule by which a priority is chosen. */
  criterion: labelsSchema,
  /** Whether targets count all hours or only those of the working calendar. */
  timeBase: z.enum(['elapsed', 'working']),
  /** An emergency review confirms priority and deadline before assignment (T5). */
  reviewMeeting: z.boolean().default(false),
})

const typeSchema = z.strictObject({
  id,
  label: labelsSchema,
  /** Team whose queue receives tickets of this type. */
  team: teamIdSchema,
  /** Skill tags wanted of who handles it (S7). */
  skills: z.array(id).default([]),
  fields: uniqueIds(z.array(fieldSchema)).default([]),
  /** Targets of this type that differ from the clock's own, by the clock's id. */
  targets: z.record(id, targetsSchema).default({}),
})

const numberPatternSchema = z
  .string()
  .max(100, { abort: true })
  .check((context) => {
    const parsed = parseNumberPattern(context.value)
    if (!parsed.ok)
      context.issues.push({ code: 'custom', message: `number-${parsed.fault}`, params: { at: parsed.at }, input: context.value })
  })

const parts = z.strictObject({
  id,
  version: z.int().min(1),
  label: labelsSchema,
  document: z.strictObject({
    title: nameSchema,
    preparer: nameSchema,
    reviewer: nameSchema,
    approver: nameSchema,
    effectiveFrom: z.iso.date(),
  }),
  /** IANA zone in which numbers are dated and times are shown. */
  zone: zoneSchema,
  calendar: id,
  number: z.strictObject({
    /** For example `TS{yyyyMMdd}{serial:3}`: literals, one date in luxon tokens, one serial with its least width. */
    pattern: numberPatternSchema,
  }),
  /** `live`: people speak with each other at once; only such a conversation is a first response. */
  channels: uniqueIds(z.array(labelled.extend({ live: z.boolean().default(false) })).min(1)),
  types: uniqueIds(z.array(typeSchema).min(1)),
  priorities: uniqueIds(z.array(prioritySchema).min(1)),
  waitingFor: uniqueIds(z.array(labelled)).refine((list) => list.some(({ id }) => id === 'customer'), 'no-customer'),
  /** Suggestions; a plan may name another kind. */
  planKinds: uniqueIds(z.array(labelled)),
  classification: z.strictObject({
    /** Whether only listed modules and causes are accepted; otherwise they are suggestions beside free words. */
    closed: z.boolean().default(false),
    modules: uniqueIds(z.array(labelled).min(1)),
    causes: uniqueIds(z.array(labelled).min(1)),
    /** Words that say nothing as a tag, compared without case, space or punctuation (T15). */
    emptyWords: z.array(z.string().min(1).max(100, { abort: true })),
  }),
  /** Whether a new plan is demanded before completion: never, always, or after the customer said unsolved (T10). */
  planBeforeCompletion: z.enum(['never', 'after-unsolved', 'always']),
  /** Confirmation leads to `closing` and a report, or straight to `follow-up`. */
  closingReport: z.boolean(),
  /** Which promises are measured, and who hears of them when. */
  clocks: clocksSchema,
  /** How often the callback is tried before the customer is finally recorded as unreached (T12). */
  callback: z.strictObject({ attempts: z.int().min(1) }),
  /** How long before a deadline the customer must be told that it will be missed; a later deferral is marked late (T14). */
  deferral: z.strictObject({ notice: targetSchema }),
  /** How soon a ticket can be urged on again (X7). */
  urging: z.strictObject({ every: targetSchema }),
  /** How long after closing a ticket can be reopened; then it is archived. */
  reopeningWindow: durationSchema.refine((window) => durationMs(window) <= tenYears, 'endless'),
  language: languageSchema,
  signature: signatureSchema.optional(),
  quietHours: quietHoursSchema.optional(),
  notices: noticeTemplatesSchema,
  scripts: uniqueIds(z.array(scriptSchema)).default([]),
  /** Where a new ticket begins; the stages before are left out. */
  begins: z.enum(['intake', 'triage', 'assignment']).default('intake'),
  /** Whether somebody is chosen for a ticket that comes to be assigned, or people assign and claim (S7). */
  dispatch: z.strictObject({ mode: z.enum(['manual', 'automatic']) }).default({ mode: 'manual' }),
  customerTags: uniqueIds(z.array(customerTagSchema)).default([]),
})

/** With what holds between its parts. */
export const profileSchema = parts.superRefine(checkQuietExceptions, { when: () => true }).superRefine(checkConsistency)

export type Profile = z.output<typeof profileSchema>
export type ProfileType = Profile['types'][number]
export type ProfilePriority = Profile['priorities'][number]
export type ProfileField = ProfileType['fields'][number]
