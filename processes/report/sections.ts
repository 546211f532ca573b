import { openActions } from '../../db/open-actions.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import type { Measured } from '../../db/figures/measure.ts'
import { workingDayEnds } from '../../domain/calendar/working-spans.ts'
import type { Dimension, FigurePart, Numbers } from '../../domain/figures/figure.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { xmr } from '../../domain/figures/xmr.ts'
import { epochMs } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import { said } from '../../domain/labels.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import type { ReportSection } from '../../domain/reports/model.ts'
import { daysSince } from '../../domain/reports/periods.ts'
import { arrivalsSection } from './arrivals.ts'
import { headings } from './headings.ts'
import type { Bounds, Sheet } from './sheet.ts'
import { suggestionsOf } from './suggestions.ts'
import { ticketsSection } from './ticket-lists.ts'

/** What a report holds, section by section, each as its profile plans it. */

type Kind = SectionPlan['kind']
type Plan<K extends Kind> = Extract<SectionPlan, { readonly kind: K }>
type Section<K extends Kind> = Omit<Extract<ReportSection, { readonly kind: K }>, 'id' | 'heading'>
type Makers = { readonly [K in Kind]: (sheet: Sheet, plan: Plan<K>) => Section<K> | Promise<Section<K>> }

const makers: Makers = {
  async figures(sheet, { kind, figures }) {
    const lines = await inTurn(figures, (figure) => linesOf(sheet, figure))
    return { kind, lines: lines.flat() }
  },
  async parts(sheet, { kind, figure, clock, by, chart }) {
    const { now, parts } = await split(sheet, figure, by, clock)
    const isOne = sheet.figure(figure).apart === undefined || clock !== undefined
    return { kind, figure, dimension: by, chart, total: isOne ? now.total : null, parts }
  },
  async trend(sheet, { kind, figure, clock, periods, perWorkingDay }) {
    const spans = sheet.upTo(periods)
    const measured = await inTurn(spans, (bounds) => sheet.measured(figure, ofClock(clock), bounds))
    const { kind: of } = sheet.figure(figure)
    const values = measured.map(({ total }, at) => valueOf(of, total, perWorkingDay ? workedDays(sheet, spans[at]) : 1))
    const chart = xmr(values, { least: 0, most: of === 'share' ? 1 : Infinity })
    const nameOf = await namesOfParts(sheet.db, 'clock', sheet.profile, [])
    return {
      kind,
      figure,
      part: clock === undefined ? null : { key: clock, label: nameOf(clock) },
      perWorkingDay,
      points: spans.map((bounds, at) => ({
        ...bounds,
        n: measured[at]?.total.n ?? 0,
        value: values[at] ?? null,
        signal: chart?.signals[at] ?? null,
      })),
      limits: chart ? { mean: chart.mean, lower: chart.lower, upper: chart.upper } : null,
    }
  },
  arrivals: (sheet) => arrivalsSection(sheet),
  async ageing(sheet, { kind, by }) {
    const measured = await sheet.measured('ageing', { by })
    const groups = Object.entries(sheet.figure('ageing').marks).map(([id, label]) => ({ id, label }))
    const countsOf = ({ marks }: Numbers) => groups.map(({ id }) => own(marks, id) ?? 0)
    const nameOf = await namesOfParts(sheet.db, by, sheet.profile, keysOf(measured))
    const rows =
      by === undefined
        ? [{ key: null, label: everything, counts: countsOf(measured.total) }]
        : measured.parts.map((part) => ({ key: part.key, label: nameOf(part.key), counts: countsOf(part) }))
    return { kind, figure: 'ageing', dimension: by ?? null, groups, rows }
  },
  tickets: (sheet, plan) => ticketsSection(sheet, plan),
  async changes(sheet, { kind, figure, clock, by, most }) {
    const { parts } = await split(sheet, figure, by, clock)
    const { kind: of } = sheet.figure(figure)
    const change = ({ now, before }: (typeof parts)[number]) =>
      Math.abs((valueOf(of, now, 1) ?? 0) - ((before && valueOf(of, before, 1)) ?? 0))
    const rows = sheet.before === null ? [] : parts.filter((part) => part.key !== null && change(part) > 0)
    return { kind, figure, dimension: by, rows: rows.toSorted((one, other) => change(other) - change(one)).slice(0, most) }
  },
  async days(sheet, { kind, figures }) {
    const { report, profile, period, asked } = sheet
    const days = daysSince(period, { ...report, zone: profile.zone, calendar: asked.working })
    const rows = await inTurn(days, async (bounds) => ({
      ...bounds,
      cells: await inTurn(figures, async (figure) => (await sheet.measured(figure, {}, bounds)).total),
    }))
    return { kind, figures: [...figures], rows }
  },
  suggestions: async (sheet, { kind }) => ({ kind, items: await suggestionsOf(sheet) }),
  async actions({ db, profile, period: { from, until }, asOf }, { kind }) {
    return { kind, rows: await openActions(db, { profile: profile.id, from, until, asOf }) }
  },
  written: (_, { kind, prompt }) => ({ kind, prompt }),
}

