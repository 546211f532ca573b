import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { dimensionSchema } from '../figures/figure.ts'
import { labelsSchema } from '../labels.ts'

/**
 * A report as it was reckoned: everything that is shown of it, whatever the form and the language, is drawn from this and from nothing else,
 * so that no two pages of it can disagree. It is stored, and never reckoned again. Instants are in UTC, shares within 0 and 1, times in
 * milliseconds.
 */

const instant = z.iso.datetime()
const count = z.int().min(0)

const spreadSchema = z.object({ mean: count, median: count, p90: count })

/** As `Numbers` of domain/figures/figure.ts. */
export const reportNumbersSchema = z.object({
  n: count,
  hits: count.nullable(),
  elapsed: spreadSchema.nullable(),
  worked: spreadSchema.nullable(),
  marks: z.record(z.string(), count),
})
export type ReportNumbers = z.output<typeof reportNumbersSchema>

/** What a figure was called and what it meant when the report was made, printed under it 口径. */
const definitionSchema = z.object({
  kind: z.enum(['count', 'share', 'duration']),
  label: labelsSchema,
  unit: labelsSchema,
  definition: labelsSchema,
  marks: z.record(z.string(), labelsSchema),
  /** Which way it is to go; absent: neither is better by itself. */
  better: z.enum(['higher', 'lower']).exactOptional(),
})
export type ReportFigure = z.output<typeof definitionSchema>

/** Something by the name that it had then: renaming it later does not change the past. Key null: those of which nothing is said. */
const namedSchema = z.object({ key: z.string().nullable(), label: labelsSchema })

/** A number now, before, and a year before; null: not asked, or nothing is known of that time. */
const lineSchema = z.object({
  figure: z.string(),
  /** Of a figure whose parts are never added up: which part. */
  part: namedSchema.nullable(),
  now: reportNumbersSchema,
  before: reportNumbersSchema.nullable(),
  yearBefore: reportNumbersSchema.nullable(),
})

const partSchema = namedSchema.extend({ now: reportNumbersSchema, before: reportNumbersSchema.nullable() })

const ticketRowSchema = z.object({
  number: z.string(),
  title: z.string(),
  type: labelsSchema,
  priority: labelsSchema.nullable(),
  team: labelsSchema.nullable(),
  /** What it is listed for: which promise; null: for none. */
  clock: labelsSchema.nullable(),
  /** When it was due, is due, or has been unclaimed since. */
  at: instant,
  /** Of a broken promise: by how much, in milliseconds; null: not broken, or not done yet. */
  late: count.nullable(),
})

/** Lists of tickets: `overdue`: promises broken and not yet done; `unclaimed`: nobody has it; `due-soon`: due until the next working morning; `breaches`: the worst. */
export const ticketLists = ['overdue', 'unclaimed', 'due-soon', 'breaches'] as const

const head = { id: idSchema, heading: labelsSchema }

