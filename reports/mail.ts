import type { Locale } from '../domain/labels.ts'
import { zoneText } from '../domain/moment-text.ts'
import type { ReportModel } from '../domain/reports/model.ts'
import { instantText, periodText, spanText } from './values.ts'
import { filled, words } from './words.ts'

/** The short mail about a report: what matters most, and where the rest is. Nothing is attached, since who may read it changes, and a mail stays. */
export function mailText(model: ReportModel, link: string, locale: Locale): { readonly subject: string; readonly text: string } {
  const named = { report: model.report.label[locale], period: periodText(model, locale) }
  const colon = locale === 'en' ? ': ' : '：'
  return {
    subject: filled(words.mailSubject[locale], named),
    text: [
      filled(words.mailOpening[locale], named),
      '',
      ...(model.quiet ? [words.quiet[locale]] : []),
      ...model.highlights.map((sentence) => sentence[locale]),
      '',
      `${words.period[locale]}${colon}${spanText(model, locale)}`,
      `${words.asOf[locale]}${colon}${instantText(model.asOf, model.zone, locale)} ${zoneText(model.zone, locale)}`,
      '',
      `${words.mailLink[locale]}${colon}`,
      link,
    ].join('\n'),
  }
}
