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

/**
 * The stretches of a zone from an instant on, one touching the next, without end. A clock change always begins a new one, and so
 * does each {@link blockMs}, so that a zone that never changes its clocks has stretches, too.
 */
export function* stretchesFrom(timezone: string, from: number): Generator<Stretch, never> {
  for (let block = Math.floor(from / blockMs); ; block += 1) {
    for (const stretch of stretchesIn(timezone, block)) {
      if (stretch.to > from) yield stretch.from < from ? { ...stretch, from } : stretch
    }
  }
}

/**
 * The stretches from an instant on for so long, and to the end of the cell or up to the clock change that follows. As far as this
 * promises were reckoned from the first release on, and tickets are replayed.
 */
export function* stretchesThrough(timezone: string, from: number, ms: number): Generator<Stretch, void> {
  const last = from + ms
  for (const stretch of stretchesFrom(timezone, from)) {
    if (stretch.to >= last) {
      yield { ...stretch, to: Math.min(stretch.to, Math.ceil(last / cellMs) * cellMs) }
      return
    }
    yield stretch
  }
}

/**
 * Time is looked at in cells of five days. A zone that has the same offset at both ends of a cell has kept it in between: none
 * has put its clocks forth and back in less than seven days since 1970 (parts of Brazil did in those seven in October 2000).
 */
const cellMs = 5 * dayMs

/** A year of cells. */
const blockMs = 73 * cellMs

/** Asking Intl for an offset is what takes long, and the next promise asks about the same days. Four centuries of them for a zone. */
const remembered = new Memory<string, Memory<number, readonly Stretch[]>>(1_000)

function offsetIn(timezone: string, at: number): number {
  return stretchesIn(timezone, Math.floor(at / blockMs)).findLast(({ from }) => from <= at)?.offset ?? 0
}

function stretchesIn(timezone: string, block: number): readonly Stretch[] {
  const ofZone = remembered.of(timezone, () => new Memory(400))
  return ofZone.of(block, () => stretchesBetween(clockOf(timezone), block * blockMs, (block + 1) * blockMs))
}

function stretchesBetween(clock: Clock, start: number, end: number): readonly Stretch[] {
  const stretches: Stretch[] = []
  let from = start
  let offset = offsetAt(clock, start)
  for (let cell = start; cell < end; cell += cellMs) {
    const cellEnd = cell + cellMs
    const last = offsetAt(clock, cellEnd)
    let low = cell
    while (offset !== last) {
      const change = changeBetween(clock, low, cellEnd, offset)
      stretches.push({ from, to: change, offset })
      from = change
      low = change
      offset = offsetAt(clock, change)
    }
  }
  return from < end ? [...stretches, { from, to: end, offset }] : stretches
}

/** The first instant after `low` with another offset, given that `high` has another one. */
function changeBetween(clock: Clock, low: number, high: number, offset: number): number {
  // Nearly all changes fall on a quarter of an hour; the others on a second.
  const quarter = bisect(clock, low, high, offset, 900_000)
  return offsetAt(clock, quarter - 1_000) === offset ? quarter : bisect(clock, quarter - 900_000, quarter, offset, 1_000)
}

function bisect(clock: Clock, low: number, high: number, offset: number, grain: number): number {
  let same = Math.floor(low / grain)
  let other = Math.ceil(high / grain)
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (offsetAt(clock, middle * grain) === offset) same = middle
    else other = middle
  }
  return other * grain
}

/** Writes instants with the offset of a zone at their end: `11/15/2023, GMT+08:00`. */
type Clock = Intl.DateTimeFormat

/** Luxon asks for the whole local time instead and reckons back from it, which takes eight times as long. */
function offsetAt(clock: Clock, at: number): number {
  const [, sign, hours, minutes, seconds = '0'] = offsetForm.exec(clock.format(at)) ?? []
  const ms = (Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds)) * 1_000
  return sign === '-' ? -ms : ms
}

/** Offset 0 is `GMT` alone. */
const offsetForm = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/

function clockOf(timezone: string): Clock {
  return clocks.of(timezone, () => {
    if (!IANAZone.isValidZone(timezone)) throw new Error(`There is no time zone "${timezone}". Write an IANA zone such as Asia/Shanghai.`)
    return new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' })
  })
}

const clocks = new Memory<string, Clock>(1_000)
