import { z } from 'zod'
import type { ChangedFigure } from '../../processes/report/changed.ts'
import type { Locale } from '../../domain/labels.ts'
import { numbersSchema, numbersView } from './figures.ts'
import { instantAnswer } from './schemas.ts'

/** What is answered of a report beside what it holds. */

export const changesSchema = z.object({
  asOf: instantAnswer('as of which instant the report was reckoned'),
  now: instantAnswer('as of which instant it is compared'),
  items: z
    .array(
      z
        .object({
          figure: z.string().describe('id of the figure'),
          label: z.string().describe('what it is called'),
          part: z.string().nullable().describe('of which part, by its name; null: of all'),
          reported: numbersSchema.describe('as the report has it'),
          now: numbersSchema.describe('as it would be now'),
        })
        .meta({ id: 'ReportChange', description: 'A figure that would be another one now' }),
    )
    .describe('none where nothing has changed'),
})

export function changeView({ figure, definition, part, reported, now }: ChangedFigure, locale: Locale) {
  return {
    figure,
    label: definition.label[locale],
    part: part?.label[locale] ?? null,
    reported: numbersView(definition, reported, locale),
    now: numbersView(definition, now, locale),
  }
}
