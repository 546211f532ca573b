import type { Document, LineCounter, Node } from 'yaml'
import { z } from 'zod'
import { excerpt } from '../excerpt.ts'
import { pathText } from '../issues.ts'
import type { Locale } from '../labels.ts'
import { placeFinder, type Place } from './places.ts'
import { reasonsForIssue, sentence, type Reason } from './reasons.ts'
import { readSyntax } from './syntax.ts'
import { isStorable } from '../text.ts'
import { syntaxReasons } from './syntax-reasons.ts'
import { valuesOf } from './values.ts'

/**
 * Reading of the documents people write: profiles and calendars, in YAML or JSON (X1). Everything wrong is said at
 * once, each with its path (`types[2].fields[0].kind`), its line and a reason that says what to write instead. Whoever may send a document
 * must not stop others by it: reading takes time that grows as the document does (test/unit/domain/document-growth.test.ts).
 */

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

/**
 * Reads a document of the given schema. `across` adds what has to agree between its parts: beside the schema rather than in it,
 * since zod leaves its checks out where a part is wrong in certain ways.
 */
export function readDocument<T>(
  text: string,
  schema: z.ZodType<T>,
  options: ReadOptions = {},
  across: (document: unknown, context: z.RefinementCtx) => void = () => {},
): DocumentResult<T> {
  const opened = openDocument(text, options)
  if (!opened.ok) return opened
  const { data, errors } = judgeDocument(opened, schema, { across })
  return errors.length === 0 && data !== undefined ? { ok: true, value: data } : { ok: false, errors, read: opened.value }
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

/** How an open document is judged. */
export interface Judging {
  readonly across?: (document: unknown, context: z.RefinementCtx) => void
  /** What counts instead of the document's own values: what became of them and others. */
  readonly derived?: Derived | undefined
  /** Faults that are none here. */
  readonly passOver?: ((issue: z.core.$ZodIssue) => boolean) | undefined
}

export interface Derived {
  readonly value: unknown
  /** What is wrong with how it was derived. */
  readonly faults: readonly Reason[]
  /** Where in the text a part of the value stands, or from where it is inherited. */
  readonly standing: (path: readonly PropertyKey[]) => Standing
}

export type Standing =
  | { readonly path: readonly PropertyKey[] }
  /** `at`: how the document's own words would name the part; `told`: the path in the text that brings it in. */
  | { readonly inheritedFrom: string; readonly at: string; readonly told: readonly PropertyKey[] }

/** Everything that is wrong with an open document; `data` is what the schema made of it, absent where the schema refuses it. */
export function judgeDocument<T>(
  opened: OpenDocument,
  schema: z.ZodType<T>,
  { across = () => {}, derived, passOver = () => false }: Judging = {},
): { readonly data: T | undefined; readonly errors: readonly DocumentError[] } {
  const { locale } = opened
  const value = derived ? derived.value : opened.value
  const parsed = schema.safeParse(value, { reportInput: true })
  const agreement = z
    .unknown()
    .superRefine((document, context) => storable(document, context))
    .superRefine(across)
    .safeParse(value, { reportInput: true })
  const issues = [...(parsed.error?.issues ?? []), ...(agreement.error?.issues ?? [])].filter((issue) => !passOver(issue))
  const reasons = withoutMistyped(issues.flatMap((issue) => reasonsForIssue(issue, schema, value, locale)))
  const standing = derived?.standing ?? ((path: readonly PropertyKey[]): Standing => ({ path }))
  const all: readonly Told[] = [
    ...(derived?.faults ?? []),
    ...reasons.map((reason) => whereItStands(reason, standing(reason.path), locale)),
  ]
  const faults = all.map((fault) => ({ ...fault, place: fault.told ? undefined : opened.placeOf(fault.path) }))
  const errors = told(
    [
      ...opened.faults,
      ...eachOnce(faults).map((fault): Fault => ({ ...fault, line: (fault.told ? opened.placeOf(fault.told) : fault.place)?.line })),
    ],
    locale,
  )
  return { data: parsed.data, errors }
}

interface Told extends Reason {
  /** Where in the text it is told, when it does not stand there. */
  readonly told?: readonly PropertyKey[]
}

/** A fault of an inherited part is told where the text brings that part in, and by the name that the text would call it. */
function whereItStands(reason: Reason, standing: Standing, locale: Locale): Told {
  if ('path' in standing) return { ...reason, path: standing.path }
  const { inheritedFrom, at, told } = standing
  return { ...reason, path: [at], told, reason: () => `${reason.reason()}${sentence('inherited', locale, { nearest: inheritedFrom, at })}` }
}

/** Whatever becomes of a text: what cannot be kept of it is told, not left out. */
function storable(document: unknown, context: z.RefinementCtx, path: readonly PropertyKey[] = []): void {
  const tell = (at: readonly PropertyKey[]) => context.addIssue({ code: 'custom', message: 'unprintable', path: [...at] })
  if (typeof document === 'string' && !isStorable(document)) tell(path)
  if (typeof document !== 'object' || document === null) return
  for (const [key, value] of Object.entries(document)) {
    const at = [...path, Array.isArray(document) ? Number(key) : key]
    if (isStorable(key)) storable(value, context, at)
    else tell(at)
  }
}

/** The line of a place in a text that could be read; for what is found wrong with it afterwards. */
export function lineIn(text: string, path: readonly PropertyKey[]): number | undefined {
  const syntax = readSyntax(text)
  if (!syntax.ok) return undefined
  const values = valuesOf(syntax.document)
  return 'fault' in values ? undefined : placeFinder(syntax.document, syntax.lines, values.named)(path)?.line
}

interface Fault {
  readonly path: readonly PropertyKey[]
  readonly line: number | undefined
  readonly reason: () => string
}

/** A key that is mistyped is one mistake: that what was meant is not there is not told beside it. */
function withoutMistyped(reasons: readonly Reason[]): readonly Reason[] {
  const meant = new Set(
    reasons
      .filter(({ instead }) => instead !== undefined)
      .slice(0, mostTold)
      .flatMap(({ path, instead }) => {
        const key = instead?.()
        return key === undefined ? [] : [pathText([...path.slice(0, -1), key])]
      }),
  )
  return meant.size === 0 ? reasons : reasons.filter(({ path }) => !meant.has(pathText(path)))
}

/** What is written once is told once, however many aliases name it. */
function eachOnce<F extends Reason & { readonly place: Place | undefined }>(faults: readonly F[]): readonly F[] {
  const seen = new Set<string>()
  return faults.filter(({ place, path, kind }) => {
    if (place === undefined) return true
    const key = `${place.at} ${String(path.at(-1))} ${kind}`
    return !seen.has(key) && seen.add(key)
  })
}

/** In the order of the text; of very many the first ones, and how many more there are. */
function told(faults: readonly Fault[], locale: Locale): DocumentError[] {
  const errors = faults
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    .slice(0, mostTold)
    .map(({ path, line, reason }) => located({ path: excerpt(pathText(path)), reason: reason() }, line))
  const more = faults.length - errors.length
  return more === 0 ? errors : [...errors, { path: '', reason: sentence('more-faults', locale, { limit: String(more) }) }]
}

/** Nobody mends more at a time, and each costs a sentence. */
const mostTold = 99

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
