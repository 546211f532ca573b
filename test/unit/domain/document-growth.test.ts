import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calendarSchema } from '../../../domain/calendar/schema.ts'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { readDocument } from '../../../domain/document/read.ts'
import { deepest, longest, usualPieces } from '../../../domain/document/syntax.ts'
import { parseProfile, type ParseProfileOptions } from '../../../domain/profile/load.ts'
import { expectLinear } from '../../support/growth.ts'
import { costOf } from '../../support/processor-time.ts'

/** A document that somebody sends must not keep others waiting: reading it grows as it does, and has an end. */

const numbered =
  (line: (at: number) => string, between = '\n') =>
  (size: number) =>
    Array.from({ length: size }, (_, at) => line(at)).join(between)
const repeated =
  (piece: string, before = '') =>
  (size: number) =>
    before + piece.repeat(size)

/** Documents by the number of their repetitions, and as many as fit. */
const documents: readonly (readonly [string, (size: number) => string, number])[] = [
  ['keys', numbered((at) => `k${at}: 1`), 1_000],
  ['keys of JSON', (size) => `{${numbered((at) => `"k${at}": 1`, ',')(size)}}`, 1_000],
  ['the same key', repeated('id: a\n'), 1_000],
  ['keys of a record', (size) => `days:\n${numbered((at) => `  k${at}: []`)(size)}`, 800],
  ['items of the wrong kind', repeated('- a\n', 'types:\n'), 800],
  ['items with the same id', repeated('- {id: a}\n', 'types:\n'), 500],
  ['items with an id each', (size) => `types:\n${numbered((at) => `- id: a${at}`)(size)}`, 800],
  [
    'notices and rules that send them',
    (size) =>
      `customNotices:\n${numbered((at) => `- {id: custom-a${at}, text: {en: "{reason}"}}`)(size)}\nnotificationRules:\n${numbered((at) => `- {notice: custom-a${at}, on: [closed]}`)(size)}`,
    100,
  ],
  ['references to nothing', (size) => `quietHours: {except: [${numbered((at) => `a${at}`, ',')(size)}]}`, 1_500],
  ['brackets that open', repeated('['), 40_000],
  ['brackets in pairs', repeated('[],', 'types: ['), 1_000],
  ['braces that open', repeated('{'), 40_000],
  ['commas', repeated(',', '['), 800],
  ['lists within lists', repeated('- '), 40_000],
  ['keys within keys', repeated('a: '), 40_000],
  ['aliases of nothing', repeated('- *a\n'), 1_000],
  ['aliases', repeated('- *a\n', '- &a [x, y]\n'), 1_000],
  ['aliases of a long list', (size) => `- &a [${'x,'.repeat(size)}]\n${'- *a\n'.repeat(size)}`, 800],
  ['anchors', numbered((at) => `- &a${at} x`), 800],
  ['tags', repeated('- !!str a\n'), 800],
  ['ordered maps', (size) => `a: !!omap\n${numbered((at) => `- k${at}: 1`)(size)}`, 800],
  ['ordered maps of another version', (size) => `%YAML 1.1\n---\na: !!omap\n${numbered((at) => `- k${at}: 1`)(size)}`, 800],
  ['blanks', repeated(' ', 'a: b'), 120_000],
  ['blanks in quotation marks', (size) => `a: "b${' '.repeat(size)}c"`, 120_000],
  ['blanks on lines of a text', (size) => `a: |\n${'  b   \n'.repeat(size)}`, 3_000],
  ['line ends', repeated('\n'), 6_000],
  ['comments', repeated('# a\n'), 3_000],
  ['digits', repeated('1', 'version: '), 120_000],
  ['letters', repeated('a', 'id: '), 120_000],
  ['quotation marks', repeated('- "\n'), 800],
]

