import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { conditionSchema, holds, type Facts } from '../../../domain/profile/conditions.ts'
import { routeFor } from '../../../domain/profile/routing.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { checkFields } from '../../../domain/fields.ts'
import type { ProfileField } from '../../../domain/profile/schema.ts'

/** X10: when a rule of a profile holds, and what is refused of conditions. */

const facts: Facts = {
  type: 'fault',
  priority: 'high',
  channel: 'phone',
  fields: { impact: 'all', amount: 5000, warranty: true, dueOn: '2026-03-01', note: true },
  tags: ['vip'],
  language: 'en',
}

describe('X10: a condition', () => {
  it('on the language is not so where nobody asked for it', () => {
    const { language: _, ...rest } = facts
    expect([holds({ language: 'en' }, rest), holds({ not: { language: 'en' } }, rest)]).toEqual([false, true])
  })

  it.each<[unknown, boolean]>([
    [{ type: 'fault' }, true],
    [{ type: ['complaint', 'fault'] }, true],
    [{ type: 'complaint' }, false],
    [{ type: 'fault', priority: 'low' }, false],
    [{ channel: 'phone', tag: 'vip' }, true],
    [{ tag: ['frequent', 'loyal'] }, false],
    [{ language: ['zh-TW', 'en'] }, true],
    [{ language: 'zh-CN' }, false],
    [{ fields: { impact: 'all' } }, true],
    [{ fields: { impact: ['one', 'all'], warranty: true } }, true],
    [{ fields: { impact: 'one' } }, false],
    [{ fields: { amount: { atLeast: 5000 } } }, true],
    [{ fields: { amount: { below: 5000 } } }, false],
    [{ fields: { amount: { atLeast: 1000, below: 6000 } } }, true],
    [{ fields: { dueOn: { atLeast: '2026-02-28', below: '2026-03-02' } } }, true],
    [{ fields: { dueOn: { below: '2026-03-01' } } }, false],
    // A number is neither before nor after a text.
    [{ fields: { amount: { atLeast: '1' } } }, false],
    [{ fields: { note: { given: true } } }, true],
    [{ fields: { serial: { given: false } } }, true],
    [{ fields: { serial: { given: true } } }, false],
    [{ fields: { serial: { below: 3 } } }, false],
    [{ fields: { serial: { given: false, below: 3 } } }, false],
    [{ not: { fields: { serial: 'x' } } }, true],
    [{ not: { type: 'fault' } }, false],
    // Not all of it is so.
    [{ not: { type: 'fault', priority: 'low' } }, true],
    [{ type: 'fault', not: { tag: 'vip' } }, false],
    [[{ type: 'complaint' }, { priority: 'high' }], true],
    [[{ type: 'complaint' }, { priority: 'low' }], false],
    // Names that every object has.
    [{ fields: { constructor: { given: true } } }, false],
  ])('%j is so: %s', (condition, so) => {
    expect(holds(conditionSchema.parse(condition), facts)).toBe(so)
  })

  it('that is none always holds; a yes and a no are what they say', () => {
    expect([holds(undefined, facts), holds(true, facts), holds(false, facts)]).toEqual([true, true, false])
  })

  it.each([
    {},
    [],
    { type: [] },
    { fields: { amount: {} } },
    { not: {} },
    { tier: 'gold' },
    { language: 'de' },
    { fields: { impact: null } },
    [{}],
  ])('is never %j', (condition) => {
    expect(conditionSchema.safeParse(condition).success).toBe(false)
  })
})

