import { longestNumber } from '../../domain/numbering.ts'
import { z } from 'zod'
import { longestContact } from '../../domain/customer-labels.ts'
import { instantSchema } from '../../domain/instant.ts'
import { chosenFrom, labelled, type ChoiceSource } from '../../domain/labelled.ts'
import { said, type Labels } from '../../domain/labels.ts'
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
/** The number of a process. */
export const numberSchema = lineUpTo(longestNumber)
/** A part of a customer; the same bound as at registration. */
export const customerPartSchema = lineUpTo(longestContact)
export const reasonSchema = labelled(shortText.describe('why; kept on record'), said('原因', '原因', 'Reason'))
export const satisfactionSchema = labelled(
  z.int().min(1).max(5).describe('satisfaction, 1 (poor) to 5 (excellent)'),
  said('满意度', '滿意度', 'Satisfaction'),
)
export const occurredAtSchema = labelled(
  instantSchema
    .optional()
    .describe('when it really took place; default: now. Never later than now; a minute later counts as now, since clocks differ'),
  said('发生时间', '發生時間', 'When it happened'),
)
/** What they are in it, each field says for itself. */
export const personSchema = chosenFrom('people', lineUpTo(64).describe('id of a person'))
export const teamSchema = labelled(lineUpTo(64).describe('id of a team'), said('团队', '團隊', 'Team'), { from: 'teams' })
/** A listed word is checked against the profile when the command is decided, since each profile lists its own: in which list, it says here. */
export function listedWord(list: Extract<ChoiceSource, `profile.${string}`>, label: Labels) {
  return labelled(lineUpTo(80), label, { from: list })
}

/** The beginning of a text that was put together, no longer than a {@link shortText}. */
export function shortened(text: string): string {
  return clean(text.slice(0, shortTextLimit))
}

/** Without what the rows could not hold: an event that cannot be written would stop the log of its process for ever. */
function textUpTo(limit: number) {
  return z.string().overwrite(clean).min(1).max(limit)
}

export function lineUpTo(limit: number) {
  return inOneLine(textUpTo(limit))
}

/** What is kept in the rows, by its SHA-256. */
export const checksumSchema = labelled(z.string().length(64), said('校验值', '校驗值', 'Checksum'))
