import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { isObject } from '../../../domain/document/loose.ts'
import { profileDifferences } from '../../../domain/differences/profiles.ts'
import { openDocument } from '../../../domain/document/open.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { noticeLabel } from '../../../domain/notices/custom.ts'
import { languageFor } from '../../../domain/profile/languages.ts'
import { parseProfile, parseProfileDocument } from '../../../domain/profile/load.ts'
import { rolesOf } from '../../../domain/profile/roles.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { wholeProfile } from '../../../domain/profile/shown.ts'
import { stagesOf } from '../../../domain/profile/stages.ts'

/** Profiles in the languages that they name (X9). */

const base = readFileSync('profiles/base.yaml', 'utf8')
const guestHouse = readFileSync('docs/examples/guest-house.yaml', 'utf8')
const whole = readFileSync('test/unit/profiles/whole/standard-ticket.yaml', 'utf8')
const bases = basesIn([{ text: base }])

function read(text: string): Profile {
  const result = parseProfile(text, { bases })
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.profile
}

function errorsOf(text: string, locale: Locale = 'en') {
  const result = parseProfileDocument(text, { bases, locale })
  return result.ok ? [] : result.errors
}

/** A document with its texts in these languages only. */
function speaking(text: string, languages: readonly Locale[]): string {
  const kept = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(kept)
    if (!isObject(value)) return value
    const keys = Object.keys(value)
    const isText = keys.length > 0 && keys.every((key) => locales.some((locale) => locale === key))
    const entries = Object.entries(value).filter(([key]) => !isText || languages.some((language) => language === key))
    return Object.fromEntries(entries.map(([key, member]) => [key, kept(member)]))
  }
  const value = kept(parse(text))
  return stringify(
    { ...(isObject(value) ? value : {}), languages, language: languages[0] },
    { lineWidth: 120, aliasDuplicateObjects: false },
  )
}

/** Every text of a profile, each with where it stands. */
function textsOf(value: unknown, at = ''): (readonly [at: string, texts: Readonly<Record<string, unknown>>])[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, nth) => textsOf(item, `${at}[${nth}]`))
  if (!isObject(value)) return []
  if (locales.every((locale) => Object.hasOwn(value, locale))) return [[at, value]]
  return Object.entries(value).flatMap(([key, member]) => textsOf(member, `${at}.${key}`))
}

describe('X9: a profile speaks the languages that it names', () => {
  it.each([['en'], ['zh-TW'], ['zh-CN', 'en'], ['en', 'zh-TW', 'zh-CN']] as const)('X9: %s %s %s', (...languages) => {
    const profile = read(speaking(whole, languages))
    const inAll = read(whole)
    expect(profile).toMatchObject({ languages, language: languages[0] })
    const texts = textsOf({ ...profile, notices: {} })
    expect(texts.length).toBe(textsOf({ ...inAll, notices: {} }).length)
    expect(texts.length).toBeGreaterThan(100)
    const before = new Map(textsOf(inAll))
    for (const [at, text] of texts)
      for (const locale of locales) expect(text[locale], `${at}.${locale}`).toBe(before.get(at)?.[languageFor(profile, locale)])
  })

  it('X9: has a text in each of them and in no other: whatever is missing or too much is told with its place, each language once', () => {
    const english = speaking(whole, ['en'])
    expect(errorsOf(english.replace('label:\n  en: Standard ticket', 'label:\n  zh-CN: 标准工单'))).toEqual([
      expect.objectContaining({ path: 'label.en', reason: expect.stringContaining('missing') }),
      expect.objectContaining({
        path: 'label.zh-CN',
        reason: expect.stringMatching(/^the profile speaks en, .* or write zh-CN under languages$/),
      }),
    ])
    const told = errorsOf(whole.replace('\nlanguage: zh-CN\n', '\nlanguages: [en, zh-CN]\nlanguage: zh-CN\n'), 'zh-CN')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({
      path: 'label.zh-TW',
      reason: expect.stringMatching(/不含 zh-TW；请删去这段 zh-TW 文字.*（另有 \d+ 处相同）$/),
    })
    // A fault of a text is one, though it stands for three languages.
    const badly = english.replace('We have received', 'We have {recieved}')
    expect(errorsOf(badly)).toMatchObject([{ path: expect.stringMatching(/\.en$/) }])
  })

  it.each([
    ['languages: []', [{ path: 'languages' }]],
    ['languages: [en, en]', [{ path: 'languages[1]', reason: expect.stringContaining('twice') }]],
    ['languages: [de]\nlanguage: zh-CN', [{ path: 'languages[0]', reason: expect.stringContaining('de') }]],
    ['languages: [en, fr]', [{ path: 'languages[1]', reason: expect.stringContaining('fr') }]],
    [
      'languages: [en]\nlanguage: zh-CN',
      [{ path: 'language', reason: '"zh-CN" is none of the languages of this profile; write one of en' }],
    ],
  ])('X9: %s is refused', (line, errors) => {
    expect(errorsOf(guestHouse.replace('languages: [en]', line))).toMatchObject(errors)
  })

  it('X9, X10: no condition asks for a language in which nobody is written to', () => {
    const routed = (language: string) => `${guestHouse}routing:\n  - { when: { language: ${language} }, team: tech-support }\n`
    expect(errorsOf(routed('en'))).toEqual([])
    expect(errorsOf(routed('zh-TW'))).toMatchObject([{ path: 'routing[0].when.language', reason: expect.stringContaining('en') }])
  })

  it('X9: one that names none speaks all three, and is what it was', () => {
    expect(Object.keys(read(whole))).not.toContain('languages')
    expect(errorsOf(whole.replace('zh-TW: 標準工單, ', ''))).toMatchObject([{ path: 'label.zh-TW' }])
  })
})

