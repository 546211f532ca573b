import type { Resolved } from '../derivation/resolve.ts'
import { partOf as whenceOfPart, whenceOf } from '../derivation/whence.ts'
import { isObject, memberOf } from '../document/loose.ts'
import { sentence, type Reason } from '../document/reasons.ts'
import { keysAt, partOf } from '../document/shape.ts'
import { locales, type Locale } from '../labels.ts'
import { languageFor, languagesNamedIn } from './languages.ts'
import { writtenSchema } from './written.ts'

/**
 * The texts of a document in the languages that it names (X9), before anybody asks what the document means. Nothing is read in others: what
 * its base says in them is left out, and what it says in them itself is wrong.
 */

/** Without the languages that it does not name. */
export function inNamedLanguages(resolved: Resolved, locale: Locale): Resolved {
  const named = languagesNamedIn(resolved.value)
  if (!named) return resolved
  const { whence } = resolved
  const own: { readonly language: Locale; readonly path: readonly PropertyKey[] }[] = []
  const value = withTexts(resolved.value, (texts, path) => {
    const unnamed = locales.filter((language) => Object.hasOwn(texts, language) && !named.includes(language))
    for (const language of unnamed) {
      const stands = whenceOf(whence, [...path, language])
      if (stands.in === whence.in) own.push({ language, path: stands.path })
    }
    return Object.fromEntries(Object.entries(texts).filter(([key]) => !unnamed.some((language) => language === key)))
  })
  const faults = locales.flatMap((language): Reason[] => {
    const [first, ...others] = own.filter((text) => text.language === language)
    return first ? [unnamedText(language, first.path, { named, more: others.length, locale })] : []
  })
  return { ...withOwnLanguage({ ...resolved, value }, named), faults: [...resolved.faults, ...faults] }
}

/** With a text in each language: in those that it does not name, the one of its own. */
export function withEveryLanguage(value: unknown): unknown {
  const languages = languagesNamedIn(value)
  if (!languages) return value
  const language = languages.find((one) => one === memberOf(value, 'language')) ?? languages[0]
  return withTexts(value, (texts) =>
    Object.fromEntries(locales.map((locale) => [locale, memberOf(texts, languageFor({ language, languages }, locale))])),
  )
}

/** Whether the path is that of a text in a language that the document does not name: nobody wrote it there. */
export function isUnnamed(value: unknown): (path: readonly PropertyKey[]) => boolean {
  const named: readonly Locale[] = languagesNamedIn(value) ?? []
  const others = memberOf(value, 'languages') === undefined ? [] : locales.filter((locale) => !named.includes(locale))
  return (path) => others.some((locale) => locale === path.at(-1))
}

/** What its base says of its own language holds where that is one of those that it names; else it is the first of them. */
function withOwnLanguage(resolved: Resolved, named: readonly [Locale, ...Locale[]]): Resolved {
  const { value, whence } = resolved
  const language = memberOf(value, 'language')
  const isInherited = language !== undefined && whenceOfPart(whence, 'language').in !== whence.in
  if (!isObject(value) || !isInherited || named.some((one) => one === language)) return resolved
  const parts = new Map([...(whence.parts ?? []), ['language', whenceOf(whence, ['languages', 0])] as const])
  return { ...resolved, value: { ...value, language: named[0] }, whence: { ...whence, parts } }
}

function unnamedText(
  given: Locale,
  path: readonly PropertyKey[],
  { named, more, locale }: { readonly named: readonly Locale[]; readonly more: number; readonly locale: Locale },
): Reason {
  const known = named.join(locale === 'en' ? ', ' : '、')
  const others = () => (more > 0 ? sentence('more-places', locale, { limit: String(more) }) : '')
  return { path, kind: `language-unnamed ${given}`, reason: () => `${sentence('language-unnamed', locale, { given, known })}${others()}` }
}

type Texts = Readonly<Record<string, unknown>>

/** The value with each of its texts changed: wherever the schema has one in several languages. */
function withTexts(
  value: unknown,
  change: (texts: Texts, path: readonly PropertyKey[]) => unknown,
  schema: unknown = writtenSchema,
  path: readonly PropertyKey[] = [],
): unknown {
  const inside = (part: PropertyKey, member: unknown) => withTexts(member, change, partOf(schema, part), [...path, part])
  if (Array.isArray(value)) return value.map((item: unknown, at) => inside(at, item))
  if (!isObject(value)) return value
  if (isOfTexts(schema)) return change(value, path)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inside(key, member)]))
}

function isOfTexts(schema: unknown): boolean {
  const keys = keysAt(schema, [])
  return keys.length === locales.length && locales.every((locale) => keys.includes(locale))
}
