import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { classify } from '../../../domain/classification.ts'
import { checkFields } from '../../../domain/fields.ts'
import { locales } from '../../../domain/labels.ts'
import { renderNumber } from '../../../domain/numbering.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { policyFor, type Policy } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { shippedCalendars, shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { matrix, natures, productLines } from '../../support/qms.ts'

let profile: Profile
let calendar: Calendar
beforeAll(async () => {
  profile = found((await shippedProfiles()).find(({ content }) => content.id === 'qms-service')).content
  calendar = found((await shippedCalendars()).find(({ content }) => content.id === profile.calendar)).content
})

const policyOf = (type: string): Policy => found(policyFor(profile, type, { version: 1, calendar }))
const clock = (id: string) => found(profile.clocks.find((one) => one.id === id))

describe('the qms-service profile', () => {
  it('Q1: numbers services SR202310010001, and is reached by phone, e-mail, chat and web form', () => {
    const { pattern } = profile.number
    expect(renderNumber(pattern, { now: '2023-09-30T16:00:00.000Z', zone: profile.zone, serial: 1 })).toBe('SR202310010001')
    expect(renderNumber(pattern, { now: '2023-09-30T15:59:59.000Z', zone: profile.zone, serial: 10_000 })).toBe('SR2023093010000')
    expect(policyOf('technical').channels).toEqual(['phone', 'chat', 'email', 'web-form'])
  })

  it('Q2: has five natures and asks each for its product line', () => {
    expect(profile.types.map(({ label }) => label['zh-CN'])).toEqual(['售前', '售后', '技术', '商务', '投诉'])
    expect(profile.types.map(({ id }) => id)).toEqual(natures)
    for (const { id, fields } of profile.types) {
      const missing = checkFields({}, fields, { requireAll: true })
      expect(missing, id).toMatchObject({
        ok: false,
        errors: [{ path: 'fields.productLine', code: 'required' }, ...(id === 'complaint' ? [{}] : [])],
      })
      expect(found(fields.find((field) => field.id === 'productLine')).choices?.map((choice) => choice.id)).toEqual(productLines)
    }
  })

  it('Q2: leads every nature and product line to one of four departments', () => {
    const teams = Object.values(matrix).flatMap((row) => Object.values(row))
    expect(new Set(teams)).toEqual(new Set(['service-desk', 'tech-support', 'sales', 'quality']))
  })

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])('Q2: without row %d of the matrix, the check names what nobody answers for', (row) => {
    const whole = parse(readFileSync('test/unit/profiles/whole/qms-service.yaml', 'utf8'))
    const heard = parseProfile(stringify({ ...whole, routing: profile.routing?.filter((_, at) => at !== row) }))
    expect(heard.ok).toBe(false)
    const told = heard.ok ? '' : JSON.stringify(heard.errors)
    expect(told).toContain('types[')
    expect(profile.routing).toHaveLength(10)
  })

  it('Q5: nothing is closed by silence, and no mail says so', () => {
    expect(profile.clocks.filter(({ whenDue }) => whenDue === 'close')).toEqual([])
    for (const kind of ['information-requested', 'information-reminder', 'confirmation-requested', 'confirmation-reminder'] as const)
      for (const locale of locales)
        expect(profile.notices[kind].text[locale], kind).not.toMatch(/自动结案|自動結案|will be closed|close the ticket\.\]/)
  })

  it.each([
    ['urgent', 'PT30M', 'PT24H'],
    ['high', 'PT2H', 'PT48H'],
    ['medium', 'PT8H', 'P3D'],
    ['low', 'PT8H', 'P5D'],
  ])('Q9: %s is answered within %s and solved within %s', (priority, response, resolution) => {
    expect(clock('first-response').within).toMatchObject({ [priority]: response })
    expect(clock('resolution').within).toMatchObject({ [priority]: resolution })
  })

  it('Q7: analyses each month and each quarter, as controlled records with preparer, reviewer and approver', () => {
    expect(profile.reports?.map(({ every, label, record, release }) => [every, label['zh-CN'], record?.number, release?.late])).toEqual([
      ['month', '客户服务月度分析报告', 'QR-SV-004', 'send'],
      ['quarter', '客户服务季度分析报告', 'QR-SV-005', 'wait'],
    ])
    for (const { to, sections, release } of profile.reports ?? []) {
      expect(to).toContain('management')
      expect(release).toMatchObject({ write: { by: ['quality'] }, review: { by: ['department-lead'] }, approve: { by: ['management'] } })
      const figures = sections.flatMap((section) => (section.kind === 'figures' ? section.figures : []))
      expect(figures).toEqual(expect.arrayContaining(['first-contact-resolution', 'attainment', 'satisfaction']))
      expect(sections.map(({ id, kind }) => `${kind} ${id}`)).toEqual(expect.arrayContaining(['written improvement', 'samples samples']))
    }
  })

  it('T15: every label it lists says something, and is found in each language', () => {
    const { modules, causes, types } = policyOf('technical').classification
    const usual = { module: 'operation', type: 'technical', cause: 'wear', tags: [] }
    for (const [axis, terms] of Object.entries({ module: modules, cause: causes, type: types }))
      for (const { id, labels } of terms)
        for (const written of [id, ...labels])
          expect(classify({ ...usual, [axis]: written }, policyOf('technical').classification), written).toMatchObject({
            ok: true,
            value: { [axis]: id },
          })
  })
})

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not shipped')
  return value
}
