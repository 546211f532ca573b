import { locales, type Locale } from '../../domain/labels.ts'

/**
 * The language of an answer (X6), from `Accept-Language`: the caller's most wanted language that the product speaks.
 * Chinese is told apart by script first, then by region: `zh-Hant`, `zh-HK` and `zh-MO` read traditional characters.
 */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const ranges = parse(acceptLanguage ?? '')
  const refused = new Set(ranges.filter((range) => range.quality === 0).map((range) => range.locale))
  const wanted = ranges.filter((range) => range.quality > 0).toSorted((a, b) => b.quality - a.quality)
  for (const { locale } of wanted) {
    if (locale === '*')
      return (
        locales.find((candidate) => candidate === fallback && !refused.has(candidate)) ??
        locales.find((candidate) => !refused.has(candidate)) ??
        fallback
      )
    if (locale) return locale
  }
  return fallback
}

/** What is spoken to a caller who asked for nothing, or for nothing we speak. */
const fallback: Locale = 'en'

/** More ranges than any browser sends; the rest of a longer header is not read. */
const mostRanges = 32

interface Range {
  readonly locale: Locale | '*' | undefined
  /** 0 to 1; 0 refuses the language. */
  readonly quality: number
}

function parse(header: string): Range[] {
  return header
    .split(',', mostRanges)
    .map((part) => part.split(';').map((piece) => piece.trim()))
    .filter(([tag]) => tag !== undefined && tag !== '')
    .map(([tag = '', ...parameters]) => ({ locale: tag === '*' ? '*' : spoken(tag), quality: qualityOf(parameters) }))
}

function qualityOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => /^q\s*=/i.test(parameter))
  if (given === undefined) return 1
  const quality = Number(given.slice(given.indexOf('=') + 1).trim())
  // A weight nobody can read ranks the language last, but does not refuse it.
  return Number.isFinite(quality) ? Math.min(Math.max(quality, 0), 1) : 0.001
}

/** `cht` and `chs` are what Windows once called the scripts. */
const traditionalScripts = ['hant', 'cht']
const simplifiedScripts = ['hans', 'chs']
const traditionalRegions = new Set(['tw', 'hk', 'mo'])

/** Also as systems spell it that set it from their own locale: `zh_TW`, `zh_TW.UTF-8`. */
function spoken(tag: string): Locale | undefined {
  const [name = ''] = tag.toLowerCase().split(/[.@]/)
  const [language = '', ...subtags] = name.split(/[-_]/)
  if (language === 'en') return 'en'
  if (language !== 'zh' && language !== 'cmn' && language !== 'yue') return undefined
  if (traditionalScripts.some((script) => subtags.includes(script))) return 'zh-TW'
  if (simplifiedScripts.some((script) => subtags.includes(script))) return 'zh-CN'
  return subtags.some((subtag) => traditionalRegions.has(subtag)) ? 'zh-TW' : 'zh-CN'
}
