import type { Account, AccountedCriterion, AccountedItem } from '../../domain/assessment/account.ts'
import { subjectKey, type AssessmentModel } from '../../domain/assessment/model.ts'
import type { Locale } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block, DocumentSection } from '../document.ts'
import { dash, instantText } from '../values.ts'
import { filled } from '../words.ts'
import { kinds, words } from './words.ts'

/** How one score came about: what was counted by each criterion, its items, who decided what, and the sum. */

export interface Told {
  readonly locale: Locale
  /** Names of people by id. */
  readonly names: Readonly<Record<string, string>>
}

export function subjectSection(model: AssessmentModel, account: Account, told: Told): DocumentSection {
  const { locale } = told
  const items = account.criteria.flatMap((criterion) => criterion.items.map((item) => ({ criterion, item })))
  return {
    id: subjectKey(account.score).replace(':', '-'),
    heading: nameOf(account, locale),
    blocks: [
      countsTable(account, locale),
      note(account.sum === null ? words.nothing[locale] : filled(words.sum[locale], { sum: account.sum })),
      ...account.criteria.flatMap((criterion) => elsewhere(criterion, locale)),
      ...(items.length === 0 ? [note(words.noItems[locale])] : [itemsTable(items, model, told)]),
      ...objectionNotes(account, model, told),
    ],
  }
}

export function nameOf({ name }: Pick<Account, 'name'>, locale: Locale): string {
  return typeof name === 'string' ? name : name[locale]
}

function note(text: string): Block {
  return { kind: 'note', text }
}

function countsTable({ criteria }: Account, locale: Locale): Block {
  return {
    kind: 'table',
    columns: [
      column(words.criterion[locale], { isWide: true }),
      ...[words.weight, words.standard, words.counted, words.hits, words.excused, words.unconfirmed, words.rate].map((word) =>
        column(word[locale], { isNumber: true }),
      ),
    ],
    rows: criteria.map(({ label, score }) => {
      const { weight, standard, n, hits, excused, unconfirmed, rate, below, few } = score
      const marks = [...(below ? [words.below[locale]] : []), ...(few ? [words.few[locale]] : [])]
      return row([
        textCell(label[locale]),
        numberCell(weight, 'count', locale),
        textCell(`${standard}%`),
        ...[n, hits, excused, unconfirmed].map((count) => numberCell(count, 'count', locale)),
        textCell(rate === null ? dash : `${rate.toFixed(2)}%`, {
          tone: few ? 'few' : below ? 'bad' : 'plain',
          note: marks.join(' · '),
        }),
      ])
    }),
  }
}

/** What was broken beside, and counts elsewhere. */
function elsewhere({ label, result: { toTeam = 0, toNobody = 0 } }: AccountedCriterion, locale: Locale): Block[] {
  const told = (word: keyof typeof words, count: number) =>
    count === 0 ? [] : [note(filled(words[word][locale], { label: label[locale], count }))]
  return [...told('toTeam', toTeam), ...told('toNobody', toNobody)]
}

function itemsTable(
  items: readonly { readonly criterion: AccountedCriterion; readonly item: AccountedItem }[],
  { zone }: AssessmentModel,
  told: Told,
): Block {
  const { locale } = told
  return {
    kind: 'table',
    columns: [
      column(words.ticket[locale]),
      column(words.criterion[locale]),
      column(words.what[locale]),
      column(words.at[locale]),
      column(words.decision[locale], { isWide: true }),
    ],
    rows: items.map(({ criterion, item }) =>
      row([
        textCell(item.ticket),
        textCell(criterion.label[locale]),
        textCell(kinds[item.what][locale], {
          note: item.deferral === undefined ? '' : filled(words.deferral[locale], { reason: item.deferral.reason }),
        }),
        textCell(instantText(item.at, zone, locale)),
        textCell(decisionText(item, zone, told)),
      ]),
    ),
  }
}

function decisionText({ excused, confirmed }: AccountedItem, zone: string, told: Told): string {
  const { locale } = told
  if (confirmed)
    return byWhom(words.byWhom[locale], { ...confirmed, reason: confirmed.remark ?? '' }, zone, told, words.confirmedAct[locale])
  return excused ? byWhom(words.byWhom[locale], excused, zone, told, words.excusedItem[locale]) : ''
}

function objectionNotes({ objection }: Account, { zone }: AssessmentModel, told: Told): Block[] {
  if (!objection) return []
  const { decided } = objection
  const { locale } = told
  const outcome = decided?.upheld === true ? words.upheld[locale] : words.dismissed[locale]
  return [note(byWhom(words.objection[locale], objection, zone, told)), ...(decided ? [note(byWhom(outcome, decided, zone, told))] : [])]
}

function byWhom(
  template: string,
  { by, at, reason }: { readonly by: string; readonly at: string; readonly reason: string },
  zone: string,
  { locale, names }: Told,
  what = '',
): string {
  const text = filled(template, { what, by: own(names, by) ?? by, at: instantText(at, zone, locale), reason })
  // Nothing was said beside.
  return reason === '' ? text.replace(/[：:]\s*$/, '') : text
}
