import { z } from 'zod'
import { labelsSchema } from '../labels.ts'

/** What sections of a report are made of: numbers, what they meant, and names as they were then. Shares are within 0 and 1, times in milliseconds. */

export const instant = (meaning: string) => z.iso.datetime().describe(meaning)
export const count = (meaning: string) => z.int().min(0).describe(meaning)
export const text = (meaning: string) => z.string().describe(meaning)
export const named = (meaning: string) => labelsSchema.describe(meaning)
export const figureOf = text('id of the figure')

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
export const definitionSchema = z
  .object({
    kind: z.enum(['count', 'share', 'duration']).describe('what it is: how many, how many of them, or how long they took'),
    label: named('what it is called'),
    unit: named('what it counts'),
    definition: named('exactly what is counted (口径)'),
    marks: z.record(z.string(), labelsSchema).describe('what is told apart, by its id'),
    beside: z
      .array(z.string())
      .exactOptional()
      .describe('ids of what of it the number does not hold; absent in reports of before this was told: nobody says'),
    better: z.enum(['higher', 'lower']).exactOptional().describe('which way it is to go; absent: neither is better by itself'),
  })
  .meta({ id: 'ReportFigure', description: 'What a figure was called and meant when the report was made' })
export type ReportFigure = z.output<typeof definitionSchema>

export const nameShape = {
  key: z.string().nullable().describe('an id or a word; null: those of which nothing is said'),
  label: named('what it was called then'),
}
/** Something by the name that it had then: renaming it later does not change the past. */
export const namedSchema = z.object(nameShape).meta({ id: 'ReportName', description: 'Something by the name that it had then' })

export const nowAndBefore = {
  now: reportNumbersSchema.describe('in the period'),
  before: reportNumbersSchema.nullable().describe('in the period before; null: nothing is known of that time'),
}
