import type { Locale } from '../../domain/labels.ts'
import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { zhCN } from './zh-CN.ts'
import { zhTW } from './zh-TW.ts'

/** Everything the API says to people, in each of its languages. */
export const catalogues: Readonly<Record<Locale, Catalogue>> = { 'zh-CN': zhCN, 'zh-TW': zhTW, en }
