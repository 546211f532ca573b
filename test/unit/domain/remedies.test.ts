import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { itemsOf, memberOf } from '../../../domain/document/loose.ts'
import { parseProfile } from '../../../domain/profile/load.ts'

/** A remedy that is followed removes the fault (ADR 35). Tried in every kind of place of a shipped profile. */

const good: unknown = parse(readFileSync('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
const places = kindsOfPlace(good)
/** It with one item of the longer lists, to be read often. */
const small = ['types', 'clocks', 'scripts', 'planKinds', 'reports'].reduce<unknown>(
  (profile, list) => changed(profile, [list], itemsOf(memberOf(profile, list)).slice(0, 1)),
  changed(good, ['deadline'], 'first-response'),
)

/** What a remedy tells one to write instead of a value. */
const followed: readonly (readonly [remedy: RegExp, instead: (value: unknown) => unknown])[] = [
  [/put it in quotes$/, String],
  [/write true or false without quotes$/, () => true],
  [/write a whole number without quotes, such as 3$/, () => 3],
  [/write a single text here$/, () => 'a text'],
  [/write one item a line after "- ", or \[a, b\]$/, () => []],
  [/write lines of "key: value"$/, () => ({})],
]

describe('a value of another kind', () => {
  it.each([
    ['a number', 7],
    ['a yes', true],
    ['a yes in quotes', 'true'],
    ['a number in quotes', '7'],
    ['a mapping', { id: 'tech-support' }],
    ['a list', ['a']],
  ])('is refused with a remedy that helps, in every kind of place: %s', (_, wrong) => {
    const leaves = places.filter(({ isLeaf }) => isLeaf)
    const first = reasonsOf(leaves.map(({ path }) => [path, wrong]))
    const remedied = leaves.flatMap(({ path }) => {
      const reason = first.get(textOf(path)) ?? ''
      const [, instead] = followed.find(([remedy]) => remedy.test(reason)) ?? []
      return instead ? [{ path, reason, value: instead(wrong) }] : []
    })
    const then = reasonsOf(remedied.map(({ path, value }) => [path, value]))
    for (const { path, reason } of remedied) {
      const after = then.get(textOf(path)) ?? ''
      // Another kind of value is what was asked for; it may still be none of the choices, or no id that is there.
      expect(after, `${textOf(path)}: ${reason}`).not.toMatch(/^must be (?:a|text|true)/)
      if (reason.endsWith('put it in quotes')) expect(after, `${textOf(path)}: ${reason}`).toBe('')
    }
    expect(remedied.length).toBeGreaterThan(5)
  })
})

describe('a word that is nowhere right', () => {
  it('is one fault, told where it stands, in every kind of place', () => {
    for (const { path } of places.filter(({ isLeaf }) => isLeaf)) {
      const told = errorsOf(changed(small, path, 'no such thing'))
      expect(told.length, textOf(path) + JSON.stringify(told)).toBeLessThanOrEqual(1)
      for (const error of told) expect(error.path).toBe(textOf(path))
    }
  })
})

describe('a key of another name', () => {
  it.each([
    ['mistyped', (key: string) => key.slice(1) + key.slice(0, 1)],
    ['with another behind it', (key: string) => `${key}When`],
  ])('is corrected only to one that may stand there: %s', (how, otherOf) => {
    const keys = places.flatMap(({ path }) => {
      const key = path.at(-1)
      return typeof key === 'string' ? [{ parent: path.slice(0, -1), key, other: otherOf(key) }] : []
    })
    const corrected = keys.flatMap(({ parent, key, other }) => {
      const errors = errorsOf(renamed(small, parent, key, other))
      const reason = errors.find(({ path }) => path === textOf([...parent, other]))?.reason ?? ''
      const [, meant] = /^unknown key "[^"]*"; write "([^"]*)"$/.exec(reason) ?? []
      // One mistake is told once: that what was meant is not there is not told as well.
      if (meant === key) expect(errors, reason).toHaveLength(1)
      return meant === undefined ? [] : [{ place: [...parent, meant], key, meant }]
    })
    if (how === 'mistyped') expect(corrected.length).toBeGreaterThan(20)
    else expect(corrected.filter(({ key, meant }) => key === meant)).toEqual([])
    const then = reasonsOf(corrected.map(({ place }) => [place, 1]))
    for (const { place } of corrected) expect(then.get(textOf(place)) ?? '', textOf(place)).not.toMatch(/^unknown key/)
  })
})

type Path = readonly (string | number)[]

/** One place of each kind: the first item stands for its list. */
function kindsOfPlace(value: unknown, path: Path = []): { readonly path: Path; readonly isLeaf: boolean }[] {
  const inside: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.slice(0, 1).map((item, at) => [at, item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : []
  // Each kind of notice has the same parts, and so has each text in three languages.
  const some = path.at(-1) === 'notices' || inside.some(([key]) => key === 'zh-CN') ? inside.slice(0, 1) : inside
  return some.flatMap(([key, item]) => {
    const deeper = kindsOfPlace(item, [...path, key])
    return [{ path: [...path, key], isLeaf: deeper.length === 0 }, ...deeper]
  })
}

function changed(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === key ? changed(item, rest, put) : item))
  const members = Object.entries(typeof value === 'object' && value !== null ? value : {})
  return { ...Object.fromEntries(members), [key]: changed(members.find(([name]) => name === key)?.[1], rest, put) }
}

function renamed(value: unknown, [part, ...rest]: Path, from: string, to: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === part ? renamed(item, rest, from, to) : item))
  const members = Object.entries(typeof value === 'object' && value !== null ? value : {})
  return Object.fromEntries(
    members.map(([key, item]): [string, unknown] =>
      part === undefined ? [key === from ? to : key, item] : [key, key === part ? renamed(item, rest, from, to) : item],
    ),
  )
}

function errorsOf(document: unknown): readonly { readonly path: string; readonly reason: string }[] {
  const result = parseProfile(JSON.stringify(document), { format: 'json' })
  return result.ok ? [] : result.errors
}

/** What is said of each place when all of these are changed; no more at a time than are told at once. */
function reasonsOf(changes: readonly (readonly [path: Path, value: unknown])[]): Map<string, string> {
  const reasons = new Map<string, string>()
  for (let from = 0; from < changes.length; from += 40) {
    const document = changes.slice(from, from + 40).reduce((before, [path, value]) => changed(before, path, value), good)
    for (const { path, reason } of errorsOf(document)) reasons.set(path, reason)
  }
  return reasons
}

function textOf(path: Path): string {
  return path.reduce<string>(
    (before, part) => (typeof part === 'number' ? `${before}[${part}]` : before === '' ? part : `${before}.${part}`),
    '',
  )
}
