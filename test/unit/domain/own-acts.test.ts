import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { profileDifferences } from '../../../domain/differences/profiles.ts'
import { locales } from '../../../domain/labels.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import { office } from '../../support/tickets.ts'

/** X11: what a profile can say of acts of its own and of clocks that count from a field, and what is refused. */

const bases = basesIn([{ text: readFileSync('profiles/base.yaml', 'utf8') }])
const example = readFileSync('docs/examples/repairs.yaml', 'utf8')

interface Document {
  readonly acts: readonly { readonly id: string }[]
  readonly clocks: readonly { readonly id: string }[]
}

const document: Document & Readonly<Record<string, unknown>> = parse(example)

/** The example, one act or one clock of it otherwise. */
function read(
  changes: { readonly act?: object; readonly clock?: object; readonly others?: object } = {},
  locale: 'en' | 'zh-CN' | 'zh-TW' = 'en',
) {
  const { act, clock, others } = changes
  const text = JSON.stringify({
    ...document,
    acts: document.acts.map((one) => (one.id === 'part-ordered' ? { ...one, ...act } : one)),
    clocks: document.clocks.map((one) => (one.id === 'visit' ? { ...one, ...clock } : one)),
    ...others,
  })
  return parseProfile(text, { format: 'json', bases, locale })
}

function faults(changes: Parameters<typeof read>[0]): string[] {
  const result = read(changes)
  return result.ok ? [] : result.errors.map(({ path, reason }) => `${path}: ${reason}`)
}

