import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { Trouble } from '../../../gateway/trouble.ts'
import { createErrands } from '../../../worker/errands.ts'
import { createPace } from '../../../worker/pace.ts'

/** What a round of errands takes up, and whom it leaves alone; rows, tickets and the clock are the test's. */

interface Ticket {
  readonly number: string
  readonly dueMs: number
}

function errands(tickets: readonly Ticket[], answers: (number: string) => boolean | Promise<boolean>) {
  let ms = 0
  const waiting = new Map(tickets.map((ticket) => [ticket.number, ticket]))
  const asked: string[] = []
  const { round, settled } = createErrands<Ticket>(
    {
      name: 'wake',
      next: async ({ except, limit }) =>
        [...waiting.values()]
          .filter(({ number }) => !except.includes(number))
          .toSorted((a, b) => a.dueMs - b.dueMs)
          .slice(0, limit),
      dueMs: ({ dueMs }) => dueMs,
      async run({ number }) {
        asked.push(number)
        const wentOn = await answers(number)
        if (wentOn) waiting.delete(number)
        return wentOn
      },
      lookEveryMs: 1_000,
    },
    { clock: { now: () => new Date(ms) }, log: pino({ level: 'silent' }), pace: createPace({ least: 4, most: 12, aimMs: 600 }) },
  )
  const { signal } = new AbortController()
  return {
    waiting,
    /** Numbers asked, in their order. */
    asked,
    settled,
    round: () => round(signal),
    /** A round, and everything that it took up. */
    async whole() {
      const pauseMs = await round(signal)
      await settled()
      return pauseMs
    },
    later: (byMs: number) => void (ms += byMs),
  }
}

const ticket = (number: string, dueMs = 0): Ticket => ({ number, dueMs })
const many = (count: number) => Array.from({ length: count }, (_, index) => ticket(`T${String(index).padStart(4, '0')}`))

describe('errands', () => {
  it('whoever is due is asked, the earliest first; it is looked again when the next one is due, or after a while', async () => {
    const office = errands([ticket('b', -1), ticket('a', -2), ticket('soon', 300), ticket('tomorrow', 86_400_000)], () => true)
    expect(await office.whole()).toBe(300)
    expect(office.asked).toEqual(['a', 'b'])
    office.later(300)
    expect(await office.whole()).toBe(1_000)
    expect(office.asked).toEqual(['a', 'b', 'soon'])
  })

  it('a ticket that does not go on is left alone for a second, then twice as long each time, at most a minute; without an answer, ten', async () => {
    expect(await pausesOf(() => false)).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
    expect(await pausesOf(() => Promise.reject(new Error('it does not answer')))).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600])
  })

  it('its pause grows also while others are looked for during its attempts', async () => {
    let fail = () => {}
    const office = errands([ticket('silent')], () => new Promise((_, reject) => (fail = () => reject(new Error('no answer')))))
    const began: number[] = []
    for (let second = 0; began.length < 6; second += 1) {
      const before = office.asked.length
      await office.round()
      if (office.asked.length > before) began.push(second)
      // Without an answer for ten seconds.
      else if (second === (began.at(-1) ?? 0) + 10) {
        fail()
        await office.settled()
      }
      office.later(1_000)
    }
    expect(began.map((second, at) => second - (began[at - 1] ?? 0) - (at === 0 ? 0 : 10))).toEqual([0, 1, 2, 4, 8, 16])
  })

  it('those that never answer hold nobody up but their own places', async () => {
    const silent = new Set(['T0000', 'T0001', 'T0002'])
    const office = errands(many(1_000), (number) => (silent.has(number) ? new Promise(() => {}) : true))
    for (let round = 0; office.waiting.size > silent.size; round += 1) {
      expect(round).toBeLessThan(100)
      await office.round()
    }
    expect([...office.waiting.keys()]).toEqual([...silent])
    expect(office.asked).toHaveLength(1_000)
  })

  it('no ticket is taken up twice while it is under way', async () => {
    let answer = () => {}
    const office = errands([ticket('slow')], () => new Promise((resolve) => (answer = () => resolve(true))))
    await office.round()
    await office.round()
    expect(office.asked).toEqual(['slow'])
    answer()
    await office.settled()
    expect(office.waiting.size).toBe(0)
  })

  it('while Temporal is away few are asked, and none is left alone for it: all are asked when it is back', async () => {
    let isAway = true
    const office = errands(many(100), () => {
      if (isAway) throw new Trouble('temporal-away', new Error('14 UNAVAILABLE'))
      return true
    })
    expect(await office.whole()).toBe(1_000)
    expect(office.asked.length).toBeLessThanOrEqual(4)
    isAway = false
    await office.whole()
    expect(office.waiting.size).toBe(0)
  })
})

/** Seconds between the attempts at a ticket that does not go on, beside one that does. */
async function pausesOf(answer: () => boolean | Promise<boolean>): Promise<number[]> {
  const office = errands([ticket('stuck'), ticket('well')], (number) => (number === 'well' ? true : answer()))
  await office.whole()
  expect(office.asked).toEqual(['stuck', 'well'])
  const pauses: number[] = []
  for (let seconds = 1; !isTwice(pauses); seconds += 1) {
    office.later(1_000)
    const before = office.asked.length
    await office.whole()
    if (office.asked.length === before) continue
    pauses.push(seconds)
    seconds = 0
  }
  expect([...office.waiting.keys()]).toEqual(['stuck'])
  return pauses
}

function isTwice(pauses: readonly number[]): boolean {
  return pauses.length > 1 && pauses.at(-1) === pauses.at(-2)
}
