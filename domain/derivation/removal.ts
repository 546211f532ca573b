import { isObject, itemsOf, memberOf } from '../document/loose.ts'
import { nearest } from '../document/nearest.ts'
import type { Reason } from '../document/reasons.ts'
import { sentence } from '../document/sentences.ts'
import type { Locale } from '../labels.ts'
import type { Part } from './merge.ts'
import { partOf, type Whence } from './whence.ts'

/**
 * What a document takes away of its base: each removal is a path of keys and ids joined by dots, such as `clocks.plan` or
 * `clocks.start.ladder.warning`. Looked through once, however many there are.
 */
export interface Remover {
  /** Of what is removed from, as `base@1`. */
  readonly from: string
  readonly locale: Locale
}

export function without(base: Part, removals: readonly unknown[], remover: Remover): { readonly part: Part; readonly faults: Reason[] } {
  const faults: Reason[] = []
  return { part: cut(base, cutsOf(removals), '', remover, faults) ?? base, faults }
}

/** The things that are taken away and given all the same. What is no thing of a list is given instead of what was taken away. */
export function givenAgain(own: unknown, removals: readonly unknown[], locale: Locale): Reason[] {
  return again(own, cutsOf(removals), '').map(([at, given]) => ({
    path: ['remove', at],
    kind: 'removed-and-given',
    reason: () => sentence('removed-and-given', locale, { given }),
  }))
}

interface Cut {
  /** Which removal it is, or the first that goes through it. */
  readonly at: number
  readonly inside: Map<string, Cut>
  whole: boolean
}

function cutsOf(removals: readonly unknown[]): Cut {
  const all: Cut = { at: 0, inside: new Map(), whole: false }
  removals.forEach((removal, at) => {
    // What is no text is told as such.
    if (typeof removal !== 'string') return
    let last = all
    for (const name of removal.split('.')) {
      const next = last.inside.get(name) ?? { at, inside: new Map<string, Cut>(), whole: false }
      last.inside.set(name, next)
      last = next
    }
    last.whole = true
  })
  return all
}

/** What is left; undefined when nothing is taken away here. */
function cut({ value, whence }: Part, { inside }: Cut, path: string, remover: Remover, faults: Reason[]): Part | undefined {
  if (inside.size === 0) return undefined
  const named = membersOf(value)
  for (const [name, { at }] of inside) if (!named.has(name)) faults.push(nothingThere(name, [...named.keys()], at, path, remover))
  const parts = new Map<PropertyKey, Whence>()
  const left = [...named].flatMap(([name, [key, member]]): [PropertyKey, unknown][] => {
    const here = inside.get(name)
    if (here?.whole) return []
    const part = { value: member, whence: partOf(whence, key) }
    const rest = (here && cut(part, here, joined(path, name), remover, faults)) ?? part
    const place = Array.isArray(value) ? parts.size : key
    parts.set(place, rest.whence)
    return [[place, rest.value]]
  })
  const made = Array.isArray(value) ? left.map(([, member]) => member) : Object.fromEntries(left)
  return { value: made, whence: { ...whence, parts } }
}

/** The members of a mapping by their keys, the items of a list by their ids, or by their texts. */
export function membersOf(value: unknown): ReadonlyMap<string, readonly [key: string | number, member: unknown]> {
  if (isObject(value)) return new Map(Object.entries(value).map(([key, member]) => [key, [key, member]]))
  return new Map(itemsOf(value).map((item, at) => [nameOf(item, at), [at, item]]))
}

function nameOf(item: unknown, at: number): string {
  const id = isObject(item) ? memberOf(item, 'id') : item
  return typeof id === 'string' ? id : String(at)
}

function nothingThere(name: string, names: readonly string[], at: number, path: string, { from, locale }: Remover): Reason {
  const given = joined(path, name)
  return {
    path: ['remove', at],
    kind: 'remove-nothing',
    reason: () => {
      if (names.length === 0) return sentence('remove-nothing-inside', locale, { nearest: from, at: path })
      const meant = nearest(name, names)
      if (meant !== undefined) return sentence('remove-nothing-near', locale, { nearest: from, given, expected: joined(path, meant) })
      return sentence('remove-nothing', locale, { nearest: from, given, known: names.join(locale === 'en' ? ', ' : '、') })
    },
  }
}

function again(own: unknown, { inside }: Cut, path: string): [at: number, given: string][] {
  if (inside.size === 0) return []
  const isList = Array.isArray(own)
  const named = membersOf(own)
  return [...inside].flatMap(([name, here]): [number, string][] => {
    const found = named.get(name)
    if (found === undefined) return []
    const given = joined(path, name)
    return here.whole ? (isList ? [[here.at, given]] : []) : again(found[1], here, given)
  })
}

function joined(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** The place of a value as a removal would name it: by keys and ids. */
export function namedPath(value: unknown, path: readonly PropertyKey[]): string {
  let inside = value
  return path
    .map((part) => {
      const member: unknown = typeof part === 'number' ? itemsOf(inside)[part] : memberOf(inside, String(part))
      inside = member
      return typeof part === 'number' ? nameOf(member, part) : String(part)
    })
    .join('.')
}
