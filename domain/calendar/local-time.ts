import { IANAZone } from 'luxon'

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
  return Math.floor((at + offsetAt(zoneNamed(timezone), at)) / dayMs)
}

/** A local day as it stands in a calendar: `2026-10-01`. */
export function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

/** The stretches of a zone from an instant on, one touching the next, without end. A clock change always begins a new one. */
export function* stretchesFrom(timezone: string, from: number): Generator<Stretch, never> {
  const zone = zoneNamed(timezone)
  let start = from
  let offset = offsetAt(zone, start)
  for (;;) {
    const probe = start + stepMs
    const atProbe = offsetAt(zone, probe)
    if (atProbe === offset) {
      yield { from: start, to: probe, offset }
      start = probe
    } else {
      const change = changeBetween(zone, start, probe, offset)
      yield { from: start, to: change, offset }
      start = change
      offset = offsetAt(zone, change)
    }
  }
}

/**
 * How far ahead an equal offset is taken to have been kept. No zone has put its clocks forth and back in less than seven
 * days since 1970 (parts of Brazil did in those seven in October 2000).
 */
const stepMs = 5 * dayMs

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

function zoneNamed(timezone: string): IANAZone {
  const zone = IANAZone.create(timezone)
  if (!zone.isValid) throw new Error(`There is no time zone "${timezone}". Write an IANA zone such as Asia/Shanghai.`)
  return zone
}

function offsetAt(zone: IANAZone, at: number): number {
  return Math.round(zone.offset(at) * 60_000)
}
