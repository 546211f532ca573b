import { z } from 'zod'
import { memberOf, textsOf } from '../document/loose.ts'
import { locales, said, type Labels, type Locale } from '../labels.ts'

/** Which languages a profile speaks (X9), and what whoever prefers another one reads. */

export const languagesSchema = z
  .array(z.enum(locales))
  .min(1)
  .superRefine(
    (languages: unknown, context) => {
      if (!Array.isArray(languages)) return
      languages.forEach((language: unknown, at) => {
        if (languages.indexOf(language) < at)
          context.addIssue({ code: 'custom', message: 'duplicate-id', params: { id: language }, input: language, path: [at] })
      })
    },
    { when: () => true },
  )

/** What a profile says of its languages; one that names none speaks all. */
export interface Speaking {
  readonly language: Locale
  readonly languages?: readonly Locale[] | undefined
}

/** The languages that a document names, as far as it can be read; undefined where that is none of ours, and nothing can be held against its texts. */
export function languagesNamedIn(value: unknown): readonly [Locale, ...Locale[]] | undefined {
  const given = textsOf(memberOf(value, 'languages')).map(([, text]) => text)
  const [first, ...others] = locales.filter((locale) => given.includes(locale)).toSorted((a, b) => given.indexOf(a) - given.indexOf(b))
  return first && [first, ...others]
}

/** In which language somebody reads what a profile says: in the one they prefer where the profile speaks it, else in its own. */
export function languageFor({ language, languages = locales }: Speaking, preferred: Locale | null | undefined): Locale {
  return preferred && languages.includes(preferred) ? preferred : language
}

/** Words of the product beside those of a profile: where the profile does not speak a language, in its own. */
export function spokenBy(profile: Partial<Speaking>, words: Labels): Labels {
  const { language, languages } = profile
  if (language === undefined || languages === undefined) return words
  const read = (preferred: Locale) => words[languageFor({ language, languages }, preferred)]
  return said(read('zh-CN'), read('zh-TW'), read('en'))
}
