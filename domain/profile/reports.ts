import { z } from 'zod'
import { idSchema as id, uniqueIds } from '../document/checks.ts'
import { dimensions } from '../figures/figure.ts'
import { figureIdSchema, type FigureId } from '../figures/ids.ts'
import { durationSchema, ofLength } from '../instant.ts'
import { labelsSchema } from '../labels.ts'
import type { Role } from '../people.ts'
import { ticketLists } from '../reports/sections.ts'
import { foldToWords } from '../text.ts'
import { targetSchema } from './clocks.ts'

/**
 * The periodic reports of a profile (R13, R14, M6, M12, T17, Q7, S17): which there are, how often, what each holds, who gets it, and who signs
 * it first. What a report says of people is for the assessment alone, and no section can be split by them.
 */

/** By what a section can be split. */
const splits = dimensions.filter((dimension) => dimension !== 'person')
/** To what a whole report can be narrowed: what its tickets have, whatever is asked of them. */
const narrowingSchema = z
  .enum(splits.filter((dimension) => dimension !== 'criterion'))
  .meta({ id: 'ReportNarrowing', description: 'to what a report can be narrowed' })
const splitSchema = z.enum(splits).meta({ id: 'ReportSplit', description: 'by what a section of a report can be split' })

const head = {
  id: id.describe('its id, within the report'),
  heading: labelsSchema.optional().describe('its heading; default: what its figure is called'),
}

/** Different promises are never added up: of attainment it says of which. */
const ofClock = id.optional().describe('of `attainment`: of which promise')

function plan<const K extends string, S extends z.core.$ZodLooseShape>(kind: K, holds: string, shape: S) {
  return z.strictObject({ ...head, kind: z.literal(kind).describe('what it holds'), ...shape }).meta({
    id: `ReportPlan${kind.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())}`,
    description: holds,
  })
}

const most = z.int().min(1).max(100)

/** Shares whose teams can be compared at an equal mix of types and priorities. */
const mixable = [
  'attainment',
  'resolution-rate',
  'first-contact-resolution',
  'satisfaction',
  'reopen-rate',
] as const satisfies readonly FigureId[]

/** What a comment may speak of: words as they are written, whatever their width, case and spacing. */
const themeSchema = z
  .strictObject({
    id: id.describe('its id, within the section'),
    label: labelsSchema.describe('what it is called'),
    words: z
      .array(
        z
          .string()
          .max(60)
          .refine((word) => foldToWords(word) !== '', 'word-says-nothing'),
      )
      .min(1)
      .max(200)
      .describe('a comment with one of them belongs to it; one of Latin letters at the beginning of a word'),
  })
  .meta({ id: 'ReportPlanTheme', description: 'a theme of what customers say' })

const sectionSchema = z
  .discriminatedUnion('kind', [
    plan('figures', 'some figures side by side', {
      figures: z.array(figureIdSchema).min(1).describe('side by side, with the period before and the same of the year before'),
    }),
    plan('parts', 'one figure, split into its parts', {
      figure: figureIdSchema.describe('one figure'),
      clock: ofClock,
      by: splitSchema.describe('by what it is split'),
      chart: z.enum(['bars', 'pareto']).default('bars').describe('as bars, or as bars with the line of what they add up to (`pareto`)'),
    }),
    plan('trend', 'one figure over several periods', {
      figure: figureIdSchema.describe('one figure'),
      clock: ofClock,
      periods: z.int().min(2).max(60).default(13).describe('over so many periods, this one the last'),
      perWorkingDay: z.boolean().default(false).describe('of a count: for each working day, so that a month with holidays can be compared'),
    }),
    plan('arrivals', 'when tickets come, by weekday and hour', {}),
    plan('ageing', 'how old what is open is', { by: splitSchema.optional().describe('by what it is split; absent: by nothing') }),
    plan('tickets', 'a list of tickets', {
      list: z.enum(ticketLists).describe('which tickets'),
      most: most.default(20).describe('so many at most'),
    }),
    plan('changes', 'what of a figure changed most since the period before', {
      figure: figureIdSchema.describe('one figure'),
      clock: ofClock,
      by: splitSchema.describe('by what it is split'),
      most: most.default(10).describe('so many at most'),
    }),
    plan('days', 'some figures day by day', {
      figures: z.array(figureIdSchema).min(1).describe('of each day since the last daily report'),
    }),
    plan('drivers', 'what satisfaction hangs together with', {}),
    plan('equal-mix', 'teams compared as if each had had the same mix of tickets', {
      figure: z.enum(mixable).describe('a share of which each team would have another mix of tickets'),
      clock: ofClock,
    }),
    plan('comments', 'what customers say, by themes', {
      themes: uniqueIds(z.array(themeSchema).min(1).max(30)).describe('of what customers may speak'),
      most: most.max(20).default(3).describe('so many examples of each at most'),
    }),
    plan('samples', 'tickets that were judged in samples', {
      sample: id.optional().meta({ description: 'only this kind of samples; absent: every kind', examples: ['service'] }),
      most: most.default(20).describe('so many at most'),
    }),
    plan('suggestions', 'what might be improved, as the figures suggest', {}),
    plan('actions', 'improvement actions of reviews and their state', {}),
    plan('written', 'what only a person can write', { prompt: labelsSchema.describe('what a person is to write there') }),
  ])
  .meta({ id: 'ReportSectionPlan', description: 'what a section of a report holds' })
