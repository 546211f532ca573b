import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseProfile } from '../../../domain/profile/load.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import { monthly } from '../../support/assessments.ts'
import { office } from '../../support/tickets.ts'

let good = ''
beforeAll(async () => {
  good = await readFile(new URL('../profiles/whole/tech-support.yaml', import.meta.url), 'utf8')
})

const tag = (rules: string) =>
  `\ncustomerTags:\n  - { id: often, label: { zh-CN: 高频投诉客户, zh-TW: 高頻投訴客戶, en: Complains often }${rules} }\n`

describe('X1: the parts of a profile agree', () => {
  it('S4: a tag by history names types of the profile, and counts three in ninety days unless it says otherwise', () => {
    const parsed = parseProfile(good + tag(', when: { types: [other] }'))
    expect(parsed).toMatchObject({ ok: true, profile: { customerTags: [{ when: { complaints: 3, within: 'P90D', types: ['other'] } }] } })
    expect(parseProfile(good + tag(', when: { types: [complaint] }'), { calendars: ['cn-office'], locale: 'en' })).toMatchObject({
      ok: false,
      errors: [
        {
          path: 'customerTags[0].when.types[0]',
          reason: 'there is no "complaint" in this profile; there are software-fault, hardware-fault, usage-question, compatibility, other',
        },
      ],
    })
  })

  it('S4: a tag without a rule is refused', () => {
    expect(parseProfile(good + tag(''), { locale: 'en' })).toMatchObject({
      ok: false,
      errors: [{ path: 'customerTags[0]', reason: expect.stringContaining('add when (by history), accounts (by account), tiers') }],
    })
  })

  it('X11: a moment of a wait names a reason that there is, and a clock that only it could start anew is refused', () => {
    const starts = (text: string) => good.replace('starts: [waiting-started:department,', `starts: [${text},`)
    expect(parseProfile(starts('waiting-started:departmnt'), { locale: 'en' })).toMatchObject({
      ok: false,
      errors: [
        {
          path: 'clocks[9].starts[0]',
          reason: expect.stringContaining('there is no "departmnt" in this profile; there are customer, vendor'),
        },
      ],
    })
    expect(parseProfile(starts('waiting-strated'), { locale: 'en' })).toMatchObject({
      errors: [{ path: 'clocks[9].starts[0]', reason: expect.stringContaining('perhaps "waiting-started"') }],
    })
    const again = (stops: string) => parseProfile(good.replace('stops: [waiting-ended]', `stops: [${stops}]`), { locale: 'en' })
    expect(again('waiting-started:part')).toMatchObject({
      errors: [{ path: 'clocks[9].stops', reason: expect.stringContaining('would never stop') }],
    })
    expect(again('waiting-started:customer')).toMatchObject({ ok: true })
  })

  it('X11: the deadline is a clock of the profile, and ours to keep', () => {
    const deadline = (id: string) => parseProfile(good.replace('deadline: resolution', `deadline: ${id}`), { locale: 'en' })
    expect(deadline('agreed')).toMatchObject({ ok: true, profile: { deadline: 'agreed' } })
    expect(deadline('resolved')).toMatchObject({
      ok: false,
      errors: [{ path: 'deadline', reason: expect.stringContaining('there is no "resolved"') }],
    })
    expect(deadline('customer-answer')).toMatchObject({
      ok: false,
      errors: [{ path: 'deadline', reason: expect.stringContaining('is for the customer to keep') }],
    })
  })

  it.each([
    ['zh-CN', '请删去 only.clock'],
    ['zh-TW', '請刪去 only.clock'],
    ['en', 'remove only.clock'],
  ] as const)('R13: a whole report is not narrowed to a promise: %s', (locale, remedy) => {
    const refused = parseProfile(good.replace(/^    to: /m, '    only: { clock: resolution }\n    to: '), { locale })
    expect(refused).toMatchObject({ ok: false, errors: [{ path: 'reports[0].only.clock', reason: expect.stringContaining(remedy) }] })
  })

  it('T5: an emergency review needs triage', () => {
    const straight = `${good}\nbegins: assignment\n`
    const refused = parseProfile(straight, { locale: 'en' })
    expect(refused.ok ? [] : refused.errors.map(({ path }) => path)).toEqual([
      'priorities[0].reviewMeeting',
      'priorities[1].reviewMeeting',
      'clocks[2].starts',
    ])
    const without = straight
      .replaceAll('reviewMeeting: true', 'reviewMeeting: false')
      .replace('starts: [review-called]', 'starts: [submitted]')
    expect(parseProfile(without.replace('stops: [review-recorded]', 'stops: [accepted]'))).toMatchObject({ ok: true })
  })

  it('S7, S4: a ticket carries what it asks for, and no list of accounts', () => {
    const automatic = good
      .replace('mode: manual', 'mode: automatic')
      .replace('team: tech-support', 'team: tech-support\n    skills: [login]')
    const parsed = parseProfile(automatic + tag(', accounts: ["13812345678"]'))
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    const policy = policyFor(parsed.profile, 'software-fault', { version: 1, calendar: office })
    expect(policy).toMatchObject({ dispatch: { skills: ['login'] }, customerTags: [{ id: 'often' }] })
    expect(policyFor(parsed.profile, 'other', { version: 1, calendar: office })).toMatchObject({ dispatch: { skills: [] } })
    expect(JSON.stringify(policy)).not.toContain('13812345678')
  })

  it.each([
    ['{ kind: equal-mix, figure: attainment }', 'clock', 'clock is missing: different promises are never added up'],
    ['{ kind: equal-mix, figure: attainment, clock: nothing }', 'clock', 'there is no "nothing" in this profile'],
    ['{ kind: equal-mix, figure: backlog }', 'figure', 'attainment, resolution-rate, first-contact-resolution, satisfaction, reopen-rate'],
    ['{ kind: comments }', 'themes', 'is missing'],
    [
      '{ kind: comments, themes: [{ id: speed, label: { zh-CN: a, zh-TW: a, en: a }, words: ["…"] }] }',
      'themes[0].words[0]',
      'neither letters nor digits',
    ],
    ['{ kind: drivers, by: team }', 'by', ''],
  ])('R13: a section of a report is refused with what is wrong: %s', (section, at, reason) => {
    const written = good.replace('- { id: drivers, kind: drivers }', `- ${section.replace('{', '{ id: drivers,')}`)
    expect(parseProfile(written, { locale: 'en' })).toMatchObject({
      ok: false,
      errors: [
        {
          path: expect.stringMatching(new RegExp(`sections\\[\\d+\\]\\.${at.replace(/[[\]]/g, '\\$&')}$`)),
          reason: expect.stringContaining(reason),
        },
      ],
    })
  })

  it('R14: who is scored has five working days at least to object', () => {
    const within = (objectWithin: string, locale: 'zh-CN' | 'zh-TW' | 'en' = 'en') => {
      const parsed = parseProfile(`${good}\nassessments: ${JSON.stringify([{ ...monthly, objectWithin }])}\n`, { locale })
      return parsed.ok ? [] : parsed.errors.map(({ path, reason }) => `${path}: ${reason}`)
    }
    for (const enough of ['P5D', 'P1W', 'P10D']) expect(within(enough), enough).toEqual([])
    for (const short of ['PT1H', 'P4D']) expect(within(short).join(), short).toMatch(/"P\S+" is less than five working days/)
    expect(within('P4D', 'zh-CN').join()).toMatch(/少于五个工作日/)
    expect(within('P4D', 'zh-TW').join()).toMatch(/少於五個工作日/)
  })

  it('R14: assessments score by promises that are ours to keep, and by nothing twice', () => {
    const assessed = (...criteria: readonly object[]) => {
      const parsed = parseProfile(`${good}\nassessments: ${JSON.stringify([{ ...monthly, criteria }])}\n`, { locale: 'en' })
      return parsed.ok ? [] : parsed.errors.map(({ path, reason }) => `${path}: ${reason}`)
    }
    const response = { id: 'response', figure: 'attainment', clock: 'first-response', weight: 1, standard: 90 }
    const resolved = { id: 'resolved', figure: 'resolution-rate', weight: 1, standard: 87.5 }
    expect(assessed(response, resolved)).toEqual([])
    expect(assessed({ ...response, clock: 'first-respons' })).toEqual([
      expect.stringMatching(
        /^assessments\[0\]\.criteria\[0\]\.clock: there is no "first-respons" in this profile; there are .*first-response/,
      ),
    ])
    expect(assessed({ ...response, clock: undefined })).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.clock: clock is missing.* there are: (?!.*customer-answer).*first-response/),
    ])
    expect(assessed({ ...response, clock: 'customer-answer' })).toEqual([
      expect.stringMatching(
        /^assessments\[0\]\.criteria\[0\]\.clock: "customer-answer" is for the customer to keep.* name one of: .*first-response/,
      ),
    ])
    expect(assessed({ ...resolved, clock: 'resolution' })).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.clock: only of attainment .*; remove clock/),
    ])
    expect(assessed(response, { ...response, id: 'again' }, resolved)).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[1\]: "first-response" is scored already/),
    ])
    expect(assessed(resolved, { ...resolved, id: 'again' })).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[1\]: "resolution-rate" is scored already/),
    ])
    expect(assessed(response, { ...resolved, id: 'response' })).toEqual([expect.stringMatching(/^assessments\[0\]\.criteria\[1\]\.id: /)])
    expect(assessed({ ...resolved, standard: 87.125 })).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.standard: "87.125" has more than two decimals/),
    ])
    expect(assessed({ ...resolved, weight: 0 })).toEqual([expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.weight: /)])
    expect(assessed({ ...resolved, standard: 100.5 })).toEqual([expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.standard: /)])
    expect(assessed({ ...resolved, figure: 'backlog' })).toEqual([
      expect.stringMatching(/^assessments\[0\]\.criteria\[0\]\.figure: .*attainment, resolution-rate, satisfaction/),
    ])
  })
})