describe('X10: a field that is required under a condition', () => {
  const label = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en })
  const choices = ['one', 'all'].map((id) => ({ id, label: label(id) }))
  const fields: ProfileField[] = [
    { id: 'since', label: label('Since'), kind: 'instant', required: false, requiredWhen: { fields: { impact: 'all' } } },
    { id: 'impact', label: label('Impact'), kind: 'choice', required: true, choices },
    {
      id: 'serial',
      label: label('Serial'),
      kind: 'text',
      required: false,
      requiredWhen: { channel: 'phone', fields: { note: { given: true } } },
    },
    { id: 'note', label: label('Note'), kind: 'text', required: false },
  ]
  const about = { type: 'fault', priority: 'high', channel: 'phone' }
  const required = (values: object, where = about) => {
    const result = checkFields({ ...values }, fields, { requireAll: true, about: where })
    return result.ok ? [] : result.errors.map(({ path, code }) => `${path} ${code}`)
  }

  it('is asked for where it holds, in the order of the form, a choice being written in any of its ways', () => {
    expect(required({ impact: 'one' })).toEqual([])
    expect(required({ impact: 'all' })).toEqual(['fields.since required'])
    expect(required({ impact: 'ALL', note: 'x' })).toEqual(['fields.since required', 'fields.serial required'])
    expect(required({ impact: 'all', note: 'x', since: '2026-03-01T09:00:00+08:00' }, { ...about, channel: 'email' })).toEqual([])
    expect(required({ note: ' ' })).toEqual(['fields.impact required'])
    expect(required({ colour: 'red', impact: 'all', since: 'soon' })).toEqual(['fields.colour unknown-field', 'fields.since wrong-kind'])
  })

  it('is not asked for later', () => {
    expect(checkFields({ impact: 'all' }, fields, { requireAll: false })).toMatchObject({ ok: true })
  })
})

