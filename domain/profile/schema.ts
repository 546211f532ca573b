import { z } from 'zod'
import { durationSchema } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { teamIdSchema } from '../people.ts'

/**
 * A process profile (X1): one organisation's way of working, as a versioned, validated document. The schema is the
 * reference of what a profile can say; `docs/profile.md` is generated from it.
 */

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'identifier')

/** Stages in the order of the path; a profile uses all of them or leaves out those marked optional in {@link profileSchema}. */
export const stages = ['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up', 'archived', 'withdrawn', 'merged'] as const
export type Stage = (typeof stages)[number]

const labelled = z.strictObject({ id, label: labelsSchema })

const fieldSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'field-id'),
  label: labelsSchema,
  kind: z.enum(['text', 'long-text', 'instant', 'number', 'boolean', 'choice']),
  required: z.boolean().default(false),
  choices: z.array(labelled).min(1).optional(),
})

const prioritySchema = z.strictObject({
  id,
  label: labelsSchema,
  /** The written rule by which a priority is chosen. */
  criterion: labelsSchema,
  /** Whether targets count all hours or only those of the working calendar. */
  timeBase: z.enum(['elapsed', 'working']),
  targets: z.strictObject({ firstResponse: durationSchema, start: durationSchema, resolution: durationSchema }),
  /** An emergency review confirms priority and deadline before assignment (T5). */
  reviewMeeting: z.boolean().default(false),
})

const typeSchema = z.strictObject({
  id,
  label: labelsSchema,
  /** Team whose queue receives tickets of this type. */
  team: teamIdSchema,
  fields: z.array(fieldSchema).default([]),
})

export const profileSchema = z
  .strictObject({
    id,
    version: z.int().min(1),
    label: labelsSchema,
    document: z.strictObject({
      title: z.string().min(1),
      preparer: z.string().min(1),
      reviewer: z.string().min(1),
      approver: z.string().min(1),
      effectiveFrom: z.iso.date(),
    }),
    /** IANA zone in which numbers are dated and times are shown. */
    zone: z.string(),
    calendar: id,
    number: z.strictObject({
      /** For example `TS{yyyyMMdd}{serial:3}`: literals, one date in luxon tokens, one serial with its least width. */
      pattern: z.string(),
    }),
    channels: z.array(labelled).min(1),
    types: z.array(typeSchema).min(1),
    priorities: z.array(prioritySchema).min(1),
    waitingFor: z.array(labelled).min(1),
    /** Suggestions; a plan may name another kind. */
    planKinds: z.array(labelled),
    classification: z.strictObject({
      /** Whether only listed modules and causes are accepted; otherwise they are suggestions beside free words. */
      closed: z.boolean().default(false),
      modules: z.array(labelled).min(1),
      causes: z.array(labelled).min(1),
      /** Words that say nothing as a tag, compared without case, space or punctuation (T15). */
      emptyWords: z.array(z.string().min(1)),
    }),
    /** Whether a new plan is demanded before completion: never, always, or after the customer said unsolved (T10). */
    planBeforeCompletion: z.enum(['never', 'after-unsolved', 'always']),
    /** Confirmation leads to `closing` and a report, or straight to `follow-up`. */
    closingReport: z.boolean(),
    callback: z.strictObject({ within: durationSchema, attempts: z.int().min(1) }),
    /** How long after closing a ticket can be reopened; then it is archived. */
    reopeningWindow: durationSchema,
  })
  .check((context) => {
    const profile = context.value
    uniqueIds(profile.types, 'types')
    uniqueIds(profile.priorities, 'priorities')
    uniqueIds(profile.channels, 'channels')
    uniqueIds(profile.waitingFor, 'waitingFor')
    uniqueIds(profile.planKinds, 'planKinds')
    uniqueIds(profile.classification.modules, 'classification', 'modules')
    uniqueIds(profile.classification.causes, 'classification', 'causes')
    profile.types.forEach((type, at) => uniqueIds(type.fields, 'types', at, 'fields'))

    function uniqueIds(list: readonly { id: string }[], ...path: (string | number)[]): void {
      const seen = new Set<string>()
      list.forEach((item, at) => {
        if (seen.has(item.id)) context.issues.push({ code: 'custom', message: `"${item.id}" stands twice`, input: item.id, path: [...path, at, 'id'] })
        seen.add(item.id)
      })
    }
  })

export type Profile = z.output<typeof profileSchema>
export type ProfileType = Profile['types'][number]
export type ProfilePriority = Profile['priorities'][number]
export type ProfileField = ProfileType['fields'][number]
