import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFault } from '../../../api/http/json-fault.ts'

describe('where a text stops being JSON', () => {
  it.each([
    ['{\n"text": }', 2, 9],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{"a" 1}', 1, 6],
    ["{'a': 1}", 1, 2],
    ['{a: 1}', 1, 2],
    ['[1, 2', 1, 6],
    ['[1 2]', 1, 4],
    ['[1,]', 1, 4],
    ['{}x', 1, 3],
    ['"a\nb"', 1, 1],
    ['"\\x"', 1, 1],
    ['{"a": tru}', 1, 7],
    ['01', 1, 1],
    ['[}', 1, 2],
    ['{"键": "值", }', 1, 12],
    ['', 1, 1],
    ['\uFEFF{}', 1, 1],
  ])('%j: line %i, column %i', (text, line, column) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError)
    expect(jsonFault(text)).toEqual({ line, column })
  })

  it('is never before the end of what is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        // Cut anywhere, a JSON text goes wrong at its end, or inside the token that the cut went through.
        const whole = jsonFault(`${text}\n!`)
        expect(whole).toEqual({ line: text.split('\n').length + 1, column: 1 })
      }),
    )
  })

  it('is found at once in a large text', () => {
    expect(jsonFault(`["${'长'.repeat(1_000_000)}`)).toEqual({ line: 1, column: 2 })
    expect(jsonFault('['.repeat(1_000_000))).toEqual({ line: 1, column: 1_000_001 })
  })
})
