import type { Locale } from '../../../domain/labels.ts'
import type { FastWords } from '../fast-words.ts'
import { fastEn } from './fast-en.ts'
import { fastZhCN } from './fast-zh-CN.ts'
import { fastZhTW } from './fast-zh-TW.ts'

/** The words of the story in each language. */
export const fastWordsIn: Readonly<Record<Locale, FastWords>> = { 'zh-CN': fastZhCN, 'zh-TW': fastZhTW, en: fastEn }
