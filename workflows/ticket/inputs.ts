import { z } from 'zod'
import { instantSchema } from '../../domain/instant.ts'

/** Shapes that several commands share. Lengths are in characters; they keep an act's history entry small beside Temporal's 2 MB payload limit. */

/** A sentence or a short paragraph. */
export const shortText = z.string().trim().min(1).max(500)
/** Minutes, steps, a solution. */
export const longText = z.string().trim().min(1).max(20_000)
/** A word or a name. */
export const wordSchema = z.string().trim().min(1).max(80)
export const reasonSchema = shortText.describe('why; kept on record')
export const satisfactionSchema = z.int().min(1).max(5).describe('satisfaction, 1 (poor) to 5 (excellent)')
export const occurredAtSchema = instantSchema.optional().describe('when it really took place; default: now. Never later than now')
export const personSchema = z.string().trim().min(1).max(64).describe('id of a person')
export const teamSchema = z.string().trim().min(1).max(64).describe('id of a team')
/** A listed word is checked against the profile when the command is decided, since each profile lists its own. */
export const listedWord = z.string().trim().min(1).max(80)
