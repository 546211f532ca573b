import { partOf } from '../../domain/document/shape.ts'
import { isOneLine } from '../../domain/line.ts'
import { oneLine, visible } from '../../domain/text.ts'

/**
 * What was sent, with every text as it is read: nothing invisible passes for something, nothing turns the direction of writing,
 * and what the schema says stands in one line does. Done at the border, for every operation, before the schema sees it.
 */
export function tidied(sent: unknown, schema: unknown): unknown {
  if (typeof sent === 'string') return isOneLine(schema) ? oneLine(sent) : visible(sent)
  if (Array.isArray(sent)) return sent.map((item: unknown, at) => tidied(item, partOf(schema, at)))
  if (typeof sent !== 'object' || sent === null) return sent
  return Object.fromEntries(Object.entries(sent).map(([key, value]) => [key, tidied(value, partOf(schema, key))]))
}
