import type { Locale } from '../../../domain/labels.ts'
import type { Words } from '../words.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'
import { zhTW } from './zh-TW.ts'

/** The words of the story in each language. */
export const wordsIn: Readonly<Record<Locale, Words>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en }
