import { z } from 'zod'
import { instantSchema } from '../../domain/instant.ts'
import { inOneLine } from '../../domain/line.ts'
import { clean } from '../../domain/text.ts'

/** Shapes that several commands share. Lengths are in characters; they keep an act's history entry small beside Temporal's 2 MB payload limit. */

const shortTextLimit = 500
/** A sentence or a short paragraph. */
export const shortText = textUpTo(shortTextLimit)
/** Minutes, steps, a solution. */
export const longText = textUpTo(20_000)
/** A word or a name. */
export const wordSchema = lineUpTo(80)
export const titleSchema = lineUpTo(200).describe('what the ticket is called in lists')
export const reasonSchema = shortText.describe('why; kept on record')
export const satisfactionSchema = z.int().min(1).max(5).describe('satisfaction, 1 (poor) to 5 (excellent)')
export const occurredAtSchema = instantSchema
  .optional()
  .describe('when it really took place; default: now. Never later than now; a minute later counts as now, since clocks differ')
export const personSchema = lineUpTo(64).describe('id of a person')
export const teamSchema = lineUpTo(64).describe('id of a team')
/** A listed word is checked against the profile when the command is decided, since each profile lists its own. */
export const listedWord = lineUpTo(80)

/** The beginning of a text that was put together, no longer than a {@link shortText}. */
export function shortened(text: string): string {
  return clean(text.slice(0, shortTextLimit))
}

/** Without what the rows could not hold: an event that cannot be written would stop the log of its ticket for ever. */
function textUpTo(limit: number) {
  return z.string().overwrite(clean).min(1).max(limit)
}

function lineUpTo(limit: number) {
  return inOneLine(textUpTo(limit))
}
