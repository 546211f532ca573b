import { crossed } from '../../db/figures/crossed.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import { atEqualMix } from '../../domain/figures/equal-mix.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import type { Sheet } from './sheet.ts'

/** A share by team as it is, and as it would be were the tickets of each team mixed as those of all are, by type and priority (R13). */

type Plan = Extract<SectionPlan, { readonly kind: 'equal-mix' }>

export async function equalMixSection(sheet: Sheet, { kind, figure, clock }: Plan) {
  const { db, asked, profile } = sheet
  const where = clock === undefined ? {} : { clock }
  const { total, parts } = await sheet.measured(figure, { by: 'team', where })
  const cells = await crossed(db, sheet.figure(figure), asked, { by: mixedBy, where: { ...sheet.report.only, ...where } })
  const mixed = atEqualMix(
    cells.map(({ keys: [part = null, ...stratum], n, hits }) => ({ part, stratum: JSON.stringify(stratum), n, hits })),
  )
  const nameOf = await namesOfParts(db, 'team', profile, [])
  const nameOfClock = await namesOfParts(db, 'clock', profile, [])
  return {
    kind,
    figure,
    part: clock === undefined ? null : { key: clock, label: nameOfClock(clock) },
    total,
    rows: parts.flatMap(({ key, ...now }) => {
      const mix = mixed.get(key)
      if (!mix) return []
      const share = mix.share === null ? null : rounded(mix.share)
      return [
        { key, label: nameOf(key), now, atEqualMix: share, covered: rounded(mix.covered), effective: Math.round(mix.effective * 10) / 10 },
      ]
    }),
  }
}

/** The team, and what its tickets are like. */
export const mixedBy = ['team', 'type', 'priority'] as const

/** Sums of fractions hang on their order in the last place. */
function rounded(share: number): number {
  return Math.round(share * 1e6) / 1e6
}
