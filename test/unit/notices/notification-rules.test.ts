import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { basesIn } from '../../../domain/derivation/documents.ts'
import type { Locale } from '../../../domain/labels.ts'
import { noticeKindNames, noticeKinds } from '../../../domain/notices/kinds.ts'
import { customParams, valuesBroughtBy } from '../../../domain/notices/moment-values.ts'
import { occasionsOf } from '../../../domain/notices/occasions.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { moments } from '../../../domain/profile/moments.ts'

/** X10: who is told at which moment, as the check of a profile judges it. */

interface Whole {
  readonly clocks: readonly object[]
  readonly types: readonly { readonly fields: readonly object[] }[]
  readonly notices: Readonly<Record<string, object>>
}

const good: Whole = parse(readFileSync('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
const said = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })
const custom = (changes: object = {}) => ({
  ...{ id: 'custom-finance', label: said('财务'), audience: 'staff', subject: said('{number}'), text: said('{title}') },
  ...changes,
})
const rule = (changes: object = {}) => ({ id: 'finance', on: ['resolved'], to: ['lead'], notice: 'custom-finance', ...changes })

function faults(changes: object, locale: Locale = 'en'): string[] {
  const parsed = parseProfile(stringify({ ...good, ...changes }), { locale })
  return parsed.ok ? [] : parsed.errors.map(({ path, reason }) => `${path}: ${reason}`)
}
const told = (text: string, on: string[], audience = 'staff') =>
  faults({
    customNotices: [custom({ audience, text: said(text) })],
    notificationRules: [rule({ on, to: [audience === 'customer' ? 'customer' : 'lead'] })],
  })

describe('X10: a rule of notification', () => {
  it('X10: is taken on every moment, to every place', () => {
    const to = ['handler', 'representative', 'team', 'lead', 'supervisor', 'department-head', 'admin']
    expect(faults({ customNotices: [custom()], notificationRules: [rule({ on: moments, to })] })).toEqual([])
    const forCustomers = custom({ audience: 'customer', text: said('{title}，请{reach}') })
    expect(faults({ customNotices: [forCustomers], notificationRules: [rule({ on: moments, to: ['customer'] })] })).toEqual([])
  })

  it.each([
    [
      'a kind that says what is not so',
      rule({ on: ['deferred', 'resolved'], notice: 'deferral-reported' }),
      /notice: "deferral-reported" says what is not so at resolved; it can be sent at deferred\. Name one/,
    ],
    ['a kind that only the product knows when to send', rule({ notice: 'unsolved' }), /notice: "unsolved" is sent by the product alone/],
    ['a kind of other processes', rule({ notice: 'report-ready' }), /notice: "report-ready" is sent by the product alone/],
    [
      'a kind that there is not',
      rule({ notice: 'custom-other' }),
      /notice: there is no "custom-other" in this profile; there are custom-finance/,
    ],
    ['customers among colleagues', rule({ to: ['lead', 'customer'] }), /to: "custom-finance" is not for all who are named here/],
    ['a moment that is none', rule({ on: ['solved'] }), /on\[0\]: "solved" is not possible/],
    ['nobody', rule({ to: [] }), /to: .*names nobody/],
    ['an unknown condition', rule({ when: { type: 'x' } }), /when\.type: there is no "x"/],
  ])('X10: is refused with %s, by path, reason and remedy', (_, wrong, reason) => {
    const [first = '', ...more] = faults({ customNotices: [custom()], notificationRules: [wrong] })
    expect(more).toEqual([])
    expect(first).toMatch(/^notificationRules\[0\]\./)
    expect(first).toMatch(reason)
    for (const locale of ['zh-CN', 'zh-TW'] as const)
      expect(faults({ customNotices: [custom()], notificationRules: [wrong] }, locale)[0]).toMatch(/\p{Script=Han}/u)
  })

  it('X10: says only what its moments bring: all that is lacking is told at once, by name and by who sends it', () => {
    expect(told('{reason}', ['deferred'])).toEqual([])
    expect(told('[原因：{reason}]', ['released'])).toEqual([])
    expect(told('{reason} {newDueAt} {cause}', ['resolved'])).toEqual([
      expect.stringMatching(
        /^customNotices\[0\]\.text\.zh-CN: \{reason\}, \{newDueAt\}, \{cause\} would have no value: notificationRules\.finance \(resolved\) sends/,
      ),
      expect.stringContaining('text.zh-TW'),
      expect.stringContaining('text.en'),
    ])
    expect(told('{reason}', ['released'])[0]).toMatch(
      /\{reason\} may have no value when notificationRules\.finance \(released\) sends it; put the part/,
    )
    // On one of its moments it would say what was not deferred.
    expect(told('延期至 {newDueAt}', ['deferred', 'closed'])[0]).toMatch(
      /\{newDueAt\} would have no value: notificationRules\.finance \(closed\)/,
    )
  })

  it('X10: tells customers nothing that colleagues write to each other', () => {
    expect(told('{text}', ['updated'], 'customer')[0]).toMatch(/\{text\} would have no value/)
    expect(told('{reason}', ['reopened'], 'customer')[0]).toMatch(/\{reason\} would have no value/)
    expect(told('{reason}，{newDueAt}', ['deferred'], 'customer')).toEqual([])
  })
})

