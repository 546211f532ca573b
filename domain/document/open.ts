import type { Document, LineCounter, Node } from 'yaml'
import { excerpt } from '../excerpt.ts'
import { pathText } from '../issues.ts'
import type { Locale } from '../labels.ts'
import { placeFinder, type Place } from './places.ts'
import { sentence } from './reasons.ts'
import { readSyntax } from './syntax.ts'
import { syntaxReasons } from './syntax-reasons.ts'
import { valuesOf } from './values.ts'

/** From a text to its values, or to what is wrong with it as YAML or JSON; and how faults are told in either case. */

export interface DocumentError {
  readonly path: string
  /** Counted from 1; absent when no place in the text is to blame. */
  readonly line?: number
  readonly reason: string
}

export type DocumentResult<T> = { readonly ok: true; readonly value: T } | FaultyDocument

export interface FaultyDocument {
  readonly ok: false
  readonly errors: readonly DocumentError[]
  /** What could be read of it all the same, so that whoever asked for it can check it too. */
  readonly read?: unknown
}

export type DocumentFormat = 'yaml' | 'json'

export interface ReadOptions {
  /** `yaml` reads JSON too, but allows more than JSON does. */
  readonly format?: DocumentFormat | undefined
  /** Language of the reasons. */
  readonly locale?: Locale | undefined
  /** How many words and signs it may have; more than usual only where nobody else waits. */
  readonly mostPieces?: number
}

/** A text that has values, before anybody has asked what they mean. */
export interface OpenDocument {
  readonly ok: true
  readonly value: unknown
  readonly locale: Locale
  /** Keys that stand twice, and such: a document is left, but not a right one. */
  readonly faults: readonly Fault[]
  readonly placeOf: (path: readonly PropertyKey[]) => Place | undefined
}

/** The values of a text; faulty when it is no YAML or JSON, or larger than the bounds. */
export function openDocument(
  text: string,
  { format = 'yaml', locale = 'en', mostPieces }: ReadOptions = {},
): OpenDocument | FaultyDocument {
  const syntax = readSyntax(text, mostPieces)
  if (!syntax.ok) {
    const { bound, limit, line } = syntax.fault
    return { ok: false, errors: [located({ path: '', reason: sentence(bound, locale, { limit: String(limit) }) }, line)] }
  }
  const { document, lines } = syntax
  const unreadable = syntaxFaults(text, document, lines, format, locale)
  // Text that is no YAML leaves nothing to check; a key given twice leaves a document.
  if (unreadable.length > 0) return { ok: false, errors: told(unreadable, locale) }
  const values = valuesOf(document)
  if ('fault' in values) {
    const { fault, alias } = values
    const reason = sentence(fault, locale, { given: alias.source })
    return { ok: false, errors: [located({ path: '', reason }, alias.range ? lines.linePos(alias.range[0]).line : undefined)] }
  }
  const aboutKeys = (keys: readonly Node[], code: 'duplicate-key' | 'reserved-key') =>
    keys.map((key): Fault => ({
      path: [],
      line: key.range ? lines.linePos(key.range[0]).line : undefined,
      reason: () => sentence(code, locale),
    }))
  const faults = [...aboutKeys(values.duplicates, 'duplicate-key'), ...aboutKeys(values.reserved, 'reserved-key')]
  return { ok: true, value: values.value, locale, faults, placeOf: placeFinder(document, lines, values.named) }
}

/** Something that is wrong, and where. */
export interface Fault {
  readonly path: readonly PropertyKey[]
  readonly line: number | undefined
  readonly reason: () => string
}

/** In the order of the text; of very many the first ones, and how many more there are. */
export function told(faults: readonly Fault[], locale: Locale): DocumentError[] {
  const errors = faults
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, mostTold)
    .map(({ path, line, reason }) => located({ path: excerpt(pathText(path)), reason: reason() }, line))
  const more = faults.length - errors.length
  return more === 0 ? errors : [...errors, { path: '', reason: sentence('more-faults', locale, { limit: String(more) }) }]
}

/** Nobody mends more at a time, and each costs a sentence. */
export const mostTold = 99

/** What is wrong with the text as YAML or as JSON. */
function syntaxFaults(text: string, document: Document.Parsed, lines: LineCounter, format: DocumentFormat, locale: Locale): Fault[] {
  const fault = format === 'json' ? jsonFault(text) : undefined
  if (fault === undefined) {
    const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => ({
      code,
      message,
      line: lines.linePos(pos[0]).line,
    }))
    return syntaxReasons(text, faults, locale).map((reason) => ({ path: [], ...reason }))
  }
  const at = /position (\d+)/.exec(fault)?.[1]
  const line = at === undefined ? undefined : lines.linePos(Number(at)).line
  return [{ path: [], line, reason: () => sentence('json-syntax', locale, { detail: fault }) }]
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (fault) {
    return fault instanceof Error ? fault.message : String(fault)
  }
}

function located(error: DocumentError, line: number | undefined): DocumentError {
  return line === undefined ? error : { ...error, line }
}
