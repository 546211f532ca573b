import { expect, it } from 'vitest'
import { secondStringMs } from '../../../workflows/shell/second-string.ts'

it('timers of tickets that are woken ring ten to thirty minutes later, not many in the same second, and always alike', () => {
  const later = Array.from({ length: 10_000 }, (_, at) => secondStringMs(`TS20261129${String(at).padStart(4, '0')}`) / 60_000)
  expect(Math.min(...later)).toBeGreaterThanOrEqual(10)
  expect(Math.max(...later)).toBeLessThan(30)
  const seconds = new Map<number, number>()
  for (const minutes of later) seconds.set(Math.floor(minutes * 60), (seconds.get(Math.floor(minutes * 60)) ?? 0) + 1)
  expect(Math.max(...seconds.values())).toBeLessThan(40)
  expect(secondStringMs('TS202611290001')).toBe(secondStringMs('TS202611290001'))
})
