import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import { memberOf } from '../../domain/document/loose.ts'
import type { DocumentFormat, FaultyDocument, ReadOptions } from '../../domain/document/open.ts'
import { lineIn } from '../../domain/document/read.ts'
import { parsedJson, textBody } from './input.ts'
import type { InputError } from '../messages/render.ts'
import type { Env } from './env.ts'
import { invalidInput } from '../problems/problem.ts'

/** A profile or a calendar as the body of a request, in YAML or JSON (X1). */

const yamlTypes: readonly string[] = ['application/yaml', 'application/x-yaml', 'text/yaml']
const bodyTypes = ['application/json', ...yamlTypes]

/** The text of the body, and how to read it: in its format, with reasons in the caller's language. */
export async function documentText(c: Context<Env>): Promise<{ readonly source: string; readonly options: ReadOptions }> {
  const source = await textBody(c, bodyTypes)
  const format: DocumentFormat = /^application\/json/i.test(c.req.header('content-type') ?? '') ? 'json' : 'yaml'
  if (format === 'json') parsedJson(source)
  return { source, options: { format, locale: c.get('locale') } }
}

/**
 * Documents are read one after another, each after a pause as long as the last one took: a large one takes half a second in which
 * nobody else is answered.
 */
export function inTurn<T>(read: () => T): Promise<T> {
  const reading = turn.then(() => {
    const began = performance.now()
    try {
      return read()
    } finally {
      pauseMs = performance.now() - began
    }
  })
  const over = () => sleep(pauseMs)
  turn = reading.then(over, over)
  return reading
}

let turn: Promise<unknown> = Promise.resolve()
let pauseMs = 0

/** Refuses a document with everything that is wrong in it, be it that its id is not that of its address: path, line and reason. */
export function faultyDocument({ errors, read }: FaultyDocument, id?: ExpectedId): Error {
  const faults = errors.map(({ path, line, reason }): InputError => ({
    path,
    code: 'other',
    params: { message: reason },
    ...(line !== undefined && { line }),
  }))
  return invalidInput([...faults, ...otherId(memberOf(read, 'id'), id)].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)))
}

/** Refuses a document that is right but has another id than its address. */
export function refuseOtherId({ id }: { readonly id: string }, expected: ExpectedId): void {
  const errors = otherId(id, expected)
  if (errors.length > 0) throw invalidInput(errors)
}

/** The id that the document of this text must have. */
export interface ExpectedId {
  readonly expected: string
  readonly source: string
}

function otherId(given: unknown, id: ExpectedId | undefined): InputError[] {
  if (id === undefined || typeof given !== 'string' || given === id.expected) return []
  const line = lineIn(id.source, ['id'])
  return [{ path: 'id', code: 'id-differs', params: { expected: id.expected }, ...(line !== undefined && { line }) }]
}

/**
 * Whether the caller would rather have the document as it was written than in JSON (`Accept`). A weight of 0 refuses YAML; of
 * two that weigh the same the one named first is meant, and whatever is not named weighs as the range that covers it.
 */
export function wantsYaml(c: Context<Env>): boolean {
  const ranges = parseAccept(c.req.header('accept') ?? '')
  const yaml = ranges.findIndex(({ type, q }) => q > 0 && yamlTypes.includes(type.toLowerCase()))
  const json = ranges.findIndex(({ type }) => ['application/json', 'application/*', '*/*'].includes(type.toLowerCase()))
  if (yaml === -1) return false
  const [wanted = 0, other = 0] = [ranges[yaml]?.q, ranges[json]?.q]
  return wanted > other || (wanted === other && (yaml < json || ranges[json]?.type !== 'application/json'))
}
