import { isObject, memberOf } from '../document/loose.ts'
import { own as held } from '../own.ts'
import { partOf, type Whence } from './whence.ts'

/**
 * What two documents make together, where one says only what differs from the other. Mappings merge key by key; lists of things with an
 * id merge by id, and so do the things; everything else is replaced, and so is what is said as a whole. In time that grows as both do.
 */

/** A value, and where each of its parts stands. */
export interface Part {
  readonly value: unknown
  readonly whence: Whence
}

export function merged(base: Part, own: Part, wholes: Wholes = none, at: Place = []): Part {
  if (isObject(base.value) && isObject(own.value))
    return mergedMappings({ of: base.value, whence: base.whence }, { of: own.value, whence: own.whence }, wholes, at)
  // An empty list says that nothing is left.
  if (isListOfThings(base.value) && Array.isArray(own.value) && own.value.some(isObject))
    return mergedLists(itemsOf(base), itemsOf(own), own.whence, (base, own) => merged(base, own, wholes, [...at, '*']))
  return own
}

/** Keys that lead to a value; of the things of a list `*`. */
type Place = readonly string[]

/** Where values are said as a whole, though they have parts. */
export type Wholes = (at: Place) => boolean
const none: Wholes = () => false

interface Standing {
  readonly of: Mapping
  readonly whence: Whence
}

function mergedMappings({ of: base, whence: ofBase }: Standing, { of: own, whence: ofOwn }: Standing, wholes: Wholes, at: Place): Part {
  const parts = new Map<PropertyKey, Whence>()
  const entries = [...Object.keys(base), ...Object.keys(own).filter((key) => !Object.hasOwn(base, key))].map((key): [string, unknown] => {
    const inherited = { value: held(base, key), whence: partOf(ofBase, key) }
    const given = { value: held(own, key), whence: partOf(ofOwn, key) }
    const part =
      !Object.hasOwn(own, key) || names(key, base, own)
        ? inherited
        : Object.hasOwn(base, key) && !wholes([...at, key])
          ? merged(inherited, given, wholes, [...at, key])
          : given
    parts.set(key, part.whence)
    return [key, part.value]
  })
  return { value: Object.fromEntries(entries), whence: { ...ofOwn, parts } }
}

/** By its id a thing of the base is only named. */
function names(key: string, base: Mapping, own: Mapping): boolean {
  return key === 'id' && held(base, key) === held(own, key)
}

type Mapping = Readonly<Record<string, unknown>>

/** Whether every item of a list has an id by which it is known. */
export function isListOfThings(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && list.length > 0 && list.every((item) => typeof memberOf(item, 'id') === 'string')
}

interface Item extends Part {
  /** By what it is known; undefined where its id is none, or stands a second time: that is told of it as it stands. */
  readonly id: string | undefined
}

function itemsOf({ value, whence }: Part): readonly Item[] {
  const seen = new Set<string>()
  return (Array.isArray(value) ? value : []).map((item: unknown, at): Item => {
    const id = memberOf(item, 'id')
    const known = typeof id === 'string' && !seen.has(id) ? id : undefined
    if (known !== undefined) seen.add(known)
    return { id: known, value: item, whence: partOf(whence, at) }
  })
}

function mergedLists(base: readonly Item[], own: readonly Item[], whence: Whence, both: (base: Part, own: Part) => Part): Part {
  const inherited = new Map(base.flatMap((item) => (item.id === undefined ? [] : [[item.id, item] as const])))
  const made = own.map((item): Item => {
    const of = item.id === undefined ? undefined : inherited.get(item.id)
    return of === undefined ? item : { id: item.id, ...both(of, item) }
  })
  const named = new Set(made.flatMap(({ id }) => (id !== undefined && inherited.has(id) ? [id] : [])))
  const items = named.size === base.length ? made : inOrderOf(base, made, named)
  const parts = new Map<PropertyKey, Whence>(items.map((item, at) => [at, item.whence]))
  return { value: items.map(({ value }) => value), whence: { ...whence, parts } }
}

/** In the base's order; what is new stands behind what it was written behind, or before what follows it, else at the end. */
function inOrderOf(base: readonly Item[], made: readonly Item[], named: ReadonlySet<string>): readonly Item[] {
  const behind = new Map<string, Item[]>()
  const before = new Map<string, Item[]>()
  const merged = new Map<string, Item>()
  let last: string | undefined
  let first: Item[] = []
  for (const item of made) {
    if (item.id === undefined || !named.has(item.id)) {
      if (last === undefined) first.push(item)
      else listOf(behind, last).push(item)
      continue
    }
    merged.set(item.id, item)
    if (last === undefined) before.set(item.id, first)
    first = []
    last = item.id
  }
  const inPlace = base.flatMap((item) => {
    const id = item.id ?? ''
    return [...(before.get(id) ?? []), merged.get(id) ?? item, ...(behind.get(id) ?? [])]
  })
  return last === undefined ? [...inPlace, ...first] : inPlace
}

function listOf(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? []
  lists.set(key, list)
  return list
}
