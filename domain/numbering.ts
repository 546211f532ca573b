import { DateTime } from 'luxon'
import { epochMs, type Instant } from './instant.ts'
import { Memory } from './memory.ts'

/**
 * Ticket numbers (S1, T1, R0, M1, Q1). A pattern is literals, at most one date and exactly one serial with its least
 * width: `TS{yyyyMMdd}{serial:3}` gives `TS20231001001`. The serial counts up within everything else of the number
 * ({@link counterKey}), so profiles that share a prefix share the counter and never collide.
 */
export interface NumberPattern {
  readonly parts: readonly NumberPart[]
}

/** Of any process, with what it belongs to: an address, a workflow's id and a line of a log have room for so many characters. */
export const longestNumber = 100

export type NumberPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'date'; readonly format: string }
  | { readonly kind: 'serial'; readonly width: number }

/** Why a pattern cannot be used. */
export type NumberPatternFault =
  | 'empty'
  | 'bad-literal'
  | 'bad-date'
  | 'unknown-brace'
  | 'no-serial'
  | 'two-serials'
  | 'two-dates'
  | 'bad-width'

export type NumberPatternResult =
  | { readonly ok: true; readonly pattern: NumberPattern }
  | { readonly ok: false; readonly fault: NumberPatternFault; readonly at: string }

/** Reads a pattern; on failure says what is wrong and the piece of the pattern where it is. */
export function parseNumberPattern(pattern: string): NumberPatternResult {
  if (pattern === '') return { ok: false, fault: 'empty', at: '' }
  const parts: NumberPart[] = []
  for (const piece of pattern.match(/\{[^{}]*\}|[^{}]+|[{}]/g) ?? []) {
    const part = parsePart(piece)
    if (typeof part === 'string') return { ok: false, fault: part, at: piece }
    if (part.kind !== 'literal' && parts.some((earlier) => earlier.kind === part.kind)) {
      return { ok: false, fault: part.kind === 'serial' ? 'two-serials' : 'two-dates', at: piece }
    }
    parts.push(part)
  }
  if (!parts.some((part) => part.kind === 'serial')) return { ok: false, fault: 'no-serial', at: pattern }
  return { ok: true, pattern: { parts } }
}

/**
 * The number of a ticket. The date is the day in `zone` at `now`; the serial is padded to its least width and grows
 * past it. Throws RangeError for a pattern, zone, instant or serial that profile validation would have refused.
 */
export function renderNumber(
  pattern: string,
  { now, zone, serial }: { readonly now: Instant; readonly zone: string; readonly serial: number },
): string {
  if (!Number.isSafeInteger(serial) || serial < 1) throw new RangeError(`serial must be a whole number from 1: ${serial}`)
  return render(pattern, now, zone, (width) => String(serial).padStart(width, '0'))
}

/** The counter a number's serial belongs to: the number with its serial left out, such as `TS20231001`. */
export function counterKey(pattern: string, now: Instant, zone: string): string {
  return render(pattern, now, zone, () => '')
}

/** Digits of the widest serial that may be demanded; more would not fit a safe integer. */
const widestSerial = 15

/**
 * Date tokens of a constant width. One that varies (`d`, `M`) would let two days and serials render the same number:
 * `{yyyyM}{serial:1}` gives 2023111 for January 11th's… and November's first.
 */
const dateFormat = /^(?:yyyy|yy|kkkk|MM|dd|WW|ooo|HH|[-_.])+$/

/** What a URL, a file name and a Temporal workflow id all carry unescaped. */
const literalText = /^[A-Za-z0-9._-]+$/

function parsePart(piece: string): NumberPart | NumberPatternFault {
  if (piece === '{' || piece === '}') return 'unknown-brace'
  if (!piece.startsWith('{')) return literalText.test(piece) ? { kind: 'literal', text: piece } : 'bad-literal'
  const inner = piece.slice(1, -1)
  if (inner === 'serial' || inner.startsWith('serial:')) {
    const width = Number(inner.slice('serial:'.length))
    return /^serial:\d{1,2}$/.test(inner) && width >= 1 && width <= widestSerial ? { kind: 'serial', width } : 'bad-width'
  }
  return dateFormat.test(inner) && /[a-zA-Z]/.test(inner) ? { kind: 'date', format: inner } : 'bad-date'
}

function render(pattern: string, now: Instant, zone: string, serialText: (width: number) => string): string {
  return dated(pattern, now, zone)
    .map((part) => (part.kind === 'serial' ? serialText(part.width) : part.text))
    .join('')
}

type DatedPart = Exclude<NumberPart, { readonly kind: 'date' }>

/** The pattern's parts with the date filled in. */
function dated(pattern: string, now: Instant, zone: string): readonly DatedPart[] {
  // No date token is finer than an hour, and no zone changes within a second.
  const second = Math.floor(epochMs(now) / 1_000)
  return datings.of(`${second} ${zone} ${pattern}`, () => datedAnew(pattern, now, zone))
}

/** A number asks for its counter and then for itself, and the next ticket asks the same. */
const datings = new Memory<string, readonly DatedPart[]>(20)

function datedAnew(pattern: string, now: Instant, zone: string): readonly DatedPart[] {
  const parsed = parseNumberPattern(pattern)
  if (!parsed.ok) throw new RangeError(`number pattern ${pattern}: ${parsed.fault} at "${parsed.at}"`)
  // Latin digits whatever the machine's locale.
  const local = DateTime.fromISO(now, { zone, locale: 'en-US', numberingSystem: 'latn' })
  if (!local.isValid) throw new RangeError(`cannot date a number: ${local.invalidExplanation ?? local.invalidReason}`)
  return parsed.pattern.parts.map((part): DatedPart =>
    part.kind === 'date' ? { kind: 'literal', text: local.toFormat(part.format) } : part,
  )
}