describe('X11: acts of its own and clocks from a field in a profile', () => {
  it('X11: are taken as the example has them, and a ticket carries them', () => {
    const result = read()
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    expect(result.profile.acts?.map(({ id }) => id)).toEqual(['arrived', 'part-ordered', 'part-arrived'])
    const policy = policyFor(result.profile, 'repair', { version: 1, calendar: office })
    expect(policy).toMatchObject({ acts: result.profile.acts, factFields: ['appointment'] })
    expect(policy?.clocks.find(({ id }) => id === 'visit')).toMatchObject({ within: null, from: { field: 'appointment' } })
    // A type without the field promises nothing by it, and carries nothing for it.
    expect(policyFor(result.profile, 'complaint', { version: 1, calendar: office })).not.toHaveProperty('factFields')
  })

  it.each<[string, Parameters<typeof read>[0], RegExp]>([
    [
      'an act called like a command',
      { act: { id: 'claim' } },
      /^acts\[1\]\.id: "claim" is a command of the product; give the act another id/,
    ],
    [
      'an act in stages that no ticket passes',
      { act: { stages: ['intake', 'triage'] } },
      /^acts\[1\]\.stages: no ticket passes these stages/,
    ],
    ['an act nobody may record', { act: { roles: [] } }, /^acts\[1\]\.roles: /],
    ['a role there is not', { act: { roles: ['plumber'] } }, /^acts\[1\]\.roles\[0\]: .*handler/],
    ['a stage there is not', { act: { stages: ['archived'] } }, /^acts\[1\]\.stages\[0\]: .*handling/],
    [
      'a moment that nobody can cause',
      { clock: { stops: ['act:arived'] } },
      /^clocks\[\d+\]\.stops\[0\]: there is no "act:arived" .*act:arrived/,
    ],
    ['a moment there is not', { clock: { stops: ['arrived'] } }, /^clocks\[\d+\]\.stops\[0\]: /],
    ['a clock that starts and stops by the same', { clock: { starts: ['act:arrived'] } }, /^clocks\[\d+\]\.stops: /],
    ['a field there is not', { clock: { from: { field: 'visit' } } }, /^clocks\[\d+\]\.from\.field: there is no "visit" .*appointment/],
    [
      'a field that is no instant',
      { clock: { from: { field: 'room' } } },
      /^clocks\[\d+\]\.from\.field: the field "room" holds no instant/,
    ],
    [
      'an act there is not',
      { clock: { from: { act: 'ordered', field: 'expectedAt' } } },
      /^clocks\[\d+\]\.from\.act: there is no "ordered"/,
    ],
    [
      'a field of another act',
      { clock: { from: { act: 'arrived', field: 'expectedAt' } } },
      /^clocks\[\d+\]\.from\.field: there is no field "expectedAt" of kind instant/,
    ],
    [
      'a field of an act as one of the form',
      { clock: { from: { field: 'expectedAt' } } },
      /^clocks\[\d+\]\.from\.field: there is no "expectedAt"/,
    ],
    [
      'an instant beside a stated one',
      { clock: { starts: ['deferred'] } },
      /^clocks\[\d+\]\.from: a clock that deadline-agreed, deferred or milestone-set starts/,
    ],
    [
      'a share of nothing',
      { clock: { ladder: [{ id: 'x', at: '-25%', to: ['handler'] }] } },
      /^clocks\[\d+\]\.ladder\[0\]\.at: without within/,
    ],
    [
      'a repetition by a share of nothing',
      { clock: { ladder: [{ id: 'x', at: '0%', every: '50%', times: 2, to: ['handler'] }] } },
      /^clocks\[\d+\]\.ladder\[0\]\.every: without within/,
    ],
    [
      'a condition on a field of the form in an act',
      {
        act: {
          fields: [
            {
              id: 'part',
              label: { 'zh-CN': '甲', 'zh-TW': '甲', en: 'A' },
              kind: 'text',
              requiredWhen: { fields: { room: { given: true } } },
            },
          ],
        },
      },
      /requiredWhen\.fields\.room: there is no "room"/,
    ],
    [
      'no acts at all',
      { others: { acts: [], clocks: document.clocks.filter(({ id }) => id === 'visit') } },
      /stops\[0\]: there is no "act:arrived", as the profile has no acts/,
    ],
  ])('X11: %s is refused, with path and remedy', (_, changes, reason) => {
    const told = faults(changes)
    expect(
      told.filter((one) => reason.test(one)),
      told.join('\n'),
    ).toHaveLength(1)
  })

  it('X11: what goes with a warning long before a short target is taken, and so is a condition on the act’s own fields', () => {
    const label = { 'zh-CN': '甲', 'zh-TW': '甲', en: 'A' }
    const fields = [
      { id: 'expectedAt', label, kind: 'instant' },
      { id: 'supplier', label, kind: 'text' },
      { id: 'price', label, kind: 'number', requiredWhen: { type: 'repair', tag: 'vip', fields: { supplier: { given: true } } } },
    ]
    const customerTags = [{ id: 'vip', label, accounts: ['a'] }]
    const ladder = [
      { id: 'day', at: '-PT24H', to: ['handler'] },
      { id: 'hour', at: '-150%', to: ['handler'] },
    ]
    expect(faults({ act: { fields }, clock: { within: 'PT1H', ladder }, others: { customerTags } })).toEqual([])
  })

  it.each(locales)('X6, X11: in %s every reason is a sentence of that language', (locale) => {
    const result = read(
      { act: { id: 'claim', stages: ['intake'] }, clock: { from: { field: 'room' }, ladder: [{ id: 'x', at: '-25%', to: ['handler'] }] } },
      locale,
    )
    const reasons = result.ok ? [] : result.errors.map(({ reason }) => reason)
    expect(reasons.length).toBeGreaterThanOrEqual(4)
    for (const reason of reasons) expect(/\p{Script=Han}/u.test(reason)).toBe(locale !== 'en')
  })

  it('X9, X11: with an act that is taken away goes what the base says of it', () => {
    const base = { ...document, id: 'house-repairs', template: true }
    const derived = {
      ...Object.fromEntries(Object.entries(document).filter(([key]) => !['acts', 'clocks', 'types', 'classification'].includes(key))),
      extends: 'house-repairs',
      remove: ['acts.part-arrived', 'clocks.delivery'],
      clocks: [{ id: 'visit', ladder: [] }],
    }
    const both = basesIn([{ text: readFileSync('profiles/base.yaml', 'utf8') }, { text: JSON.stringify(base) }])
    const result = parseProfile(JSON.stringify(derived), { format: 'json', bases: both })
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    expect(result.profile.acts?.map(({ id }) => id)).toEqual(['arrived', 'part-ordered'])
    const without = parseProfile(
      JSON.stringify({ ...derived, remove: ['acts.part-arrived'], clocks: [{ id: 'delivery', cancels: ['withdrawn'] }] }),
      {
        format: 'json',
        bases: both,
      },
    )
    expect(without.ok ? [] : without.errors.map(({ path }) => path)).not.toEqual([])
  })

  it.each(locales)('X9, X11: what changes in acts and in what clocks count from is told in words (%s)', (locale) => {
    const [before, after] = [
      read(),
      read({
        act: { stages: ['handling', 'verification'], roles: ['handler', 'agent'], visibleToCustomer: false, fields: [] },
        clock: { from: { act: 'part-ordered', field: 'expectedAt' } },
      }),
    ]
    const same = read()
    if (!before.ok || !same.ok) throw new Error('the example is not taken')
    expect(profileDifferences(before.profile, same.profile, locale)).toEqual([])
    // Without its fields the act has no instant to count from.
    expect(after.ok).toBe(false)
    const other = read({
      act: { stages: ['handling', 'verification'], roles: ['handler', 'agent'], visibleToCustomer: false },
      clock: { from: { act: 'part-ordered', field: 'expectedAt' }, stops: ['act:part-arrived'] },
    })
    if (!other.ok) throw new Error(JSON.stringify(other.errors))
    const told = JSON.stringify(profileDifferences(before.profile, other.profile, locale))
    const words = {
      'zh-CN': [
        '已订配件',
        '可记录的阶段：处理中 → 处理中、内部验证',
        '可由谁记录：处理人 → 处理人、客服',
        '客户可见：是 → 否',
        '从字段起算：预约上门时间 → 已订配件（预计到货）',
        '已到场 → 配件到货',
      ],
      'zh-TW': [
        '已訂料件',
        '可記錄的階段：處理中 → 處理中、內部驗證',
        '可由誰記錄：處理人 → 處理人、客服',
        '客戶可見：是 → 否',
        '從欄位起算：預約到府時間 → 已訂料件（預計到貨）',
        '已到場 → 料件到貨',
      ],
      en: [
        'Part ordered',
        'recorded in: handling → handling, verification',
        'recorded by: handler → handler, agent',
        'seen by the customer: yes → no',
        'counts from the field: Appointment → Part ordered (Expected)',
        'Arrived on site → Part arrived',
      ],
    }
    for (const text of words[locale]) expect(told).toContain(text)
  })
})