/** One section of a report. */
export async function sectionOf(sheet: Sheet, plan: SectionPlan): Promise<ReportSection> {
  const { id, heading = headings(sheet)(plan) } = plan
  return { ...(await made(sheet, plan)), id, heading }
}

/** Each plan by the maker of its kind: the switch is what tells the type checker so. */
function made(sheet: Sheet, plan: SectionPlan) {
  switch (plan.kind) {
    case 'figures':
      return makers.figures(sheet, plan)
    case 'parts':
      return makers.parts(sheet, plan)
    case 'trend':
      return makers.trend(sheet, plan)
    case 'arrivals':
      return makers.arrivals(sheet, plan)
    case 'ageing':
      return makers.ageing(sheet, plan)
    case 'tickets':
      return makers.tickets(sheet, plan)
    case 'changes':
      return makers.changes(sheet, plan)
    case 'days':
      return makers.days(sheet, plan)
    case 'suggestions':
      return makers.suggestions(sheet, plan)
    case 'actions':
      return makers.actions(sheet, plan)
    case 'written':
      return makers.written(sheet, plan)
  }
}

/** One number, or, where its parts are never added up, one of each part. */
async function linesOf(sheet: Sheet, id: FigureId) {
  const by = sheet.figure(id).apart
  const of = async (bounds: Bounds | null) => bounds && (await sheet.measured(id, { by }, bounds))
  const [now, before, yearBefore] = [await sheet.measured(id, { by }), await of(sheet.before), await of(sheet.yearBefore)]
  if (by === undefined)
    return [{ figure: id, part: null, now: now.total, before: before?.total ?? null, yearBefore: yearBefore?.total ?? null }]
  const nameOf = await namesOfParts(sheet.db, by, sheet.profile, keysOf(now))
  return now.parts.map(({ key, ...numbers }) => ({
    figure: id,
    part: { key, label: nameOf(key) },
    now: numbers,
    before: partOf(before, key),
    yearBefore: partOf(yearBefore, key),
  }))
}

async function split(sheet: Sheet, id: FigureId, by: Dimension, clock: string | undefined) {
  const narrowing = { by, ...ofClock(clock) }
  const now = await sheet.measured(id, narrowing)
  const before = sheet.before && (await sheet.measured(id, narrowing, sheet.before))
  const gone = (before?.parts ?? []).filter(({ key }) => !now.parts.some((part) => part.key === key))
  const nameOf = await namesOfParts(sheet.db, by, sheet.profile, [...keysOf(now), ...(before ? keysOf(before) : [])])
  const parts = [...now.parts, ...gone.map(({ key }): FigurePart => ({ key, ...nothingOf(now.total) }))]
  return {
    now,
    parts: parts.map(({ key, ...numbers }) => ({ key, label: nameOf(key), now: numbers, before: partOf(before, key) })),
  }
}

/** What there was, and of which there is nothing any more. */
function nothingOf({ hits }: Numbers): Numbers {
  return { n: 0, hits: hits === null ? null : 0, elapsed: null, worked: null, marks: {} }
}

function partOf(measured: Measured | null, wanted: string | null): Numbers | null {
  const part = measured?.parts.find(({ key }) => key === wanted)
  if (!part) return measured && nothingOf(measured.total)
  const { key: _, ...numbers } = part
  return numbers
}

function ofClock(clock: string | undefined) {
  return clock === undefined ? {} : { where: { clock } }
}

function keysOf({ parts }: Measured): string[] {
  return parts.flatMap(({ key }) => key ?? [])
}

function valueOf(kind: 'count' | 'share' | 'duration', { n, hits, elapsed }: Numbers, days: number): number | null {
  if (kind === 'share') return hits === null || n === 0 ? null : hits / n
  if (kind === 'duration') return elapsed?.median ?? null
  return days > 0 ? n / days : null
}

function workedDays({ asked }: Sheet, bounds: Bounds | undefined): number {
  if (!bounds) return 0
  const [from, until] = [epochMs(bounds.from), epochMs(bounds.until)]
  return workingDayEnds(asked.working, asked.hours).filter((end) => end > from && end <= until).length
}

const everything = said('全部', '全部', 'all')

/** One after the other: a report is in no hurry, and others use the database. */
async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await each(item))
  return results
}
