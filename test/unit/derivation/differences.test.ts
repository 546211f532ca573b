import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../domain/differences/change.ts'
import { profileDifferences } from '../../../domain/differences/profiles.ts'
import { entriesOf, itemsOf, memberOf, valueAt } from '../../../domain/document/loose.ts'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { isConditionAt } from '../../../domain/profile/derived.ts'
import { profileJsonSchema } from '../../../domain/profile/json-schema.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import type { Profile } from '../../../domain/profile/schema.ts'

const bases = basesIn(['base', 'tech-support', 'standard-ticket'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') })))
const own = `id: acme
version: 1
extends: tech-support
label: { zh-CN: 技术支持, zh-TW: 技術支援, en: Technical support }
document: { title: 技術支持客戶問題反饋與解決流程模板, preparer: A, reviewer: B, approver: C, effectiveFrom: "2026-01-01" }
number: { pattern: "AC{yyyyMMdd}{serial:3}" }
`

function profile(text: string): Profile {
  const parsed = parseProfile(text, { bases })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.profile
}

/** As lines, what is inside something indented below it. */
function told(more: string, locale: Locale = 'en', from = own): string[] {
  const lines = (changes: readonly Change[], indent: string): string[] =>
    changes.flatMap(({ mark, text, inside }) => [`${indent}${mark} ${text}`, ...lines(inside, `${indent}  `)])
  return profileDifferences(profile(from), profile(own + more), locale).flatMap(({ heading, changes }) => [
    heading,
    ...lines(changes, '  '),
  ])
}

describe('X9: what changes from one profile to another', () => {
  it('X9: is nothing where the words are the same', () => {
    expect(told('')).toEqual([])
  })

  it('X9, X10: is who is told at which moment, and the words of notices of its own', () => {
    const custom = (text: string) => `
customNotices:
  - id: custom-news
    label: { zh-CN: 延期须知, zh-TW: 延期須知, en: Deferral news }
    audience: staff
    subject: { zh-CN: "{number}", zh-TW: "{number}", en: "{number}" }
    text: { zh-CN: "${text}", zh-TW: "${text}", en: "${text}" }
silencedNotices: [withdrawn]
notificationRules:
  - { id: news, on: [deferred], to: [lead, department-head], notice: custom-news, when: { priority: [urgent] } }
`
    expect(told(custom('{title}'))).toEqual([
      'Who is told at which moment',
      '  + deferred: team lead, department head (Deferral news) (priority: Urgent)',
      '  + Not sent: Ticket withdrawn',
      'Words of notices',
      '  + Deferral news',
    ])
    expect(told(custom('{title}'), 'zh-CN').slice(0, 3)).toEqual([
      '通知规则',
      '  + 延期：组长、部门负责人（延期须知）（优先级：紧急）',
      '  + 停发的通知：工单已撤回',
    ])
    expect(told(custom('{stage}'), 'en', own + custom('{title}'))).toEqual([
      'Words of notices',
      '  ~ Deferral news',
      '    - {title}',
      '    + {stage}',
    ])
    const rung = '\nclocks:\n  - { id: start, ladder: [{ id: own, at: -50%, to: [lead], notice: custom-news }] }\n'
    expect(told(custom('{title}') + rung, 'en', own + custom('{title}'))).toContain(
      '    + 50% of the target before it is due: team lead (Deferral news)',
    )
  })

  it.each([
    [
      'a target by priority',
      'clocks: [{ id: start, within: { urgent: PT1H } }]',
      ['Promises', '  ~ Start of work', '    ~ target (Urgent): 2 hours → 1 hour'],
    ],
    [
      'one target for all',
      'clocks: [{ id: callback, within: PT48H }]',
      ['Promises', '  ~ Satisfaction callback', '    ~ target: 24 hours → 48 hours'],
    ],
    ['a clock that is no more', 'remove: [clocks.article]', ['Promises', '  - Knowledge article']],
    [
      'who is told',
      'clocks: [{ id: plan, ladder: [{ id: missed, to: [lead] }] }]\nremove: [clocks.plan.ladder.department-head]',
      [
        'Promises',
        '  ~ Solution plan',
        '    - when it is due: handler, team lead',
        '    - 100% of the target after it is due: department head',
        '    + when it is due: team lead',
      ],
    ],
    [
      'a new clock',
      'clocks: [{ id: visit, label: { zh-CN: 上门, zh-TW: 到府, en: Visit }, starts: [accepted], stops: [completed], within: PT2H, ladder: [{ id: w, at: -PT30M, to: [handler] }] }]',
      [
        'Promises',
        '  + Visit',
        '    + starts when: accepted',
        '    + stops when: completed',
        '    + target (Urgent): 2 hours',
        '    + target (High): 2 hours',
        '    + target (Medium): 2 hours of working time',
        '    + target (Low): 2 hours of working time',
        '    + 30 minutes before it is due: handler',
      ],
    ],
    [
      'fields and the own targets of a type',
      'types: [{ id: other, fields: [{ id: remarks, required: true }, { id: place, label: { zh-CN: 地点, zh-TW: 地點, en: Place }, kind: text }], targets: { start: { low: PT4H } } }]',
      [
        'Types and fields',
        '  ~ Other',
        '    ~ field: Remarks (mood, special wishes)',
        '      ~ required: no → yes',
        '    + field: Place',
        '    ~ Start of work',
        '      ~ target (Low): 8 hours of working time → 4 hours of working time',
      ],
    ],
    [
      'what is said',
      'notices: { progress: { subject: { en: "News · {number}" } } }\ncallback: { attempts: 2 }\nquietHours: { from: "23:00" }',
      [
        'General',
        '  ~ Attempts at a callback: 3 → 2',
        '  ~ Quiet hours: 22:00–08:00 (except: Urgent) → 23:00–08:00 (except: Urgent)',
        'Words of notices',
        '  ~ Progress',
        '    - Progress: {title} · {number}',
        '    + News · {number}',
      ],
    ],
  ])('X9: %s', (_, more, lines) => {
    expect(told(`${more}\n`)).toEqual(lines)
  })

  it('X9: in three languages, each with words of its own and no parameter left', () => {
    const from = readFileSync('profiles/standard-ticket.yaml', 'utf8')
    const all = locales.map((locale) => told('', locale, from))
    expect(new Set(all.map((lines) => lines[0])).size).toBe(3)
    expect(all[0]?.length).toBeGreaterThan(100)
    // What mails say is compared as it stands, with its placeholders.
    for (const lines of all) for (const line of lines.slice(0, 40)) expect(line).not.toMatch(/undefined|…|\{(?:time|share|every|times)\}/)
  })
})

describe('X9: nothing that changes is passed over', () => {
  /** What none of the others says. */
  const more = profile(`${own}
silencedNotices: [withdrawn]
types: [{ id: other, fields: [{ id: place, label: { zh-CN: 地点, zh-TW: 地點, en: Place }, kind: text, requiredWhen: { priority: urgent } }] }]
acts:
  - id: visited
    label: { zh-CN: 到场, zh-TW: 到場, en: Visited }
    stages: [handling]
    roles: [handler]
    fields:
      - { id: parts, label: { zh-CN: 零件, zh-TW: 零件, en: Parts }, kind: text, requiredWhen: { priority: urgent } }
      - { id: how, label: { zh-CN: 方式, zh-TW: 方式, en: How }, kind: choice, choices: [{ id: van, label: { zh-CN: 车, zh-TW: 車, en: Van } }] }
clocks:
  - id: start
    when: { channel: phone }
    exceptions: [{ when: { channel: phone }, within: PT3H, timeBase: elapsed }]
    ladder: [{ id: own, at: -50%, to: [lead], when: { channel: phone } }]
customerTags: [{ id: vip, label: { zh-CN: 重要, zh-TW: 重要, en: Important }, internal: true, tiers: [gold] }]
reviews: { lead: quality-wu }
samples:
  - id: service
    label: { zh-CN: 抽检, zh-TW: 抽檢, en: Sample }
    judgeWithin: P5D
    size: { usual: 20, most: 60 }
    criteria: [{ id: words, label: { zh-CN: 用语, zh-TW: 用語, en: Words }, kind: yes-no }]
reports:
  - id: yearly
    label: { zh-CN: 年报, zh-TW: 年報, en: Yearly }
    every: month
    to: [quality]
    only: { type: other }
    sections: [{ id: judged, kind: samples, sample: service, heading: { zh-CN: 抽检, zh-TW: 抽檢, en: Samples } }]
`)
  const read = ['profiles', 'docs/examples'].flatMap((folder) =>
    readdirSync(folder).flatMap((file) => {
      const parsed = file.endsWith('.yaml') ? parseProfile(readFileSync(`${folder}/${file}`, 'utf8'), { bases }) : undefined
      return parsed?.ok ? [parsed.profile] : []
    }),
  )
  const profiles = [...read, more]

  type Path = readonly (string | number)[]
  /** A value of each place, whichever thing of a list it is in. */
  const leaves = new Map<string, { readonly whole: Profile; readonly path: Path; readonly value: unknown }>()
  const seen = new Set<string>()
  for (const whole of profiles) collect(whole, whole, [])

  function collect(whole: Profile, value: unknown, path: Path): void {
    const shape = shapeOf(path)
    // A language that the profile does not speak repeats what it says in its own.
    if (locales.some((locale) => locale === path.at(-1) && whole.languages?.includes(locale) === false)) return
    seen.add(shape)
    if (typeof value !== 'object' || value === null) {
      if (!/^(?:id|version)$|\.id$/.test(shape) && !leaves.has(shape)) leaves.set(shape, { whole, path, value })
    } else if (Array.isArray(value)) value.forEach((item: unknown, at) => collect(whole, item, [...path, at]))
    else for (const [key, inside] of Object.entries(value)) collect(whole, inside, [...path, key])
  }

  function shapeOf(path: Path): string {
    return path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
  }

  function replaced(value: unknown, [key, ...rest]: Path, change: (was: unknown) => unknown): unknown {
    if (key === undefined) return change(value)
    if (Array.isArray(value)) return value.map((item: unknown, at) => (at === key ? replaced(item, rest, change) : item))
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, name === key ? replaced(inside, rest, change) : inside]))
      : value
  }

  function otherwise(value: unknown): unknown {
    if (typeof value === 'number') return value + 1
    if (typeof value === 'boolean') return !value
    const text = String(value)
    return /^[+-]?P/.test(text) ? text.replace(/P.*/, 'PT77H') : text.endsWith('%') ? '+77%' : (others[text] ?? `${text}9`)
  }

  /** Another word where only some are known. */
  const others: Readonly<Record<string, string>> = {
    ...{ break: 'lapse', lapse: 'break', close: 'break', elapsed: 'working', working: 'elapsed', customer: 'staff', staff: 'customer' },
    ...{ always: 'never', never: 'always', 'after-unsolved': 'always' },
  }

  /** It differs from one in a single value. */
  function isLikeProfile(value: unknown): value is Profile {
    return typeof value === 'object' && value !== null
  }

  function isTold(whole: Profile, now: unknown, locale: Locale): boolean {
    return isLikeProfile(now) && profileDifferences(whole, now, locale).length > 0
  }

  it('X9: whatever one value says otherwise, something is told of it', () => {
    expect(leaves.size).toBeGreaterThan(250)
    const silent = [...leaves].filter(
      ([, { whole, path }], nth) => !isTold(whole, replaced(whole, path, otherwise), locales[nth % locales.length] ?? 'en'),
    )
    expect(silent.map(([shape]) => shape)).toEqual([])
  })

  it('X9: and there is nothing that a profile can say of which this was not tried', () => {
    const places = placesIn(profileJsonSchema())
    expect(places.length).toBeGreaterThan(200)
    const shapes = [...seen].map((shape) => shape.split('.'))
    const isSeen = (place: string) => {
      const parts = place.split('.')
      return shapes.some((shape) => shape.length === parts.length && shape.every((part, at) => parts[at] === '*' || parts[at] === part))
    }
    expect(places.filter((place) => !isSeen(place))).toEqual(['extends', 'remove', 'template'])
  })

  it.each([
    ['routing', 'Where tickets go'],
    ['priorities', 'Priorities'],
    ['channels', 'Lists'],
    ['planKinds', 'Lists'],
  ] as const)('X9: that %s stand in another order', (list, heading) => {
    const whole = profiles.find((one) => (one[list] ?? []).length > 1) ?? more
    const now = { ...whole, [list]: (whole[list] ?? []).toReversed() }
    const [section] = profileDifferences(whole, now, 'en').filter((one) => one.heading === heading)
    expect(JSON.stringify(section)).toContain('in another order, now')
  })

  it('X9, X10: what means the same is no difference: conditions whose facts, words and branches stand in another order', () => {
    const routed = (when: string) => `
types: [{ id: other, fields: [{ id: size, label: { zh-CN: 大小, zh-TW: 大小, en: Size }, kind: number }] }]
routing: [{ when: ${when}, team: second-line }]
clocks: [{ id: start, when: ${when}, exceptions: [{ when: ${when}, within: PT1H }] }]
`
    const one = '{ type: other, priority: [urgent, high], fields: { remarks: { given: true }, size: { atLeast: 3 } } }'
    const same = '{ fields: { size: { atLeast: 3 }, remarks: { given: true } }, priority: [high, urgent, high], type: [other] }'
    expect(told(routed(one), 'en', own + routed(same))).toEqual([])
    expect(told(routed(`[${one}, { channel: phone }]`), 'en', own + routed(`[{ channel: [phone] }, ${same}]`))).toEqual([])
    const renamed = routed(one).replace('zh-TW: 大小, en: Size', 'zh-TW: 大小, en: Length')
    expect(told(renamed, 'en', own + routed(one))).toEqual([
      'Types and fields',
      '  ~ Other',
      '    ~ field: Size',
      '      ~ → field: Length',
    ])
    expect(told(routed(one), 'en', own + routed(one.replace('atLeast: 3', 'atLeast: 4'))).length).toBeGreaterThan(3)
  })

  it('X9, X10: for whom a new clock is, and for which priorities a target is', () => {
    const clock = (more: string) => `
clocks:
  - id: visit
    label: { zh-CN: 上门, zh-TW: 到府, en: Visit }
    starts: [accepted]
    stops: [completed]
    cancels: [closed]
    pauses: [customer]
    priorities: [urgent, high]
    within: PT2H
    whenDue: lapse
    ${more}
`
    expect(
      told(clock('exceptions: [{ when: { priority: urgent }, within: PT1H }, { when: { channel: phone }, within: { high: PT3H } }]')),
    ).toEqual([
      'Promises',
      '  + Visit',
      '    + only for: Urgent, High',
      '    + starts when: accepted',
      '    + stops when: completed',
      '    + is cancelled when: closed',
      "    + rests while waiting for: The customer's answer",
      '    + target: 2 hours',
      '    + other targets (priority: Urgent): 1 hour',
      '    + other targets (channel: Phone): High 3 hours',
      '    + when it is due: it lapses',
    ])
    expect(told(clock('').replace('within: PT2H', 'within: PT4H'), 'en', own + clock(''))).toEqual([
      'Promises',
      '  ~ Visit',
      '    ~ target: 2 hours → 4 hours',
    ])
    expect(told(clock('').replace('    priorities: [urgent, high]\n', ''), 'en', own + clock(''))).toContain(
      '    ~ only for: Urgent, High → all',
    )
  })

  it('X9: who speaks fewer languages is told of it once', () => {
    const english = own.replace(/label: .*/, 'label: { en: Technical support }\nlanguages: [en]\nlanguage: en')
    expect(profileDifferences(profile(own), profile(english), 'en').flatMap(({ changes }) => changes.map(({ text }) => text))).toEqual([
      'Languages: zh-CN, zh-TW, en → en',
      'Language: zh-CN → en',
    ])
  })

  it('X11: roles and stages of own acts are called as the profile calls them', () => {
    const named = `
roles: [{ id: handler, label: { zh-CN: 师傅, zh-TW: 師傅, en: technician } }]
stages: [{ id: handling, label: { zh-CN: 上门, zh-TW: 到府, en: on site } }]
`
    const act =
      'acts: [{ id: visited, label: { zh-CN: 到场, zh-TW: 到場, en: Visited }, stages: [handling], roles: [handler], fields: [] }]\n'
    expect(told(named + act, 'en', own + named)).toEqual([
      'Own acts',
      '  + Visited',
      '    + recorded in: on site',
      '    + recorded by: technician',
    ])
  })

  it('X9, X10: which route and which exception come first, what a new clock goes by, and what a field asks for no more', () => {
    const routed = (first: string, second: string) => `
types:
  - { id: software-fault, fields: [ { id: level, label: { zh-CN: 级, zh-TW: 級, en: Level }, kind: text, required: false, requiredWhen: { priority: urgent } } ] }
routing:
  - { when: { priority: ${first} }, team: second-line }
  - { when: { priority: ${second} }, team: first-line }
`
    expect(told(routed('low', 'urgent'), 'en', own + routed('urgent', 'low')).join('\n')).toContain('second-line')
    const same = (order: readonly [string, string]) => `
routing:
${order.map((priority) => `  - { when: { priority: ${priority} }, team: second-line }`).join('\n')}
`
    expect(told(same(['low', 'urgent']), 'en', own + same(['urgent', 'low']))).toEqual([
      'Where tickets go',
      '  ~ in another order, now',
      '    ~ 1. priority: Low → second-line',
      '    ~ 2. priority: Urgent → second-line',
    ])
    const clock = `
clocks:
  - id: visit
    label: { zh-CN: 上门, zh-TW: 到府, en: Visit }
    starts: [accepted]
    stops: [completed]
    when: { priority: urgent }
    timeBase: working
    within: PT4H
    ladder: [{ id: missed, at: 0%, to: [handler] }]
`
    expect(told(clock).join('\n')).toMatch(
      /\+ holds when \(priority: Urgent\)\n.*\+ starts when: .*\n.*\+ stops when: .*\n.*\+ counts: working time/,
    )
    expect(told('', 'en', own + routed('urgent', 'low')).join('\n')).toContain('- field: Level')
  })
})

/** Every place of the form of a profile but what stands inside conditions, as `types.*.label`. */
function placesIn(schema: unknown): string[] {
  const places = new Set<string>()
  walk(valueAt(schema, ['else']), [])
  return [...places]

  function walk(part: unknown, at: readonly string[]): void {
    const ref = memberOf(part, '$ref')
    if (typeof ref === 'string') return walk(valueAt(schema, ref.split('/').slice(1)), at)
    if (part === undefined || isConditionAt(at)) return
    for (const either of ['anyOf', 'oneOf', 'allOf']) for (const one of itemsOf(memberOf(part, either))) walk(one, at)
    for (const [key, inside] of entriesOf(memberOf(part, 'properties'))) {
      places.add([...at, key].join('.'))
      walk(inside, [...at, key])
    }
    for (const every of ['items', 'additionalProperties']) walk(memberOf(part, every), [...at, '*'])
  }
}
