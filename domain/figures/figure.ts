import { z } from 'zod'
import type { Instant } from '../instant.ts'
import { said, type Labels } from '../labels.ts'

/**
 * What is reckoned of processes for reports and on demand: a number with one definition 口径, in one place, so that no two
 * pages can disagree about it.
 */

/** `count`: how many. `share`: how many of them. `duration`: how long they took. */
export type FigureKind = 'count' | 'share' | 'duration'

/** By what a figure can be split up, and what it can be narrowed to. */
export const dimensions = [
  'type',
  'priority',
  'channel',
  'team',
  'person',
  'keyword',
  'module',
  'classification',
  'cause',
  'customer-tag',
  'clock',
  'criterion',
] as const
export type Dimension = (typeof dimensions)[number]
/** What each is called. */
export const dimensionLabels: Readonly<Record<Dimension, Labels>> = {
  type: said('类型', '類型', 'type'),
  priority: said('优先级', '優先等級', 'priority'),
  channel: said('渠道', '管道', 'channel'),
  team: said('团队', '團隊', 'team'),
  person: said('人员', '人員', 'person'),
  keyword: said('关键词', '關鍵字', 'keyword'),
  module: said('模块', '模組', 'module'),
  classification: said('问题归类', '問題歸類', 'classification'),
  cause: said('原因', '原因', 'cause'),
  'customer-tag': said('客户标签', '客戶標籤', 'customer tag'),
  clock: said('时限', '時限', 'promise'),
  criterion: said('评定项目', '評定項目', 'criterion'),
}
export const dimensionSchema = z.enum(dimensions)

/** What is told of a figure beside its numbers. */
export interface FigureDefinition {
  /** kebab-case; last segment of its route. */
  readonly id: string
  readonly kind: FigureKind
  readonly label: Labels
  /** Exactly what is counted, printed under the figure wherever it stands. */
  readonly definition: Labels
  /** What it counts, in the plural. */
  readonly unit: Labels
  /** What is told apart, within the number but for those of `beside`. */
  readonly marks: Readonly<Record<string, Labels>>
  /** Ids of the marks that the number does not hold; absent: it holds them all. */
  readonly beside?: readonly string[]
  /** By what it can be split and narrowed. */
  readonly by: readonly Dimension[]
  /** Which way it is to go; absent: neither is better by itself. */
  readonly better?: 'higher' | 'lower'
  /** Its parts by this are never added up: they are figures of their own. Absent: they may be. */
  readonly apart?: Dimension
  /**
   * What is counted or told apart of a time goes on changing after it, by what happens later: tickets are solved, reopened, withdrawn, judged anew, paused promises go on. It is
   * compared with another time as that stood when as long had passed since its end, else every last period would look worse than the one before.
   * Absent: it does not, but for what is recorded late.
   */
  readonly matures?: true
  /** Requirement ids it serves. */
  readonly requirements: readonly string[]
}

/** The time about which is asked, and what was known when. */
export interface Span {
  readonly from: Instant
  /** Not included. */
  readonly until: Instant
  /** What was recorded later is not known. */
  readonly asOf: Instant
}

/** How long things took, in milliseconds; of the ninetieth percentile and the median between two values the one between them. */
export interface Spread {
  readonly mean: number
  readonly median: number
  readonly p90: number
}

/** The numbers of a figure, or of one part of it. */
export interface Numbers {
  /** How many were counted. */
  readonly n: number
  /** Of a share: how many of them; else null. */
  readonly hits: number | null
  /** Of a duration: in elapsed time; null where there is none. */
  readonly elapsed: Spread | null
  /** Of a duration: in working time. */
  readonly worked: Spread | null
  /** How many of each mark; one that is not there has none. */
  readonly marks: Readonly<Record<string, number>>
}

/** One of the parts into which a figure was split; null: of those of which the dimension says nothing. */
export interface FigurePart extends Numbers {
  readonly key: string | null
}

/** Which share of what was counted; null where there is nothing to divide by, and of other kinds. */
export function shareOf({ n, hits }: Pick<Numbers, 'n' | 'hits'>): number | null {
  return hits === null || n === 0 ? null : hits / n
}

/** {@link shareOf}; of nothing, none. */
export function rateOf(numbers: Pick<Numbers, 'n' | 'hits'>): number {
  return shareOf(numbers) ?? 0
}

/** What is read of a figure first: how many, which share, or the median in milliseconds; null where there is nothing to say it of. */
export function valueOf(kind: FigureKind, numbers: Numbers): number | null {
  switch (kind) {
    case 'count':
      return numbers.n
    case 'share':
      return shareOf(numbers)
    case 'duration':
      return numbers.elapsed?.median ?? null
  }
}

/** The numbers of the same figure where nothing was counted. */
export function noneOf({ hits }: Pick<Numbers, 'hits'>): Numbers {
  return { n: 0, hits: hits === null ? null : 0, elapsed: null, worked: null, marks: {} }
}

/** So few say little: they are shown in grey, and not ranked. */
export const fewest = 20
