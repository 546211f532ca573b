import type { Labels } from '../labels.ts'

/** One sentence in its three languages. */
export function said(simplified: string, traditional: string, english: string): Labels {
  return { 'zh-CN': simplified, 'zh-TW': traditional, en: english }
}
