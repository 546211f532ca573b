import { IANAZone } from 'luxon'
import { epochMs, instantOf, type Instant } from '../instant.ts'
import { Memory } from '../memory.ts'

/** What clocks on the wall of a zone show, and when they are put forward or back. All in milliseconds since the epoch. */

export const dayMs = 86_400_000

/** A stretch of time through which a zone keeps its offset: local time is real time plus `offset`. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly offset: number
}

/** Number of the local day at an instant, counted from 1970-01-01. */
export function localDay(timezone: string, at: number): number {
  return Math.floor((at + offsetIn(timezone, at)) / dayMs)
}

/** What the clocks of a zone show at an instant, to the minute: `2026-10-01 09:00`. */
export function localTime(timezone: string, instant: Instant): string {
  const at = epochMs(instant)
  return instantOf(at + offsetIn(timezone, at))
    .slice(0, 16)
    .replace('T', ' ')
}

/** A local day as it stands in a calendar: `2026-10-01`. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** The stretches of a zone from an instant on, one touching the next, without end. A clock change always begins a new one. */
export function* stretchesFrom(timezone: string, from: number): Generator<Stretch, never> {
  for (let cell = Math.floor(from / cellMs); ; cell += 1) {
    for (const stretch of stretchesIn(timezone, cell)) {
      if (stretch.to > from) yield { ...stretch, from: Math.max(stretch.from, from) }
    }
  }
}

/**
 * Time is looked at in cells of five days. A zone that has the same offset at both ends of a cell has kept it in between: none
 * has put its clocks forth and back in less than seven days since 1970 (parts of Brazil did in those seven in October 2000).
 */
const cellMs = 5 * dayMs

/** Asking Intl for an offset is what takes long, and the next promise asks about the same days. A century of them for a zone. */
const remembered = new Memory<string, Memory<number, readonly Stretch[]>>(1_000)

function offsetIn(timezone: string, at: number): number {
  return stretchesIn(timezone, Math.floor(at / cellMs)).findLast(({ from }) => from <= at)?.offset ?? 0
}

function stretchesIn(timezone: string, cell: number): readonly Stretch[] {
  const ofZone = remembered.of(timezone, () => new Memory(8_000))
  return ofZone.of(cell, () => stretchesBetween(zoneNamed(timezone), cell * cellMs, (cell + 1) * cellMs))
}

function stretchesBetween(zone: IANAZone, start: number, end: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  const last = offsetAt(zone, end)
  let from = start
  let offset = offsetAt(zone, start)
  while (offset !== last) {
    const change = changeBetween(zone, from, end, offset)
    if (change >= end) break
    stretches.push({ from, to: change, offset })
    from = change
    offset = offsetAt(zone, change)
  }
  return [...stretches, { from, to: end, offset }]
}

/** The first instant after `low` with another offset, given that `high` has another one. */
function changeBetween(zone: IANAZone, low: number, high: number, offset: number): number {
  // Nearly all changes fall on a quarter of an hour; the others on a second.
  const quarter = bisect(zone, low, high, offset, 900_000)
  return offsetAt(zone, quarter - 1_000) === offset ? quarter : bisect(zone, quarter - 900_000, quarter, offset, 1_000)
}

function bisect(zone: IANAZone, low: number, high: number, offset: number, grain: number): number {
  let same = Math.floor(low / grain)
  let other = Math.ceil(high / grain)
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (offsetAt(zone, middle * grain) === offset) same = middle
    else other = middle
  }
  return other * grain
}

function offsetAt(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * 60_000)
}

function zoneNamed(timezone: string): IANAZone {
  const zone = IANAZone.create(timezone)
  if (!zone.isValid) throw new Error(`There is no time zone "${timezone}". Write an IANA zone such as Asia/Shanghai.`)
  return zone
}
