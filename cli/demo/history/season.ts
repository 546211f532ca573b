import { DateTime } from 'luxon'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { workingMs } from '../../../domain/calendar/working-time.ts'
import { instantOf } from '../../../domain/instant.ts'
import { chanceOf, type Chance } from './random.ts'

/** Three months of a desk: when customers come, and how busy everybody is. */
export interface Season {
  readonly arrivals: readonly Arrival[]
  /** By how much everything takes longer then. */
  load(ms: number): number
}

/** Somebody turns to the desk. */
export interface Arrival {
  /** In milliseconds since the epoch. */
  readonly at: number
  readonly profile: string
  /** What makes this one another than every other. */
  readonly luck: string
  /** Because something large has gone down. */
  readonly outage: boolean
}

export interface SeasonOptions {
  readonly seed: string
  /** In milliseconds since the epoch. */
  readonly now: number
  readonly calendar: Calendar
  /** Customers of a profile on an ordinary working day. */
  readonly perDay: Readonly<Record<string, number>>
}

export function seasonOf({ seed, now, calendar, perDay }: SeasonOptions): Season {
  const zone = calendar.timezone
  const today = DateTime.fromMillis(now, { zone }).startOf('day')
  const days: Day[] = []
  for (let day = today.minus({ months: 3 }); day <= today; day = day.plus({ days: 1 })) days.push(dayOf(day, calendar, days))
  const bad = badWeekIn(days)
  const arrivals = days.flatMap((day) =>
    Object.entries(perDay).flatMap(([profile, usual]) => [
      ...usualOn(day, profile, usual, seed),
      ...(bad && day.date === bad.outageOn ? outageOn(day, profile, usual, seed) : []),
    ]),
  )
  const loads = new Map(days.map((day) => [day.date, loadOn(day, bad)]))
  return {
    arrivals: arrivals.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at),
    load: (ms) => loads.get(DateTime.fromMillis(ms, { zone }).toISODate() ?? '') ?? 1,
  }
}

interface Day {
  readonly date: string
  readonly begins: DateTime
  readonly works: boolean
  /** Working days since the last longer rest, from 1. */
  readonly sinceRest: number
  /** Days of rest in a row before the work that it belongs to. */
  readonly rested: number
}

function dayOf(begins: DateTime, calendar: Calendar, before: readonly Day[]): Day {
  const works = workingMs(calendar, instantOf(begins.toMillis()), instantOf(begins.plus({ days: 1 }).toMillis())) > 0
  const yesterday = before.at(-1)
  const rests = before.length - 1 - before.findLastIndex((day) => day.works)
  const begin = works && yesterday !== undefined && !yesterday.works
  return {
    date: begins.toISODate() ?? '',
    begins,
    works,
    sinceRest: works ? (begin ? 1 : (yesterday?.sinceRest ?? 0) + 1) : 0,
    rested: begin ? rests : (yesterday?.rested ?? 0),
  }
}

interface BadWeek {
  readonly outageOn: string
  readonly dates: readonly string[]
}

/** About six weeks ago, a whole week of work: something went down on its second day. */
function badWeekIn(days: readonly Day[]): BadWeek | undefined {
  const weeks = [6, 5, 7, 4, 8].map((ago) => {
    const monday = days.at(-1)?.begins.startOf('week').minus({ weeks: ago })
    return days.filter(({ begins, works }) => works && monday !== undefined && begins >= monday && begins < monday.plus({ weeks: 1 }))
  })
  const week = weeks.find(({ length }) => length >= 5)
  const second = week?.[1]
  return week && second && { outageOn: second.date, dates: week.slice(1).map(({ date }) => date) }
}

function loadOn({ date, works, sinceRest, rested }: Day, bad: BadWeek | undefined): number {
  if (bad?.dates.includes(date)) return date === bad.outageOn ? 2.6 : 2
  if (!works) return 1.2
  // Who comes back from a holiday finds a heap.
  if (rested >= 3 && sinceRest <= 2) return 1.7
  return sinceRest === 1 ? 1.15 : 0.95
}

function usualOn(day: Day, profile: string, usual: number, seed: string): Arrival[] {
  const chance = chanceOf(seed, profile, day.date)
  const weekday = weekdays[day.begins.weekday - 1] ?? 1
  const busy = day.works ? weekday * (day.rested >= 3 && day.sinceRest === 1 ? 1.35 : 1) : 0.16
  const count = poisson(usual * busy, chance)
  return Array.from({ length: count }, (_, nth) => ({
    at: instantIn(day, chance),
    profile,
    luck: `${profile} ${day.date} ${nth}`,
    outage: false,
  }))
}

/** From Monday on. On make-up days of the weekend few are at work. */
const weekdays = [1.28, 1.1, 1.02, 0.96, 0.86, 0.6, 0.6]

/** Between ten and noon everybody calls about the same. */
function outageOn(day: Day, profile: string, usual: number, seed: string): Arrival[] {
  const chance = chanceOf(seed, profile, 'outage')
  return Array.from({ length: Math.round(usual * 1.5) }, (_, nth) => ({
    at: day.begins.toMillis() + (10 * 60 + 5 + 110 * chance.next() ** 1.6) * 60_000,
    profile,
    luck: `${profile} outage ${nth}`,
    outage: true,
  }))
}

function instantIn(day: Day, chance: Chance): number {
  const hour = Number(chance.weighed(hours))
  return Math.floor(day.begins.toMillis() + (hour + chance.next()) * 3_600_000)
}

/** How many of hundred come in which hour. */
const hours = {
  ...{ '0': 0.2, '2': 0.1, '6': 0.3, '7': 1, '8': 5, '9': 14, '10': 15, '11': 11, '12': 4, '13': 7, '14': 11, '15': 11, '16': 9 },
  ...{ '17': 6, '18': 2.4, '19': 1.4, '20': 1, '21': 0.6, '22': 0.3, '23': 0.2 },
}

function poisson(mean: number, chance: Chance): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = chance.next(); product > limit; product *= chance.next()) count += 1
  return count
}
