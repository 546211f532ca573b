import { openActions } from '../../db/open-actions.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import type { Measured } from '../../db/figures/measure.ts'
import { workingDayEnds } from '../../domain/calendar/working-spans.ts'
import { valueOf, type Dimension, type Numbers } from '../../domain/figures/figure.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { seriesOf } from '../../domain/figures/series.ts'
import { epochMs, type Instant } from '../../domain/instant.ts'
import { own } from '../../domain/own.ts'
import { said, type Labels } from '../../domain/labels.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { daysSince } from '../../domain/recurring/periods.ts'
import { arrivalsSection } from './arrivals.ts'
import { commentsSection } from './comments.ts'
import { driversSection } from './drivers.ts'
import { equalMixSection } from './equal-mix.ts'
import { headingOf } from './headings.ts'
import { partOf, type Bounds, type Sheet } from './sheet.ts'
import { samplesSection } from './samples.ts'
import { suggestionsOf } from './suggestions.ts'
import { ticketsSection } from './ticket-lists.ts'

/** What a report holds, section by section, each as its profile plans it. */

type Kind = SectionPlan['kind']
type Plan<K extends Kind> = Extract<SectionPlan, { readonly kind: K }>
type Section<K extends Kind> = Omit<Extract<ReportSection, { readonly kind: K }>, 'id' | 'heading'>

/** One section of a report. */
export async function sectionOf(sheet: Sheet, plan: SectionPlan): Promise<ReportSection> {
  const { id, heading = headingOf(sheet, plan) } = plan
  return { ...(await made(sheet, plan)), id, heading }
}

/** What it holds. A kind that is missing here does not compile. */
function made(sheet: Sheet, plan: SectionPlan) {
  switch (plan.kind) {
    case 'figures':
      return figures(sheet, plan)
    case 'parts':
      return parts(sheet, plan)
    case 'trend':
      return trend(sheet, plan)
    case 'arrivals':
      return arrivalsSection(sheet)
    case 'ageing':
      return ageing(sheet, plan)
    case 'tickets':
      return ticketsSection(sheet, plan)
    case 'changes':
      return changes(sheet, plan)
    case 'days':
      return days(sheet, plan)
    case 'drivers':
      return driversSection(sheet)
    case 'equal-mix':
      return equalMixSection(sheet, plan)
    case 'comments':
      return commentsSection(sheet, plan)
    case 'samples':
      return samplesSection(sheet, plan)
    case 'suggestions':
      return suggestions(sheet, plan)
    case 'actions':
      return actions(sheet, plan)
    case 'written':
      return plan
  }
}

async function figures(sheet: Sheet, { kind, figures: ids }: Plan<'figures'>): Promise<Section<'figures'>> {
  const lines = await inTurn(ids, (figure) => linesOf(sheet, figure))
  return { kind, lines: lines.flat() }
}

async function parts(sheet: Sheet, { kind, figure, clock, by, chart }: Plan<'parts'>): Promise<Section<'parts'>> {
  const { total, rows } = await split(sheet, figure, by, clock)
  const isOne = sheet.figure(figure).apart === undefined || clock !== undefined
  return { kind, figure, dimension: by, chart, total: isOne ? total : null, parts: rows }
}

async function trend(sheet: Sheet, { kind, figure, clock, periods, perWorkingDay }: Plan<'trend'>): Promise<Section<'trend'>> {
  const spans = sheet.upTo(periods)
  const totals = await inTurn(spans, async (bounds) => (await sheet.measured(figure, ofClock(clock), bounds)).total)
  const nameOf = await namesOfParts(sheet.db, 'clock', sheet.profile, [])
  return {
    kind,
    figure,
    part: clock === undefined ? null : { key: clock, label: nameOf(clock) },
    perWorkingDay,
    ...seriesOf(sheet.figure(figure).kind, spans, totals, perWorkingDay ? (bounds) => workedDays(sheet, bounds) : undefined),
  }
}

async function ageing(sheet: Sheet, { kind, by }: Plan<'ageing'>): Promise<Section<'ageing'>> {
  const measured = await sheet.measured('ageing', { by })
  const groups = Object.entries(sheet.figure('ageing').marks).map(([id, label]) => ({ id, label }))
  const countsOf = ({ marks }: Numbers) => groups.map(({ id }) => own(marks, id) ?? 0)
  const nameOf = await namesOfParts(sheet.db, by, sheet.profile, keysOf(measured))
  const rows =
    by === undefined
      ? [{ key: null, label: everything, counts: countsOf(measured.total) }]
      : measured.parts.map((part) => ({ key: part.key, label: nameOf(part.key), counts: countsOf(part) }))
  return { kind, figure: 'ageing', dimension: by ?? null, groups, rows }
}

