import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { calendarFrom } from '../../../domain/calendar/working-time.ts'
import { linesOf } from '../../../domain/differences/change.ts'
import { profileDifferences } from '../../../domain/differences/profiles.ts'
import { locales } from '../../../domain/labels.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import { moments } from '../../../domain/profile/moments.ts'
import { rolesOf } from '../../../domain/profile/roles.ts'
import { optionalStages, stagesOf } from '../../../domain/profile/stages.ts'
import { stageLabel, statusLabel } from '../../../domain/stages.ts'
import { ticketStages } from '../../../domain/ticket-stages.ts'
import { placeLabel } from '../../../rehearsal/asked.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { monday, office, policyOf, ticketIn } from '../../support/tickets.ts'

/** X11: what a profile says of its path has to agree with the rest of it. */

const text = readFileSync('test/unit/profiles/whole/standard-ticket.yaml', 'utf8')
const label = (word: string) => ({ 'zh-CN': word, 'zh-TW': word, en: word })
const clock = (changes: object) => ({
  id: 'resolution',
  label: label('解决'),
  starts: ['submitted'],
  stops: ['resolved'],
  within: 'PT1H',
  ...changes,
})

interface Written {
  readonly clocks: readonly { readonly id: string }[]
  readonly stages: readonly { readonly id: string }[]
}

const written: Written = parse(text)

function withStages(stages: readonly object[], changes: object = {}) {
  const clocks = written.clocks.filter(({ id }) => id !== 'confirmation')
  return stringify({ ...written, stages, clocks, ...changes })
}

function faults(document: string): string[] {
  const result = parseProfile(document)
  return result.ok ? [] : result.errors.map(({ path, reason }) => `${path}: ${reason}`)
}

describe('X11: a path that does not agree with the rest is refused, with path and remedy', () => {
  it('X11: stages without which nothing is solved are not left out', () => {
    expect(faults(withStages([{ id: 'handling', leftOut: true }]))).toEqual([
      expect.stringMatching(/^stages\[0\]\.leftOut: "handling" cannot be left out: .*remove leftOut.*intake, triage, verification/),
    ])
    expect(faults(withStages(optionalStages.map((id) => ({ id, leftOut: true }))))).toEqual([])
    expect(faults(withStages([{ id: 'handling', leftOut: false, label: label('维修') }]))).toEqual([])
    expect(faults(withStages([{ id: 'repairing' }]))).toEqual([
      expect.stringMatching(/^stages\[0\]\.id: "repairing" is not possible; write one of intake,/),
    ])
  })

  it('X11: a clock that nothing would start, or whose moment never comes', () => {
    const without = [{ id: 'confirmation', leftOut: true }]
    expect(faults(withStages(without, { clocks: written.clocks }))).toEqual([
      expect.stringMatching(
        /^clocks\[\d+\]\.starts: this clock would never start, since the stage confirmation is left out; remove the clock/,
      ),
    ])
    expect(faults(withStages(without, { clocks: [clock({ stops: ['confirmed', 'resolved'] })] }))).toEqual([
      expect.stringMatching(
        /^clocks\[0\]\.stops\[0\]: "confirmed" never comes, since the stage confirmation is left out; name a moment that still comes/,
      ),
    ])
    expect(faults(withStages([{ id: 'triage', leftOut: true }], { clocks: [clock({ cancels: ['review-recorded'] })] }))).toEqual([
      expect.stringMatching(/^clocks\[0\]\.cancels\[0\]: "review-recorded" never comes/),
    ])
  })

  it('X11, X10: a notice that nobody would get', () => {
    const notificationRules = [{ id: 'thanks', on: ['resolved', 'confirmed'], to: ['representative'], notice: 'custom:thanks' }]
    const customNotices = [{ id: 'custom:thanks', label: label('谢谢'), subject: label('谢谢'), text: label('谢谢') }]
    const without = withStages([{ id: 'confirmation', leftOut: true }], { notificationRules, customNotices })
    expect(faults(without)).toContainEqual(expect.stringMatching(/^notificationRules\[0\]\.on\[1\]: "confirmed" never comes/))
  })

  it('X11: a clock that would not stop for the tickets that pass over a stage', () => {
    const sometimes = [{ id: 'confirmation', leftOut: { priority: 'low' } }]
    expect(faults(withStages(sometimes, { clocks: [clock({ stops: ['confirmed'] })] }))).toEqual([
      expect.stringMatching(
        /^clocks\[0\]\.stops: for tickets that pass over the stage confirmation this clock would never stop: .*such as resolved$/,
      ),
    ])
    expect(faults(withStages(sometimes, { clocks: written.clocks }))).toEqual([])
    expect(faults(withStages(sometimes, { clocks: [clock({ stops: ['confirmed', 'resolved'] })] }))).toEqual([])
  })

  it('X11: nothing is said in two places', () => {
    const both = withStages(
      [
        { id: 'triage', leftOut: true },
        { id: 'closing', leftOut: { type: 'fault' } },
      ],
      { begins: 'triage', closingReport: true },
    )
    expect(faults(both)).toEqual([
      expect.stringMatching(/^begins: stages says already when triage is left out/),
      expect.stringMatching(/^closingReport: stages says already when closing is left out.*remove this key/),
    ])
    const older = withStages([{ id: 'closing', leftOut: false }], { begins: 'assignment', closingReport: { type: 'fault' } })
    expect(faults(older)).toEqual([])
  })

  it('X11: what is left out at registration cannot depend on what is known later', () => {
    expect(faults(withStages([{ id: 'intake', leftOut: { tag: 'vip' } }]))).toEqual([
      expect.stringMatching(/^stages\[0\]\.leftOut\.tag: tags of the customer/),
    ])
    expect(faults(withStages([{ id: 'verification', leftOut: { priority: 'lowly' } }]))).toEqual([
      expect.stringMatching(/^stages\[0\]\.leftOut\.priority: there is no "lowly" in this profile/),
    ])
  })

  it('X6: in three languages', () => {
    const bad = withStages(
      [
        { id: 'confirmation', leftOut: true },
        { id: 'archived', leftOut: true },
      ],
      { clocks: written.clocks },
    )
    for (const locale of locales) {
      const result = parseProfile(bad, { locale })
      expect(result.ok ? [] : result.errors.map(({ reason }) => /\p{Script=Han}/u.test(reason))).toEqual(Array(2).fill(locale !== 'en'))
    }
  })

  it('X11: every moment comes, or a stage that can be left out brings it', () => {
    for (const stage of optionalStages) {
      const document = withStages([{ id: stage, leftOut: true }], {
        clocks: [clock({ starts: moments.filter((one) => one !== 'deferred' && one !== 'deadline-agreed' && one !== 'resolved') })],
      })
      const lost = stage === 'triage' ? 2 : stage === 'confirmation' ? 3 : 0
      expect(faults(document).filter((fault) => fault.includes('never comes'))).toHaveLength(lost)
    }
  })
})

