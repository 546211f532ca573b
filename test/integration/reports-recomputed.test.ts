import { sql } from 'kysely'
import { DateTime } from 'luxon'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadHistory } from '../../cli/demo/history/load.ts'
import { latestCalendar } from '../../db/calendars.ts'
import { connect } from '../../db/connect.ts'
import { keysOf as vaultKeys } from '../../db/contact-vault.ts'
import { latestProfile } from '../../db/profiles.ts'
import type { Dimension, Numbers } from '../../domain/figures/figure.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { reportsSchema, type ProfileReport } from '../../domain/profile/reports.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import type { ReportNumbers } from '../../domain/reports/numbers.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { periodNamed } from '../../domain/recurring/periods.ts'
import { rowsBehind, type BehindFigure } from '../../processes/report/rows.ts'
import { reckonReport } from '../../processes/report/reckon.ts'
import { countedThings } from '../../db/figures/measure.ts'
import { askedOf } from '../../db/figures/asked.ts'
import { ticketFigures } from '../../processes/ticket/figures/index.ts'
import { shippedProfiles } from '../../runtime/shipped-profiles.ts'
import { officeKey } from '../support/api.ts'
import { isIn, known, openAtEnd, type FoldAsked, type FoldedTicket } from '../support/folded-figures/facts.ts'
import { foldFigure, keysOf, thingsOf } from '../support/folded-figures/fold.ts'
import { foldAnswers, foldMix, shareOf } from '../support/folded-figures/folded-sections.ts'
import { eventsIn, foldedTickets } from '../support/folded-figures/from-rows.ts'
import { createDatabase } from '../support/servers.ts'
import { withSampled } from '../support/sampled-history.ts'

/** Every number of whole reports once more, from the events alone: of the reports that come along, and of one of each kind that there can be. */

const now = Date.parse('2026-11-30T07:30:00Z')

const theme = (id: string, ...words: string[]) => ({ id, label: { 'zh-CN': id, 'zh-TW': id, en: id }, words })
const themes = [theme('speed', '很快', '等', '时间'), theme('news', '主动', '通知', '跟进'), theme('never', '从来没有人说过')]
const every = { figure: 'closed', by: 'module' }
const sections = [
  { id: 'key', kind: 'figures', figures: ticketFigures.map(({ id }) => id) },
  { id: 'parts', kind: 'parts', figure: 'submitted', by: 'priority' },
  { id: 'pareto', kind: 'parts', ...every, chart: 'pareto' },
  { id: 'clock', kind: 'parts', figure: 'attainment', clock: 'first-response', by: 'team' },
  { id: 'trend', kind: 'trend', figure: 'closed', periods: 4, perWorkingDay: true },
  { id: 'times', kind: 'trend', figure: 'resolution-time', periods: 3 },
  { id: 'kept', kind: 'trend', figure: 'attainment', clock: 'resolution', periods: 3 },
  { id: 'arrivals', kind: 'arrivals' },
  { id: 'ageing', kind: 'ageing', by: 'priority' },
  { id: 'changes', kind: 'changes', ...every },
  { id: 'drivers', kind: 'drivers' },
  ...['resolution-rate', 'first-contact-resolution', 'satisfaction', 'reopen-rate'].map((figure) => ({
    id: `mix-${figure}`,
    kind: 'equal-mix',
    figure,
  })),
  { id: 'mix-kept', kind: 'equal-mix', figure: 'attainment', clock: 'resolution' },
  { id: 'comments', kind: 'comments', themes },
  { id: 'criteria', kind: 'parts', figure: 'judged-quality', by: 'criterion' },
  { id: 'samples', kind: 'samples', most: 100 },
  ...['overdue', 'unclaimed', 'due-soon', 'breaches'].map((list) => ({ id: list, kind: 'tickets', list, most: 100 })),
]
const ours = reportsSchema.parse([
  { ...report('daily', 'day'), sections: [...sections, { id: 'days', kind: 'days', figures: ['submitted', 'closed', 'satisfaction'] }] },
  { ...report('weekly-faults', 'week'), only: { type: 'software-fault' }, sections },
  { ...report('monthly-all', 'month'), sections },
  { ...report('quarterly', 'quarter'), sections },
])

