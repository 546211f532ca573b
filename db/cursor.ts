import { createHash } from 'node:crypto'
import { z } from 'zod'

/** Pages by keyset: a cursor says after which row the next page begins, whatever was added or moved meanwhile. */

/** A cursor that this list did not give out: damaged, or of a list with another order or other filters. */
export class CursorError extends Error {
  override name = 'CursorError'
  constructor() {
    super('this cursor belongs to another list, or was changed; begin again without it')
  }
}

export interface Page<T> {
  readonly items: T[]
  /** Cursor of the next page; null when this is the last. */
  readonly next: string | null
}

export type Position = readonly (string | number)[]

/** What positions are made of: nothing that Postgres would stumble over, whoever made the cursor up. */
export const partOf = {
  instant: z.iso.datetime().regex(/^(?!0000)/),
  /** A number of a ticket. */
  number: z
    .string()
    .max(200)
    .regex(/^[^\0\p{Surrogate}]*$/u),
  /** Of a column that holds 32 bits. */
  count: z.int32(),
  /** Of a column that holds 64. */
  id: z.int(),
}

/** The cursor of a row in a list. `list` is whatever makes the list this one: its order and filters. */
export function cursorAt(list: unknown, position: Position): string {
  return Buffer.from(JSON.stringify([checksum(list, position), ...position]), 'utf8').toString('base64url')
}

/** The position that a cursor of this list means, in the given shape. @throws CursorError */
export function positionOf<T extends Position>(list: unknown, cursor: string, shape: z.ZodType<T>): T {
  const parsed = z.tuple([z.string()], z.union([z.string(), z.number()])).safeParse(decoded(cursor))
  if (!parsed.success) throw new CursorError()
  const [sum, ...rest] = parsed.data
  const position = shape.safeParse(rest)
  if (!position.success || sum !== checksum(list, position.data)) throw new CursorError()
  return position.data
}

/** The page of a query that was asked for one row more than `limit`. */
export function pageOf<T>(rows: readonly T[], limit: number, cursorOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last !== undefined && rows.length > limit ? cursorOf(last) : null }
}

/** Against mistakes, not against attackers: a position that somebody makes up shows them nothing that the list does not. */
function checksum(list: unknown, position: Position): string {
  return createHash('sha256')
    .update(JSON.stringify([list, position]))
    .digest('base64url')
    .slice(0, 11)
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
