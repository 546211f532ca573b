import type { Account } from '../../domain/assessment/account.ts'
import type { Commendations } from '../../domain/assessment/commendations.ts'
import { groupOf } from '../../domain/assessment/rank.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import type { Locale } from '../../domain/labels.ts'
import { zoneText } from '../../domain/moment-text.ts'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block, Cell, Fact, ReportDocument } from '../document.ts'
import { basisOf } from '../make.ts'
import { instantText, periodText, spanText } from '../values.ts'
import { filled, words as common } from '../words.ts'
import { commendationSections } from './commendations.ts'
import { nameOf, rateCellOf, subjectSection, type Reader } from './subject.ts'
import { marks, states, words } from './words.ts'

/** What is shown of an assessment: the model and the commendations hold nothing of whose account is not among these. */
export interface Shown {
  readonly model: AssessmentModel
  readonly accounts: readonly Account[]
  readonly commendations: Commendations
}

/** An assessment in one language (R14): a table of all scores that are shown, who is to be commended, and of each score how it came about. */
export function assessmentDocument({ model, accounts, commendations }: Shown, reader: Reader): ReportDocument {
  const { locale } = reader
  const { zone } = model
  const confirmed = accounts.filter(({ score }) => score.state !== 'draft').length
  const settled = accounts.filter(({ score }) => score.state === 'settled').length
  return {
    title: model.label[locale],
    subtitle: periodText({ ...model, report: { id: model.assessment, label: model.label, every: 'month' } }, locale),
    owner: model.profile.label[locale],
    facts: [
      { name: common.period[locale], value: spanText(model, locale) },
      { name: common.asOf[locale], value: `${instantText(model.asOf, zone, locale)} ${zoneText(zone, locale)}` },
      { name: common.basis[locale], value: basisOf(model, locale) },
      { name: words.confirmed[locale], value: filled(words.ofAll[locale], { confirmed, settled, all: accounts.length }) },
    ],
    record: null,
    mark: markOf(confirmed, settled, accounts.length, locale),
    quiet: null,
    highlights: accounts.length === 1 ? null : { heading: common.highlights[locale], sentences: sentencesOf(accounts, locale) },
    sections: [
      { id: 'scores', heading: words.scores[locale], blocks: summary(model, accounts, locale) },
      ...commendationSections(commendations, { model, accounts }, reader),
      ...accounts.map((account) => subjectSection(model, account, reader)),
    ],
    signatures: [],
  }
}

/** Until every score is final, nobody may take it for the result. */
function markOf(confirmed: number, settled: number, all: number, locale: Locale): Fact | null {
  if (settled === all) return null
  const { name, why } = confirmed < all ? marks.draft : marks.confirmed
  return { name: name[locale], value: why[locale] }
}

/** Of several scores: of one alone nobody can tell who is proposed. */
function sentencesOf(accounts: readonly Account[], locale: Locale): string[] {
  const isOpen = accounts.some(({ score }) => score.state === 'draft' || score.state === 'objected')
  const below = accounts.filter(({ score }) => score.criteria.some((criterion) => criterion.below)).length
  const names = accounts.filter(({ score }) => score.outstanding.proposed).map((account) => nameOf(account, locale))
  return [
    filled(words.summary[locale], { all: accounts.length, below }),
    isOpen ? words.proposedUnknown[locale] : proposedText(names, locale),
  ]
}

function proposedText(names: readonly string[], locale: Locale): string {
  if (names.length === 0) return words.nobodyProposed[locale]
  return filled(words.proposed[locale], { names: names.join(locale === 'en' ? ', ' : '、') })
}

function summary(model: AssessmentModel, accounts: readonly Account[], locale: Locale): Block[] {
  return [
    {
      kind: 'table',
      columns: [
        column(words.subject[locale], { isWide: true }),
        // What is looked for first, and what a phone has room for.
        column(words.score[locale], { isNumber: true }),
        column(words.deduction[locale], { isNumber: true }),
        column(words.rank[locale], { isNumber: true }),
        column(words.state[locale]),
        column(words.tickets[locale], { isNumber: true }),
        ...model.criteria.map(({ label }) => column(label[locale], { isNumber: true })),
      ],
      rows: byPlace(accounts).map((account) => {
        const { score } = account
        return row([
          textCell(nameOf(account, locale)),
          numberCell(score.score, 'points', locale, score.few ? 'few' : 'plain'),
          {
            ...numberCell(score.deduction, 'points', locale, score.deduction > 0 && !score.suspended ? 'bad' : 'plain'),
            note: score.suspended ? words.suspended[locale] : '',
          },
          numberCell(score.rank, 'count', locale),
          textCell(states[score.state][locale]),
          numberCell(score.tickets, 'count', locale, score.few ? 'few' : 'plain'),
          ...model.criteria.map(({ id }) => rateCell(account, id, locale)),
        ])
      }),
    },
    ...(accounts.length > 1 ? [{ kind: 'note' as const, text: words.rankNote[locale] }] : []),
    { kind: 'note', text: filled(words.fewNote[locale], { fewest: model.plan.rankedFrom }) },
    {
      kind: 'definitions',
      heading: common.definitions[locale],
      items: definitionsOf(model, locale),
      few: null,
    },
  ]
}

/** Those who are compared side by side, by their place; who has none stands behind them. */
function byPlace(accounts: readonly Account[]): Account[] {
  const groups = [...new Set(accounts.map(({ score }) => groupOf(score)))]
  return accounts.toSorted(
    (one, other) =>
      groups.indexOf(groupOf(one.score)) - groups.indexOf(groupOf(other.score)) ||
      (one.score.rank ?? Infinity) - (other.score.rank ?? Infinity) ||
      0,
  )
}

/** Two promises are counted alike: what is meant is said once, under both names. */
function definitionsOf({ criteria }: AssessmentModel, locale: Locale): Fact[] {
  const means = new Set(criteria.map(({ definition }) => definition[locale]))
  return [...means].map((value) => ({
    name: criteria
      .flatMap(({ label, definition }) => (definition[locale] === value ? [label[locale]] : []))
      .join(locale === 'en' ? ', ' : '、'),
    value,
  }))
}

function rateCell({ criteria }: Account, id: string, locale: Locale): Cell {
  const rate = criteria.find(({ score }) => score.criterion === id)?.score
  return rate ? rateCellOf(rate, locale, rate.below ? words.below[locale] : '') : numberCell(null, 'rate', locale)
}
