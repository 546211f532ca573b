import { own } from '../own.ts'

/**
 * Looking into a document that may be wrong anywhere, so that what has to agree between its parts is looked at beside whatever
 * else is wrong with them: everything is told at once.
 */

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands under a key, where there is something with keys. */
export function memberOf(value: unknown, key: string): unknown {
  return isObject(value) ? own(value, key) : undefined
}

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inside, part) => (typeof part === 'number' ? itemsOf(inside)[part] : memberOf(inside, String(part))), value)
}

export function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : []
}

export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The texts of a list, each with its place there. */
export function textsOf(value: unknown): [at: number, text: string][] {
  return itemsOf(value).flatMap((item, at): [number, string][] => (typeof item === 'string' ? [[at, item]] : []))
}

/** The ids that a list defines; undefined while they are not right themselves, and nothing can be held against them. */
export function idsOf(list: unknown, form: RegExp): string[] | undefined {
  if (!Array.isArray(list)) return undefined
  const ids = list.map((item: unknown) => memberOf(item, 'id'))
  const sound = ids.filter((id): id is string => typeof id === 'string' && form.test(id))
  return sound.length === ids.length && new Set(sound).size === sound.length ? sound : undefined
}