/** Those of shipped profiles that have no history, of tickets of technical support: they have the same clocks. */
const ofOthers = (await shippedProfiles()).flatMap(({ content: { id, reports = [] } }) =>
  reports.map((plan) => ({
    ...plan,
    id: `${id}-${plan.id}`,
    // All of a list, and so many comments as the fold tells.
    sections: plan.sections.map((section) => ('most' in section ? { ...section, most: section.kind === 'comments' ? 3 : 100 } : section)),
  })),
)

function report(id: string, of: ProfileReport['every']) {
  return { id, label: { 'zh-CN': id, 'zh-TW': id, en: id }, every: of, to: ['management'] }
}

let db: ReturnType<typeof connect>
let drop: () => Promise<void>
let all: readonly FoldedTicket[]
beforeAll(async () => {
  const database = await createDatabase({ furnished: true })
  drop = () => database.drop()
  db = connect(database.url, { poolSize: 2 })
  await loadHistory({ db, keys: vaultKeys(officeKey), seed: 'two', now, perDay: { 'tech-support': 2, 'standard-ticket': 1 } })
  all = await withSampled(db, await foldedTickets(db, await eventsIn(db)), 'tech-support')
}, 120_000)
afterAll(async () => {
  await db.destroy()
  await drop()
})

interface Held {
  readonly fold: FoldAsked
  readonly plan: ProfileReport
  readonly before: Pick<FoldAsked, 'from' | 'until'>
}

async function reckoned(id: string, of: string, named: string): Promise<{ model: ReportModel; fold: FoldAsked; plan: ProfileReport }> {
  const profile = await latestProfile(db, id)
  const calendar = profile && (await latestCalendar(db, profile.calendar))?.calendar
  const plan = [...(profile?.reports ?? []), ...ours, ...ofOthers].find((one) => one.id === of)
  if (!profile || !calendar || !plan) throw new Error(`no report ${of}`)
  const period = periodNamed(named, { ...plan, zone: profile.zone, calendar })
  if (!period) throw new Error(`no period ${named}`)
  const model = await reckonReport({ db, figures: ticketFigures, profile, report: plan, period, asOf: period.dueAt })
  return { model, plan, fold: { from: period.from, until: period.until, asOf: period.dueAt, profile, calendar } }
}

/** The numbers of a report, by the fold. */
function folding({ fold, plan }: Pick<Held, 'fold' | 'plan'>) {
  const only = plan.only ?? {}
  return (
    id: string,
    bounds: Pick<FoldAsked, 'from' | 'until'> = fold,
    by?: Dimension,
    where: Readonly<Partial<Record<Dimension, string>>> = {},
    knownBy?: string,
  ) => {
    const figure = ticketFigures.find((one) => one.id === id)
    if (!figure) throw new Error(`no figure ${id}`)
    const { from, until } = bounds
    // As it stood when as long had passed since its end.
    const then = new Date(Date.parse(until) + Date.parse(fold.asOf) - Date.parse(fold.until)).toISOString()
    const asOf = knownBy ?? (maturing.has(id) ? then : fold.asOf)
    return foldFigure(figure, all, { ...fold, from, until, asOf }, by, { ...only, ...where })
  }
}

/** Those that go on changing after their time, by what is counted: maturing-figures.test.ts finds them by the same fold. */
const maturing = new Set(ticketFigures.flatMap(({ id, matures }) => (matures ? [id] : [])))

const compared = new Map<string, number>()