export type SectionPlan = z.output<typeof sectionSchema>

/** Who may read reports: how work goes is for those who lead it. */
export const reportReaders = ['supervisor', 'department-lead', 'quality', 'management', 'admin'] as const satisfies readonly Role[]
const readerSchema = z.enum(reportReaders).meta({ id: 'ReportReader', description: 'a role that may read reports' })

const signingSchema = z
  .strictObject({
    by: z.array(readerSchema).min(1).describe('roles of whom one does it'),
    within: targetSchema.describe('how long they have, ISO 8601, in working time'),
  })
  .meta({ id: 'ReportSigning', description: 'a signature under a report' })

const releaseSchema = z
  .strictObject({
    write: signingSchema.describe('who writes what only a person can, and signs as preparer 编制'),
    review: signingSchema.describe('who reviews it 审核'),
    approve: signingSchema.describe('who approves it 批准; then it is sent'),
    late: z
      .enum(['send', 'wait'])
      .describe('what becomes of it when a deadline passes: it is sent, marked as not reviewed 未审核, or it waits'),
  })
  .meta({ id: 'ReportRelease', description: 'what is signed before a report is sent' })

export const usualCutOff = 'PT30M'

/** How long before the working day's end a daily report is made. */
const cutOffSchema = durationSchema.refine(
  ofLength((ms) => ms >= 0 && ms <= 12 * 3_600_000),
  'cut-off',
)

const reportSchema = z
  .strictObject({
    id: id.max(40).describe('its id, part of its number'),
    label: labelsSchema.describe('what it is called'),
    every: z
      .enum(['day', 'week', 'month', 'quarter'])
      .describe(
        'how often: `day`: on each working day, before its end; `week`: on Monday or the next working day, of the week before; `month`, `quarter`: on the first working day after',
      ),
    cutOff: cutOffSchema
      .default(usualCutOff)
      .describe("of `day`: how long before the working day's end it is made, ISO 8601; what happens later is in the next one"),
    only: z
      .partialRecord(narrowingSchema, z.string().min(1).max(200))
      .optional()
      .describe('only of tickets that are so: `{ type: complaint }`'),
    to: z.array(readerSchema).min(1, 'no-readers').describe('roles whose people get it'),
    record: z
      .strictObject({
        number: z.string().min(1).max(60).describe('document number'),
        version: z.string().min(1).max(20).describe('version of the form'),
      })
      .meta({ id: 'ReportRecord', description: 'title block of a controlled record' })
      .optional(),
    release: releaseSchema.optional().describe('who signs it, and until when, before it is sent; absent: it is sent as soon as it is made'),
    sections: uniqueIds(z.array(sectionSchema).min(1).max(40)).describe('what it holds, in this order'),
  })
  .meta({ id: 'ProfileReport', description: 'a periodic report' })
export type ProfileReport = z.output<typeof reportSchema>

export const reportsSchema = uniqueIds(z.array(reportSchema).max(20))
