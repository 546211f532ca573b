import { isObject } from '../document/loose.ts'
import { locales, type Locale } from '../labels.ts'
import { isConditionAt } from '../profile/derived.ts'
import type { Profile } from '../profile/schema.ts'
import { textOf } from './change.ts'
import { own } from '../own.ts'

/**
 * Two profiles as they are compared (X9): what means the same reads the same. Conditions are put in one order, whose keys, words and branches mean
 * nothing by theirs; texts are left out in languages that only one of them speaks, of which it is told once.
 */
export function comparable(before: Profile, after: Profile, locale: Locale): readonly [Profile, Profile] {
  const orders = Object.fromEntries(
    Object.entries({ type: 'types', priority: 'priorities', channel: 'channels', tag: 'customerTags' } as const).map(([fact, list]) => [
      fact,
      [...after[list], ...before[list]].map(({ id }) => id),
    ]),
  )
  const { languages: spoken = locales } = before
  const { languages: speaks = locales } = after
  const unread = locales.filter((one) => one !== locale && !(spoken.includes(one) && speaks.includes(one)))
  const told = (profile: Profile): Profile => {
    const copy = structuredClone(profile)
    tidy(copy, [], { orders: { ...orders, language: locales }, unread })
    return copy
  }
  return [told(before), told(after)]
}

interface Tidying {
  /** The ids of each fact, as its list has them. */
  readonly orders: Readonly<Record<string, readonly string[]>>
  /** Languages whose texts are not compared. */
  readonly unread: readonly Locale[]
}

/** In place. */
function tidy(value: unknown, at: readonly string[], tidying: Tidying): void {
  if (Array.isArray(value)) value.forEach((item: unknown) => tidy(item, [...at, '*'], tidying))
  else if (!isObject(value)) return
  else if (isTexts(value)) Object.assign(value, Object.fromEntries(tidying.unread.map((language) => [language, ''])))
  else
    for (const [key, member] of Object.entries(value)) {
      if (isConditionAt([...at, key])) Object.assign(value, { [key]: inOrder(member, tidying) })
      else tidy(member, [...at, key], tidying)
    }
}

function isTexts(value: object): boolean {
  return Object.keys(value).length === locales.length && locales.every((locale) => Object.hasOwn(value, locale))
}

/** A condition: one branch is no list, one word neither. */
function inOrder(rule: unknown, { orders }: Tidying): unknown {
  if (!Array.isArray(rule)) return factsInOrder(rule)
  const branches = unique(rule.map(factsInOrder)).toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : 1))
  return branches.length === 1 ? branches[0] : branches

  function factsInOrder(facts: unknown): unknown {
    if (!isObject(facts)) return facts
    const sorted = Object.entries(facts).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return Object.fromEntries(
      sorted.map(([key, said]) => [
        key,
        key === 'not' || key === 'fields' ? factsInOrder(said) : wordsInOrder(said, own(orders, key) ?? []),
      ]),
    )
  }
}

function wordsInOrder(said: unknown, order: readonly string[]): unknown {
  if (!Array.isArray(said)) return said
  const place = (word: unknown) => {
    const at = order.findIndex((id) => id === word)
    return at === -1 ? order.length : at
  }
  const words = unique(said).toSorted((a, b) => place(a) - place(b) || (textOf(a) < textOf(b) ? -1 : 1))
  return words.length === 1 ? words[0] : words
}

function unique(items: readonly unknown[]): unknown[] {
  return [...new Map(items.map((item) => [textOf(item), item])).values()]
}
