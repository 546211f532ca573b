import { own } from '../../domain/own.ts'
import { DateTime } from 'luxon'
import { column, instantCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { dash, dayText } from '../values.ts'
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

export function actions({ rows, total = rows.length }: SectionOf<'actions'>, { model, locale }: Drawing): Block[] {
  if (rows.length === 0) return [note(words.noActions[locale])]
  const day = (at: string) => dayText(DateTime.fromISO(at, { zone: model.zone }), locale, true)
  return [
    ...(total > rows.length ? [note(filled(words.listedActions[locale], { total, shown: rows.length }))] : []),
    {
      kind: 'table',
      columns: [
        column(words.action[locale], { isWide: true }),
        column(words.review[locale], { isWide: true }),
        column(words.owner[locale]),
        column(words.dueAt[locale]),
        column(words.state[locale]),
        column(words.effect[locale]),
      ],
      rows: rows.map(({ review, title, action, owner, dueAt, dueBefore = [], endedAt = null, overdue, state, effect }) => {
        const moved = dueBefore.map((at) => filled(words.dueBefore[locale], { day: day(at) }))
        // Of what is open the state says it already.
        const late = overdue && endedAt !== null ? [words.endedLate[locale]] : []
        return row([
          textCell(action),
          title === undefined ? textCell(review) : textCell(title, { note: review }),
          textCell(owner),
          instantCell(dueAt, day(dueAt), { note: moved.join('\n') }),
          textCell(state[locale], {
            ...(overdue && { tone: 'bad' as const }),
            note: [...(endedAt === null ? [] : [day(endedAt)]), ...late].join(' · '),
          }),
          textCell(effect?.[locale] ?? dash),
        ])
      }),
    },
  ]
}

export function written({ id, prompt }: SectionOf<'written'>, { texts, locale }: Drawing): Block[] {
  const text = own(texts, id)?.trim() ?? ''
  return [{ kind: 'box', prompt: prompt[locale], text: text === '' ? null : text, empty: words.toWrite[locale] }]
}
