import type { Locale } from '../domain/labels.ts'
import { zoneText } from '../domain/moment-text.ts'
import type { ReportModel, ReportStanding, Signature, Signed } from '../domain/reports/model.ts'
import { narrowedText } from '../domain/reports/narrowed.ts'
import type { Fact, ReportDocument, SignatureField } from './document.ts'
import { blocksOf } from './sections/index.ts'
import { instantText, keptSinceText, periodText, spanText } from './values.ts'
import { filled, marks, words } from './words.ts'

/** What stands in a report, in one language (R13, R14, M6, M12, T17, Q7, S17): its head, its sections and who signed it. */
export function documentOf(model: ReportModel, signed: Signed, locale: Locale): ReportDocument {
  const { report, profile, record, quiet, zone } = model
  const fact = (
    name: keyof typeof words & ('period' | 'narrowed' | 'asOf' | 'basis' | 'documentNumber' | 'version'),
    value: string,
  ): Fact => ({
    name: words[name][locale],
    value,
  })
  const narrowed = narrowedText(model, locale)
  return {
    title: report.label[locale],
    subtitle: [periodText(model, locale), narrowed].filter((text) => text !== '').join(' · '),
    owner: profile.label[locale],
    facts: [
      fact(
        'period',
        [spanText(model, locale), keptSinceText(model, locale)].filter((text) => text !== '').join(locale === 'en' ? '; ' : '；'),
      ),
      fact('asOf', `${instantText(model.asOf, zone, locale)} ${zoneText(zone, locale)}`),
      fact('basis', basisOf(model, locale)),
      ...(narrowed === '' ? [] : [fact('narrowed', narrowed)]),
    ],
    record: record && { number: fact('documentNumber', record.number), version: fact('version', record.version) },
    mark: markOf(signed.standing, locale),
    quiet: quiet ? words.quiet[locale] : null,
    highlights: { heading: words.highlights[locale], sentences: model.highlights.map((sentence) => sentence[locale]) },
    sections: model.sections.map((section) => ({
      id: section.id,
      heading: section.heading[locale],
      blocks: blocksOf(section, { model, texts: signed.texts, locale }),
    })),
    signatures: signaturesOf(model, signed, locale),
  }
}

/** What each page of it bears while it is not what was to be read; null: it is. */
export function markOf(standing: ReportStanding, locale: Locale): Fact | null {
  if (standing === 'released') return null
  const { name, why } = marks[standing]
  return { name: name[locale], value: why[locale] }
}

/** By which versions it was reckoned. */
export function basisOf({ profile, calendar }: Pick<ReportModel, 'profile' | 'calendar'>, locale: Locale): string {
  const parts = [
    filled(words.profile[locale], { id: profile.id, version: profile.version }),
    filled(words.calendar[locale], { ...calendar }),
  ]
  return parts.join(locale === 'en' ? ', ' : '、')
}

/** Fields for whoever must sign: of a controlled record always, else only where somebody did. */
function signaturesOf({ record, zone }: ReportModel, { preparer, reviewer, approver }: Signed, locale: Locale): SignatureField[] {
  if (!record && !preparer && !reviewer && !approver) return []
  const field = (role: string, signature: Signature | null): SignatureField => ({
    role,
    name: signature?.name ?? null,
    at: {
      name: words.signedAt[locale],
      value: signature ? instantText(signature.at, zone, locale) : '',
      isSigned: signature !== null,
    },
  })
  return [field(words.preparer[locale], preparer), field(words.reviewer[locale], reviewer), field(words.approver[locale], approver)]
}