async function changes(sheet: Sheet, { kind, figure, clock, by, most }: Plan<'changes'>): Promise<Section<'changes'>> {
  const { rows } = await split(sheet, figure, by, clock)
  const { kind: of } = sheet.figure(figure)
  const change = ({ now, before }: (typeof rows)[number]) => Math.abs((valueOf(of, now) ?? 0) - ((before && valueOf(of, before)) ?? 0))
  const changed = sheet.before === null ? [] : rows.filter((row) => row.key !== null && change(row) > 0)
  return { kind, figure, dimension: by, rows: changed.toSorted((one, other) => change(other) - change(one)).slice(0, most) }
}

async function days(sheet: Sheet, { kind, figures: ids }: Plan<'days'>): Promise<Section<'days'>> {
  const { report, profile, period, asked } = sheet
  const since = daysSince(period, { ...report, zone: profile.zone, calendar: asked.working })
  const rows = await inTurn(since, async (bounds) => ({
    ...bounds,
    cells: await inTurn(ids, async (figure) => (await sheet.measured(figure, {}, bounds, sheet.asOf)).total),
  }))
  return { kind, figures: [...ids], rows }
}

async function suggestions(sheet: Sheet, { kind }: Plan<'suggestions'>): Promise<Section<'suggestions'>> {
  return { kind, items: await suggestionsOf(sheet) }
}

async function actions({ db, profile, period: { from, until }, asOf }: Sheet, { kind }: Plan<'actions'>): Promise<Section<'actions'>> {
  const { total, rows } = await openActions(db, { profile: profile.id, from, until, asOf, most: mostActionsTold })
  return { kind, total, rows: rows.map(({ dueBefore, ...row }) => ({ ...row, dueBefore: [...dueBefore] })) }
}

/** More than these nobody goes through in a meeting; the list of what is open has them all. */
const mostActionsTold = 200

/** One number, or, where its parts are never added up, one of each part. */
async function linesOf(sheet: Sheet, id: FigureId) {
  const { apart: by, matures = false } = sheet.figure(id)
  const of = async (bounds: Bounds | null, asOf?: Instant) => bounds && (await sheet.measured(id, { by }, bounds, asOf))
  const [now, before, yearBefore] = [await sheet.measured(id, { by }), await of(sheet.before), await of(sheet.yearBefore)]
  const restated = matures ? await of(sheet.before, sheet.asOf) : undefined
  const line = (part: { readonly key: string | null; readonly label: Labels } | null, numbersOf: (measured: Measured) => Numbers) => ({
    ...{ figure: id, part, now: numbersOf(now), before: before && numbersOf(before), yearBefore: yearBefore && numbersOf(yearBefore) },
    ...(restated !== undefined && { restated: restated && numbersOf(restated) }),
  })
  if (by === undefined) return [line(null, ({ total }) => total)]
  const nameOf = await namesOfParts(sheet.db, by, sheet.profile, keysOf(now))
  return now.parts.map(({ key }) => line({ key, label: nameOf(key) }, (measured) => partOf(measured, key)))
}

/** A figure by parts, each beside what it was; those of which there is nothing any more stand behind the others. */
async function split(sheet: Sheet, id: FigureId, by: Dimension, clock: string | undefined) {
  const narrowing = { by, ...ofClock(clock) }
  const now = await sheet.measured(id, narrowing)
  const before = sheet.before && (await sheet.measured(id, narrowing, sheet.before))
  const keys = [...new Set([...now.parts, ...(before?.parts ?? [])].map(({ key }) => key))]
  const nameOf = await namesOfParts(
    sheet.db,
    by,
    sheet.profile,
    keys.flatMap((key) => key ?? []),
  )
  const rows = keys.map((key) => ({ key, label: nameOf(key), now: partOf(now, key), before: before && partOf(before, key) }))
  return { total: now.total, rows }
}

function ofClock(clock: string | undefined) {
  return clock === undefined ? {} : { where: { clock } }
}

function keysOf({ parts }: Measured): string[] {
  return parts.flatMap(({ key }) => key ?? [])
}

/** Days of which some working time lies in it: of a daily report the whole day does not. */
function workedDays({ asked }: Sheet, bounds: Bounds): number {
  const [from, until] = [epochMs(bounds.from), epochMs(bounds.until)]
  const within = asked.hours.filter((span) => span.from < until && span.to > from)
  return workingDayEnds(asked.working, within).length
}

const everything = said('全部', '全部', 'All')

/** One after the other: a report is in no hurry, and others use the database. */
async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await each(item))
  return results
}
