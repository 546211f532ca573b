import { z } from 'zod'
import { idSchema as id, uniqueIds, zoneSchema } from '../document/checks.ts'
import { durationSchema } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import { parseNumberPattern } from '../numbering.ts'
import { teamIdSchema } from '../people.ts'
import { clocksSchema, targetSchema, targetsSchema } from './clocks.ts'
import { checkQuietExceptions, languageSchema, noticeTemplatesSchema, quietHoursSchema, scriptSchema } from './notices.ts'

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

const labelled = z.strictObject({ id, label: labelsSchema })

export const fieldKinds = ['text', 'long-text', 'instant', 'number', 'boolean', 'choice'] as const

const fieldSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'field-id'),
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
  fields: uniqueIds(z.array(fieldSchema)).default([]),
  /** Targets of this type that differ from the clock's own, by the clock's id. */
  targets: z.record(id, targetsSchema).default({}),
})

const numberPatternSchema = z.string().check((context) => {
  const parsed = parseNumberPattern(context.value)
  if (!parsed.ok)
    context.issues.push({ code: 'custom', message: `number-${parsed.fault}`, params: { at: parsed.at }, input: context.value })
})

const profileShape = z.strictObject({
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
    emptyWords: z.array(z.string().min(1)),
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
  reopeningWindow: durationSchema,
  language: languageSchema,
  quietHours: quietHoursSchema.optional(),
  notices: noticeTemplatesSchema,
  scripts: uniqueIds(z.array(scriptSchema)).default([]),
})

/** With what holds between its parts. */
export const profileSchema = profileShape.superRefine(checkQuietExceptions, { when: () => true }).superRefine((profile, context) => {
  for (const { path, code, given, known } of strangers(profile))
    context.addIssue({ code: 'custom', message: code, params: { known: known.join(', ') }, input: given, path })
})

export type Profile = z.output<typeof profileSchema>
export type ProfileType = Profile['types'][number]
export type ProfilePriority = Profile['priorities'][number]
export type ProfileField = ProfileType['fields'][number]

interface Stranger {
  readonly path: (string | number)[]
  readonly code: 'unknown-reference' | 'target-missing'
  readonly given: string
  readonly known: readonly string[]
}

/** Where clocks and types name what the profile does not have, or leave a priority without a target. */
function strangers({ clocks, types, priorities, waitingFor }: z.output<typeof profileShape>): Stranger[] {
  const ranks = priorities.map(({ id: rank }) => rank)
  const reasons = [...waitingFor.map(({ id: reason }) => reason), 'any']
  const clockIds = clocks.map(({ id: clock }) => clock)
  const unknown = (path: Stranger['path'], given: string, known: readonly string[]): Stranger[] =>
    known.includes(given) ? [] : [{ path, code: 'unknown-reference', given, known }]
  const targets = (path: Stranger['path'], within: z.output<typeof targetsSchema> | undefined, wanted: readonly string[]): Stranger[] =>
    within === undefined || typeof within === 'string'
      ? []
      : [
          ...Object.keys(within).flatMap((rank) => unknown([...path, rank], rank, ranks)),
          ...wanted
            .filter((rank) => !Object.hasOwn(within, rank))
            .map((rank): Stranger => ({ path, code: 'target-missing', given: rank, known: ranks })),
        ]
  return [
    ...clocks.flatMap((clock, at) => [
      ...(clock.priorities ?? []).flatMap((rank, index) => unknown(['clocks', at, 'priorities', index], rank, ranks)),
      ...clock.pauses.flatMap((reason, index) => unknown(['clocks', at, 'pauses', index], reason, reasons)),
      ...targets(['clocks', at, 'within'], clock.within, clock.priorities ?? ranks),
    ]),
    ...types.flatMap((type, at) =>
      Object.entries(type.targets).flatMap(([clock, within]) => [
        ...unknown(['types', at, 'targets', clock], clock, clockIds),
        ...targets(['types', at, 'targets', clock], within, []),
      ]),
    ),
  ]
}
