import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { dimensionSchema } from '../figures/figure.ts'
import { labelsSchema } from '../labels.ts'

/**
 * A report as it was reckoned: everything that is shown of it, whatever the form and the language, is drawn from this and from nothing else,
 * so that no two pages of it can disagree. It is stored, and never reckoned again. Instants are in UTC, shares within 0 and 1, times in
 * milliseconds.
 */

const instant = (meaning: string) => z.iso.datetime().describe(meaning)
const count = (meaning: string) => z.int().min(0).describe(meaning)
const text = (meaning: string) => z.string().describe(meaning)
const named = (meaning: string) => labelsSchema.describe(meaning)
const figureOf = text('id of the figure')

const spreadSchema = z
  .object({
    mean: count('the mean, in milliseconds'),
    median: count('the median, in milliseconds'),
    p90: count('the ninetieth percentile, in milliseconds'),
  })
  .meta({ id: 'ReportSpread', description: 'How long things took' })

/** As `Numbers` of domain/figures/figure.ts. */
export const reportNumbersSchema = z
  .object({
    n: count('how many were counted'),
    hits: count('of a share: how many of them; else null').nullable(),
    elapsed: spreadSchema.nullable().describe('of a duration: in real time; null where nothing was measured'),
    worked: spreadSchema.nullable().describe('of a duration: in working time'),
    marks: z.record(z.string(), z.int().min(0)).describe('how many of each mark'),
  })
  .meta({ id: 'ReportNumbers', description: 'The numbers of a figure' })
export type ReportNumbers = z.output<typeof reportNumbersSchema>

/** What a figure was called and what it meant when the report was made, printed under it 口径. */
const definitionSchema = z
  .object({
    kind: z.enum(['count', 'share', 'duration']).describe('what it is: how many, how many of them, or how long they took'),
    label: named('what it is called'),
    unit: named('what it counts'),
    definition: named('exactly what is counted (口径)'),
    marks: z.record(z.string(), labelsSchema).describe('what is told apart, by its id'),
    better: z.enum(['higher', 'lower']).exactOptional().describe('which way it is to go; absent: neither is better by itself'),
  })
  .meta({ id: 'ReportFigure', description: 'What a figure was called and meant when the report was made' })
export type ReportFigure = z.output<typeof definitionSchema>

const nameShape = {
  key: z.string().nullable().describe('an id or a word; null: those of which nothing is said'),
  label: named('what it was called then'),
}
/** Something by the name that it had then: renaming it later does not change the past. */
const namedSchema = z.object(nameShape).meta({ id: 'ReportName', description: 'Something by the name that it had then' })

const nowAndBefore = {
  now: reportNumbersSchema.describe('in the period'),
  before: reportNumbersSchema.nullable().describe('in the period before; null: nothing is known of that time'),
}

const lineSchema = z
  .object({
    figure: figureOf,
    part: namedSchema.nullable().describe('of a figure whose parts are never added up: which part'),
    ...nowAndBefore,
    yearBefore: reportNumbersSchema.nullable().describe('in the same period a year before; null: nothing is known of that time'),
  })
  .meta({ id: 'ReportLine', description: 'A figure, beside what it was' })

const partSchema = z
  .object({ ...nameShape, ...nowAndBefore })
  .meta({ id: 'ReportPart', description: 'A part of a figure, beside what it was' })

const ticketRowSchema = z
  .object({
    number: text('number of the ticket'),
    title: text('its title'),
    type: named('its type'),
    priority: labelsSchema.nullable().describe('its priority; null: nobody has said'),
    team: labelsSchema.nullable().describe('its team; null: none'),
    clock: labelsSchema.nullable().describe('which promise it is listed for; null: none'),
    at: instant('when that was due, is due, or since when nobody has it'),
    late: z.number().int().nullable().describe('of a broken promise: by how much, in milliseconds; null: not broken'),
  })
  .meta({ id: 'ReportTicket', description: 'A ticket that a report lists' })

/** Lists of tickets: `overdue`: promises broken and not yet done; `unclaimed`: nobody has it; `due-soon`: due until the next working morning; `breaches`: the worst. */
export const ticketLists = ['overdue', 'unclaimed', 'due-soon', 'breaches'] as const

const pointSchema = z
  .object({
    from: instant('from when'),
    until: instant('until when, not included'),
    n: count('how many were counted'),
    value: z.number().nullable().describe('how many, which share, or the median in milliseconds; null where there is none'),
    signal: z
      .enum(['above', 'below', 'run-above', 'run-below'])
      .nullable()
      .describe('outside the natural limits, or one of eight in a row on one side of the mean; null: noise'),
  })
  .meta({ id: 'ReportPoint', description: 'A point of a series' })

const limitsSchema = z
  .object({
    mean: z.number().describe('the mean'),
    lower: z.number().describe('the lower natural limit'),
    upper: z.number().describe('the upper natural limit'),
  })
  .meta({ id: 'ReportLimits', description: 'Between which values lie by chance' })

const weekdaySchema = z
  .object({
    openDays: count('how many such days were worked'),
    hours: z.array(z.int().min(0)).describe('how many came on these, in each of 24 hours'),
    closedDays: count('how many were not'),
    hoursOfClosed: z.array(z.int().min(0)).describe('how many came on those'),
  })
  .meta({ id: 'ReportWeekday', description: 'When tickets came on a day of the week' })

const actionRowSchema = z
  .object({
    review: text('number of the review'),
    action: text('what is to be done'),
    owner: text('whose it is'),
    dueAt: instant('until when'),
    overdue: z.boolean().describe('it was late'),
    state: named('how it stood'),
  })
  .meta({ id: 'ReportAction', description: 'An improvement action' })

