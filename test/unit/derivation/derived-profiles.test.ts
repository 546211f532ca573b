import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Bases } from '../../../domain/derivation/base.ts'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { locales } from '../../../domain/labels.ts'
import { parseProfile, parseProfileDocument, type ParseProfileOptions } from '../../../domain/profile/load.ts'

const shipped = (id: string) => readFileSync(`profiles/${id}.yaml`, 'utf8')
const bases = basesIn(['base', 'tech-support'].map((id) => ({ text: shipped(id) })))

/** The least that somebody writes who is served well by the usual words. */
const hotel = `id: hotel
version: 1
extends: base
label: { zh-CN: 酒店, zh-TW: 飯店, en: Hotel }
document: { title: Guests, preparer: A, reviewer: B, approver: C, effectiveFrom: "2026-01-01" }
zone: Asia/Shanghai
calendar: cn-office
number: { pattern: "HT{yyyyMMdd}{serial:3}" }
types:
  - { id: room, label: { zh-CN: 客房, zh-TW: 客房, en: Room }, team: service-desk }
classification:
  modules:
    - { id: room, label: { zh-CN: 客房, zh-TW: 客房, en: Room } }
`

const errorsOf = (text: string, options: ParseProfileOptions = {}) => {
  const result = parseProfileDocument(text, { bases, ...options })
  return result.ok ? [] : result.errors
}
const lineOf = (text: string, piece: string) => text.slice(0, text.indexOf(piece)).split('\n').length

describe('X9: a profile that extends another', () => {
  it('X9: has all that its base has, what it says itself, and knows what it was made of', () => {
    const result = parseProfile(`${hotel}clocks:\n  - { id: start, within: { urgent: PT5M } }\n`, { bases })
    expect(result).toMatchObject({ ok: true, base: { id: 'base', version: 3 }, profile: { id: 'hotel', planBeforeCompletion: 'never' } })
    if (!result.ok) return
    expect(Object.keys(result.profile)).not.toContain('extends')
    const start = result.profile.clocks.find(({ id }) => id === 'start')
    expect(start).toMatchObject({ within: { urgent: 'PT5M', high: 'PT4H' }, stops: ['accepted'] })
    expect(result.profile.notices['ticket-submitted'].subject.en).toContain('We have received')
  })

  it('X9: what is only its base’s own is never inherited', () => {
    const bare = parseProfileDocument('id: hotel\nversion: 1\nextends: tech-support\n', { bases })
    expect(bare).toMatchObject({ ok: false, errors: [{ path: 'label' }, { path: 'document' }] })
  })

  it('X9: extends one that extends another, in the version that it names or the newest', () => {
    const older = shipped('tech-support').replace('version: 6', 'version: 3').replace('urging: { every: PT1H }', 'urging: { every: PT3H }')
    const both = basesIn([shipped('base'), older, shipped('tech-support')].map((text) => ({ text })))
    const everyOf = (reference: string) => {
      const text = hotel.replace('extends: base', `extends: ${reference}`)
      const result = parseProfile(text, { bases: both })
      return result.ok ? [result.base?.version, result.profile.urging.every, result.profile.reopeningWindow] : result.errors
    }
    expect(everyOf('tech-support')).toEqual([6, 'PT1H', 'P7D'])
    expect(everyOf('tech-support@3')).toEqual([3, 'PT3H', 'P7D'])
  })

  it('X9: gives a list of its own in place of one that it takes away', () => {
    const text = `${hotel}planKinds:\n  - { id: other, label: { zh-CN: 甲, zh-TW: 甲, en: A } }\nremove: [planKinds, clocks.article, quietHours]\n`
    const result = parseProfile(text, { bases })
    expect(result).toMatchObject({ ok: true, profile: { planKinds: [{ id: 'other' }] } })
    expect(result.ok && result.profile.quietHours).toBeUndefined()
    expect(result.ok && result.profile.clocks.map(({ id }) => id)).not.toContain('article')
  })

  it('X9: what its base says of a thing that it takes away goes with it; what it says itself does not', () => {
    const text = `${hotel}remove: [priorities.low, waitingFor.part, clocks.article]\n`
    const result = parseProfile(text, { bases })
    expect(result).toMatchObject({ ok: true })
    if (result.ok) expect(JSON.stringify(result.profile.clocks)).not.toContain('"low"')
    expect(errorsOf(`${text}quietHours: { except: [low] }\n`, { locale: 'en' })).toMatchObject([
      { path: 'quietHours.except[0]', reason: 'there is no "low" in this profile; there are urgent, high, medium' },
    ])
  })

  it('X9: in JSON, too', () => {
    const json = JSON.stringify({ ...JSON.parse(JSON.stringify(parsedHotel())), extends: 'base@3' })
    expect(parseProfile(json, { bases, format: 'json' })).toMatchObject({ ok: true, base: { id: 'base', version: 3 } })
  })
})

