import { z } from 'zod'

/** Languages the product speaks (X6). */
export const locales = ['zh-CN', 'zh-TW', 'en'] as const
export type Locale = (typeof locales)[number]

/** One text in each language. */
export type Labels = Readonly<Record<Locale, string>>

/** One text in its three languages. */
export function said(simplified: string, traditional: string, english: string): Labels {
  return { 'zh-CN': simplified, 'zh-TW': traditional, en: english }
}

/** What each language is called. */
export const languageNames: Readonly<Record<Locale, Labels>> = {
  'zh-CN': said('简体中文', '簡體中文', 'Simplified Chinese'),
  'zh-TW': said('繁体中文', '繁體中文', 'Traditional Chinese'),
  en: said('英语', '英語', 'English'),
}

/** Characters of a label, a template or a script; the longest that comes along has some three hundred. */
export const longestLabel = 5_000
const labelSchema = z
  .string()
  .min(1)
  .max(longestLabel, { abort: true })
  .refine((text) => text === '' || /[^\p{Z}\p{C}]/u.test(text), 'empty')

export const labelsSchema = z
  .strictObject({
    'zh-CN': labelSchema.describe('in simplified Chinese'),
    'zh-TW': labelSchema.describe('in traditional Chinese'),
    en: labelSchema.describe('in English'),
  })
  .meta({ id: 'Labels', description: 'one text in each language' })