/** Holds a section against the fold. */
function hold(section: ReportSection, { fold, plan, before }: Held): void {
  const folded = folding({ fold, plan })
  const same = (what: string, given: ReportNumbers | null, other: Numbers | undefined) => {
    if (given === null) return
    expect({ what, numbers: given }).toEqual({ what, numbers: other ?? nothing(given) })
    compared.set(section.kind, (compared.get(section.kind) ?? 0) + given.n)
  }
  const planned = plan.sections.find(({ id }) => id === section.id)
  const clock = planned && 'clock' in planned && planned.clock !== undefined ? { clock: planned.clock } : {}
  switch (section.kind) {
    case 'figures':
      for (const { figure, part, ...line } of section.lines)
        for (const [when, bounds] of [
          ['now', fold],
          ['before', before],
        ] as const) {
          const { total, parts } = folded(figure, bounds, part === null ? undefined : 'clock')
          same(`${figure} ${when}`, line[when], part === null ? total : parts[String(part.key)])
          if (when !== 'before') continue
          expect({ figure, isRestated: line.restated !== undefined }).toEqual({ figure, isRestated: maturing.has(figure) })
          const byNow = folded(figure, bounds, part === null ? undefined : 'clock', {}, fold.asOf)
          if (line.restated) same(`${figure} restated`, line.restated, part === null ? byNow.total : byNow.parts[String(part.key)])
        }
      return
    case 'parts':
    case 'changes': {
      const rows = section.kind === 'parts' ? section.parts : section.rows
      const [here, there] = [
        folded(section.figure, fold, section.dimension, clock),
        folded(section.figure, before, section.dimension, clock),
      ]
      if (section.kind === 'parts') {
        same(`${section.id} total`, section.total, here.total)
        expect(new Set(rows.map(({ key }) => String(key)))).toEqual(
          new Set([...Object.keys(here.parts), ...(rows.some((row) => row.before) ? Object.keys(there.parts) : [])]),
        )
      }
      for (const row of rows) {
        same(`${section.id} ${row.key}`, row.now, here.parts[String(row.key)])
        same(`${section.id} ${row.key} before`, row.before, there.parts[String(row.key)])
      }
      return
    }
    case 'trend':
      expect(section.points.slice(-2)).toMatchObject([before, { from: fold.from, until: fold.until }].slice(-section.points.length))
      for (const { from, until, n, value } of section.points) {
        // Of a daily report each is one day.
        if (plan.every === 'day' && section.perWorkingDay) expect(value).toBe(n)
        expect({ from, n }).toEqual({ from, n: folded(section.figure, { from, until }, undefined, clock).total.n })
        compared.set('trend', (compared.get('trend') ?? 0) + n)
      }
      return
    case 'arrivals': {
      const { marks } = folded('arrivals').total
      section.weekdays.forEach(({ hours, hoursOfClosed }, day) =>
        hours.forEach((count, hour) => {
          const mark = `${['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][day]}-${String(hour).padStart(2, '0')}`
          expect({ mark, count: count + (hoursOfClosed[hour] ?? 0) }).toEqual({ mark, count: marks[mark] ?? 0 })
          compared.set('arrivals', (compared.get('arrivals') ?? 0) + count)
        }),
      )
      return
    }
    case 'ageing':
      for (const { key, counts } of section.rows) {
        const numbers = section.dimension === null ? folded('ageing').total : folded('ageing', fold, section.dimension).parts[String(key)]
        expect(counts).toEqual(section.groups.map(({ id }) => numbers?.marks[id] ?? 0))
        compared.set('ageing', (compared.get('ageing') ?? 0) + counts.reduce((sum, count) => sum + count, 0))
      }
      return
    case 'days':
      for (const { from, until, cells } of section.rows)
        cells.forEach((cell, at) =>
          same(`${section.figures[at]} ${from}`, cell, folded(section.figures[at] ?? '', { from, until }, undefined, {}, fold.asOf).total),
        )
      return
    case 'tickets': {
      const listed = listOf(section.list, { fold, plan })
      expect({ list: section.list, total: section.total }).toEqual({ list: section.list, total: listed.length })
      const shown = section.rows.map(({ number, at }) => `${number} ${at}`)
      expect(shown.filter((one) => !listed.includes(one))).toEqual([])
      for (const { number, type } of section.rows) {
        const ticket = all.find((one) => one.number === number)
        const [id] = ticket ? keysOf({ ticket }, 'type', fold) : []
        expect({ number, type }).toEqual({ number, type: fold.profile.types.find((one) => one.id === id)?.label })
      }
      const most = planned?.kind === 'tickets' ? planned.most : 0
      expect(shown.length).toBe(Math.min(most, listed.length))
      const late = section.rows.map((row) => row.late ?? 0)
      expect(late).toEqual(late.toSorted((one, other) => other - one))
      compared.set(section.list, (compared.get(section.list) ?? 0) + section.total)
      return
    }
    case 'drivers': {
      const answers = foldAnswers(all, fold, plan.only ?? {})
      expect(section.total).toMatchObject(shareOf(answers))
      for (const { driver, yes, no } of section.rows) {
        const [has, lacks] = [true, false].map((is) => shareOf(answers.filter(({ happened }) => happened.includes(driver) === is)))
        expect({ driver, yes: yes.numbers, no: no.numbers }).toMatchObject({ driver, yes: has, no: lacks })
        compared.set(driver, (compared.get(driver) ?? 0) + yes.numbers.n)
      }
      return
    }
    case 'equal-mix': {
      const mix = foldMix(section.figure, all, fold, { ...plan.only, ...clock })
      expect(section.rows.map(({ key }) => String(key)).toSorted()).toEqual([...mix.keys()].toSorted())
      const raw = folded(section.figure, fold, 'team', clock)
      same(`${section.id} total`, section.total, raw.total)
      for (const { key, now, atEqualMix, covered } of section.rows) {
        same(`${section.id} ${key}`, now, raw.parts[String(key)])
        const other = mix.get(String(key))
        expect(covered).toBeCloseTo(other?.covered ?? -1, 5)
        if (atEqualMix === null) expect(other?.share).toBe(null)
        else expect(atEqualMix).toBeCloseTo(other?.share ?? -1, 5)
        const kind = atEqualMix === null ? 'too little' : 'mixed'
        compared.set(kind, (compared.get(kind) ?? 0) + 1)
      }
      return
    }
    case 'comments': {
      const answers = foldAnswers(all, fold, plan.only ?? {})
      const comments = answers.filter(({ words }) => words.length > 0)
      expect([section.answers, section.total]).toMatchObject([shareOf(answers), shareOf(comments)])
      const themes = planned?.kind === 'comments' ? planned.themes : []
      const speaks = ({ words }: (typeof comments)[number], theme: (typeof themes)[number]) =>
        theme.words.some((word) => words.join(' ').includes(word))
      for (const { key, now, examples } of section.themes) {
        const theme = themes.find(({ id }) => id === key)
        const mine = comments.filter((one) => (theme ? speaks(one, theme) : !themes.some((other) => speaks(one, other))))
        expect({ key, ...now }).toMatchObject({ key, ...shareOf(mine) })
        const best = mine.toSorted((one, other) => Number(one.score >= 4) - Number(other.score >= 4) || (one.at < other.at ? 1 : -1))
        const once = best.filter(({ words }, at) => best.findIndex((other) => other.words.join() === words.join()) === at)
        expect(examples.map(({ number, score }) => ({ number, score }))).toEqual(
          once.slice(0, 3).map(({ number, score }) => ({ number, score })),
        )
        compared.set('comments', (compared.get('comments') ?? 0) + (theme ? now.n : 0))
      }
      return
    }
    case 'samples': {
      const judged = thingsOf('judged-without-fault', all, fold, plan.only ?? {})
      expect({ total: section.total, rows: section.rows.length }).toEqual({ total: judged.length, rows: Math.min(100, judged.length) })
      const told = judged.map(({ ticket, hit, mark }) => `${ticket.number} ${hit ?? mark}`)
      for (const { number, named, met, of, unmet, remark } of section.rows) {
        expect(told).toContain(named ? `${number} targeted` : `${number} ${met === of}`)
        expect(unmet.length).toBe(of - met)
        expect(remark === null || /客户 139\*{4}5678$/.test(remark)).toBe(true)
      }
      const shares = section.rows.map(({ met, of }) => met / of)
      expect(shares).toEqual(shares.toSorted((one, other) => one - other))
      compared.set('samples', (compared.get('samples') ?? 0) + judged.length)
      return
    }
    case 'suggestions':
    case 'actions':
    case 'written':
      return
  }
}