describe('X10: conditions that cannot hold are refused, with path and remedy', () => {
  const text = readFileSync('test/unit/profiles/whole/standard-ticket.yaml', 'utf8')

  /** What is wrong when the first clock and the fault have these. */
  function faults(changes: { readonly clock?: object; readonly field?: object; readonly others?: object }): string[] {
    const profile: { clocks: object[]; types: { id: string; fields: object[] }[] } = parse(text)
    Object.assign(profile.clocks[0] ?? {}, changes.clock)
    const fault = profile.types.find(({ id }) => id === 'fault')
    fault?.fields.push(
      { id: 'amount', label: { 'zh-CN': '金额', 'zh-TW': '金額', en: 'Amount' }, kind: 'number' },
      { id: 'boughtOn', label: { 'zh-CN': '购买日', 'zh-TW': '購買日', en: 'Bought on' }, kind: 'date', ...changes.field },
    )
    const result = parseProfile(JSON.stringify({ ...profile, ...changes.others }), { format: 'json' })
    return result.ok ? [] : result.errors.map(({ path, reason }) => `${path}: ${reason}`)
  }
  const when = (condition: unknown) => faults({ clock: { when: condition } })

  it('none of these', () => {
    expect(when({ type: 'fault', priority: ['urgent', 'high'], channel: 'phone', tag: 'vip', fields: { amount: { atLeast: 1 } } })).toEqual(
      [],
    )
    expect(when([{ fields: { boughtOn: { below: '2026-01-01' } } }, { not: { fields: { amount: 3 } } }])).toEqual([])
  })

  it.each<[string, unknown, RegExp]>([
    ['a type there is not', { type: 'fautl' }, /^clocks\[0\]\.when\.type: there is no "fautl"/],
    ['one of several', { priority: ['urgent', 'top'] }, /^clocks\[0\]\.when\.priority\[1\]: there is no "top"/],
    ['a channel in the second alternative', [{ tag: 'vip' }, { channel: 'fax' }], /^clocks\[0\]\.when\[1\]\.channel: there is no "fax"/],
    ['a tag', { not: { tag: 'rich' } }, /^clocks\[0\]\.when\.not\.tag: there is no "rich"/],
    ['a field that no type has', { fields: { colour: 'red' } }, /^clocks\[0\]\.when\.fields\.colour: there is no "colour"/],
    [
      'a field of another type',
      { type: 'complaint', fields: { amount: 1 } },
      /\.fields\.amount: .*complaint|\.fields\.amount: the types named here have no field "amount"/,
    ],
    ['a text for a number', { fields: { amount: 'much' } }, /\.fields\.amount: the field is a number and "much" is none/],
    ['a day that is matched', { fields: { boughtOn: '2026-01-01' } }, /\.fields\.boughtOn: dates and instants are not matched/],
    ['a day written otherwise', { fields: { boughtOn: { below: '1 May' } } }, /\.boughtOn\.below: the field is a date and "1 May"/],
    [
      'the words of a text',
      { fields: { faultPhenomenon: 'blue' } },
      /\.faultPhenomenon: what stands in a text field is nothing to decide by/,
    ],
    ['nothing', {}, /^clocks\[0\]\.when: says nothing/],
    ['a fact there is not', { tpye: 'fault' }, /^clocks\[0\]\.when\.tpye: .*type/],
  ])('%s', (_, condition, expected) => {
    expect(when(condition)).toEqual([expect.stringMatching(expected)])
  })

  it('an exception that an earlier one always comes before', () => {
    const exceptions = [
      { when: { type: ['fault', 'complaint'] }, within: 'PT1H' },
      { when: { type: 'fault', priority: 'low' }, within: 'PT2H' },
      { when: [{ type: 'complaint' }, { type: 'suggestion' }], within: 'PT2H' },
    ]
    expect(faults({ clock: { exceptions } })).toEqual([
      expect.stringMatching(/^clocks\[0\]\.exceptions\[1\]\.when: number 1 above holds whenever this does/),
    ])
  })

  it('no exception that lists other priorities than those before it', () => {
    const exceptions = [
      { when: { tag: 'vip' }, within: { urgent: 'PT1H' } },
      { when: { tag: 'vip', channel: 'phone' }, within: 'PT2H' },
    ]
    expect(faults({ clock: { exceptions } })).toEqual([])
  })

  it('targets of a priority there is not, and exceptions from an instant that is stated', () => {
    expect(faults({ clock: { exceptions: [{ when: { tag: 'vip' }, within: { top: 'PT1H' } }] } })).toEqual([
      expect.stringMatching(/^clocks\[0\]\.exceptions\[0\]\.within\.top: there is no "top"/),
    ])
    const stated = { starts: ['deferred'], stops: ['resolved'], within: undefined, exceptions: [{ when: { tag: 'vip' }, within: 'PT1H' }] }
    expect(faults({ clock: stated })).toContainEqual(expect.stringMatching(/^clocks\[0\]\.exceptions: this clock has no target of its own/))
  })

  it('what is asked of a field at registration depends neither on itself nor on what is known later', () => {
    expect(faults({ field: { requiredWhen: { fields: { boughtOn: { given: true } } } } })).toEqual([
      expect.stringMatching(/requiredWhen\.fields\.boughtOn: whether "boughtOn" is required cannot depend on itself/),
    ])
    expect(faults({ field: { requiredWhen: { fields: { subject: { given: true } } } } })).toEqual([
      expect.stringMatching(/requiredWhen\.fields\.subject: the types named here have no field "subject"/),
    ])
    expect(faults({ field: { requiredWhen: { tag: 'vip' } } })).toEqual([
      expect.stringMatching(/requiredWhen\.tag: tags of the customer are not known yet/),
    ])
  })

  it('an emergency review where there is no triage', () => {
    const profile: { priorities: object[] } = parse(text)
    const priorities = profile.priorities.map((priority, at) => (at === 0 ? { ...priority, reviewMeeting: { type: 'fault' } } : priority))
    expect(faults({ others: { priorities } })).toEqual([expect.stringMatching(/^priorities\[0\]\.reviewMeeting: tickets pass over triage/)])
  })
})

