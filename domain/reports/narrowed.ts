import type { Locale } from '../labels.ts'
import type { ReportModel } from './model.ts'

/** To what all of a report is narrowed: `类型：投诉`; empty where it is of everything. */
export function narrowedText({ narrowed = [] }: Pick<ReportModel, 'narrowed'>, locale: Locale): string {
  return narrowed.map(({ by, to }) => `${by[locale]}${locale === 'en' ? ': ' : '：'}${to[locale]}`).join(locale === 'en' ? ', ' : '、')
}