function nothing({ hits }: ReportNumbers): Numbers {
  return { n: 0, hits: hits === null ? null : 0, elapsed: null, worked: null, marks: {} }
}

/** Tickets of a list by their events alone, each with its instant. */
function listOf(list: string, { fold, plan }: Pick<Held, 'fold' | 'plan'>): string[] {
  const type = plan.only?.type
  const mine = all.filter(({ profile, events }) => {
    const [first] = events
    return (
      profile === fold.profile.id &&
      known(events, fold).length > 0 &&
      (type === undefined || (first?.type === 'submitted' && first.ticketType === type))
    )
  })
  const owedHere = new Set(fold.profile.clocks.filter(({ whenDue }) => whenDue === 'break').map(({ id }) => id))
  const upTo = (ticket: FoldedTicket) => known(ticket.events, fold).filter(({ occurredAt }) => occurredAt < fold.until)
  const cycles = (ticket: FoldedTicket) => {
    const found = new Map(upTo(ticket).flatMap(({ promises }) => promises.map((one) => [`${one.clock} ${one.cycle}`, one] as const)))
    return [...found.values()]
  }
  if (list === 'breaches')
    return mine.flatMap((ticket) => {
      const events = known(ticket.events, fold)
      const last = new Map(events.flatMap(({ promises }) => promises.map((one) => [`${one.clock} ${one.cycle}`, one] as const)))
      return [...last.values()].flatMap(({ clock, cycle, state, dueAt }) => {
        const decided = events.find(
          (one) => one.type === 'promise-broken' && one.cause === 'retarget' && one.clock === clock && one.cycle === cycle,
        )
        return state === 'broken' && owedHere.has(clock) && isIn(decided?.occurredAt ?? dueAt, fold) ? [`${ticket.number} ${dueAt}`] : []
      })
    })
  return openAtEnd(mine, fold).flatMap((ticket) => {
    if (list === 'unclaimed') {
      const last = upTo(ticket).findLast(({ type: of }) => ['submitted', 'assigned', 'released'].includes(of))
      const has = last && last.type !== 'released' && 'assignee' in last && last.assignee !== null
      return last && !has ? [`${ticket.number} ${last.occurredAt}`] : []
    }
    const newest = new Map(
      cycles(ticket)
        .toSorted((one, other) => one.cycle - other.cycle)
        .map((one) => [one.clock, one]),
    )
    return [...newest.values()].flatMap(({ clock, state, dueAt, stoppedAt }) => {
      if (list === 'overdue') return state === 'broken' && stoppedAt === null && owedHere.has(clock) ? [`${ticket.number} ${dueAt}`] : []
      return state === 'running' && dueAt >= fold.until && dueAt < nextMorning(fold) ? [`${ticket.number} ${dueAt}`] : []
    })
  })
}

