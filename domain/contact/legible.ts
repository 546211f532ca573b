import { seen } from '../text.ts'

/**
 * The text as somebody reads a number in it: without what nobody sees, in one width, and with the digits of every script as
 * the ones that telephones have. Phones and addresses are looked for in this, wherever they stand.
 */
export function legible(text: string): string {
  return seen(text.normalize('NFKC'))
    .replace(/(?!\d)\p{N}/gu, inAscii)
    .replace(/(\d)\p{M}+/gu, '$1')
}

/** A stretch of the legible text, and what is to stand in its place. */
export interface Masking {
  readonly from: number
  readonly to: number
  readonly mask: string
}

/**
 * The text as it was written, with a mask in the place of each stretch of its legible form, in their order; of two that overlap the first. Where
 * signs cannot be told apart one by one, the legible form stands for all of it.
 */
export function masking(text: string, found: readonly Masking[]): string {
  const written = [...signs.segment(text)].map(({ segment }) => ({ segment, plain: legible(segment) }))
  const plain = legible(text)
  const parts = written.map((sign) => sign.plain).join('') === plain ? written : [...plain].map((sign) => ({ segment: sign, plain: sign }))
  let [at, masked, next] = [0, '', 0]
  for (const { segment, plain: shown } of parts) {
    const end = at + shown.length
    while (next < found.length && (found[next]?.to ?? 0) <= at) next += 1
    const here = found[next]
    const isHidden = here !== undefined && here.from < end && here.to > at
    if (isHidden && here.from >= at) masked += here.mask
    if (!isHidden) masked += segment
    at = end
  }
  return masked
}

const signs = new Intl.Segmenter('zh', { granularity: 'grapheme' })

function inAscii(numeral: string): string {
  const code = numeral.codePointAt(0) ?? 0
  if (isDecimal(code)) return String(placeAmong(code, isDecimal) % 10)
  if (zeros.includes(numeral)) return '0'
  const first = ones.find((one) => code >= one && code < one + 9)
  return first === undefined ? numeral : String(code - first + 1)
}

/** Unicode has the ten digits of a script side by side, zero first, and some scripts next to each other. */
function placeAmong(code: number, belongs: (code: number) => boolean): number {
  let before = 0
  while (belongs(code - before - 1)) before += 1
  return before
}

function isDecimal(code: number): boolean {
  return /\p{Nd}/u.test(String.fromCodePoint(code))
}

/** Digits in circles, and those of Suzhou: what normalisation leaves as it is. Each begins with its one. */
const ones = [0x2776, 0x2780, 0x278a, 0x24f5, 0x3021]
const zeros = '\u{24ff}\u{1f10b}\u{1f10c}'

/** The text with its Chinese numerals as digits, letter by letter. */
export function ideographsAsDigits(text: string): string {
  return text.replace(ideograph, (letter) => String(ideographs.findIndex((same) => same.includes(letter))))
}

export function ideographicDigits(text: string): number {
  return [...text.matchAll(ideograph)].length
}

/** Of whatever script; some, as `⑬`, are two digits. */
export function numeralsIn(text: string): number {
  return [...text.matchAll(numeral)].length
}

/** As they are written, said and, on cheques, spelled out. */
const ideographs = ['〇零', '一壹幺', '二贰貳两兩', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖']
const ideograph = new RegExp(`[${ideographs.join('')}]`, 'g')
const numeral = new RegExp(`[\\p{N}${ideographs.join('')}]`, 'gu')
