import { noBases, type Bases } from '../derivation/base.ts'
import { pathText } from '../issues.ts'
import type { OpenDocument } from '../document/open.ts'
import { sentence } from '../document/sentences.ts'
import { said, type Locale } from '../labels.ts'
import { own } from '../own.ts'
import { fill, filledWith } from '../template.ts'
import { levelLabels } from '../terms.ts'
import { derivedOf, resolveProfile } from './derived.ts'
import { installationWarnings, type Installation } from './installation-warnings.ts'
import type { Profile } from './schema.ts'
import { warningSentences, type WarningCode } from './warning-sentences.ts'
import { warningsOf, type Warning } from './warnings.ts'

/** A warning about a document, in words and with its place in the text (X13). */
export interface DocumentWarning {
  readonly code: WarningCode
  readonly path: string
  /** Counted from 1; absent when no place in the text is to blame. */
  readonly line?: number
  readonly text: string
  readonly remedy: string
}

/**
 * What the check of a profile warns of, in the document's language and in the order of its text: what would let a promise be forgotten,
 * and, where it is known who and what is there, what is named and missing.
 */
export function warnOf(
  opened: OpenDocument,
  profile: Profile,
  { bases = noBases, installation }: { readonly bases?: Bases; readonly installation?: Installation | undefined } = {},
): DocumentWarning[] {
  const { locale } = opened
  const derived = derivedOf(resolveProfile(opened.value, bases, locale))
  const warnings = [...warningsOf(profile), ...(installation ? installationWarnings(profile, installation) : [])]
  return warnings
    .map((warning): DocumentWarning => {
      const standing = derived.standing(warning.path)
      const isOwn = 'path' in standing
      const line = opened.placeOf(isOwn ? standing.path : standing.told)?.line
      const { text, remedy } = warningWords(warning, locale)
      return {
        code: warning.code,
        path: isOwn ? pathText(standing.path) : standing.at,
        ...(line !== undefined && { line }),
        text,
        remedy: isOwn ? remedy : `${remedy}${sentence('inherited', locale, { nearest: standing.inheritedFrom, at: standing.at })}`,
      }
    })
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function warningWords({ code, params }: Warning, locale: Locale): { readonly text: string; readonly remedy: string } {
  const shown = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, wordsFor(name, value, locale)]))
  const filling = { ...shown, of: code !== 'announced-ended' && own(shown, 'at') ? fill(whichTickets[locale], shown) : '' }
  const { text, remedy } = warningSentences[code]
  return { text: filledWith(text[locale], filling), remedy: filledWith(remedy[locale], filling) }
}

function wordsFor(name: string, value: string | readonly string[], locale: Locale): string {
  if (typeof value !== 'string') return value.join(locale === 'en' ? ', ' : '、')
  return name === 'place' || name === 'instead' ? (own(levelLabels, value)?.[locale] ?? value) : value
}

const whichTickets = said('（工单：{at}）', '（工單：{at}）', ' (of tickets {at})')
