import { isObject, itemsOf, memberOf, textsOf } from '../../domain/document/loose.ts'
import { alternativesOf, propertiesOf, referred, wholeText, type Definitions } from './nodes.ts'

/** What documents write under each key, as examples of it: nothing on the page is invented. */
export interface Examples {
  /** The values of a key of a part: those that its schema gives, then those of the documents in their order; where there are none, one that must be right. */
  of(part: string, key: string): readonly unknown[]
}

export function examplesIn(documents: readonly unknown[], parts: Definitions): Examples {
  const found = new Map<string, unknown[]>()
  const note = (part: string, key: string, value: unknown) => {
    const name = `${part}.${key}`
    found.set(name, [...(found.get(name) ?? []), value])
  }
  for (const [name, part] of Object.entries(parts))
    for (const [key, node] of propertiesOf(part)) for (const value of itemsOf(memberOf(node, 'examples'))) note(name, key, value)

  const walk = (value: unknown, node: unknown): void => {
    const name = referred(node)
    const here = name === undefined ? node : parts[name]
    const alternatives = alternativesOf(here)
    if (alternatives.length > 0) {
      const fitting = alternatives.find((one) => fits(value, one, parts))
      if (fitting !== undefined) walk(value, fitting)
    } else if (Array.isArray(value)) value.forEach((item: unknown) => walk(item, memberOf(here, 'items')))
    else if (isObject(value)) {
      const properties = memberOf(here, 'properties')
      for (const [key, inside] of Object.entries(value)) {
        const known = memberOf(properties, key)
        if (known !== undefined && name !== undefined) note(name, key, inside)
        walk(inside, known ?? memberOf(here, 'additionalProperties'))
      }
    }
  }
  /** Parts that have the same key, word for word: what one of them writes there the other could. */
  const alike = (part: string, key: string) => {
    const property = (name: string) => JSON.stringify(memberOf(memberOf(parts[name], 'properties'), key))
    return Object.keys(parts).filter((name) => name !== part && property(name) === property(part))
  }
  for (const document of documents) walk(document, { $ref: `#/$defs/${wholeText}` })
  const of = (part: string, key: string) => found.get(`${part}.${key}`) ?? []
  const possible = (part: string, key: string) => possibleOf(memberOf(memberOf(parts[part], 'properties'), key))
  return {
    of: (part, key) =>
      [of(part, key), ...alike(part, key).map((name) => of(name, key)), possible(part, key)].find((some) => some.length > 0) ?? [],
  }
}

/** One of the words that are possible at all: of such a key an example needs no document. */
function possibleOf(node: unknown): readonly unknown[] {
  if (memberOf(node, 'type') === 'boolean') return [true]
  const choices = itemsOf(memberOf(node, 'enum'))
  return choices.length > 0 ? choices.slice(-1) : alternativesOf(node).flatMap(possibleOf).slice(0, 1)
}

/** Whether a value is meant by this of several forms: as far as it is a list or a mapping, and what keys and words it has. */
function fits(value: unknown, node: unknown, parts: Definitions): boolean {
  const name = referred(node)
  const here = name === undefined ? node : parts[name]
  const alternatives = alternativesOf(here)
  if (alternatives.length > 0) return alternatives.some((one) => fits(value, one, parts))
  const type = memberOf(here, 'type')
  if (Array.isArray(value)) return type === 'array' && value.every((item) => fits(item, memberOf(here, 'items'), parts))
  if (!isObject(value)) return type === (typeof value === 'number' ? 'number' : typeof value) || textsOf(memberOf(here, 'enum')).length > 0
  if (type !== 'object') return false
  const properties = memberOf(here, 'properties')
  if (properties === undefined) return true
  return Object.entries(value).every(([key, inside]) => {
    const property = memberOf(properties, key)
    const word = memberOf(property, 'const')
    return property !== undefined && (word === undefined || word === inside)
  })
}