const head = { id: idSchema.describe('its id, within the report'), heading: named('its heading') }
const kind = <K extends string>(name: K) => z.literal(name).describe('what it holds')
const dimension = dimensionSchema.describe('by what it is split')
const section = <S extends z.core.$ZodLooseShape>(id: string, shape: S) =>
  z.object({ ...head, ...shape }).meta({ id, description: 'A section of a report' })

export const sectionSchema = z.discriminatedUnion('kind', [
  section('ReportFigures', { kind: kind('figures'), lines: z.array(lineSchema).describe('each beside what it was') }),
  section('ReportParts', {
    kind: kind('parts'),
    figure: figureOf,
    dimension,
    chart: z.enum(['bars', 'pareto']).describe('`pareto`: with the line of what they add up to, and where that passes 80 %'),
    total: reportNumbersSchema.nullable().describe('null where the parts are never added up'),
    parts: z.array(partSchema).describe('the largest first'),
  }),
  section('ReportTrend', {
    kind: kind('trend'),
    figure: figureOf,
    part: namedSchema.nullable().describe('of a figure whose parts are never added up: which part'),
    perWorkingDay: z.boolean().describe('of a count: for each working day, so that a month with holidays can be compared'),
    points: z.array(pointSchema).describe('the oldest first'),
    limits: limitsSchema.nullable().describe('null where there are fewer than eight values'),
  }),
  section('ReportArrivals', {
    kind: kind('arrivals'),
    figure: figureOf,
    weekdays: z.array(weekdaySchema).describe('from Monday to Sunday'),
  }),
  section('ReportAgeing', {
    kind: kind('ageing'),
    figure: figureOf,
    dimension: dimension.nullable().describe('by what the rows are told apart; null: one row of all'),
    groups: z
      .array(z.object({ id: text('its id'), label: named('what it is called') }).meta({ id: 'ReportAge', description: 'A group by age' }))
      .describe('the youngest first'),
    rows: z
      .array(
        z
          .object({ ...nameShape, counts: z.array(z.int().min(0)).describe('how many of each group') })
          .meta({ id: 'ReportAges', description: 'How old the backlog is' }),
      )
      .describe('the largest first'),
  }),
  section('ReportTickets', {
    kind: kind('tickets'),
    list: z.enum(ticketLists).describe('which tickets'),
    total: count('of so many the first are listed'),
    rows: z.array(ticketRowSchema).describe('the worst first'),
  }),
  section('ReportChanges', {
    kind: kind('changes'),
    figure: figureOf,
    dimension,
    rows: z.array(partSchema).describe('those that changed most, the largest change first'),
  }),
  section('ReportDays', {
    kind: kind('days'),
    figures: z.array(z.string()).describe('ids of the figures'),
    rows: z
      .array(
        z
          .object({
            from: instant('from when'),
            until: instant('until when, not included'),
            cells: z.array(reportNumbersSchema).describe('a figure each'),
          })
          .meta({ id: 'ReportDay', description: 'A day, as it turned out' }),
      )
      .describe('each day since the last daily report'),
  }),
  section('ReportSuggestions', {
    kind: kind('suggestions'),
    items: z
      .array(
        z
          .object({ rule: idSchema.describe('by which rule'), figure: figureOf, text: named('what is suggested') })
          .meta({ id: 'ReportSuggestion', description: 'What the numbers suggest' }),
      )
      .describe('each by a rule, from a figure'),
  }),
  section('ReportActions', {
    kind: kind('actions'),
    rows: z.array(actionRowSchema).describe('improvement actions still open, or ended within the period'),
  }),
  section('ReportBox', { kind: kind('written'), prompt: named('what a person is to write here') }),
])
export type ReportSection = z.output<typeof sectionSchema>

export const reportModelSchema = z
  .object({
    format: z.literal('1').describe('how this is to be read'),
    report: z
      .object({
        id: idSchema.describe('its id in the profile'),
        label: named('what it is called'),
        every: z.enum(['day', 'week', 'month', 'quarter']).describe('how often it is made'),
      })
      .meta({ id: 'ReportKind', description: 'Which report it is' })
      .describe('which report it is'),
    profile: z
      .object({ id: text('its id'), version: z.int().min(1).describe('its version'), label: named('what it is called') })
      .meta({ id: 'ReportProfile', description: 'The profile by which it was reckoned' })
      .describe('the profile by which it was reckoned'),
    calendar: z
      .object({ id: text('its id'), version: z.int().min(1).describe('its version') })
      .meta({ id: 'ReportCalendar', description: 'The working calendar by which it was reckoned' })
      .describe('the working calendar by which it was reckoned'),
    zone: text('IANA zone of its days'),
    record: z
      .object({ number: text('document number'), version: text('version of the form') })
      .meta({ id: 'ReportTitleBlock', description: 'Title block of a controlled record' })
      .nullable()
      .describe('title block of a controlled record; null: it is none'),
    period: text('`2026-11-30`, `2026-W48`, `2026-11`, `2026-Q4`'),
    from: instant('from when'),
    until: instant('until when, not included'),
    asOf: instant('what was recorded later is not known'),
    quiet: z.boolean().describe('nothing happened in that time, and nothing was open'),
    highlights: z.array(labelsSchema).max(3).describe('what matters most, in three sentences at most'),
    figures: z.record(z.string(), definitionSchema).describe('by id, every figure that a section names'),
    sections: z.array(sectionSchema).describe('in their order'),
  })
  .meta({ id: 'ReportModel', description: 'What a report holds' })
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
