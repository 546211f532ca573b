import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { Queue } from '../../../cli/demo/history/queue.ts'
import { chanceOf } from '../../../cli/demo/history/random.ts'
import { books, occasionOf } from '../../../cli/demo/history/occasion.ts'
import { seasonOf } from '../../../cli/demo/history/season.ts'
import { historyWordsIn } from '../../../cli/demo/history/words.ts'
import { locales } from '../../../domain/labels.ts'
import { office, standardTicket, techSupport } from '../../support/tickets.ts'

describe('what is to come', () => {
  it('comes in the order of its time, of the same instant as it was put there', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (times) => {
        const queue = new Queue<number>()
        times.forEach((at, nth) => queue.put(at, nth))
        const taken = []
        for (let next = queue.take(Infinity); next; next = queue.take(Infinity)) taken.push(next)
        const wanted = times.map((at, item) => ({ at, item })).toSorted((a, b) => a.at - b.at || a.item - b.item)
        expect(taken.map(({ at, item }) => ({ at, item }))).toEqual(wanted)
      }),
    )
  })

  it('stays where it comes later than asked for', () => {
    const queue = new Queue<string>()
    queue.put(5, 'later')
    expect(queue.take(4)).toBeUndefined()
    expect(queue.take(5)).toMatchObject({ item: 'later' })
    queue.put(Infinity, 'never')
    expect(queue.take(Infinity)).toBeUndefined()
  })
})

it('chance is the same for the same seed, and as likely as it says', () => {
  const [one, same, other] = [chanceOf('a', 1), chanceOf('a', 1), chanceOf('a', 2)]
  const drawn = Array.from({ length: 4_000 }, () => one.percent(30))
  expect(Array.from({ length: 4_000 }, () => same.percent(30))).toEqual(drawn)
  expect(Array.from({ length: 4_000 }, () => other.percent(30))).not.toEqual(drawn)
  const hits = drawn.filter(Boolean).length
  expect(hits).toBeGreaterThan(1_080)
  expect(hits).toBeLessThan(1_320)
  const middle = Array.from({ length: 4_000 }, () => one.around(60)).filter((minutes) => minutes < 60).length
  expect(middle).toBeGreaterThan(1_800)
  expect(middle).toBeLessThan(2_200)
})

describe('three months', () => {
  const now = Date.parse('2026-11-30T07:30:00Z')
  const season = seasonOf({ seed: 'one', now, calendar: office, perDay: { 'tech-support': 20, 'standard-ticket': 20 } })
  const local = season.arrivals.map(({ at }) => new Date(at + 8 * 3_600_000).toISOString())
  const on = (day: string) => local.filter((at) => at.startsWith(day)).length

  it('begin three months ago and end now', () => {
    expect(local[0]).toMatch(/^2026-08-(?:30|31)/)
    expect(season.arrivals.every(({ at }) => at <= now)).toBe(true)
    expect(season.arrivals.at(-1)?.at).toBeGreaterThan(now - 12 * 3_600_000)
  })

  it('are quiet on holidays and weekends, not on make-up days, and busy when people come back', () => {
    const mean = (days: readonly string[]) => days.reduce((sum, day) => sum + on(day), 0) / days.length
    const holidays = [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`)
    const weekends = ['2026-09-12', '2026-09-13', '2026-11-14', '2026-11-15', '2026-11-21', '2026-11-22']
    expect(mean(holidays)).toBeLessThan(12)
    expect(mean(weekends)).toBeLessThan(12)
    // The weekend that was worked for them, and the first day after.
    expect(mean(['2026-09-20', '2026-10-10'])).toBeGreaterThan(15)
    expect(mean(['2026-10-08', '2026-10-12'])).toBeGreaterThan(32)
    expect(season.load(Date.parse('2026-10-08T06:00:00Z'))).toBeGreaterThan(1.5)
  })

  it('have one bad week, of which one classification is to blame', () => {
    const outage = season.arrivals.filter((arrival) => arrival.outage)
    const days = new Set(outage.map(({ at }) => new Date(at).toISOString().slice(0, 10)))
    expect(days.size).toBe(1)
    expect(season.load(outage[0]?.at ?? 0)).toBeGreaterThan(2)
    const found = outage.map((arrival) => occasionOf(arrival, chanceOf(arrival.luck), office.timezone))
    expect(new Set(found.filter(({ profile }) => profile === 'tech-support').map((one) => `${one.found.module} ${one.cause}`)).size).toBe(1)
    expect(found.every(({ priority }) => priority === 'urgent' || priority === 'high')).toBe(true)
  })

  it('are about what the shipped profiles list, and every text is filled in', () => {
    for (const profile of [techSupport, standardTicket]) {
      const { modules, causes } = profile.classification
      const book = books[profile.id]
      const also = Object.values(book?.also ?? {}).flat()
      for (const one of [...(book?.cases ?? []), ...(book ? [book.outage] : [])]) {
        expect(profile.types.map(({ id }) => id)).toContain(one.type)
        expect(modules.map(({ id }) => id)).toContain(one.module)
        expect(causes.map(({ id }) => id)).toEqual(expect.arrayContaining([...one.causes]))
      }
      expect(Object.keys(book?.findings ?? {})).toEqual(expect.arrayContaining(also))
      expect(causes.map(({ id }) => id).toSorted()).toEqual(Object.keys(book?.findings ?? {}).toSorted())
      for (const { plan } of Object.values(book?.findings ?? {}).flat()) expect(profile.planKinds.map(({ id }) => id)).toContain(plan)
    }
    for (const arrival of season.arrivals.slice(0, 600)) {
      const { title, description, fields, finding } = occasionOf(arrival, chanceOf(arrival.luck), office.timezone)
      expect(JSON.stringify([title, description, fields, finding])).not.toMatch(/\{\w+\}|undefined|NaN/)
    }
  })
})

it.each(locales)('says what it does in %s', (locale) => {
  const words = historyWordsIn[locale]
  const said = [
    ...[words.title, words.subtitle, words.loading, words.started, words.makingReports, words.reports],
    words.loaded({ tickets: 1_462, events: 35_000, seconds: 14 }),
    ...[words.open(170), words.stillStarting(3), words.thereAlready(1_462), words.unfinished(2)],
    ...[words.othersWorkHere(['agent-real']), words.noKey('/data/key')],
  ]
  for (const text of said) expect(text).not.toMatch(/undefined|NaN|\[object/)
  expect(said.join(' ')).toContain('1462')
})