/** Noon of the next day of the office that is worked, of spans that the office has at nine and at one. */
function nextMorning({ until, profile: { zone }, calendar }: FoldAsked): string {
  const begins = DateTime.fromISO(until, { zone })
  for (let day = begins.startOf('day'); ; day = day.plus({ days: 1 })) {
    const weekday = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const)[day.weekday - 1]
    const spans = calendar.days[day.toFormat('yyyy-MM-dd')] ?? (weekday === undefined ? [] : calendar.week[weekday])
    for (const span of spans) {
      const [from = '', to = ''] = span.split('-')
      const at = (time: string) => day.set({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3, 5)) })
      if (at(from) > begins) return instantOf(at(to).toMillis())
    }
  }
}

describe('T17, S17, R12, M6, M12, R13, Q7: every number of a report is what a fold of the events says', () => {
  it.each([
    ['tech-support', 'weekly', '2026-W43', '2026-10-11T16:00', '2026-10-18T16:00'],
    ['tech-support', 'monthly', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    ['standard-ticket', 'monthly', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    // The day before is a Saturday that was worked.
    ['tech-support', 'daily', '2026-10-12', '2026-10-09T16:00', '2026-10-10T09:30'],
    ['tech-support', 'daily', '2026-11-27', '2026-11-25T16:00', '2026-11-26T09:30'],
    ['tech-support', 'weekly-faults', '2026-W42', '2026-10-04T16:00', '2026-10-11T16:00'],
    ['tech-support', 'monthly-all', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    ['tech-support', 'quarterly', '2026-Q3', '2026-03-31T16:00', '2026-06-30T16:00'],
    ['tech-support', 'internet-company-weekly', '2026-W43', '2026-10-11T16:00', '2026-10-18T16:00'],
    ['tech-support', 'internet-company-monthly', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    ['standard-ticket', 'monthly-all', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    ['tech-support', 'qms-service-monthly', '2026-10', '2026-08-31T16:00', '2026-09-30T16:00'],
    ['tech-support', 'qms-service-quarterly', '2026-Q3', '2026-03-31T16:00', '2026-06-30T16:00'],
  ])('%s %s %s', { timeout: 120_000 }, async (profile, id, period, from, until) => {
    const { model, fold, plan } = await reckoned(profile, id, period)
    expect(model.sections.length).toBe(plan.sections.length)
    const before = { from: `${from}:00.000Z`, until: `${until}:00.000Z` }
    for (const section of model.sections) hold(section, { fold, plan, before })
  })

  it('and had there been nothing, nothing would have been compared', () => {
    const found = ['broken', 'reopened', 'transferred', 'mixed', 'too little', 'comments', 'samples']
    for (const kind of ['figures', 'parts', 'changes', 'trend', 'arrivals', 'ageing', 'days', 'overdue', 'breaches', 'due-soon', ...found])
      expect(compared.get(kind), kind).toBeGreaterThan(0)
  })

  it('is the same to the byte when it is reckoned again', async () => {
    const texts = [await reckoned('tech-support', 'monthly', '2026-10'), await reckoned('tech-support', 'monthly', '2026-10')]
    expect(JSON.stringify(texts[0]?.model)).toBe(JSON.stringify(texts[1]?.model))
  })

  it('has as many rows behind each figure as it says', async () => {
    const { model, fold } = await reckoned('tech-support', 'monthly', '2026-10')
    const profile: Profile = fold.profile
    const asked = await askedOf(db, profile, fold)
    const lines = model.sections.flatMap((section) => (section.kind === 'figures' ? section.lines : []))
    for (const { figure: id, part, now: numbers } of lines) {
      const figure = ticketFigures.find((one) => one.id === id)
      if (!figure || part !== null) continue
      const things = await countedThings(db, figure, asked, {})
      const n = {
        count: things.length,
        share: things.filter(({ hit }) => hit !== null).length,
        duration: things.filter(({ elapsed }) => elapsed !== null).length,
      }
      expect({ id, n: n[figure.kind] }).toEqual({ id, n: numbers.n })
    }
  })

  it('has the rows behind the sections that are more than figures, of which the sections follow', async () => {
    const { model, fold, plan } = await reckoned('standard-ticket', 'monthly-all', '2026-10')
    const period = periodNamed('2026-10', { ...plan, zone: fold.profile.zone, calendar: fold.calendar })
    if (!period) throw new Error('no period')
    const behind = new Map<string, BehindFigure>()
    const subject = { db, figures: ticketFigures, profile: fold.profile, report: plan, period, asOf: fold.asOf }
    for await (const figure of rowsBehind(subject, model, 'en')) if (figure.name) behind.set(figure.name.en, figure)
    const shareOfRows = (rows: BehindFigure['rows'], hit: number) => ({ n: rows.length, hits: rows.filter((row) => row[hit] === 1).length })
    let sections = 0
    for (const section of model.sections) {
      const { rows = [], columns = [] } = behind.get(section.heading.en) ?? {}
      if (section.kind === 'drivers') {
        section.rows.forEach(({ yes }) => {
          const at = columns.findIndex(({ label }) => label.en.startsWith(yes.label.en))
          expect(
            shareOfRows(
              rows.filter((row) => row[at] === 1),
              1,
            ),
          ).toMatchObject({ n: yes.numbers.n, hits: yes.numbers.hits })
        })
        expect(shareOfRows(rows, 1)).toEqual({ n: section.total.n, hits: section.total.hits })
      } else if (section.kind === 'equal-mix') {
        for (const { label, now } of section.rows)
          expect(
            shareOfRows(
              rows.filter((row) => row[2] === label.en),
              1,
            ),
          ).toEqual({ n: now.n, hits: now.hits })
      } else if (section.kind === 'comments') {
        expect(rows.length).toBe(section.total.n)
        for (const { key, now } of section.themes)
          expect(rows.filter((row) => (key === null ? row[3] === '' : String(row[3]).split(', ').includes(key))).length).toBe(now.n)
        expect(rows.every((row) => /^2026-.*Z$/.test(String(row[1])))).toBe(true)
      } else continue
      expect(rows.length, section.id).toBeGreaterThan(0)
      sections += 1
    }
    expect(sections).toBe(behind.size)
  })

  it('masks what customers wrote of phones, addresses and identities', async () => {
    const { number } = await db
      .selectFrom('events')
      .select(['process as number'])
      .where('type', '=', 'called-back')
      .where(sql<boolean>`data ->> 'satisfaction' is not null and occurred_at >= '2026-10-05' and occurred_at < '2026-10-30'`)
      .where('process', 'like', 'TS%')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    const written = '从来没有人说过要等。请打 13812345678，或写 zhang.wei@example.com，身份证 11010519491231002X'
    await sql`update events set data = data || jsonb_build_object('experience', ${written}::text) where process = ${number} and type = 'called-back'`.execute(
      db,
    )
    const { model } = await reckoned('tech-support', 'monthly-all', '2026-10')
    const section = model.sections.find(({ kind }) => kind === 'comments')
    const never = section?.kind === 'comments' ? section.themes.find(({ key }) => key === 'never') : undefined
    expect(never?.examples).toMatchObject([{ number, text: expect.stringContaining('138****5678') }])
    expect(JSON.stringify(model)).not.toMatch(/13812345678|zhang\.wei|11010519491231002X/)
  })
})
