import { z } from 'zod'
import { entriesOf, isObject, itemsOf, memberOf, textsOf } from '../../domain/document/loose.ts'
import { writtenSchema } from '../../domain/profile/written.ts'

/** The schema of a profile's text, looked into as JSON Schema: its parts by name, and what each key says. */

/** What each named part of the schema is, by its name. */
export type Definitions = Readonly<Record<string, unknown>>

export function definitionsOf(schema: z.ZodType): Definitions {
  const definitions = memberOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }), '$defs')
  return isObject(definitions) ? definitions : {}
}

/** The parts of a profile's text. */
export const profileParts = definitionsOf(writtenSchema)
/** The text itself. */
export const wholeText = 'WrittenProfile'

export function propertiesOf(part: unknown): [key: string, node: unknown][] {
  return entriesOf(memberOf(part, 'properties'))
}

/** The name of the part that a node refers to. */
export function referred(node: unknown): string | undefined {
  const reference = memberOf(node, '$ref')
  return typeof reference === 'string' ? reference.split('/').at(-1) : undefined
}

export function alternativesOf(node: unknown): readonly unknown[] {
  return [...itemsOf(memberOf(node, 'anyOf')), ...itemsOf(memberOf(node, 'oneOf'))]
}

/** What a key is for, in a clause. @throws Error where the schema says nothing of it */
export function meaningOf(node: unknown, parts: Definitions = profileParts): string {
  const own = memberOf(node, 'description')
  if (typeof own === 'string') return own
  const named = referred(node)
  if (named !== undefined) return meaningOf(parts[named], parts)
  throw new Error(`a key of a profile has no meaning: describe it in its schema (${JSON.stringify(node)})`)
}

/** Whether a key must be written, and else what holds. */
export function presenceOf(part: unknown, key: string): string {
  const fallback = memberOf(memberOf(memberOf(part, 'properties'), key), 'default')
  if (fallback !== undefined) {
    const text = JSON.stringify(fallback)
    return text.length > longestDefault ? 'may be left out: then it has usual values' : `default \`${text}\``
  }
  return textsOf(memberOf(part, 'required')).some(([, name]) => name === key) ? 'required' : 'may be left out'
}

/** Longer lists of usual things are read in a profile, not in a line. */
const longestDefault = 60

/** Names of the parts that a node refers to directly, in the order of its keys. */
export function partsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(partsIn)
  if (!isObject(node)) return []
  const named = referred(node)
  return named === undefined ? Object.values(node).flatMap(partsIn) : [named]
}

/** Those, and what they refer to in turn. */
export function reachedFrom(node: unknown, parts: Definitions): ReadonlySet<string> {
  const reached = new Set<string>()
  const ahead = partsIn(node)
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    if (reached.has(name)) continue
    reached.add(name)
    ahead.unshift(...partsIn(parts[name]))
  }
  return reached
}

/** The one word that a part's key must have, such as the `kind` of a section; undefined where any is possible. */
export function wordOf(part: unknown, key: string): string | undefined {
  const word = memberOf(memberOf(memberOf(part, 'properties'), key), 'const')
  return typeof word === 'string' ? word : undefined
}

/** Of parts of which each has one word of its own under a key: that key. */
export function toldApartBy(parts: readonly unknown[]): string | undefined {
  const [first] = parts
  if (parts.length < 2) return undefined
  return propertiesOf(first)
    .map(([key]) => key)
    .find((key) => new Set(parts.map((part) => wordOf(part, key) ?? '')).size === parts.length && parts.every((part) => wordOf(part, key)))
}
