import { parseNumberPattern, type NumberPattern } from './numbering.ts'

/** Whether two patterns of ticket numbers can give one number to two tickets; each counts by itself, and would not know. */

/**
 * A number that both can give though they count apart; undefined when there is none. Serials are looked at as far as an organisation
 * counts within a day or a month: up to ten million, or as far as they are padded.
 */
export function meetingOf(one: string, other: string): string | undefined {
  const [first, second] = [parseNumberPattern(one), parseNumberPattern(other)]
  if (!first.ok || !second.ok || one === other) return undefined
  for (const years of spansOfYears) {
    for (const a of formsOf(first.pattern, years)) {
      for (const b of formsOf(second.pattern, years)) {
        // With its serial in the same place a number has the same counter in both, which counts it once.
        if (a.length !== b.length || (a.serialFrom === b.serialFrom && a.serialLength === b.serialLength)) continue
        const shared = sharedText(a.pieces, b.pieces)
        if (shared !== undefined) return shared
      }
    }
  }
  return undefined
}

const longestSerial = 7

/** Whoever reads the example looks for a number of their own: of these years where there is one, else of any. */
const spansOfYears = [
  [2026, 2049],
  [2000, 2199],
] as const
type Years = (typeof spansOfYears)[number]

/** A pattern with a serial of one length. */
interface Form {
  /** What may stand, piece after piece: one of some texts, all of one length. */
  readonly pieces: readonly (readonly string[])[]
  readonly length: number
  readonly serialFrom: number
  readonly serialLength: number
}

function formsOf({ parts }: NumberPattern, years: Years): Form[] {
  const width = parts.reduce((found, part) => (part.kind === 'serial' ? part.width : found), 1)
  const longer = Array.from({ length: Math.max(0, longestSerial - width) }, (_, more) => ({ serialLength: width + more + 1, zeros: 0 }))
  // No serial is nothing but zeros.
  const padded = Array.from({ length: width }, (_, zeros) => ({ serialLength: width, zeros }))
  return [...padded, ...longer].map(({ serialLength, zeros }) => {
    const before: string[][] = []
    const after: string[][] = []
    let seen = false
    for (const part of parts) {
      if (part.kind === 'serial') seen = true
      else (seen ? after : before).push(...(part.kind === 'literal' ? [[part.text]] : datePieces(part.format, years)))
    }
    const serial = Array.from({ length: serialLength }, (_, at) => (at < zeros ? ['0'] : at === zeros ? digits.slice(1) : digits))
    const pieces = [...before, ...serial, ...after]
    return { pieces, length: lengthOf(pieces), serialFrom: lengthOf(before), serialLength }
  })
}

const digits = '0123456789'.split('')

/** What each token of a date can be. Which days a month has is left aside. */
const tokens: readonly (readonly [token: string, texts: readonly string[]])[] = [
  ['ooo', counting(1, 366, 3)],
  ['yy', counting(0, 99, 2)],
  ['MM', counting(1, 12, 2)],
  ['dd', counting(1, 31, 2)],
  ['WW', counting(1, 53, 2)],
  ['HH', counting(0, 23, 2)],
]

function datePieces(format: string, [from, to]: Years): string[][] {
  const pieces: string[][] = []
  const whole = counting(from, to, 4)
  const known = [['yyyy', whole] as const, ['kkkk', whole] as const, ...tokens]
  for (let at = 0; at < format.length;) {
    const found = known.find(([token]) => format.startsWith(token, at))
    pieces.push(found ? [...found[1]] : [format.charAt(at)])
    at += found ? found[0].length : 1
  }
  return pieces
}

/** A text that both lists of pieces can make: letter by letter, with all that each may still be in the midst of. */
function sharedText(a: Form['pieces'], b: Form['pieces']): string | undefined {
  const seen = new Set<string>()
  const open: Meeting[] = [{ text: '', a: { piece: 0, begun: '' }, b: { piece: 0, begun: '' } }]
  for (let meeting = open.pop(); meeting !== undefined; meeting = open.pop()) {
    if (meeting.a.piece === a.length && meeting.b.piece === b.length) return meeting.text
    // The last one is followed first: that the example is small, the smallest letter comes last.
    for (const letter of [...nextLetters(a, meeting.a)].toReversed()) {
      const [nextA, nextB] = [stepped(a, meeting.a, letter), stepped(b, meeting.b, letter)]
      if (!nextA || !nextB) continue
      const key = `${nextA.piece} ${nextA.begun} ${nextB.piece} ${nextB.begun}`
      if (seen.has(key)) continue
      seen.add(key)
      open.push({ text: meeting.text + letter, a: nextA, b: nextB })
    }
  }
  return undefined
}

interface Meeting {
  readonly text: string
  readonly a: Place
  readonly b: Place
}

interface Place {
  readonly piece: number
  /** What of the piece stands already. */
  readonly begun: string
}

function nextLetters(pieces: Form['pieces'], { piece, begun }: Place): Set<string> {
  return new Set((pieces[piece] ?? []).filter((text) => text.startsWith(begun)).map((text) => text.charAt(begun.length)))
}

function stepped(pieces: Form['pieces'], { piece, begun }: Place, letter: string): Place | undefined {
  const now = begun + letter
  const fits = (pieces[piece] ?? []).filter((text) => text.startsWith(now))
  if (fits.length === 0) return undefined
  return fits[0]?.length === now.length ? { piece: piece + 1, begun: '' } : { piece, begun: now }
}

function lengthOf(pieces: Form['pieces']): number {
  return pieces.reduce((sum, [text = '']) => sum + text.length, 0)
}

function counting(from: number, to: number, width: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at).padStart(width, '0'))
}
