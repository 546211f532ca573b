import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Change } from '../../../domain/differences/change.ts'
import { profileDifferences } from '../../../domain/differences/profiles.ts'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
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
  const whole = parseProfile(readFileSync('profiles/qms-service.yaml', 'utf8'), { bases })
  /** A value of each place of the profile, whichever thing of a list it is in. */
  const leaves = new Map<string, readonly (string | number)[]>()
  if (whole.ok) collect(whole.profile, [])

  function collect(value: unknown, path: readonly (string | number)[]): void {
    if (typeof value !== 'object' || value === null) {
      const shape = path.map((part) => (typeof part === 'number' ? '*' : part)).join('.')
      if (!/^(?:id|version)$|\.id$/.test(shape) && !leaves.has(shape)) leaves.set(shape, path)
    } else if (Array.isArray(value)) value.forEach((item: unknown, at) => collect(item, [...path, at]))
    else for (const [key, inside] of Object.entries(value)) collect(inside, [...path, key])
  }

  function otherwise(value: unknown, [key, ...rest]: readonly (string | number)[]): unknown {
    if (key === undefined)
      return typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : value === 'PT4H' ? 'PT5H' : `${String(value)}9`
    if (Array.isArray(value)) return value.map((item: unknown, at) => (at === key ? otherwise(item, rest) : item))
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([name, inside]) => [name, name === key ? otherwise(inside, rest) : inside]))
      : value
  }

  /** It differs from one in a single value. */
  function isLikeProfile(value: unknown): value is Profile {
    return typeof value === 'object' && value !== null
  }

  it('X9: whatever one value says otherwise, something is told of it, in each language', () => {
    if (!whole.ok) throw new Error(JSON.stringify(whole.errors))
    expect(leaves.size).toBeGreaterThan(150)
    const silent = [...leaves].flatMap(([shape, path]) => {
      const changed = otherwise(whole.profile, path)
      if (!isLikeProfile(changed)) return [shape]
      try {
        return locales
          .filter((locale) => profileDifferences(whole.profile, changed, locale).length === 0)
          .map((locale) => `${locale} ${shape}`)
      } catch {
        // A duration or a word that no profile can have.
        return []
      }
    })
    expect(silent).toEqual([])
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
      /\+ holds when: priority: Urgent\n.*\+ starts when: .*\n.*\+ stops when: .*\n.*\+ counts: working time/,
    )
    expect(told('', 'en', own + routed('urgent', 'low')).join('\n')).toContain('- field: Level')
  })
})
