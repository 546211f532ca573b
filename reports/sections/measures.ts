import { own } from '../../domain/own.ts'
import { DateTime } from 'luxon'
import { column, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { dayText } from '../values.ts'
import { filled, words } from '../words.ts'
import { figureOf, note, type Drawing, type SectionOf } from './section.ts'

/** What is to be done about it: what rules suggest, what people have agreed on, and what they write. */

export function suggestions({ items }: SectionOf<'suggestions'>, { model, locale }: Drawing): Block[] {
  if (items.length === 0) return [note(words.noSuggestions[locale])]
  return [
    note(words.byRuleNote[locale]),
    {
      kind: 'suggestions',
      mark: words.byRule[locale],
      items: items.map(({ text, figure }) => ({
        text: text[locale],
        from: filled(words.from[locale], { figure: figureOf(model, figure).label[locale] }),
      })),
    },
  ]
}

export function actions({ rows }: SectionOf<'actions'>, { model, locale }: Drawing): Block[] {
  if (rows.length === 0) return [note(words.noActions[locale])]
  return [
    {
      kind: 'table',
      columns: [
        column(words.review[locale]),
        column(words.action[locale], { isWide: true }),
        column(words.owner[locale]),
        column(words.dueAt[locale]),
        column(words.state[locale]),
      ],
      rows: rows.map(({ review, action, owner, dueAt, overdue, state }) =>
        row([
          textCell(review),
          textCell(action),
          textCell(owner),
          textCell(dayText(DateTime.fromISO(dueAt, { zone: model.zone }), locale, true)),
          textCell(state[locale], overdue ? { tone: 'bad', note: words.overdue[locale] } : {}),
        ]),
      ),
    },
  ]
}

export function written({ id, prompt }: SectionOf<'written'>, { texts, locale }: Drawing): Block[] {
  const text = own(texts, id)?.trim() ?? ''
  return [{ kind: 'box', prompt: prompt[locale], text: text === '' ? null : text, empty: words.toWrite[locale] }]
}