export const sectionSchema = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('figures'), lines: z.array(lineSchema) }),
  z.object({
    ...head,
    kind: z.literal('parts'),
    figure: z.string(),
    dimension: dimensionSchema,
    /** `pareto`: with the line of what they add up to, and where that passes 80 %. */
    chart: z.enum(['bars', 'pareto']),
    /** Null where the parts are never added up. */
    total: reportNumbersSchema.nullable(),
    parts: z.array(partSchema),
  }),
  z.object({
    ...head,
    kind: z.literal('trend'),
    figure: z.string(),
    part: namedSchema.nullable(),
    /** Of a count: for each working day of the period, so that a month with holidays can be compared. */
    perWorkingDay: z.boolean(),
    /** The oldest first; `value`: how many, which share, or the median in milliseconds. */
    points: z.array(
      z.object({
        from: instant,
        until: instant,
        n: count,
        value: z.number().nullable(),
        signal: z.enum(['above', 'below', 'run-above', 'run-below']).nullable(),
      }),
    ),
    limits: z.object({ mean: z.number(), lower: z.number(), upper: z.number() }).nullable(),
  }),
  z.object({
    ...head,
    kind: z.literal('arrivals'),
    figure: z.string(),
    /** From Monday to Sunday: how many such days were open, and how many came in each of 24 hours on open ones, and on the others. */
    weekdays: z.array(z.object({ openDays: count, hours: z.array(count), closedDays: count, hoursOfClosed: z.array(count) })),
  }),
  z.object({
    ...head,
    kind: z.literal('ageing'),
    figure: z.string(),
    /** By what the rows are told apart; null: one row of all. */
    dimension: dimensionSchema.nullable(),
    groups: z.array(z.object({ id: z.string(), label: labelsSchema })),
    rows: z.array(namedSchema.extend({ counts: z.array(count) })),
  }),
  z.object({
    ...head,
    kind: z.literal('tickets'),
    list: z.enum(ticketLists),
    /** Of so many the first are listed. */
    total: count,
    rows: z.array(ticketRowSchema),
  }),
  z.object({
    ...head,
    kind: z.literal('changes'),
    figure: z.string(),
    dimension: dimensionSchema,
    /** Those that changed most, the largest change first. */
    rows: z.array(partSchema),
  }),
  z.object({
    ...head,
    kind: z.literal('days'),
    figures: z.array(z.string()),
    /** Each day since the last daily report, as it turned out. */
    rows: z.array(z.object({ from: instant, until: instant, cells: z.array(reportNumbersSchema) })),
  }),
  z.object({
    ...head,
    kind: z.literal('suggestions'),
    /** Each by a rule, from a figure. */
    items: z.array(z.object({ rule: idSchema, figure: z.string(), text: labelsSchema })),
  }),
  z.object({
    ...head,
    kind: z.literal('actions'),
    /** Improvement actions still open, or ended within the period. */
    rows: z.array(
      z.object({ review: z.string(), action: z.string(), owner: z.string(), dueAt: instant, overdue: z.boolean(), state: labelsSchema }),
    ),
  }),
  z.object({
    ...head,
    kind: z.literal('written'),
    /** What a person is to write here. */
    prompt: labelsSchema,
  }),
])
export type ReportSection = z.output<typeof sectionSchema>

export const reportModelSchema = z.object({
  format: z.literal('1'),
  report: z.object({ id: idSchema, label: labelsSchema, every: z.enum(['day', 'week', 'month', 'quarter']) }),
  profile: z.object({ id: z.string(), version: z.int().min(1), label: labelsSchema }),
  calendar: z.object({ id: z.string(), version: z.int().min(1) }),
  zone: z.string(),
  /** Title block of a controlled record; null: it is none. */
  record: z.object({ number: z.string(), version: z.string() }).nullable(),
  /** `2026-11-30`, `2026-W48`, `2026-11`, `2026-Q4`. */
  period: z.string(),
  from: instant,
  /** Not included. */
  until: instant,
  /** What was recorded later is not known. */
  asOf: instant,
  /** Nothing happened in that time, and nothing was open. */
  quiet: z.boolean(),
  /** At most three sentences: what matters most, as mails tell it. */
  highlights: z.array(labelsSchema).max(3),
  /** By id, every figure that a section names. */
  figures: z.record(z.string(), definitionSchema),
  sections: z.array(sectionSchema),
})
export type ReportModel = z.output<typeof reportModelSchema>

/** What a person wrote into a box, and who signed when: kept beside the model, which does not change. */
export interface Signed {
  readonly texts: Readonly<Record<string, string>>
  readonly preparer: Signature | null
  readonly reviewer: Signature | null
  readonly approver: Signature | null
  /** It went out at its deadline though nobody had approved it 未审核. */
  readonly unreviewed: boolean
}

export interface Signature {
  /** Their display name. */
  readonly name: string
  readonly at: string
}