describe('reading a document takes time as it grows', () => {
  it.each(documents)('%s', (what, make, size) => {
    expect(make(size * 8).length).toBeLessThanOrEqual(longest)
    expectLinear(`${what} as a profile`, size, make, (text) => parseProfile(text, { calendars: ['cn-office'] }))
    expectLinear(`${what} as a calendar`, size, make, (text) => readDocument(text, calendarSchema, { format: 'json' }))
  })

  it('X1: whose aliases multiply is refused where they do, before anybody looks at what they name', () => {
    const text = `- &a [${'x,'.repeat(10_000)}]\n${'- *a\n'.repeat(20)}`
    expect(parseProfile(text)).toEqual({
      ok: false,
      errors: [{ path: '', line: 11, reason: 'with the alias "*a" the document grows too large; write the content out' }],
    })
  })

  it('X1: with too many parts is refused with the line up to which it was read', () => {
    const text = 'a: 1\n'.repeat(usualPieces)
    const shorter = text.slice(0, longest)
    expect(parseProfile(shorter)).toMatchObject({
      ok: false,
      errors: [{ path: '', line: expect.any(Number), reason: expect.stringMatching(/too many parts/) }],
    })
  })

  it.each(['[', '- ', '? ', 'a:\n '])('X1: nested too deep by %j is refused where it is', (piece) => {
    const nested =
      piece === 'a:\n ' ? Array.from({ length: deepest }, (_, at) => `${' '.repeat(at)}a:`).join('\n') : piece.repeat(deepest + 1)
    const result = parseProfile(nested)
    expect(result).toMatchObject({ ok: false, errors: [{ line: expect.any(Number) }] })
    expect(result.ok || result.errors[0]?.reason).toMatch(/^is nested too deep here/)
  })

  it('X1: with very many faults tells the first, and how many more there are', () => {
    const result = parseProfile(`version: 1\n${numbered((at) => `k${at}: 1`)(500)}`)
    expect(result.ok || result.errors.length).toBe(100)
    expect(result.ok || result.errors.at(-1)).toEqual({
      path: '',
      reason: expect.stringMatching(/^\d+ more faults are not shown; mend these first$/),
    })
  })
})

describe('a profile that extends another takes time as it grows', () => {
  const base = (size: number) =>
    `id: words\nversion: 1\ntemplate: true\nlabel: {zh-CN: a, zh-TW: a, en: a}\nscripts:\n${numbered((at) => `- {id: a${at}, purpose: progress}`)(size)}\n`
  const derived = (more: string) => `id: own\nversion: 1\nextends: words\n${more}`
  const known = (text: string): ParseProfileOptions => ({ bases: basesIn([{ text }]), mostPieces: 10_000_000 })

  it.each<readonly [string, (size: number) => string, number]>([
    ['things that it changes', numbered((at) => `- {id: a${at}, purpose: closing}`), 400],
    ['things in another order', (size) => numbered((at) => `- {id: a${size - at - 1}}`)(size), 400],
    ['new things between', numbered((at) => (at % 2 === 0 ? `- {id: a${at}}` : `- {id: b${at}}`)), 400],
    ['new things at the end', numbered((at) => `- {id: b${at}}`), 400],
  ])('X9: %s', (what, things, size) => {
    expectLinear(
      what,
      size,
      (count) => [base(count), derived(`scripts:\n${things(count)}\n`)] as const,
      ([words, text]) => parseProfile(text, known(words)),
    )
  })

  it.each<readonly [string, (at: number) => string, number]>([
    ['removals', (at) => `- scripts.a${at}`, 800],
    ['removals of nothing', (at) => `- scripts.c${at}`, 800],
    ['removals inside nothing', (at) => `- scripts.a0.purpose.x${at}`, 800],
    ['removals within removals', (at) => `- ${'a.'.repeat(at % 200)}b`, 400],
  ])('X9: %s', (what, removal, size) => {
    expectLinear(
      what,
      size,
      (count) => [base(count), derived(`remove:\n${numbered(removal)(count)}\n`)] as const,
      ([words, text]) => parseProfile(text, known(words)),
    )
  })

  it('X9: ten thousand lines over a shipped profile are checked in seconds', () => {
    const shipped = ['base', 'tech-support'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') }))
    const field = (at: number) => `      - {id: f${at}, label: {zh-CN: 甲, zh-TW: 甲, en: A}, kind: text}`
    const text = derived(
      `label: {zh-CN: 甲, zh-TW: 甲, en: A}\ndocument: {title: a, preparer: b, reviewer: c, approver: d, effectiveFrom: "2026-01-01"}\ntypes:\n  - id: other\n    fields:\n${numbered(field)(10_000)}\n`,
    ).replace('extends: words', 'extends: tech-support')
    const ms = costOf(() => expect(parseProfile(text, { bases: basesIn(shipped), mostPieces: 1_000_000 })).toMatchObject({ ok: true }))
    expect(ms).toBeLessThan(10_000)
  })

  it('X9: a text of hostile YAML is refused as before, whatever it extends', () => {
    const words = known(base(3))
    for (const hostile of ['remove: &a [*a]', `remove: ${'['.repeat(100)}`, `a: &a [${'x,'.repeat(10_000)}]\nb: [${'*a,'.repeat(20)}]`])
      expect(parseProfile(derived(hostile), words)).toMatchObject({
        ok: false,
        errors: [{ reason: expect.stringMatching(/alias|nested/) }],
      })
    expect(
      parseProfile(derived('__proto__: { extends: base }\nremove: [__proto__, constructor, scripts.constructor]\n'), words),
    ).toMatchObject({ ok: false })
  })
})
