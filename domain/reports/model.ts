import { z } from 'zod'
import { idSchema } from '../document/checks.ts'
import { labelsSchema } from '../labels.ts'
import { definitionSchema, instant, named, text } from './numbers.ts'
import { sectionSchema } from './sections.ts'

/**
 * A report as it was reckoned: everything that is shown of it, whatever the form and the language, is drawn from this and from nothing else,
 * so that no two pages of it can disagree. It is stored, and never reckoned again. Instants are in UTC, shares within 0 and 1, times in
 * milliseconds.
 */
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
    keptSince: instant('where that was well after it began: when the first ticket came').exactOptional(),
    narrowed: z
      .array(
        z
          .object({ by: named('by what'), to: named('to what of it') })
          .meta({ id: 'ReportNarrowedTo', description: 'To what all of a report is narrowed' }),
      )
      .exactOptional()
      .describe('to what all of it is narrowed; absent: it is of everything, or of before this was told'),
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
  readonly standing: ReportStanding
}

/**
 * Which signature a report still waits for: nobody may take it for the record before it is released. `unreviewed`: it went out at its deadline
 * though nobody had approved it 未审核.
 */
export const reportStandings = ['draft', 'written', 'reviewed', 'unreviewed', 'released'] as const
export type ReportStanding = (typeof reportStandings)[number]

export interface Signature {
  /** Their display name. */
  readonly name: string
  readonly at: string
}
