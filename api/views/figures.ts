import { z } from 'zod'
import { dimensionSchema, fewest, shareOf, type FigureDefinition, type Numbers, type Spread } from '../../domain/figures/figure.ts'
import type { Locale } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { instantAnswer } from './schemas.ts'

/** What is answered of figures. */

const dimension = dimensionSchema.meta({ id: 'FigureDimension', description: 'by what a figure can be split and narrowed' })

const definitionShape = {
  id: z.string().describe('its id'),
  kind: z
    .enum(['count', 'share', 'duration'])
    .meta({ id: 'FigureKind', description: '`count`: how many; `share`: how many of them; `duration`: how long they took' }),
  label: z.string().describe('what it is called'),
  unit: z.string().describe('what it counts'),
  definition: z.string().describe('exactly what is counted (口径)'),
}

export const figureDefinitionSchema = z
  .object({ ...definitionShape, dimensions: z.array(dimension).describe('by what it can be split and narrowed') })
  .meta({ id: 'FigureDefinition', description: 'A figure, and what it means' })

const spreadSchema = z
  .object({
    meanMs: z.int().min(0).describe('the mean, in milliseconds'),
    medianMs: z.int().min(0).describe('the median, in milliseconds: half took no longer'),
    p90Ms: z.int().min(0).describe('the ninetieth percentile, in milliseconds: nine of ten took no longer'),
  })
  .meta({ id: 'FigureSpread', description: 'How long things took' })

const numbersShape = {
  n: z.int().min(0).describe('how many were counted'),
  hits: z.int().min(0).nullable().describe('of a share: how many of them; else null'),
  share: z.number().min(0).max(1).nullable().describe('`hits` of `n`; null where there is nothing to divide by, and of other kinds'),
  elapsed: spreadSchema.nullable().describe('of a duration: in real time; null where nothing was measured'),
  working: spreadSchema.nullable().describe('of a duration: in working time'),
  few: z.boolean().describe(`that there are fewer than ${fewest}, and so little can be said`),
  marks: z
    .array(
      z
        .object({
          id: z.string().describe('its id'),
          label: z.string().describe('what it is called'),
          count: z.int().min(0).describe('how many there are'),
          counted: z.boolean().describe('whether `n` holds them; else they stand beside it'),
        })
        .meta({ id: 'FigureMark', description: 'Something told apart' }),
    )
    .describe('what is told apart, beside the number or within it'),
}

export const numbersSchema = z.object(numbersShape).meta({ id: 'FigureNumbers', description: 'The numbers of a figure' })

export const figureSchema = z
  .object({
    ...definitionShape,
    profile: z.string().describe('id of the profile'),
    profileVersion: z.int().min(1).describe('its version as of then, by which clocks are told apart'),
    calendar: z.string().describe('id of the working calendar'),
    calendarVersion: z.int().min(1).describe('its version as of then, by which working time is reckoned'),
    from: instantAnswer('from when'),
    until: instantAnswer('until when, not included'),
    asOf: instantAnswer('what was recorded later is not counted'),
    splitBy: dimension.nullable().describe('by what it is split; null: not at all'),
    total: numbersSchema.nullable().describe('all of it; null where its parts may not be added up, such as different promises'),
    before: numbersSchema
      .nullable()
      .describe('`total` of as long a time before; null where it is not compared, or tickets were not kept from nearly its beginning on'),
    yearBefore: numbersSchema.nullable().describe('`total` of the same days a year before; null likewise'),
    series: z
      .object({
        points: z
          .array(
            z
              .object({
                from: instantAnswer('from when'),
                until: instantAnswer('until when, not included'),
                n: z.int().min(0).describe('how many were counted'),
                value: z.number().nullable().describe('how many, which share, or the median in milliseconds; null where there is none'),
                signal: z
                  .enum(['above', 'below', 'run-above', 'run-below'])
                  .nullable()
                  .describe('outside the natural limits, or one of eight in a row on one side of the mean; null: noise'),
              })
              .meta({ id: 'FigurePoint', description: 'A point of a series' }),
          )
          .describe('the oldest first; none of times of which tickets were not kept from nearly the beginning on'),
        limits: z
          .object({
            mean: z.number().describe('the mean'),
            lower: z.number().describe('the lower natural limit'),
            upper: z.number().describe('the upper natural limit'),
          })
          .meta({ id: 'FigureLimits', description: 'Between which values lie by chance' })
          .nullable()
          .describe('null where there are fewer than eight values'),
      })
      .meta({ id: 'FigureSeries', description: 'A figure over time' })
      .nullable()
      .describe('null where none was asked for'),
    parts: z
      .array(
        z
          .object({
            key: z.string().nullable().describe('an id or a word; null: of those of which nothing is said'),
            label: z.string().describe('what it is called'),
            ...numbersShape,
          })
          .meta({ id: 'FigurePart', description: 'A part of a figure' }),
      )
      .describe('the largest first; none where it is not split'),
  })
  .meta({ id: 'Figure', description: 'A figure' })

/** What a figure is, in one language. */
export function definitionView({ id, kind, label, unit, definition }: FigureDefinition, locale: Locale) {
  return { id, kind, label: label[locale], unit: unit[locale], definition: definition[locale] }
}

/** The numbers of a figure, with what is told apart by name. */
export function numbersView({ marks: labels, beside = [] }: Pick<FigureDefinition, 'marks' | 'beside'>, numbers: Numbers, locale: Locale) {
  const { n, hits, elapsed, worked, marks } = numbers
  return {
    n,
    hits,
    share: shareOf(numbers),
    elapsed: spreadView(elapsed),
    working: spreadView(worked),
    few: n < fewest,
    marks: Object.entries(marks).map(([id, count]) => ({
      id,
      label: own(labels, id)?.[locale] ?? id,
      count,
      counted: !beside.includes(id),
    })),
  }
}

function spreadView(spread: Spread | null) {
  return spread && { meanMs: spread.mean, medianMs: spread.median, p90Ms: spread.p90 }
}
