import type { Context } from 'hono'
import type { z } from 'zod'
import { decode } from '../../domain/document/encoding.ts'
import { entriesOf } from '../../domain/document/loose.ts'
import { pathText } from '../../domain/issues.ts'
import { isStorable } from '../../domain/text.ts'
import { inputErrors } from './issues.ts'
import { jsonFault } from './json-fault.ts'
import { membersOf } from './json-members.ts'
import { tooLong } from './lengths.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput, problem } from '../problems/problem.ts'
import { tidied } from './tidy.ts'

/** From bytes to trusted values: what a request says, decoded, parsed and checked once. */

/** Checks a value against a schema, its texts {@link tidied}; throws every fault at once, as 422. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(bounded(schema, value), { reportInput: true })
  if (!parsed.success) throw invalidInput(inputErrors(parsed.error.issues, schema))
  return parsed.data
}

/**
 * {@link checked}, and what was sent with its texts tidied; where something does not fit, `rest` is asked what is wrong with the parts that do, so that everything is told
 * at once (ADR 35). A place is told once: by the schema, where both have something to say about it.
 */
export async function fittingWithRest<S extends z.ZodType>(
  schema: S,
  value: unknown,
  rest: (sent: unknown) => Promise<readonly InputError[]>,
): Promise<{ readonly sent: unknown; readonly parsed: z.output<S> }> {
  const sent = bounded(schema, value)
  const parsed = schema.safeParse(sent, { reportInput: true })
  if (parsed.success) return { sent, parsed: parsed.data }
  const errors = inputErrors(parsed.error.issues, schema)
  const isTold = (path: string) => errors.some(({ path: told }) => told === '' || path === told || /^[.[]/.test(within(path, told)))
  throw invalidInput([...errors, ...(await rest(sent)).filter(({ path }) => !isTold(path))])
}

/** What of a path lies behind another one; empty where it lies elsewhere. */
function within(path: string, outer: string): string {
  return path.startsWith(outer) ? path.slice(outer.length) : ''
}

/** The parts of an object that fit by themselves, by a schema that demands none. */
export function soundParts<T>(schema: z.ZodType<T>, sent: unknown): T {
  const { success, data, error } = schema.safeParse(sent)
  if (success) return data
  const unfit = new Set(
    error.issues.flatMap((issue) => (issue.path.length === 0 && issue.code === 'unrecognized_keys' ? issue.keys : issue.path.slice(0, 1))),
  )
  return schema.parse(Object.fromEntries(entriesOf(sent).filter(([key]) => !unfit.has(key))))
}

/** What was sent, its texts tidied, once it is known that it can be kept and is not too long: nothing else looks at what is not. */
function bounded(schema: z.ZodType, value: unknown): unknown {
  const unfit = unstorable(value)
  if (unfit.length > 0) throw invalidInput(unfit)
  const long = tooLong(schema, value)
  if (long.length > 0) throw invalidInput(long)
  return tidied(value, schema)
}

/**
 * The JSON value of the body; an empty one counts as `{}`. 415 for another content type, 400 for what cannot be read, 413 for more
 * than any act needs, 422 for a member that stands twice: of two values nobody could say which is meant.
 */
export async function jsonBody(c: Context): Promise<unknown> {
  const text = await textBody(c, ['application/json'])
  if (text.trim() === '') return {}
  const value = parsedJson(text)
  const { count, repeated } = membersOf(text, mostMembers)
  if (count > mostMembers) throw problem('too-many-members', { limit: mostMembers })
  if (repeated.length > 0) throw invalidInput(repeated.map((path): InputError => ({ path, code: 'repeated' })))
  return value
}

/** Members of objects and items of lists. Five hundred payloads for the Temporal UI have most, and nobody waits while so many are looked at. */
const mostMembers = 4_000

/** The value of a JSON text; 400 with line and column when it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw problem('malformed-body', { format: 'JSON', ...jsonFault(text) })
  }
}

/**
 * The text of the body. 415 for another content type than these and for one that is compressed, 400 for bytes that are not UTF-8
 * and for a body that does not arrive whole.
 */
export async function textBody(c: Context, types: readonly string[]): Promise<string> {
  const encoding = c.req.header('content-encoding')?.trim() ?? ''
  if (encoding !== '' && encoding.toLowerCase() !== 'identity') throw problem('unsupported-encoding', { encoding })
  const bytes = await c.req.arrayBuffer().catch(incomplete)
  if (bytes.byteLength === 0) return ''
  const [type = '', ...parameters] = (c.req.header('content-type') ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '')
  if (!types.includes(type) || (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')) {
    throw problem('unsupported-media-type', { types: types.map((one) => `${one}; charset=utf-8`) })
  }
  const read = decode(new Uint8Array(bytes))
  if (!read.ok) throw problem('not-utf-8', { line: read.line, ...(read.seems && { seems: read.seems }) })
  return read.text
}

/**
 * For whatever goes wrong while a body is read: the client, or the way to it, went away. Its error is the same as that of a broken
 * connection to the database, and must not be taken for one.
 */
export function incomplete(): never {
  throw problem('incomplete-body')
}

/** Query parameters, each once. */
export function queryOf(c: Context): Record<string, string> {
  const entries = Object.entries(c.req.queries())
  const repeated = entries.filter(([, values]) => values.length > 1).map(([name]): InputError => ({ path: name, code: 'repeated' }))
  if (repeated.length > 0) throw invalidInput(repeated)
  return Object.fromEntries(entries.map(([name, [value = '']]) => [name, value]))
}

/** Deeper than any form, shallower than what would exhaust the stack. */
const deepest = 32

/** Where a value holds what Postgres cannot keep: NUL, half a surrogate pair; or is nested absurdly deep. */
function unstorable(value: unknown, path: readonly PropertyKey[] = []): InputError[] {
  if (typeof value === 'string') return !isStorable(value) ? [{ path: pathText(path), code: 'unprintable' }] : []
  if (typeof value !== 'object' || value === null) return []
  if (path.length >= deepest) return [{ path: pathText(path), code: 'too-deep', params: { limit: deepest } }]
  if (Array.isArray(value)) return value.flatMap((item, at) => unstorable(item, [...path, at]))
  return Object.entries(value).flatMap(([key, item]): InputError[] => {
    if (!isStorable(key)) return [{ path: pathText(path), code: 'unprintable' }]
    // Schemas of free keys leave this one out without a word.
    if (key === '__proto__') return [{ path: pathText([...path, key]), code: 'unknown-field' }]
    return unstorable(item, [...path, key])
  })
}
