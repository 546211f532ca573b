import { epochMs, instantOf, type Instant } from '../instant.ts'
import { said, type Labels } from '../labels.ts'

/**
 * Whether what a review decided had an effect: how often its classification was seen, per 100 classified tickets, in two spans of one
 * length: before the review opened, and since its last action was carried out.
 */

/** What was counted in a span. */
export interface Counted {
  /** Tickets submitted in it of whose solution the classification is known. */
  readonly tickets: number
  /** Those of the classification. */
  readonly hits: number
}

export const effectOutcomes = ['effective', 'ineffective', 'unclear'] as const
export type EffectOutcome = (typeof effectOutcomes)[number]

export const effectLabels: Readonly<Record<EffectOutcome, Labels>> = {
  effective: said('有效', '有效', 'effective'),
  ineffective: said('无效', '無效', 'without effect'),
  unclear: said('数据太少，暂无法判断', '資料太少，暫無法判斷', 'too few to say'),
}

/** What is known of the effect of what a review decided: what was found last, or why nothing is. */
export function effectTold(effect: { readonly outcome: EffectOutcome; readonly before: Counted | null } | null, hasEnded: boolean): Labels {
  if (effect === null) return hasEnded ? endedUnknown : unchecked
  if (effect.before === null) return byPeople
  return hasEnded && effect.outcome === 'unclear' ? endedUnknown : effectLabels[effect.outcome]
}

const unchecked = said('尚未验证', '尚未驗證', 'not looked at yet')
/** Without a classification nothing can be counted. */
const byPeople = said('无归类可统计，由人判断', '無歸類可統計，由人判斷', 'cannot be counted: people judge')
const endedUnknown = said('复盘已结束，效果未明', '檢討已結束，成效未明', 'the review ended without its effect known')

/** The two spans that are compared, of one length: up to `openedAt`, and from `since` to `at`. */
export function spansCompared({ openedAt, since, at }: { readonly openedAt: Instant; readonly since: Instant; readonly at: Instant }) {
  const length = epochMs(at) - epochMs(since)
  return { before: { from: instantOf(epochMs(openedAt) - length), until: openedAt }, after: { from: since, until: at } }
}

/**
 * `ineffective`: seen at least as often. `effective`: seen less often, and so much that chance alone would bring it at most once in ten.
 * `unclear`: everything else, and wherever both spans together have fewer than `atLeast` cases or one has no ticket.
 */
export function effectOf(before: Counted, after: Counted, atLeast: number): EffectOutcome {
  const cases = before.hits + after.hits
  if (before.tickets === 0 || after.tickets === 0 || cases < atLeast) return 'unclear'
  if (after.hits * before.tickets >= before.hits * after.tickets) return 'ineffective'
  return atMostByChance(after.hits, cases, after.tickets / (before.tickets + after.tickets)) <= oftenEnough ? 'effective' : 'unclear'
}

const oftenEnough = 0.1

/** How likely at most `hits` of so many cases fall into a span which has that share of all tickets, if nothing changed (binomial). */
function atMostByChance(hits: number, cases: number, share: number): number {
  let sum = 0
  // By logarithms: powers of thousands of cases would leave nothing.
  let logChoose = 0
  for (let k = 0; k <= hits; k += 1) {
    if (k > 0) logChoose += Math.log(cases - k + 1) - Math.log(k)
    sum += Math.exp(logChoose + k * Math.log(share) + (cases - k) * Math.log1p(-share))
  }
  return sum
}

/** Per 100 tickets, to a tenth; null where there is none. */
export function ratePer100({ tickets, hits }: Counted): number | null {
  return tickets === 0 ? null : Math.round((hits * 1000) / tickets) / 10
}
