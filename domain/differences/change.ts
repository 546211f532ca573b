import type { Locale } from '../labels.ts'
import { word } from './words.ts'

/** What changes from one document to another, as people read it. */
export interface Change {
  /** `+` is new, `-` is no more, `~` is otherwise. */
  readonly mark: '+' | '-' | '~'
  readonly text: string
  readonly inside: readonly Change[]
}

export interface Section {
  readonly heading: string
  readonly changes: readonly Change[]
}

/** A change and what is inside it, one below the other. */
export function linesOf(
  { mark, text, inside }: Change,
  depth = 0,
): { readonly depth: number; readonly mark: Change['mark']; readonly text: string }[] {
  return [{ depth, mark, text }, ...inside.flatMap((change) => linesOf(change, depth + 1))]
}

export function added(text: string): Change {
  return { mark: '+', text, inside: [] }
}

export function removed(text: string): Change {
  return { mark: '-', text, inside: [] }
}

/** Whether two values say the same; of documents, where an absent key and none are the same. */
export function alike(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other)
}

/** Keys in the order of the alphabet: it means nothing. */
export function textOf(value: unknown): string {
  const sorted = (_key: string, inside: unknown): unknown =>
    typeof inside === 'object' && inside !== null && !Array.isArray(inside)
      ? Object.fromEntries(Object.entries(inside).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inside
  return JSON.stringify(value, sorted) ?? ''
}

/** `what: before → after`, where they differ. */
export function changed(what: string, before: string, after: string): Change[] {
  return before === after ? [] : [{ mark: '~', text: `${what}${before} → ${after}`, inside: [] }]
}

/** That something is otherwise that is told nowhere else: another language of a text, say. */
export function otherwise(locale: Locale): Change {
  return { mark: '~', text: word('otherwise', locale), inside: [] }
}

/** A line, and by what it is the same as another: that something in it is called otherwise is told where it stands. */
export interface Line {
  readonly text: string
  readonly means: unknown
}

/** Lines that are no more, and those that are new. */
export function lineChanges(before: readonly Line[], after: readonly Line[]): Change[] {
  return [...without(before, after).map(({ text }) => removed(text)), ...without(after, before).map(({ text }) => added(text))]
}

/** Lines of words that mean what they say. */
export function plainLines(texts: readonly string[]): Line[] {
  return texts.map((text) => ({ text, means: text }))
}

function without(lines: readonly Line[], others: readonly Line[]): Line[] {
  const known = new Set(others.map(({ means }) => textOf(means)))
  return lines.filter(({ means }) => !known.has(textOf(means)))
}

interface Thing {
  readonly id: string
}

interface Told<T> {
  readonly locale: Locale
  readonly nameOf: (thing: T) => string
  /** What is otherwise in a thing that both have. */
  readonly inside: (before: T, after: T) => readonly Change[]
  /** What is worth telling of a new one. */
  readonly of?: (thing: T) => readonly Change[]
  /** Whether their order says something: who fills in a form reads it, the first is the usual one. */
  readonly ranked?: boolean
}

/** {@link lineChanges} of lines of which the first that holds counts: also that they stand in another order. */
export function rankedLineChanges(before: readonly Line[], after: readonly Line[], locale: Locale): Change[] {
  return [...lineChanges(before, after), ...orderChanges(before, after, locale)]
}

/** That what both have stands in another order, and in which. */
export function orderChanges(before: readonly Line[], after: readonly Line[], locale: Locale): Change[] {
  const stay = (lines: readonly Line[], others: readonly Line[]) => {
    const fresh = without(lines, others)
    return lines.filter((line) => !fresh.includes(line))
  }
  const now = stay(after, before)
  const meaning = (lines: readonly Line[]) => lines.map(({ means }) => means)
  if (alike(meaning(stay(before, after)), meaning(now))) return []
  return [{ mark: '~', text: word('order', locale), inside: now.map(inPlace) }]
}

function inPlace({ text }: Line, at: number): Change {
  return { mark: '~', text: `${at + 1}. ${text}`, inside: [] }
}

/** Things of two lists, by their ids: in the order of the new one, then what is no more. */
export function changesOf<T extends Thing>(
  before: readonly T[],
  after: readonly T[],
  { locale, nameOf, inside, of = () => [], ranked = false }: Told<T>,
): Change[] {
  const earlier = new Map(before.map((thing) => [thing.id, thing]))
  const later = new Set(after.map(({ id }) => id))
  const now = after.flatMap((thing): Change[] => {
    const was = earlier.get(thing.id)
    if (!was) return [{ mark: '+', text: nameOf(thing), inside: of(thing) }]
    if (alike(was, thing)) return []
    const changes = [...renamed(nameOf(was), nameOf(thing)), ...inside(was, thing)]
    return [{ mark: '~', text: nameOf(was), inside: changes.length === 0 ? [otherwise(locale)] : changes }]
  })
  const lines = (things: readonly T[]) => things.map((thing): Line => ({ text: nameOf(thing), means: thing.id }))
  return [
    ...now,
    ...before.filter(({ id }) => !later.has(id)).map((thing) => removed(nameOf(thing))),
    ...(ranked ? orderChanges(lines(before), lines(after), locale) : []),
  ]
}

function renamed(before: string, after: string): Change[] {
  return before === after ? [] : [{ mark: '~', text: `→ ${after}`, inside: [] }]
}