describe('X9: on a base that speaks more', () => {
  const profile = read(guestHouse)

  it('X9: what the base says in other languages is left out, and its own language gives way', () => {
    expect(profile).toMatchObject({ languages: ['en'], language: 'en' })
    const callback = profile.clocks.find(({ id }) => id === 'callback')
    expect(callback?.label['zh-CN']).toBe(callback?.label.en)
    for (const [at, text] of textsOf({ ...profile, notices: { 'ticket-submitted': profile.notices['ticket-submitted'] } }))
      expect(new Set(Object.values(text)).size, at).toBe(1)
  })

  it('X9: what it overrides in its one language is not read in another as the base had it', () => {
    const text = `${guestHouse}scripts:\n  - { id: first-call, text: { en: "This is {agent}. How can we help?" } }\n`
    const script = read(text).scripts.find(({ id }) => id === 'first-call')
    expect(script?.text['zh-CN']).toBe('This is {agent}. How can we help?')
  })

  it('X9: shown whole, it has the texts of its languages only, and says from where its language comes', () => {
    const opened = openDocument(guestHouse)
    if (!opened.ok) throw new Error('the example cannot be read')
    const shown = wholeProfile({ opened, ref: { id: 'guest-house', version: 1 } }, bases, true)
    expect(shown).not.toMatch(/zh-(?:CN|TW)/)
    const line = guestHouse.split('\n').findIndex((text) => text.startsWith('languages:')) + 1
    expect(shown).toContain(`language: en # guest-house@1:${line}`)
    expect(read(shown)).toEqual(profile)
  })

  it('X9: a language more wants the base’s texts in it, too, and names what to write', () => {
    const english = speaking(base, ['en'])
    const both = guestHouse.replace('languages: [en]', 'languages: [en, zh-CN]')
    const result = parseProfileDocument(both, { bases: basesIn([{ text: english }]) })
    expect(result.ok ? [] : result.errors).toContainEqual(
      expect.objectContaining({
        reason: expect.stringMatching(/missing.*inherited from base@3: write "channels\.phone\.label\.zh-CN" here/),
      }),
    )
  })

  it('X9: words of the product beside it are in its language, whoever reads them', () => {
    expect(stagesOf(profile).map(({ labels }) => labels['zh-CN'])).toEqual(stagesOf(profile).map(({ labels }) => labels.en))
    expect(rolesOf(profile).supervisor['zh-TW']).toBe('supervisor')
    expect(noticeLabel(profile, 'ticket-submitted')['zh-CN']).toBe(noticeLabel({}, 'ticket-submitted').en)
    expect(noticeLabel({}, 'ticket-submitted')['zh-CN']).not.toBe(noticeLabel({}, 'ticket-submitted').en)
  })

  it('X9: a comparison says which languages there are', () => {
    const two = read(guestHouse.replace('languages: [en]', 'languages: [en]\nlanguage: en'))
    expect(profileDifferences(profile, two, 'en')).toEqual([])
    const sections = profileDifferences(read(whole), read(speaking(whole, ['en'])), 'en')
    expect(JSON.stringify(sections)).toContain('Languages: zh-CN, zh-TW, en → en')
  })

  it('X9: an English-only profile is shorter: a whole one by a third', () => {
    const lines = (text: string) => text.trimEnd().split('\n').length
    const [inThree, inOne] = [speaking(whole, [...locales]), speaking(whole, ['en'])].map(lines)
    expect((inOne ?? 0) / (inThree ?? 1)).toBeLessThan(0.67)
    expect(lines(guestHouse)).toBeLessThan(60)
  })
})
