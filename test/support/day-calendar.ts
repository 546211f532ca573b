import { IANAZone } from 'luxon'
import { weekdays, type Calendar } from '../../domain/calendar/schema.ts'

/**
 * Working time reckoned the long way, day by day, for years that minute by minute would take too long. Right only where no clock
 * changes between the first and the last span of a day: clocks change at night.
 */

/** A piece of working time, in milliseconds since the epoch. */
export interface Piece {
  readonly date: string
  readonly from: number
  readonly to: number
}

/** Every local day of a zone from one on, with the instant at which its clocks would show 00:00 by what they show at noon. */
export function daysOf(zone: string, first: string, count: number): readonly { readonly date: string; readonly midnight: number }[] {
  const clock = IANAZone.create(zone)
  const start = Date.parse(first)
  return Array.from({ length: count }, (_, day) => {
    const utc = start + day * 86_400_000
    // No offset is more than half a day from what it is at noon of the same date in UTC, and none changes at noon.
    const noon = utc + 43_200_000
    const offset = clock.offset(noon - clock.offset(noon) * 60_000)
    return { date: new Date(utc).toISOString().slice(0, 10), midnight: utc - offset * 60_000 }
  })
}

export function piecesOf(calendar: Pick<Calendar, 'week' | 'days'>, days: ReturnType<typeof daysOf>): readonly Piece[] {
  return days.flatMap(({ date, midnight }) => {
    const weekday = weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon'
    return (calendar.days[date] ?? calendar.week[weekday]).map((span) => {
      const [from = 0, to = 0] = span.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
      return { date, from: midnight + from * 60_000, to: midnight + to * 60_000 }
    })
  })
}

export function elapsedIn(pieces: readonly Piece[], from: number, to: number): number {
  return pieces.reduce((sum, piece) => sum + Math.max(0, Math.min(piece.to, to) - Math.max(piece.from, from)), 0)
}

/** Undefined when the pieces do not reach that far. */
export function dueIn(pieces: readonly Piece[], from: number, ms: number): number | undefined {
  let left = ms
  for (const piece of pieces) {
    const length = Math.max(0, piece.to - Math.max(piece.from, from))
    if (length > 0 && left <= length) return Math.max(piece.from, from) + left
    left -= length
  }
  return undefined
}

/** The end of the nth working date after `date`. */
export function dayEndIn(pieces: readonly Piece[], date: string, nth: number): number | undefined {
  const ends = new Map(pieces.filter((piece) => piece.date > date).map((piece) => [piece.date, piece.to]))
  return [...ends.values()][nth - 1]
}
