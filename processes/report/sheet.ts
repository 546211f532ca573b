import type { Kysely } from 'kysely'
import { askedOf, type AskedBy } from '../../db/figures/asked.ts'
import type { Figure } from '../../db/figures/figure.ts'
import { measure, type Measured, type Narrowing } from '../../db/figures/measure.ts'
import type { Database } from '../../db/schema.ts'
import type { FigureId } from '../../domain/figures/ids.ts'
import { noneOf, type Numbers, type Span } from '../../domain/figures/figure.ts'
import { asOfAlike, isKept } from '../../domain/figures/spans.ts'
import type { Instant } from '../../domain/instant.ts'
import type { ProfileReport } from '../../domain/profile/reports.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { periodBefore, periodOfYearBefore, periodsUpTo, type Period } from '../../domain/recurring/periods.ts'

/** What a report is reckoned on: each question is put to the figures once, however many sections ask it. */

export type Bounds = Pick<Span, 'from' | 'until'>

export interface Subject {
  readonly db: Kysely<Database>
  /** Everything that is reckoned of processes. */
  readonly figures: readonly Figure[]
  readonly profile: Profile
  readonly report: ProfileReport
  readonly period: Period
  readonly asOf: Instant
}

export interface Sheet extends Subject {
  readonly asked: AskedBy
  /** Times to compare with; null where tickets were not kept yet, or not from nearly the beginning. */
  readonly before: Bounds | null
  readonly yearBefore: Bounds | null
  /** When the first ticket came, where that was well within this time; null: it was there from nearly the beginning, or not yet at the end. */
  readonly keptSince: Instant | null
  /** So many periods up to this one, the oldest first; fewer where tickets were not kept yet. */
  upTo(periods: number): Bounds[]
  figure(id: FigureId): Figure
  /**
   * Of this period, unless another one is asked about: of what matures as it stood when as long had passed since its end, of the rest, and where an
   * instant is given, by what was known then.
   */
  measured(id: FigureId, narrowing?: Narrowing, bounds?: Bounds, asOf?: Instant): Promise<Measured>
}

export async function createSheet(subject: Subject): Promise<Sheet> {
  const { db, figures, profile, report, period, asOf } = subject
  const span = { from: period.from, until: period.until, asOf }
  const asked = await askedOf(db, profile, span)
  const isKnown = (bounds: Bounds) => isKept(bounds, asked.oldest)
  const known = (bounds: Bounds | undefined) => (bounds && isKnown(bounds) ? bounds : null)
  const reckoned = { ...report, zone: profile.zone, calendar: asked.working }
  const answers = new Map<string, Promise<Measured>>()
  const only = report.only ?? {}
  function figure(id: FigureId): Figure {
    const found = figures.find((one) => one.id === id)
    if (!found) throw new Error(`there is no figure ${id}, but report ${report.id} of profile ${profile.id} holds it`)
    return found
  }
  return {
    ...subject,
    asked,
    before: known(periodBefore(period, reckoned)),
    yearBefore: known(periodOfYearBefore(period, reckoned)),
    keptSince: asked.oldest !== null && asked.oldest < period.until && !isKnown(period) ? asked.oldest : null,
    upTo: (periods) => periodsUpTo(period, reckoned, periods).filter((bounds) => bounds.from === period.from || isKnown(bounds)),
    figure,
    measured(id, { by, where = {} } = {}, { from, until } = period, knownBy) {
      const narrowing = { by, where: { ...only, ...where } }
      const then = knownBy ?? (figure(id).matures ? asOfAlike(span, { from, until }) : asOf)
      const key = JSON.stringify([id, narrowing, from, until, then])
      const answer = answers.get(key) ?? measure(db, figure(id), { ...asked, from, until, asOf: then }, narrowing)
      answers.set(key, answer)
      return answer
    },
  }
}

/** The numbers of one part; where there is no such part, nothing was counted. */
export function partOf({ parts, total }: Measured, wanted: string | null): Numbers {
  const part = parts.find(({ key }) => key === wanted)
  if (!part) return noneOf(total)
  const { key: _, ...numbers } = part
  return numbers
}
