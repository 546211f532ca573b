import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { openDocument } from '../../../domain/document/open.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { installationWarnings, type Installation } from '../../../domain/profile/installation-warnings.ts'
import { checkProfileDocument } from '../../../domain/profile/load.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { warnOf } from '../../../domain/profile/warned.ts'
import { warningCodes, warningSentences } from '../../../domain/profile/warning-sentences.ts'
import { warningsOf } from '../../../domain/profile/warnings.ts'
import { shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { techSupport } from '../../support/tickets.ts'

/** X13: what a sound profile would let people forget. */

const codes = (profile: Profile) => warningsOf(profile).map(({ code, path }) => `${code} ${path.join('.')}`)
const withClock = (id: string, changes: Partial<Profile['clocks'][number]>): Profile => ({
  ...techSupport,
  clocks: techSupport.clocks.map((clock) => (clock.id === id ? { ...clock, ...changes } : clock)),
})
const without = (...ids: readonly string[]): Profile => ({
  ...techSupport,
  clocks: techSupport.clocks.filter(({ id }) => !ids.includes(id)),
})
const at = (id: string) => techSupport.clocks.findIndex((clock) => clock.id === id)

describe('X13: the check warns of', () => {
  it('nothing in what ships', async () => {
    for (const { content } of await shippedProfiles()) expect([content.id, codes(content)]).toEqual([content.id, []])
  })

  it('a report whose label has no room, and a cut-off that does nothing', () => {
    const [report] = techSupport.reports ?? []
    if (!report) throw new Error('there is no report')
    const reporting = (changes: Partial<typeof report>) => codes({ ...techSupport, reports: [{ ...report, ...changes }] })
    expect(reporting({ label: { ...report.label, en: 'A weekly report '.repeat(4) } })).toEqual(['report-label-long reports.0.label.en'])
    const long = { ...report.label, en: 'A weekly report '.repeat(4) }
    expect(codes({ ...techSupport, languages: ['zh-CN'], reports: [{ ...report, label: long }] })).toEqual([])
    expect(reporting({ every: 'week', cutOff: 'PT1H' })).toEqual(['cut-off-unused reports.0.cutOff'])
    expect(reporting({ every: 'day', cutOff: 'PT1H' })).toEqual([])
  })

  it('a deadline that is not named, where there is something to guess', () => {
    const { deadline: _, ...unnamed } = techSupport
    expect(codes(unnamed)).toEqual(['deadline-unnamed deadline'])
    expect(warningsOf(unnamed)[0]?.params).toMatchObject({ nearest: 'resolution' })
  })

  it('no clock that ends with the solution, for all tickets or for some', () => {
    const stops = { stops: ['completed' as const] }
    expect(codes({ ...withClock('resolution', stops), deadline: 'deferral' })).toEqual(['no-solution-clock clocks'])
    expect(codes(withClock('resolution', stops))).toEqual([])
    const urgent = { ...withClock('resolution', { priorities: ['urgent'], within: 'PT24H' }) }
    const [warning] = warningsOf(urgent)
    expect(warning).toMatchObject({
      code: 'no-solution-clock',
      params: { at: expect.arrayContaining(['{ type: software-fault, priority: high }']) },
    })
    expect(codes(withClock('resolution', { when: { not: { tag: 'vip' } } }))).toEqual(['no-solution-clock clocks'])
    // Another one counts for whom the first leaves out.
    const [resolution] = techSupport.clocks.filter(({ id }) => id === 'resolution')
    if (!resolution) throw new Error('no resolution')
    const both = withClock('resolution', { when: { not: { tag: 'vip' } } })
    expect(codes({ ...both, clocks: [...both.clocks, { ...resolution, id: 'of-vip', when: { tag: 'vip' } }] })).toEqual([])
  })

  it('a deferral that nobody watches', () => {
    expect(codes(without('deferral'))).toEqual(['deferral-unwatched clocks'])
    const customer = { id: 'late', at: '0%', times: 1, to: ['customer' as const], notice: 'still-investigating' as const }
    expect(codes(withClock('deferral', { ladder: [customer] }))).toEqual([
      'deferral-unwatched clocks',
      `clock-unheard clocks.${at('deferral')}.ladder`,
    ])
    const vip = { id: 'missed', at: '0%', times: 1, to: ['lead' as const], when: { tag: 'vip' } }
    expect(codes(withClock('deferral', { ladder: [vip] }))).toEqual([
      'deferral-unwatched clocks',
      `clock-unheard clocks.${at('deferral')}.ladder`,
    ])
  })

  it('a wait without end: a reason that no clock measures, or that one measures whom nobody hears', () => {
    const reasons = techSupport.waitingFor.flatMap(({ id }, nth) => (id === 'customer' ? [] : [`wait-without-end waitingFor.${nth}`]))
    expect(codes(without('wait-limit'))).toEqual(reasons)
    expect(codes(withClock('wait-limit', { starts: ['waiting-started'] }))).toEqual([])
    expect(codes({ ...techSupport, waitingFor: [...techSupport.waitingFor, { id: 'parcel', label: techSupport.label }] })).toEqual([
      `wait-without-end waitingFor.${techSupport.waitingFor.length}`,
    ])
    // It lapses, and only the customer has heard of it.
    const answer = techSupport.clocks[at('customer-answer')]
    const ladder = answer?.ladder.filter(({ to }) => to.includes('customer')) ?? []
    expect(codes(withClock('customer-answer', { ladder }))).toEqual([
      'wait-without-end waitingFor.0',
      `clock-unheard clocks.${at('customer-answer')}.ladder`,
    ])
    expect(codes(withClock('customer-answer', { ladder, whenDue: 'close' }))).toEqual([])
  })

  it('a clock that rests from its start', () => {
    expect(codes(withClock('wait-limit', { pauses: ['part'] }))).toEqual([
      `wait-without-end waitingFor.${techSupport.waitingFor.findIndex(({ id }) => id === 'part')}`,
      `rests-from-start clocks.${at('wait-limit')}.pauses`,
    ])
  })

  it('X13: a target of a type for a clock that has none of its own', () => {
    const [type, ...others] = techSupport.types
    if (!type) throw new Error('no type')
    const types = (clock: string) => ({ ...techSupport, types: [{ ...type, targets: { [clock]: 'PT1H' } }, ...others] })
    expect(codes(types('deferral'))).toEqual(['target-unused types.0.targets.deferral'])
    expect(codes(types('resolution'))).toEqual([])
  })

  it('a ladder that speaks to no colleague, though not where its end closes the ticket', () => {
    expect(codes(withClock('callback', { ladder: [] }))).toEqual([`clock-unheard clocks.${at('callback')}.ladder`])
    expect(codes(withClock('confirmation', { ladder: [], whenDue: 'close' }))).toEqual([])
    expect(codes(withClock('callback', { ladder: [{ id: 'missed', at: '0%', times: 1, to: ['lead'] }] }))).toEqual([])
  })
})

const labels = { 'zh-CN': '甲', 'zh-TW': '甲', en: 'A' }
const there: Installation = {
  calendars: ['cn-office'],
  teams: [{ id: 'tech-support', labels, lead: 'lin', supervisor: 'chen', departmentHead: 'gu', members: ['wang'] }],
  people: ['lin', 'chen', 'gu', 'wang', 'root'].map((id) => ({
    id,
    roles: id === 'root' ? ['admin'] : ['engineer'],
    email: `${id}@example.com`,
  })),
}
const team = (changes: Partial<Installation['teams'][number]>): Installation => ({
  ...there,
  teams: there.teams.map((one) => ({ ...one, ...changes })),
})
const unreachable = (...ids: readonly string[]): Installation => ({
  ...there,
  people: there.people.map((one) => (ids.includes(one.id) ? { ...one, email: null } : one)),
})
const missing = (installation: Installation) =>
  installationWarnings(techSupport, installation).map(({ code, path, params }) => ({ code, path: path.join('.'), ...params }))

describe('X13: where it is known who is there, the check warns of', () => {
  it('nothing where everybody is there', () => expect(missing(there)).toEqual([]))

  it('an announced version that this one comes before, and none that comes later or is higher (X1)', () => {
    const { version, document } = techSupport
    const days = ['0001-01-01', document.effectiveFrom, '9999-12-31']
    const announced = [version - 1, version, version + 1].flatMap((other) =>
      days.map((effectiveFrom) => ({ version: other, effectiveFrom })),
    )
    const one = { code: 'announced-ended', path: 'version', given: `${version - 1}`, nearest: `${version + 1}` }
    expect(missing({ ...there, announced })).toEqual([
      { ...one, at: document.effectiveFrom },
      { ...one, at: '9999-12-31' },
    ])
  })

  it('a calendar or a team that is not there', () => {
    expect(missing({ ...there, calendars: ['other'] })).toEqual([
      { code: 'calendar-missing', path: 'calendar', given: 'cn-office', known: ['other'] },
    ])
    expect(missing(team({ id: 'other' }))).toEqual([
      { code: 'team-missing', path: 'types.0.team', given: 'tech-support', known: ['other'] },
    ])
  })

  it('a team of which nobody can be reached', () => {
    const empty = { code: 'team-without-people', path: 'types.0.team', given: 'tech-support' }
    expect(missing(team({ members: [] }))).toEqual([empty])
    expect(missing(team({ members: ['gone'] }))).toEqual([empty])
    expect(missing(unreachable('wang'))).toEqual([empty])
  })

  it('a place of the ladders that nobody holds, and who hears of it instead', () => {
    const place = (name: string, instead: string) => ({
      code: 'place-empty',
      path: 'types.0.team',
      given: 'tech-support',
      place: name,
      instead,
    })
    expect(missing(team({ lead: null }))).toEqual([place('lead', 'supervisor')])
    expect(missing(unreachable('chen', 'gu'))).toEqual([place('supervisor', 'admin'), place('department-head', 'admin')])
    const spoken = {
      ...techSupport,
      clocks: techSupport.clocks.map((clock) => ({ ...clock, ladder: [{ id: 'missed', at: '0%', times: 1, to: ['handler' as const] }] })),
    }
    expect(installationWarnings(spoken, team({ lead: null }))).toEqual([])
  })

  it('nobody at the end of every ladder', () => expect(missing(unreachable('root')).map(({ code }) => code)).toEqual(['nobody-at-last']))
})

describe('X13: a warning', () => {
  const base = readFileSync('profiles/base.yaml', 'utf8')
  const bases = basesIn([{ text: base }])
  const warned = (text: string, locale: Locale = 'en') => {
    const opened = openDocument(text, { locale })
    if (!opened.ok) throw new Error(JSON.stringify(opened.errors))
    const document = checkProfileDocument(opened, { bases })
    if (!document.ok || !('profile' in document)) throw new Error(JSON.stringify(document))
    return warnOf(opened, document.profile, { bases })
  }
  const hotel = readFileSync('docs/examples/hotel.yaml', 'utf8')

  it('stands at the line of what was written, and of what is inherited at the line that brings it in', () => {
    expect(warned(hotel)).toEqual([])
    const own = `${hotel}\nwaitingFor:\n  - { id: parcel, label: { zh-CN: 等待包裹, zh-TW: 等待包裹, en: A parcel } }\n`
    const line = own.split('\n').findIndex((text) => text.includes('id: parcel')) + 1
    expect(warned(own)).toMatchObject([
      { code: 'wait-without-end', path: expect.stringMatching(/^waitingFor\[\d\]$/), line, text: expect.stringContaining('"parcel"') },
    ])
    const removed = hotel.replace('remove:\n', 'remove:\n  - clocks.wait-limit\n')
    const lines = removed.split('\n').findIndex((text) => text.startsWith('extends:')) + 1
    expect(warned(removed)).toMatchObject([
      { code: 'wait-without-end', line: lines, path: 'waitingFor.department', remedy: expect.stringContaining('inherited from base@') },
      { path: 'waitingFor.part' },
    ])
  })

  it.each(warningCodes)('%s says what would be forgotten and what helps, in each language, and stands in docs/profiles.md', (code) => {
    const { text, remedy } = warningSentences[code]
    for (const locale of locales) for (const words of [text, remedy]) expect(words[locale].length).toBeGreaterThan(5)
    expect(new Set(locales.map((locale) => [...new Set(text[locale].match(/\{\w+\}/g) ?? [])].toSorted().join()))).toHaveProperty('size', 1)
    expect(readFileSync('docs/profiles.md', 'utf8').includes(`\`${code}\``)).toBe(true)
  })
})
