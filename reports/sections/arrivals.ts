import { heatChart } from '../charts/heat.ts'
import { column, numberCell, row, textCell } from '../cells.ts'
import type { Block } from '../document.ts'
import { countText } from '../../domain/reports/number-text.ts'
import { words } from '../words.ts'
import { definitions, note, type Drawing, type SectionOf } from './section.ts'

/** When tickets come: for each day that was worked, so that holidays are no quiet hours. */
export function arrivals(section: SectionOf<'arrivals'>, drawing: Drawing): Block[] {
  const { locale } = drawing
  const days = section.weekdays.map((day, at) => ({ ...day, name: words.weekdays[at]?.[locale] ?? '' }))
  return [
    {
      kind: 'chart',
      chart: heatChart({
        alt: `${section.heading[locale]}: ${days.map(({ name, hours }) => `${name} ${countText(sum(hours))}`).join(', ')}`,
        days: days.map(({ name, openDays, hours }) => ({
          name,
          hours: openDays === 0 ? null : hours.map((count) => count / openDays),
        })),
        restText: words.restDay[locale],
        text: rateText,
      }),
    },
    note(words.heat[locale]),
    {
      kind: 'table',
      columns: [
        column(words.weekday[locale], { isWide: true }),
        column(words.openDays[locale], { isNumber: true }),
        column(words.onOpenDays[locale], { isNumber: true }),
        column(words.perOpenDay[locale], { isNumber: true }),
        column(words.busiest[locale], { isNumber: true }),
        column(words.closedDays[locale], { isNumber: true }),
        column(words.onClosedDays[locale], { isNumber: true }),
      ],
      rows: days.map(({ name, openDays, hours, closedDays, hoursOfClosed }) =>
        row([
          textCell(name),
          numberCell(openDays, 'count', locale),
          numberCell(sum(hours), 'count', locale),
          numberCell(openDays === 0 ? null : sum(hours) / openDays, 'average', locale),
          textCell(busiest(hours)),
          numberCell(closedDays, 'count', locale),
          numberCell(sum(hoursOfClosed), 'count', locale),
        ]),
      ),
    },
    {
      kind: 'table',
      detail: words.heatNumbers[locale],
      columns: [column(words.hour[locale], { isWide: true }), ...days.map(({ name }) => column(name, { isNumber: true }))],
      rows: Array.from({ length: 24 }, (_, hour) =>
        row([textCell(`${hour}:00–${hour + 1}:00`), ...days.map(({ hours }) => numberCell(hours[hour] ?? 0, 'count', locale))]),
      ),
    },
    definitions(drawing, [section.figure]),
  ]
}

/** `9:00–10:00`; of several that are as busy, the first. */
function busiest(hours: readonly number[]): string {
  const most = Math.max(0, ...hours)
  const hour = hours.indexOf(most)
  return most === 0 ? '—' : `${hour}:00–${hour + 1}:00`
}

function rateText(value: number): string {
  return value === 0 ? '0' : value.toFixed(value < 1 ? 2 : 1)
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0)
}
