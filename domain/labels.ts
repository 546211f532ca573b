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

export const labelsSchema = z.strictObject({
  'zh-CN': z.string().min(1),
  'zh-TW': z.string().min(1),
  en: z.string().min(1),
})
