import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { membersOf } from '../../../api/http/json-members.ts'
import { costOf } from '../../support/processor-time.ts'

/** Members of objects and items of lists, counted in the value. */
function countIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const inside = Object.values(value)
  // An empty list counts as one, since nothing in its text separates it from a list of one.
  const own = Array.isArray(value) ? Math.max(1, inside.length) : inside.length
  return inside.reduce<number>((sum, each) => sum + countIn(each), own)
}

describe('what JSON.parse tells nobody of a text', () => {
  it('no member of what was made of a value stands twice, and each is counted', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(membersOf(text, 1_000_000)).toEqual({ count: countIn(JSON.parse(text)), repeated: [] })
      }),
    )
  })

  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"a":1,"\\u0061":2}', ['a']],
    ['{"a":{"b":1,"c":2},"b":3,"c":[{"b":1},{"b":1,"x":"{","b" : 2}]}', ['c[1].b']],
    ['{"a\\"":1,"a":2,"a\\\\":3}', []],
    ['{"a":"a","b":"a\\\\","c":"\\",\\"a\\":1"}', []],
    ['[{"a":1},{"a":1}]', []],
    ['"{\\"a\\":1,\\"a\\":2}"', []],
  ])('%s', (text, repeated) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow()
    expect(membersOf(text, 100).repeated).toEqual(repeated)
  })

  it('ends with what there is too much of, and takes no longer than reading it', () => {
    const large = `{${Array.from({ length: 100_000 }, (_, at) => `"${at}":${at}`).join(',')}}`
    expect(membersOf(large, 4_000).count).toBe(4_001)
    for (const text of [`["${'\\\\'.repeat(500_000)}"]`, `"${'\\"'.repeat(500_000)}"`, `[${' '.repeat(1_000_000)}]`, large]) {
      expect(costOf(() => membersOf(text, 1_000_000))).toBeLessThan(500)
    }
  })
})