describe('X10, S7: where tickets go, by a matrix', () => {
  const text = readFileSync('test/unit/profiles/whole/standard-ticket.yaml', 'utf8')
  const label = (en: string) => ({ 'zh-CN': en, 'zh-TW': en, en })
  const choices = (...ids: readonly string[]) => ids.map((id) => ({ id, label: label(id) }))

  /** What is wrong when faults are of a ware and of a nature, and go by these routes alone. */
  function faults(routing: readonly object[], ware: object = { required: true }): string[] {
    const profile: { types: { id: string; fields: object[]; team?: string }[] } = parse(text)
    const types = profile.types.map((type) => {
      if (type.id !== 'fault') return type
      const { team: _, ...rest } = type
      const fields = [
        ...type.fields,
        { id: 'ware', label: label('Ware'), kind: 'choice', choices: choices('crm', 'shop', 'app'), ...ware },
        { id: 'amount', label: label('Amount'), kind: 'number' },
      ]
      return { ...rest, fields }
    })
    const result = parseProfile(JSON.stringify({ ...profile, types, ...(routing.length > 0 && { routing }) }), {
      format: 'json',
      teams: ['service-desk', 'tech-support', 'field'],
    })
    return result.ok ? [] : result.errors.map(({ path, reason }) => `${path}: ${reason}`)
  }
  const to = (team: string, when: object) => ({ when, team })

  it('is taken where every case has a route', () => {
    expect(faults([to('field', { fields: { ware: 'shop' }, priority: 'urgent' }), to('tech-support', { type: 'fault' })])).toEqual([])
    expect(faults([to('field', { fields: { ware: ['shop', 'app', 'crm'] } })])).toEqual([])
    expect(
      faults([
        to('field', { fields: { amount: { atLeast: 100 } } }),
        to('tech-support', { fields: { amount: { below: 100 } } }),
        to('field', { fields: { amount: { given: false } } }),
      ]),
    ).toEqual([])
  })

  it('is refused where a case has none, which is named', () => {
    expect(faults([])).toEqual([expect.stringMatching(/^types\[2\]\.team: tickets of this type have no team/)])
    expect(faults([to('field', { fields: { ware: ['shop', 'app'] } })])).toEqual([
      expect.stringMatching(/^types\[2\]\.team: routing does not cover 1 kinds of "fault", such as \{ fields\.ware: crm \}; add routes/),
    ])
    // What need not be given may be missing.
    expect(faults([to('field', { fields: { ware: ['shop', 'app', 'crm'] } })], {})).toEqual([
      expect.stringMatching(/such as \{ fields\.ware: – \}/),
    ])
    expect(faults([to('field', { priority: ['urgent', 'high'] }), to('tech-support', { not: { channel: 'phone' } })])).toEqual([
      expect.stringMatching(/priority: medium, channel: phone/),
    ])
    expect(
      faults([to('field', { fields: { amount: { atLeast: 100 } } }), to('tech-support', { fields: { amount: { given: false } } })]),
    ).toEqual([expect.stringMatching(/such as \{ fields\.amount: -1 \}/)])
  })

  it('is refused where a number that is named has none', () => {
    expect(faults([to('field', { not: { fields: { amount: 5 } } })], { required: true })).toEqual([
      expect.stringMatching(/such as \{ fields\.amount: 5 \}/),
    ])
  })

  it('is refused where a route is never reached, by an unknown team, or by what is known only later', () => {
    expect(faults([to('tech-support', { type: 'fault' }), to('field', { type: 'fault', priority: 'urgent' })])).toEqual([
      expect.stringMatching(/^routing\[1\]\.when: number 1 above holds whenever this does/),
    ])
    expect(faults([to('moon', { type: 'fault' })])).toEqual([expect.stringMatching(/^routing\[0\]\.team: there is no team "moon"/)])
    expect(faults([to('field', { tag: 'vip' }), to('tech-support', { type: 'fault' })])).toEqual([
      expect.stringMatching(/^routing\[0\]\.when\.tag: tags/),
    ])
  })

  it('as the example has it is taken, to be copied', () => {
    const profile: object = parse(readFileSync('test/unit/profiles/whole/tech-support.yaml', 'utf8'))
    const example: object = parse(readFileSync('docs/examples/routing.yaml', 'utf8'))
    const both = JSON.stringify({ ...profile, ...example })
    expect(parseProfile(both, { format: 'json', teams: ['service-desk', 'tech-support'] })).toMatchObject({ ok: true })
  })

  it('says the first route that holds, else what the type says', () => {
    const routing = [
      { when: { priority: 'high', fields: { impact: 'one' } }, team: 'second', skills: ['x'] },
      { when: { channel: 'phone' }, team: 'front', skills: [] },
    ]
    const type = { team: 'usual' }
    expect(routeFor({ routing, type, dispatch: { skills: ['y'] } }, facts)).toEqual({ team: 'front', skills: [] })
    expect(routeFor({ routing, type }, { ...facts, fields: { impact: 'one' } })).toEqual({ team: 'second', skills: ['x'] })
    expect(routeFor({ routing, type, dispatch: { skills: ['y'] } }, { ...facts, channel: 'web' })).toEqual({ team: 'usual', skills: ['y'] })
  })
})