describe('X9, X11: what is taken away', () => {
  it('goes out of the moments of waits, and with a clock the deadline that names it', () => {
    const { profile } = parsed(`${hotel}remove: [waitingFor.supplier]\n`)
    expect(profile.clocks.find(({ id }) => id === 'wait-limit')?.starts).toEqual(['waiting-started:department', 'waiting-started:part'])
    expect(profile.deadline).toBe('resolution')
    const bare = parsed(`${hotel}remove: [clocks.resolution]\n`)
    expect(bare.profile.deadline).toBeUndefined()
  })

  it('X11: takes no promise along, and makes none of it another one: what counts from an act that is taken away is told', () => {
    const label = '{ zh-CN: 上门, zh-TW: 到府, en: Visit }'
    const all = '{ urgent: PT2H, high: PT2H, medium: PT2H, low: PT2H }'
    const repairs = `${hotel.replace('id: hotel', 'id: repairs')}acts:
  - { id: agreed, label: ${label}, stages: [handling], roles: [handler], fields: [{ id: visit, label: ${label}, kind: instant }] }
clocks:
  - { id: visit, label: ${label}, starts: [submitted], stops: [resolved], from: { act: agreed, field: visit }, within: ${all} }
`
    const options: ParseProfileOptions = { bases: basesIn([shipped('base'), repairs].map((text) => ({ text }))), locale: 'en' }
    const without = (...removals: string[]) => hotel.replace('extends: base', `extends: repairs\nremove: [${removals.join(', ')}]`)
    expect(errorsOf(without('acts.agreed'), options)).toMatchObject([
      { path: 'clocks.visit.from.act', reason: expect.stringMatching(/there is no "agreed".*inherited from repairs@1/) },
    ])
    expect(errorsOf(without('acts.agreed', 'clocks.visit'), options)).toEqual([])
  })

  function parsed(text: string) {
    const result = parseProfile(text, { bases })
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    return result
  }
})

describe('X9: what is wrong with one that extends another', () => {
  it('X9: is told by the path and line of what was written', () => {
    const text = `${hotel}clocks:\n  # mine\n  - id: resolution\n    within: PT48h\nscripts:\n  - { id: callback-call, purpose: calback }\n`
    expect(errorsOf(text, { locale: 'en' })).toEqual([
      { path: 'clocks[0].within', line: lineOf(text, 'within: PT48h'), reason: expect.stringContaining('"PT48h" is no duration') },
      { path: 'scripts[0].purpose', line: lineOf(text, '- { id: callback-call'), reason: expect.stringContaining('perhaps "callback"') },
    ])
  })

  it('X9: of an inherited part by the base that it comes from, where that is brought in, with what to do', () => {
    const normal =
      '{ id: normal, label: { zh-CN: 普通, zh-TW: 普通, en: Normal }, criterion: { zh-CN: 无, zh-TW: 無, en: None }, timeBase: elapsed }'
    const text = `${hotel}priorities: [${normal}]\n`
    const [error, ...others] = errorsOf(text, { locale: 'en' })
    expect(others).toEqual([])
    expect(error).toMatchObject({ path: 'clocks.first-response.within', line: lineOf(text, 'extends: base') })
    expect(error?.reason).toBe(
      'has no target for priority "normal"; write one for each of urgent, high, medium, low, normal (and 2 more like it) (inherited from base@3: write "clocks.first-response.within" here, or put it under remove)',
    )
    for (const locale of locales) expect(errorsOf(text, { locale })[0]?.reason).toContain('base@3')
  })

  it('X9: what is then missing is told as what is missing in any profile', () => {
    const text = `${hotel}remove: [clocks.start.stops, language]\n`
    expect(errorsOf(text).map(({ path, line }) => [path, line])).toEqual([
      ['language', 1],
      ['clocks.start.stops', lineOf(text, 'extends: base')],
    ])
  })

  const files: Readonly<Record<string, string>> = {
    base: shipped('base'),
    a: hotel.replace('id: hotel', 'id: a').replace('extends: base', 'extends: b'),
    b: hotel.replace('id: hotel', 'id: b').replace('extends: base', 'extends: c'),
    c: hotel.replace('id: hotel', 'id: c').replace('extends: base', 'extends: b'),
    broken: 'id: broken\nversion: 1\nextends: nothing\n',
  }
  const onDisk: Bases = basesIn(Object.values(files).map((text) => ({ text })))
  const row = Array.from(
    { length: 12 },
    (_, at) => `id: r${at}\nversion: 1\ntemplate: true\nextends: ${at === 11 ? 'base' : `r${at + 1}`}\n`,
  )

  it.each([
    ['an unknown base', 'extends: bsae', '', 'extends', 'there is no "bsae" to extend, perhaps "base"; write one of base, a, b, c, broken'],
    ['one that is near none', 'extends: zzz', '', 'extends', 'there is no "zzz" to extend; write one of base, a, b, c, broken'],
    ['a version that there is not', 'extends: base@7', '', 'extends', '"base" has no version 7; write one of base@3'],
    [
      'no reference',
      'extends: base 1',
      '',
      'extends',
      '"base 1" names no base; write its id, or its id and a version, such as base or base@1',
    ],
    ['itself', 'extends: hotel', '', 'extends', 'a profile cannot extend itself; give it an id of its own, or extend another one'],
    ['a circle', 'extends: a', '', 'extends', 'extends in a circle (hotel → a → b → c → b); leave extends out of one of them'],
    [
      'a base that is faulty',
      'extends: broken',
      '',
      'extends',
      '"broken@1" is faulty itself; check it with bihuan profile check and mend it first',
    ],
    [
      'removal without a base',
      '',
      'remove: [clocks.plan]',
      'remove',
      'without extends there is nothing to take away; add extends, or leave remove out',
    ],
    [
      'removal of nothing',
      'extends: base',
      'remove: [clocks.strat]',
      'remove[0]',
      'there is no "clocks.strat" in base@3; write "clocks.start"',
    ],
    [
      'removal that is no list',
      'extends: base',
      'remove: clocks.start',
      'remove',
      'must be a list, not clocks.start; write one item a line after "- ", or [a, b]',
    ],
    [
      'what is removed and given',
      'extends: base',
      'remove: [clocks.start]\nclocks: [{ id: start, within: PT1H }]',
      'remove[0]',
      '"clocks.start" is taken away and given; to change it take it out of remove, to put another in its place give that another id',
    ],
  ])('X9: %s is refused with path, line, reason and remedy, in three languages', (what, extended, removed, path, reason) => {
    const text = `${hotel.replace('extends: base', extended)}${removed}\n`
    const told = errorsOf(text, { bases: onDisk, locale: 'en' })
    const error = told.find((one) => one.path === path)
    expect(error?.reason, JSON.stringify(told)).toBe(reason)
    expect(error?.line).toBe(lineOf(text, path === 'extends' ? 'extends' : 'remove'))
    // Whatever the base would have said is not told as missing.
    if (path === 'extends') expect(told).toHaveLength(1)
    const all = locales.map((locale) => errorsOf(text, { bases: onDisk, locale }).find((one) => one.path === path)?.reason)
    expect(new Set(all).size, what).toBe(3)
    for (const one of all) expect(one).not.toMatch(/\{\w+\}/)
  })

  it('X9: a row of very many is refused', () => {
    const bases = basesIn([...row, shipped('base')].map((text) => ({ text })))
    expect(errorsOf(hotel.replace('extends: base', 'extends: r0'), { bases, locale: 'en' })).toEqual([
      { path: 'extends', line: 3, reason: 'extends more than 8 others in a row; extend one that is further down' },
    ])
  })

  it('X9: where nothing is there to extend, that is told', () => {
    expect(parseProfile(hotel)).toMatchObject({
      ok: false,
      errors: [{ path: 'extends', reason: expect.stringContaining('install "base" first') }],
    })
  })
})

