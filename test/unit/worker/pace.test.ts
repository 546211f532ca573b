import { describe, expect, it } from 'vitest'
import { createPace } from '../../../worker/pace.ts'

/** Work whose end and duration the test decides. */
function workshop(options: { readonly least: number; readonly most: number; readonly aimMs: number }) {
  let ms = 0
  const pace = createPace({ ...options, nowMs: () => ms })
  const open: (() => void)[] = []
  return {
    pace,
    open,
    bring(count: number) {
      for (let one = 0; one < count; one += 1) void pace.run(() => new Promise((resolve) => open.push(() => resolve(true))))
    },
    /** Those under way end, so much later. */
    async passes(durationMs: number) {
      ms += durationMs
      for (const end of open.splice(0)) end()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

describe('the pace of what nobody waits for', () => {
  it('begins with the least, and does more side by side while that is quick, up to the most', async () => {
    const { pace, open, bring, passes } = workshop({ least: 2, most: 5, aimMs: 250 })
    bring(100)
    await passes(0)
    const seen: number[] = []
    for (let round = 0; round < 8; round += 1) {
      seen.push(open.length)
      await passes(100)
    }
    expect(seen[0]).toBe(2)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(seen.at(-1)).toBe(5)
    expect(pace.atOnce).toBe(5)
  })

  it('halves once when those under way are slow, and never goes below the least', async () => {
    const { pace, open, bring, passes } = workshop({ least: 2, most: 8, aimMs: 250 })
    bring(200)
    while (pace.atOnce < 8) await passes(100)
    await passes(2_000)
    expect(open).toHaveLength(4)
    for (let round = 0; round < 5; round += 1) await passes(2_000)
    expect(open).toHaveLength(2)
    await passes(100)
    await passes(100)
    expect(open).toHaveLength(3)
  })

  it('work that fails leaves its place like any other', async () => {
    const pace = createPace({ least: 2, most: 2, aimMs: 250 })
    await expect(pace.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
    let ran = false
    await pace.run(async () => (ran = true))
    expect(ran).toBe(true)
  })

  it('what was not done, or failed at once, is no sign that there is room', async () => {
    const pace = createPace({ least: 2, most: 8, aimMs: 250 })
    for (let round = 0; round < 50; round += 1) {
      await pace.run(async () => false)
      await expect(pace.run(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
    }
    expect(pace.atOnce).toBe(2)
  })
})
