import { LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { pathText } from '../issues.ts'
import type { Locale } from '../labels.ts'
import { lineFinder } from './places.ts'
import { reasonForIssue, reasonForSyntax, sentence } from './reasons.ts'

/**
 * Reading of the documents people write: profiles and calendars, in YAML or JSON (X1). Everything wrong is said at
 * once, each with its path (`types[2].fields[0].kind`), its line and a reason that says what to write instead.
 */

export interface DocumentError {
  readonly path: string
  /** Counted from 1; absent when no place in the text is to blame. */
  readonly line?: number
  readonly reason: string
}

export type DocumentResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly DocumentError[] }

export type DocumentFormat = 'yaml' | 'json'

export interface ReadOptions {
  /** `yaml` reads JSON too, but allows more than JSON does. */
  readonly format?: DocumentFormat | undefined
  /** Language of the reasons. */
  readonly locale?: Locale | undefined
}

/** Reads a document of the given schema. */
export function readDocument<T>(
  text: string,
  schema: z.ZodType<T>,
  { format = 'yaml', locale = 'en' }: ReadOptions = {},
): DocumentResult<T> {
  if (text.length > longestDocument)
    return { ok: false, errors: [{ path: '', reason: sentence('too-long', locale, { limit: String(longestDocument) }) }] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const syntax = syntaxErrors(text, document, lines, format, locale)
  // A key given twice still leaves a document to check; other faults of syntax leave a guess.
  if (syntax.errors.length > 0 && !syntax.readable) return { ok: false, errors: syntax.errors }
  const plain = toPlain(document)
  if (!plain.ok)
    return { ok: false, errors: [...syntax.errors, { path: '', reason: sentence('bad-alias', locale, { detail: plain.detail }) }] }

  const parsed = schema.safeParse(plain.value, { reportInput: true })
  if (parsed.success && syntax.errors.length === 0) return { ok: true, value: parsed.data }
  const lineOf = lineFinder(document, lines)
  const errors = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) =>
        reasonForIssue(issue, schema, locale).map(({ path, reason }) => located({ path: pathText(path), reason }, lineOf(path))),
      )
  return { ok: false, errors: [...syntax.errors, ...errors].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}

/** Characters; many times the largest real profile, and small enough to parse at once. */
const longestDocument = 1_000_000

function syntaxErrors(
  text: string,
  document: Document.Parsed,
  lines: LineCounter,
  format: DocumentFormat,
  locale: Locale,
): { readonly errors: DocumentError[]; readonly readable: boolean } {
  const faults = [...document.errors, ...document.warnings]
  const errors = faults.map(({ code, message, pos }) =>
    located({ path: '', reason: reasonForSyntax(code, message, locale) }, lines.linePos(pos[0]).line),
  )
  const readable = faults.every(({ code }) => code === 'DUPLICATE_KEY')
  if (format === 'yaml' || !readable) return { errors, readable }
  try {
    JSON.parse(text)
    return { errors, readable }
  } catch (fault) {
    const detail = fault instanceof Error ? fault.message : String(fault)
    const at = /position (\d+)/.exec(detail)?.[1]
    return {
      errors: [
        located(
          { path: '', reason: sentence('json-syntax', locale, { detail }) },
          at === undefined ? undefined : lines.linePos(Number(at)).line,
        ),
      ],
      readable: false,
    }
  }
}

/** The values of the document. An alias of nothing, or one that multiplies without end, is only found here. */
function toPlain(
  document: Document.Parsed,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly detail: string } {
  try {
    return { ok: true, value: document.toJS() }
  } catch (fault) {
    return { ok: false, detail: fault instanceof Error ? fault.message : String(fault) }
  }
}

function located(error: DocumentError, line: number | undefined): DocumentError {
  return line === undefined ? error : { ...error, line }
}