describe('X9: a template', () => {
  it('X9: may leave out any part, and what is there is checked', () => {
    const text =
      'id: words\nversion: 1\ntemplate: true\nlabel: { zh-CN: 词, zh-TW: 詞, en: Words }\nclocks: [{ id: start, ladder: [{ id: warning }] }]\n'
    expect(parseProfileDocument(text)).toMatchObject({ ok: true, template: { id: 'words', template: true }, base: null })
    expect(errorsOf(`${text}urging: { evry: PT1H }\nscripts: [{ id: a, purpose: x }]\n`).map(({ path }) => path)).toEqual([
      'urging.evry',
      'scripts[0].purpose',
    ])
    expect(errorsOf('version: 1\ntemplate: true\n').map(({ path }) => path)).toEqual(['id', 'label'])
  })

  it('X9: is no profile, and its id is none of a profile', () => {
    expect(parseProfile(shipped('base'))).toMatchObject({ ok: false, errors: [{ path: 'template' }] })
    const taken = { profiles: ['base'], templates: ['hotel'] }
    expect(errorsOf(shipped('base'), { taken, locale: 'en' })).toMatchObject([
      { path: 'id', reason: expect.stringContaining('of a profile') },
    ])
    expect(errorsOf(hotel, { taken, locale: 'en' })).toMatchObject([
      { path: 'id', reason: expect.stringContaining('write extends: hotel') },
    ])
  })

  it('X9: may extend a profile or a template, and be extended', () => {
    const words = 'id: words\nversion: 2\ntemplate: true\nextends: base\nremove: [scripts]\nlabel: { zh-CN: 词, zh-TW: 詞, en: Words }\n'
    expect(parseProfileDocument(words, { bases })).toMatchObject({ ok: true, base: { id: 'base', version: 3 } })
    const both = basesIn([{ text: words }, { text: shipped('base') }])
    expect(parseProfile(hotel.replace('extends: base', 'extends: words@2'), { bases: both })).toMatchObject({
      ok: true,
      profile: { scripts: [], callback: { attempts: 2 } },
    })
  })
})

function parsedHotel(): unknown {
  const result = parseProfile(hotel, { bases })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.profile
}