describe('X11: words of its own', () => {
  const stages = [
    { id: 'handling', label: label('上门维修'), customer: label('师傅已出发') },
    { id: 'verification', leftOut: true },
    { id: 'closing', customer: label('已修好') },
  ]
  const roles = [
    { id: 'handler', label: label('师傅') },
    { id: 'lead', label: label('班长') },
  ]
  const parsed = parseProfile(withStages(stages, { roles }))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const { profile } = parsed

  it('X11: a stage has one name among colleagues and one for customers; who has none is called as the product does', () => {
    expect(stagesOf(profile).map(({ id }) => id)).toEqual(ticketStages.map(({ id }) => id))
    const called = (id: string) => [stageLabel(stagesOf(profile), id, 'zh-CN'), statusLabel(stagesOf(profile), id, 'zh-CN')]
    expect(called('handling')).toEqual(['上门维修', '师傅已出发'])
    expect(called('closing')).toEqual(['结案', '已修好'])
    expect(called('triage')).toEqual(['诊断与定级', '诊断与定级'])
    expect(called('of a later release')).toEqual(['of a later release', 'of a later release'])
    expect(stagesOf({})).toBe(ticketStages)
  })

  it('X11: so have roles and places', () => {
    expect([rolesOf(profile).lead.en, rolesOf(profile).supervisor.en, rolesOf({}).lead.en]).toEqual(['班长', 'supervisor', 'team lead'])
    expect(faults(withStages([], { roles: [{ id: 'plumber', label: label('x') }] }))).toEqual([
      expect.stringMatching(/^roles\[0\]\.id: "plumber" is not possible/),
    ])
  })

  it('X11: a running ticket carries them, in the language of its profile, and nothing where there is nothing of its own', () => {
    const policy = policyFor(profile, 'fault', { version: 1, calendar: calendarFrom(office, monday) })
    expect(policy).toMatchObject({
      leftOut: { verification: true },
      words: { stages: { handling: '上门维修' }, roles: { handler: '师傅', lead: '班长' } },
    })
    const usual = parseProfile(text)
    if (!usual.ok) throw new Error(JSON.stringify(usual.errors))
    expect(policyFor(usual.profile, 'fault', { version: 1, calendar: calendarFrom(office, monday) })).not.toHaveProperty('words')
  })

  it('X11, X9: what differs is told in the words of both', () => {
    const before = parseProfile(withStages([{ id: 'triage', leftOut: true }], { closingReport: { type: 'fault' } }))
    if (!before.ok) throw new Error(JSON.stringify(before.errors))
    const sections = profileDifferences(before.profile, profile, 'en')
    const lines = (heading: string) =>
      sections
        .filter((section) => section.heading === heading)
        .flatMap(({ changes }) => changes.flatMap((change) => linesOf(change).map((line) => line.text)))
    expect(lines('Stages')).toEqual([
      ...['triage', 'left out: yes → no'],
      ...['handling', 'handling → 上门维修', 'the customer reads: handling → 师傅已出发'],
      ...['verification', 'left out: no → yes'],
      ...['closing', 'the customer reads: closing → 已修好', 'left out (yes, unless type: Fault → no)'],
    ])
    expect(lines('What roles are called')).toEqual(['handler → 师傅', 'team lead → 班长'])
  })

  it('X11, X12: the Temporal UI and rehearsals have them', () => {
    const words = { stages: { handling: '上门维修' }, roles: { handler: '师傅', supervisor: '调度', representative: '管家' } }
    const { state } = ticketIn('handling')
    const details = ticketProcess.details(state, policyOf({ words }))
    for (const told of ['- 阶段：**上门维修**', '- 师傅：**wang**', '- 管家：**lin**', '调度']) expect(details).toContain(told)
    expect(ticketProcess.details(state, policyOf())).toContain('- 阶段：**处理中**')
    expect([placeLabel(profile, 'handler').en, placeLabel(profile, 'colleague').en]).toEqual(['师傅', 'colleague'])
  })
})
