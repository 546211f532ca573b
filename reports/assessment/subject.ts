import type { Account, AccountedCriterion, AccountedItem } from '../../domain/assessment/account.ts'
import { subjectKey, type AssessmentModel } from '../../domain/assessment/model.ts'
import type { Locale } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { column, instantCell, numberCell, row, textCell } from '../cells.ts'
import type { Block, Cell, DocumentSection } from '../document.ts'
import { note } from '../sections/section.ts'
import { instantText } from '../values.ts'
import { filled } from '../words.ts'
import { kinds, words } from './words.ts'

/** How one score came about: what was counted by each criterion, its items, who decided what, and the sum. */

/** Who reads it. */
export interface Reader {
  readonly locale: Locale
  /** Names of people by id. */
  readonly names: Readonly<Record<string, string>>
}

export function subjectSection(model: AssessmentModel, account: Account, reader: Reader): DocumentSection {
  const { locale } = reader
  const items = account.criteria.flatMap((criterion) => criterion.items.map((item) => ({ criterion, item })))
  return {
    id: subjectKey(account.score).replace(':', '-'),
    heading: nameOf(account, locale),
    blocks: [
      countsTable(account, locale),
      note(account.sum === null ? words.nothing[locale] : filled(words.sum[locale], { sum: account.sum })),
      ...account.criteria.flatMap((criterion) => elsewhere(criterion, locale)),
      ...(items.length === 0
        ? [note(words.noItems[locale])]
        : [note(filled(words.items[locale], { count: items.length })), itemsTable(items, model, reader)]),
      ...prolongedNotes(account, model, locale),
      ...objectionNotes(account, model, reader),
    ],
  }
}

export function nameOf({ name }: Pick<Account, 'name'>, locale: Locale): string {
  return typeof name === 'string' ? name : name[locale]
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
      const { weight, standard, n, hits, excused, unconfirmed, below, few } = score
      const marks = [...(below ? [words.below[locale]] : []), ...(n === 0 ? [words.none[locale]] : few ? [words.few[locale]] : [])]
      return row([
        textCell(label[locale]),
        numberCell(weight, 'count', locale),
        numberCell(standard / 100, 'rate', locale),
        ...[n, hits, excused, unconfirmed].map((count) => numberCell(count, 'count', locale)),
        rateCellOf(score, locale, marks.join(' · ')),
      ])
    }),
  }
}

/** A rate in percent, with its hundredths; grey where so few were counted that nothing is deducted for it. */
export function rateCellOf({ rate, below, few }: AccountedCriterion['score'], locale: Locale, note: string): Cell {
  const tone = few ? 'few' : below ? 'bad' : 'plain'
  return { ...numberCell(rate === null ? null : rate / 100, 'rate', locale, tone), note }
}

/** What is beside, and counts elsewhere or not at all. */
function elsewhere({ label, result: { toTeam = 0, toNobody = 0, running = 0 } }: AccountedCriterion, locale: Locale): Block[] {
  const told = (word: keyof typeof words, count: number) =>
    count === 0 ? [] : [note(filled(words[word][locale], { label: label[locale], count }))]
  return [...told('toTeam', toTeam), ...told('toNobody', toNobody), ...told('running', running)]
}

function itemsTable(
  items: readonly { readonly criterion: AccountedCriterion; readonly item: AccountedItem }[],
  { zone }: AssessmentModel,
  reader: Reader,
): Block {
  const { locale } = reader
  return {
    kind: 'table',
    columns: [
      column(words.ticket[locale]),
      column(words.what[locale]),
      column(words.at[locale]),
      column(words.decision[locale], { isWide: true }),
    ],
    rows: items.map(({ criterion, item }) =>
      row([
        // With its id, which `excuse` and others ask for.
        textCell(item.ticket, { note: item.id }),
        textCell(kinds[item.what][locale], { note: [criterion.label[locale], ...whatElse(item, locale)].join('\n') }),
        instantCell(item.at, instantText(item.at, zone, locale), { note: whenDone(item, zone, locale) }),
        textCell(decisionText(item, zone, reader)),
      ]),
    ),
  }
}

/** What the customer gave, or why a delay was announced. */
function whatElse({ score, deferral }: AccountedItem, locale: Locale): string[] {
  return [
    ...(score === undefined ? [] : [filled(words.given[locale], { score })]),
    ...(deferral === undefined ? [] : [filled(words.deferral[locale], { reason: deferral.reason })]),
  ]
}

/** When a promise was done, and when that was recorded, if that was much later. */
function whenDone({ clock, keptAt = null, recordedAt }: AccountedItem, zone: string, locale: Locale): string {
  if (clock === undefined) return ''
  if (keptAt === null) return words.notDone[locale]
  const told = [filled(words.done[locale], { at: instantText(keptAt, zone, locale) })]
  if (recordedAt !== undefined) told.push(filled(words.recorded[locale], { at: instantText(recordedAt, zone, locale) }))
  return told.join('\n')
}

function decisionText({ excused, confirmed }: AccountedItem, zone: string, reader: Reader): string {
  const { locale } = reader
  if (confirmed)
    return byWhom(words.byWhom[locale], { ...confirmed, reason: confirmed.remark ?? null }, zone, reader, words.confirmedAct[locale])
  return excused ? byWhom(words.byWhom[locale], excused, zone, reader, words.excusedItem[locale]) : ''
}

function prolongedNotes({ prolonged }: Account, { zone }: AssessmentModel, locale: Locale): Block[] {
  if (!prolonged) return []
  const [from, until] = [prolonged.from, prolonged.until].map((at) => instantText(at, zone, locale))
  return [note(filled(words.prolonged[locale], { from: from ?? '', until: until ?? '' }))]
}

function objectionNotes({ objection }: Account, { zone }: AssessmentModel, reader: Reader): Block[] {
  if (!objection) return []
  const { decided } = objection
  const { locale } = reader
  const outcome = decided?.upheld === true ? words.upheld[locale] : words.dismissed[locale]
  return [
    note(byWhom(words.objection[locale], objection, zone, reader)),
    ...(decided ? [note(byWhom(outcome, decided, zone, reader))] : []),
  ]
}

/** What somebody decided, with why where they said so. */
export function byWhom(
  template: string,
  { by, at, reason }: { readonly by: string; readonly at: string; readonly reason: string | null },
  zone: string,
  { locale, names }: Reader,
  what = '',
): string {
  const text = filled(template, { what, by: own(names, by) ?? by, at: instantText(at, zone, locale), reason: reason ?? '' })
  // Nothing was said beside.
  return reason === null || reason === '' ? text.replace(/[：:]\s*$/, '') : text
}
