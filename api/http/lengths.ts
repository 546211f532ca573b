import { z } from 'zod'
import { own } from '../../domain/own.ts'
import { pathText } from '../../domain/issues.ts'
import type { InputError } from '../messages/render.ts'
import { inputErrors } from './issues.ts'

/**
 * Bounds of texts, before anything else looks at them. A schema checks its bound after whatever changes a text, and goes on when it
 * is passed; and a process must take again whatever it once took, so its schemas cannot be made stricter. So what is sent is
 * measured at the border, by the bound that the schema publishes.
 */
export function tooLong(schema: unknown, value: unknown, path: readonly PropertyKey[] = []): InputError[] {
  const wanted = bare(schema)
  if (typeof value === 'string') {
    const limit = longestOf(wanted)
    return value.length > limit ? pastBound(wanted, value, limit).map((error) => ({ ...error, path: pathText(path) })) : []
  }
  if (typeof value !== 'object' || value === null) return []
  if (wanted instanceof z.ZodUnion) return ofUnion(wanted, value, path)
  if (Array.isArray(value)) return value.flatMap((item, at) => tooLong(elementOf(wanted), item, [...path, at]))
  return Object.entries(value).flatMap(([key, item]) => tooLong(memberOf(wanted, key), item, [...path, key]))
}

/** What demands a form says so itself, where it takes no beginning of what was sent either: its own bound may be far lower. */
function pastBound(schema: unknown, value: string, limit: number): Omit<InputError, 'path'>[] {
  if (!isText(schema) || !isForm(schema)) return [{ code: 'too-long', params: { limit } }]
  const { error } = schema.safeParse(value.slice(0, limit + 1), { reportInput: true })
  return error ? inputErrors(error.issues.slice(0, 1), schema) : [{ code: 'too-long', params: { limit } }]
}

/** UTF-16 units: what no schema says more of may be as long as the longest text of a form. */
const longestText = 20_000
/** Instants, durations, ids, addresses: whatever has a form. An e-mail address is the longest of them. */
const longestForm = 254

/** How long a text of that schema may be. */
export function longestOf(schema: unknown): number {
  if (schema instanceof z.ZodUnion) return Math.max(0, ...schema.options.map(bare).filter(isText).map(longestOf)) || longestText
  if (!isText(schema)) return longestText
  return schema.maxLength ?? (isForm(schema) ? longestForm : longestText)
}

/** Whether what a text may be is said by a pattern, and no bound beside it. */
function isForm({ maxLength, format, _zod: { bag } }: z.ZodString | z.ZodStringFormat): boolean {
  return maxLength === null && (format !== null || bag.patterns !== undefined)
}

function isText(schema: unknown): schema is z.ZodString | z.ZodStringFormat {
  return schema instanceof z.ZodString || schema instanceof z.ZodStringFormat
}

/** The form with the fewest texts that are too long: the one that was meant. */
function ofUnion({ options }: z.ZodUnion, value: unknown, path: readonly PropertyKey[]): InputError[] {
  // A form of another kind says nothing of what is inside.
  const [best = []] = options
    .filter((option) => !isText(bare(option)))
    .map((option) => tooLong(option, value, path))
    .toSorted((a, b) => a.length - b.length)
  return best
}

function elementOf(schema: unknown): unknown {
  return schema instanceof z.ZodArray ? schema.element : undefined
}

function memberOf(schema: unknown, key: string): unknown {
  if (schema instanceof z.ZodRecord) return schema.valueType
  return schema instanceof z.ZodObject ? own(schema.shape, key) : undefined
}

/** The schema of what is sent, without what only says that it may be left out or what becomes of it. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return bare(schema.unwrap())
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodExactOptional)
    return bare(schema.unwrap())
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema
}