it('X10, X11: acts of the organisation’s own are moments, of which there is what there is of every moment', () => {
  const acts = [{ id: 'arrived', label: said('已到场'), stages: ['handling'], roles: ['handler'] }]
  const told = (on: string[], text = '{number}') =>
    faults({ acts, customNotices: [custom({ text: said(text) })], notificationRules: [rule({ on })] })
  expect(told(['act:arrived', 'closed'])).toEqual([])
  expect(told(['act:arrived'], '{reason}')[0]).toMatch(/\{reason\} would have no value: notificationRules\.finance \(act:arrived\)/)
  expect(told(['act:left'])).toEqual([
    expect.stringMatching(/^notificationRules\[0\]\.on\[0\]: there is no "act:left" in this profile; there are act:arrived/),
  ])
})

it('X10: a wait is a moment by whichever of its names; one for a reason that there is not is refused', () => {
  const asked = (on: string[]) => faults({ customNotices: [custom()], notificationRules: [rule({ on })] })
  expect(asked(['waiting-started', 'waiting-ended', 'waiting-started:customer'])).toEqual([])
  expect(asked(['waiting-started:moon'])).toEqual([
    expect.stringMatching(/^notificationRules\[0\]\.on\[0\]: there is no "moon" in this profile/),
  ])
})

describe('X10: a rung of a ladder', () => {
  const rung = (changes: object, clock: object = {}) => {
    const one = {
      id: 'own',
      label: said('自定'),
      starts: ['received'],
      stops: ['accepted'],
      within: 'PT4H',
      ladder: [{ id: 'a', at: '-50%', to: ['handler'], ...changes }],
    }
    return faults({ customNotices: [custom({ text: said('{clock} {dueAt} {level}') })], clocks: [...good.clocks, { ...one, ...clock }] })
  }

  it.each([
    ['a notice of the profile’s own', { notice: 'custom-finance' }, {}],
    ['a warning ahead', { notice: 'deadline-warning' }, {}],
    [
      'a reminder of what was asked',
      { to: ['customer'], notice: 'information-reminder' },
      { starts: ['customer-asked'], stops: ['customer-answered'] },
    ],
  ])('X10: may send %s', (_, changes, clock) => expect(rung(changes, clock)).toEqual([]))

  it.each([
    ['a deferral where nothing was deferred', { to: ['customer'], notice: 'deferred' }, {}, /"deferred" is sent by the product alone/],
    [
      'a reminder of what nobody asked',
      { to: ['customer'], notice: 'information-reminder' },
      {},
      /"information-reminder" says what is not so at received; it can be sent at customer-asked/,
    ],
    [
      'a warning of what has passed',
      { at: '0%', notice: 'deadline-warning' },
      {},
      /says that a deadline is ahead, and this level speaks at it or after/,
    ],
    ['a breach before it', { notice: 'deadline-missed' }, {}, /says that a deadline was missed, and this level speaks before it/],
    ['what only moments bring', { notice: 'progress-reported' }, {}, /"progress-reported" is sent by the product alone/],
  ])('X10: may not send %s', (_, changes, clock, reason) => {
    expect(rung(changes, clock)).toEqual([expect.stringMatching(reason)])
  })
})

