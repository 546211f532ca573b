import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { dimensionSchema } from '../figures/figure.ts'
import { labelsSchema } from '../labels.ts'
import { judgedTicketsShape } from './judged-tickets.ts'
import { count, figureOf, instant, named, namedSchema, nameShape, nowAndBefore, reportNumbersSchema, text } from './numbers.ts'

/** What the sections of a report hold, each kind with its rows. */

const lineSchema = z
  .object({
    figure: figureOf,
    part: namedSchema.nullable().describe('of a figure whose parts are never added up: which part'),
    ...nowAndBefore,
    yearBefore: reportNumbersSchema.nullable().describe('in the same period a year before; null: nothing is known of that time'),
    restated: reportNumbersSchema
      .nullable()
      .exactOptional()
      .describe('of what goes on changing after its time: `before` as it is known by now; absent: it does not'),
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

const groupSchema = z
  .object({
    label: named('what it is called'),
    numbers: reportNumbersSchema.describe('how many answered, and how many of them are satisfied'),
  })
  .meta({ id: 'ReportDriverGroup', description: 'Answers of tickets to which something happened, or did not' })

const driverSchema = z
  .object({
    driver: text('its id'),
    label: named('what it is called'),
    definition: named('exactly what is meant (口径)'),
    yes: groupSchema.describe('of tickets to which it happened before the answer'),
    no: groupSchema.describe('of the others'),
  })
  .meta({ id: 'ReportDriver', description: 'What may move how satisfied customers are' })

const share = (meaning: string) => z.number().min(0).max(1).describe(meaning)

const mixRowSchema = z
  .object({
    ...nameShape,
    now: reportNumbersSchema.describe('as it is'),
    atEqualMix: share('which share it would be at the mix of all; null: too little of that mix is covered').nullable(),
    covered: share('which share of all is of a type and priority of which the team has any'),
    effective: z.number().min(0).describe('of so many it says as much as a share of things drawn alike; of fewer than twenty, little'),
  })
  .meta({ id: 'ReportMixRow', description: 'A share of a team as it is, and at the mix of all' })

const themeSchema = z
  .object({
    ...nameShape,
    now: reportNumbersSchema.describe('how many comments, and how many of them by customers who are satisfied'),
    examples: z
      .array(
        z
          .object({
            number: text('number of the ticket'),
            score: z.int().min(1).max(5).describe('the answer, 1 (poor) to 5 (excellent)'),
            text: text('its beginning, without contact data'),
          })
          .meta({ id: 'ReportComment', description: 'What a customer said' }),
      )
      .describe('of those who are not satisfied first, the newest first'),
  })
  .meta({ id: 'ReportTheme', description: 'Of what customers speak' })

const actionRowSchema = z
  .object({
    review: text('number of the review'),
    title: text('what that is about').exactOptional(),
    action: text('what is to be done'),
    owner: text('whose it is'),
    dueAt: instant('until when'),
    dueBefore: z.array(z.iso.datetime()).exactOptional().describe('when it was due before it was put off, the first first'),
    endedAt: instant('when it was carried out or dropped; null: it was open').nullable().exactOptional(),
    overdue: z.boolean().describe('it was late'),
    state: named('how it stood'),
    effect: named('what was known of whether it helped, of all actions of its review together').exactOptional(),
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
  section('ReportDrivers', {
    kind: kind('drivers'),
    figure: figureOf,
    total: reportNumbersSchema.describe('all answers'),
    rows: z.array(driverSchema).describe('the largest difference first, those of few last; a ticket may be in several'),
  }),
  section('ReportEqualMix', {
    kind: kind('equal-mix'),
    figure: figureOf,
    part: namedSchema.nullable().describe('of a figure whose parts are never added up: which part'),
    total: reportNumbersSchema.describe('of all teams'),
    rows: z.array(mixRowSchema).describe('the largest first'),
  }),
  section('ReportComments', {
    kind: kind('comments'),
    figure: figureOf,
    answers: reportNumbersSchema.describe('all answers, with words or without'),
    total: reportNumbersSchema.describe('those with words'),
    themes: z.array(themeSchema).describe('the most frequent first, those of no theme last; a comment may be in several'),
  }),
  section('ReportSamples', { kind: kind('samples'), ...judgedTicketsShape }),
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
    total: count('how many there are; absent: as many as rows').exactOptional(),
    rows: z.array(actionRowSchema).describe('improvement actions still open, or ended within the period'),
  }),
  section('ReportBox', { kind: kind('written'), prompt: named('what a person is to write here') }),
])
export type ReportSection = z.output<typeof sectionSchema>
