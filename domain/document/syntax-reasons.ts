import type { Locale } from '../labels.ts'
import { sentence, type SentenceCode } from './sentences.ts'

/**
 * Why a text cannot be read as YAML, by what people do: one mark that is missing or of the wrong width makes a parser stumble over all
 * that follows, and what it says then is no help. Where such a mark is found only that is told.
 */

export interface SyntaxFault {
  /** The parser's code. */
  readonly code: string
  readonly message: string
  /** Counted from 1. */
  readonly line: number
}

export interface SyntaxReason {
  readonly line: number
  readonly reason: () => string
}

/** The reasons, first ones first and each line once. In time linear in the text. */
export function syntaxReasons(text: string, faults: readonly SyntaxFault[], locale: Locale): readonly SyntaxReason[] {
  if (faults.length === 0) return []
  const earliest = faults.slice(0, mostLookedAt).reduce((one, other) => (other.line < one.line ? other : one))
  const first = earliest.line
  // These say themselves what is wrong.
  if (plainly.has(earliest.code))
    return inOrder(
      faults.filter(({ code }) => code === earliest.code),
      locale,
    )
  const lines = text.split('\n')
  const open = lines.findIndex((line, at) => at < first && staysOpen(line, lines, at))
  // A quotation mark that is missing below where the parser stumbled is not what made it stumble.
  if (open !== -1) return [{ line: open + 1, reason: () => sentence('quote-open', locale) }]
  // A mark like these is right inside a text: only one near the first fault is told.
  for (const line of [first, first - 1]) {
    const code = wrongMarkIn(lines[line - 1] ?? '')
    if (code !== undefined) return [{ line, reason: () => sentence(code, locale) }]
  }
  return inOrder(faults, locale)
}

function inOrder(faults: readonly SyntaxFault[], locale: Locale): readonly SyntaxReason[] {
  return onceALine(faults)
    .slice(0, mostSyntaxTold)
    .map(({ code, message, line }) => ({ line, reason: () => reasonFor(code, message, locale) }))
}

const plainly: ReadonlySet<string> = new Set(['TAB_AS_INDENT', 'BAD_DQ_ESCAPE', 'MULTIPLE_DOCS'])

/** Whether a text begins here with a quotation mark and the next one is not its end: behind an end there is nothing more. */
function staysOpen(line: string, lines: readonly string[], at: number): boolean {
  if (!opensAndStaysOpen.test(line)) return false
  const next = lines.slice(at + 1, at + 1 + longestText).find((later) => later.includes('"'))
  return next === undefined || !/^[\s,\]}]*(?:#.*)?$/.test(next.slice(next.indexOf('"') + 1))
}

/** Lines of a text in quotation marks, at most. */
const longestText = 200

/** A value that begins with a double quotation mark which nothing on its line closes. */
const opensAndStaysOpen = /^[^"'#]*(?:: |- |^)"(?:[^"\\]|\\.)*$/

function wrongMarkIn(line: string): SentenceCode | undefined {
  if (/^[ -]*[\w-]{1,80}：/.test(line)) return 'full-width-colon'
  if (/[{,] {0,4}[\w-]{1,80}：/.test(line)) return 'full-width-colon'
  if (/[:,[{-] *[“”‘’]/.test(line)) return 'curly-quotes'
  if (line.includes('{') && line.includes('，')) return 'full-width-comma'
  const parts = line.replace(/^[ -]*/, '').split(/[,:] /)
  return parts.some((part) => part.includes('{') && /^[^\s"'{[]/.test(part)) ? 'bare-braces' : undefined
}

/** What comes later mostly follows from what came first. */
const mostSyntaxTold = 3
/** Faults come nearly in the order of the text. */
const mostLookedAt = 1_000

function onceALine(faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  const seen = new Set<number>()
  return faults.filter(({ line }) => !seen.has(line) && seen.add(line))
}

function reasonFor(code: string, message: string, locale: Locale): string {
  // Of what stands in brackets the parser wants an indentation where the bracket is not closed.
  const known = message.startsWith('Flow') ? undefined : sentenceOf.get(code)
  return sentence(known ?? 'syntax', locale, { detail: message })
}

/** What the parser's codes mean to whoever wrote the text. */
const sentenceOf: ReadonlyMap<string, SentenceCode> = new Map([
  ['TAB_AS_INDENT', 'tab'],
  ['BAD_INDENT', 'indent'],
  ['BLOCK_AS_IMPLICIT_KEY', 'colon-or-indent'],
  ['MULTILINE_IMPLICIT_KEY', 'no-colon'],
  ['BAD_SCALAR_START', 'unquoted-start'],
  ['BAD_DQ_ESCAPE', 'bad-escape'],
  ['MULTIPLE_DOCS', 'two-documents'],
])
