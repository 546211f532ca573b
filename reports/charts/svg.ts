import { own } from '../../domain/own.ts'
import { readable } from '../readable.ts'

/**
 * Pictures in SVG, drawn from numbers alone: the same numbers, the same text. Nothing in them has an id, a script or a style, so that a page
 * may hold many of them under a strict policy, and a compiler of PDFs reads them as browsers do.
 */

/** What a chart is drawn with; a colour that means something is never the only sign of it. */
export const ink = {
  text: '#1f2937',
  soft: '#6b7280',
  rule: '#e5e7eb',
  axis: '#9ca3af',
  main: '#2f6fde',
  pale: '#a9c5f5',
  signal: '#c8371f',
} as const

/** The font that is there, by whichever name: the first is that of PDFs, the others are those of desks and phones. */
export const fontFamily = 'Noto Sans SC, PingFang SC, PingFang TC, Microsoft YaHei, Microsoft JhengHei, Noto Sans CJK SC, sans-serif'

/** A chart, and what it says to whoever does not see it. */
export interface Chart {
  readonly svg: string
  readonly alt: string
}

export const labelSize = 12

export function picture(width: number, height: number, alt: string, marks: readonly string[]): Chart {
  const [w, h] = [at(width), at(height)]
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="${escaped(alt)}" font-family="${fontFamily}" font-size="${labelSize}">${marks.join('')}</svg>`
  return { svg, alt }
}

interface TextLook {
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly fill?: string
  readonly size?: number
  readonly bold?: boolean
  /** Rising to its end, by 45 degrees. */
  readonly slanted?: boolean
}

/** `y` is the middle of the letters: not every reader knows of baselines that are not the usual one. */
export function label(
  x: number,
  y: number,
  text: string,
  { anchor = 'start', fill = ink.soft, size = labelSize, bold = false, slanted = false }: TextLook = {},
) {
  const look = `${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${size === labelSize ? '' : ` font-size="${size}"`}${bold ? ' font-weight="700"' : ''}${slanted ? ` transform="rotate(-45 ${at(x)} ${at(y)})"` : ''}`
  return `<text x="${at(x)}" y="${at(y + size * 0.36)}" fill="${fill}"${look}>${escaped(text)}</text>`
}

export function stroke(x1: number, y1: number, x2: number, y2: number, colour: string = ink.rule, dashes = '') {
  return `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${colour}"${dashes && ` stroke-dasharray="${dashes}"`}/>`
}

/** With what it stands for, as browsers show it under the pointer. */
export function box(x: number, y: number, width: number, height: number, fill: string, says = '', round = 0) {
  const corners = round > 0 ? ` rx="${round}"` : ''
  const form = `<rect x="${at(x)}" y="${at(y)}" width="${at(Math.max(0, width))}" height="${at(height)}" fill="${fill}"${corners}`
  return says === '' ? `${form}/>` : `${form}><title>${escaped(says)}</title></rect>`
}

export function dot(x: number, y: number, radius: number, fill: string, rim: string = 'none', says = '') {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${radius}" fill="${fill}" stroke="${rim}" stroke-width="2"><title>${escaped(says)}</title></circle>`
}

/** A line through points; where one is missing it is interrupted. */
export function thread(points: readonly (readonly [number, number] | null)[], colour: string): string {
  let path = ''
  let isDrawing = false
  for (const point of points) {
    if (point) path += `${isDrawing ? 'L' : 'M'}${at(point[0])} ${at(point[1])}`
    isDrawing = point !== null
  }
  return path && `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`
}

/** How wide a text will be, near enough: letters of Chinese are square, those of others are half as wide. */
export function widthOf(text: string, size: number = labelSize): number {
  let ems = 0
  for (const letter of text)
    ems += square.test(letter) ? 1 : narrow.test(letter) ? 0.32 : wide.test(letter) ? 0.9 : capital.test(letter) ? 0.66 : 0.56
  return ems * size
}

const square = /[\u2E80-\u{3FFFF}\uFF00-\uFF60]/u
const narrow = /[ijl.,:;'|!()[\]f t]/
const wide = /[mwMW%@]/
const capital = /[A-Z]/

/** As much of a text as has room, with an ellipsis. */
export function fitting(text: string, width: number, size: number = labelSize): string {
  if (widthOf(text, size) <= width) return text
  const letters = [...text]
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

/** In lines that have room, as long as each other: between words, and between any two letters of Chinese. */
export function lines(text: string, width: number, most: number, size: number = labelSize): string[] {
  const pieces = piecesOf(text)
  const found = wrapped(pieces, width, size)
  const shown =
    found.length > most ? [...found.slice(0, most - 1), `${found[most - 1] ?? ''}${found[most] ?? ''}`] : evened(pieces, found, size)
  return shown.map((one) => fitting(one, width, size))
}

/** The widest word of a text, of which nothing can go on in the next line without a hyphen. */
export function widestWord(text: string, size: number = labelSize): number {
  return Math.max(0, ...piecesOf(text).map((piece) => widthOf(piece.trimEnd(), size)))
}

function piecesOf(text: string): string[] {
  return text.match(/[\u2E80-\u{3FFFF}\uFF00-\uFF60]|[^\s\u2E80-\u{3FFFF}\uFF00-\uFF60]+\s*|\s+/gu) ?? []
}

/** In as many lines, but none of a single letter where the one above it is full. */
function evened(pieces: readonly string[], found: readonly string[], size: number): readonly string[] {
  const widest = Math.max(...found.map((line) => widthOf(line, size)))
  const least = Math.max(widthOf(found.join(''), size) / found.length, ...pieces.map((piece) => widthOf(piece.trimEnd(), size)))
  for (let width = least; width < widest; width += size / 4) {
    const other = wrapped(pieces, width, size)
    if (other.length === found.length) return other
  }
  return found
}

function wrapped(pieces: readonly string[], width: number, size: number): string[] {
  const found: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && widthOf((line + piece).trimEnd(), size) > width) {
      found.push(line.trimEnd())
      line = ''
    }
    line += piece
    // A word that is wider than a line goes on in the next one.
    while (widthOf(line.trimEnd(), size) > width) {
      const head = headThatFits(line, width, size)
      if (head.length >= line.trimEnd().length || head === '') break
      found.push(head.endsWith('-') ? head : `${head}-`)
      line = line.slice(head.length)
    }
  }
  return [...found, line.trimEnd()]
}

/** So many letters of a word as have room together with a hyphen; two stay for the next line. */
function headThatFits(word: string, width: number, size: number): string {
  const letters = [...word.trimEnd()].slice(0, -2)
  while (letters.length > 0 && widthOf(`${letters.join('')}-`, size) > width) letters.pop()
  return letters.join('')
}

/** Round numbers that hold all between them, four to seven; of hours and minutes those that are round on a clock. */
export function ticks(least: number, most: number, unit = 1): number[] {
  const [low, high] = [least / unit, most / unit]
  const rough = Math.max(high - low, 1e-9) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const round = clockSteps[unit]?.find((step) => step >= rough)
  const step = round ?? ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  // Multiplied anew each time, since sums of fractions drift.
  return Array.from({ length: last - first + 1 }, (_, nth) => Number(((first + nth) * step).toPrecision(12)) * unit)
}

const clockSteps: Readonly<Record<number, readonly number[]>> = {
  60_000: [1, 2, 5, 10, 15, 30],
  3_600_000: [1, 2, 3, 6, 12, 24],
}

/** Tenths of a pixel are enough, and without them the text would hang on how fractions are rounded. */
function at(value: number): string {
  return String(Math.round(value * 10) / 10)
}

/** Without what no picture can hold: signs that XML has no way to write. */
export function escaped(text: string): string {
  return readable(text).replace(/[&<>"']/g, (sign) => own(entities, sign) ?? sign)
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