describe('X10: placeholders', () => {
  const withFields = (text: string, audience = 'staff') => {
    const types: object[] = good.types.map((type) => ({
      ...type,
      fields: [...type.fields, { id: 'cost2', label: said('成本'), kind: 'number', internal: true }],
    }))
    return faults({ types, customNotices: [custom({ audience, text: said(text) })] })
  }

  it('X10: all that are unknown are told at once, with what was perhaps meant', () => {
    expect(faults({ customNotices: [custom({ text: said('{titel} {nothing} {number}') })] })[0]).toMatch(
      /^customNotices\[0\]\.text\.zh-CN: there are no placeholders \{titel\} → \{title\}, \{nothing\} here .*; there are .*\{number\}/,
    )
    const { progress } = good.notices
    const notices = { ...good.notices, progress: { ...progress, text: said('{number} {customer} {a} {b} {c}') } }
    expect(faults({ notices })[0]).toMatch(/^notices\.progress\.text\.zh-CN: there are no placeholders \{a\}, \{b\}, \{c\} here/)
  })

  it('X10: fields of the form are named as {field.id}; none that there is not, and none that is internal in what customers read', () => {
    expect(withFields('{field.errorText} [{field.cost2}]')).toEqual([])
    expect(withFields('{field.errorTxt} {field.x}')[0]).toMatch(
      /text\.zh-CN: no type has a field \{field\.errorTxt\}, \{field\.x\}; there are .*\{field\.errorText\}/,
    )
    expect(withFields('{field.cost2}', 'customer')[0]).toMatch(
      /text\.zh-CN: \{field\.cost2\} is for colleagues only and cannot stand in a notice to customers/,
    )
    expect(
      faults({ notices: { ...good.notices, 'report-ready': { subject: said('{field.errorText}'), text: said('{report}') } } })[0],
    ).toMatch(/^notices\.report-ready\.subject\.zh-CN: there is no placeholder "\{field\.errorText\}" here/)
  })
})

describe('X10: usual notices that are not sent', () => {
  it('X10: are those that leave nothing undone', () => {
    expect(faults({ silencedNotices: ['ticket-queued', 'withdrawn'] })).toEqual([])
    for (const kind of ['ticket-assigned', 'deferred', 'deadline-missed', 'ticket-submitted', 'report-ready'])
      expect(faults({ silencedNotices: [kind] })[0]).toMatch(
        new RegExp(
          `^silencedNotices\\[0\\]: "${kind}" asks somebody to act, or is owed to a customer, and cannot be silenced; these can: ticket-queued`,
        ),
      )
  })

  it('X10: are sent by no rule either', () => {
    expect(
      faults({ silencedNotices: ['ticket-queued'], notificationRules: [rule({ on: ['released'], notice: 'ticket-queued' })] }),
    ).toEqual([expect.stringMatching(/^notificationRules\[0\]\.notice: "ticket-queued" is among silencedNotices/)])
  })
})

describe('X10: a profile that extends another', () => {
  const base = { id: 'telling', version: 1, template: true, label: said('底稿'), customNotices: [custom()], notificationRules: [rule()] }
  const derived = (more: object) => {
    const text = stringify({ ...good, id: 'acme', extends: 'telling', ...more })
    const parsed = parseProfile(text, { locale: 'en', bases: basesIn([{ text: stringify(base) }]) })
    return parsed.ok ? parsed.profile : parsed.errors.map(({ path, reason }) => `${path}: ${reason}`)
  }

  it('X10: merges rules and notices by id, and goes without what it takes away, with the rules that send it', () => {
    expect(derived({ notificationRules: [{ id: 'finance', to: ['supervisor'] }, rule({ id: 'more', on: ['closed'] })] })).toMatchObject({
      customNotices: [{ id: 'custom-finance' }],
      notificationRules: [
        { id: 'finance', on: ['resolved'], to: ['supervisor'] },
        { id: 'more', on: ['closed'], notice: 'custom-finance' },
      ],
    })
    expect(derived({ remove: ['customNotices.custom-finance'] })).toMatchObject({ customNotices: [], notificationRules: [] })
    expect(derived({ remove: ['customNotices.custom-finance'], notificationRules: [rule({ id: 'mine' })] })).toEqual([
      expect.stringMatching(/^notificationRules\[0\]\.notice: there is no "custom-finance"/),
    ])
  })
})

it('X10: as the example has them they are taken, to be copied', () => {
  const example: object = parse(readFileSync('docs/examples/notices.yaml', 'utf8'))
  expect(faults(example)).toEqual([])
})

it('X10: what a kind needs is brought by every moment on which it may be sent', () => {
  const lacking = noticeKindNames.flatMap((kind) =>
    occasionsOf(kind).flatMap((moment) =>
      Object.entries(noticeKinds[kind].params).flatMap(([name, { has, kind: value }]) => {
        const brought = valuesBroughtBy(moment)[name]
        return has !== 'always' || (brought?.kind === value && brought.has === 'always') ? [] : [`${kind} at ${moment}: ${name}`]
      }),
    ),
  )
  expect(lacking).toEqual([])
})

it('X10: a value is of one kind, whatever moment brings it', () => {
  for (const moment of moments)
    for (const [name, { kind }] of Object.entries(valuesBroughtBy(moment))) expect(customParams[name]?.kind, name).toBe(kind)
})
