import { z } from 'zod'
import { isObject, itemsOf, memberOf } from '../../domain/document/loose.ts'
import { partOf, schemaAt } from '../../domain/document/shape.ts'

/**
 * What an input could have been whose form is not right: the same, with something that fits in each place that does not. What a process has
 * against all of these, it has against whatever the caller meant (ADR 35). None where nothing that fits is known.
 */
export function completions(schema: z.ZodType, sent: unknown): readonly unknown[] {
  const { success, error } = schema.safeParse(sent)
  if (success) return [sent]
  const options = unfitPlaces(error.issues).map((path) => ({ path, values: fittingAt(schema, path) }))
  const first = options.reduce((whole, { path, values }) => put(whole, path, values[0]), withoutUnknown(error.issues, sent))
  const varied = options.flatMap(({ path, values }) => values.slice(1).map((value) => put(first, path, value)))
  return [first, ...varied].slice(0, mostTried).filter((whole) => schema.safeParse(whole).success)
}

/** Enough for each choice of the longest enumeration; an input with more than that is told what it has. */
const mostTried = 24

/** Where something does not fit. Keys that nobody knows are no place. */
function unfitPlaces(issues: readonly z.core.$ZodIssue[]): readonly (readonly PropertyKey[])[] {
  const paths = issues.filter(({ code }) => code !== 'unrecognized_keys').map(({ path }) => path)
  return paths.filter((path, at) => !paths.some((other, before) => isWithin(path, other) && (other.length < path.length || before < at)))
}

function isWithin(path: readonly PropertyKey[], outer: readonly PropertyKey[]): boolean {
  return outer.every((part, at) => part === path[at])
}

function withoutUnknown(issues: readonly z.core.$ZodIssue[], sent: unknown): unknown {
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? [issue] : []))
  return unknown.reduce((whole, { path, keys }) => keys.reduce((rest, key) => put(rest, [...path, key], undefined), whole), sent)
}

/** What may stand in a place: nothing where it may be left out, each choice of a few, and something of every other kind. */
function fittingAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly unknown[] {
  const member = partOf(schemaAt(schema, path.slice(0, -1)), path.at(-1) ?? '')
  return [...(isOptional(member) ? [undefined] : []), ...fitting(schemaAt(schema, path))]
}

function fitting(place: unknown): readonly unknown[] {
  if (!(place instanceof z.ZodType)) return []
  const samples = [...choicesOf(place), ...plain, ...(place instanceof z.ZodObject ? [sampleOf(place)] : [])]
  return samples.filter((sample) => place.safeParse(sample).success)
}

function isOptional(member: unknown): boolean {
  return member instanceof z.ZodType && member.safeParse(undefined).success
}

const plain: readonly unknown[] = ['x', '2026-01-01T00:00:00.000Z', '2026-01-01', 1, true, false, [], {}]

function choicesOf(place: z.ZodType): readonly unknown[] {
  return place instanceof z.ZodEnum ? place.options : []
}

function sampleOf({ shape }: z.ZodObject): unknown {
  const members = Object.entries<unknown>(shape).map(([key, member]): [string, unknown] => [
    key,
    isOptional(member) ? undefined : fitting(member)[0],
  ])
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}

/** The value with something else at a path; undefined takes away what is there. */
function put(value: unknown, [part, ...rest]: readonly PropertyKey[], instead: unknown): unknown {
  if (part === undefined) return instead
  if (typeof part === 'number') return itemsOf(value).map((item, at) => (at === part ? put(item, rest, instead) : item))
  const others = Object.entries(isObject(value) ? value : {}).filter(([key]) => key !== part)
  const inside = put(memberOf(value, String(part)), rest, instead)
  return Object.fromEntries(inside === undefined ? others : [...others, [String(part), inside]])
}
