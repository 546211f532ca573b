import { connect } from '../../db/connect.ts'
import { figureIds } from '../../domain/figures/ids.ts'
import type { Figure, Taking } from '../harness/figure.ts'
import { profileOfBench } from '../harness/profile.ts'
import { alternating, baselineToOurs, compared, median, rounded, type Side } from '../harness/rounds.ts'
import { fillYears } from '../harness/years/fill.ts'
import { askedOfMonths, assertEqual, reckonAll, reckonBare, type Reckoning } from '../harness/years/reckoning.ts'

/**
 * All figures of a month and of the one before, against statements written by hand that come to the same numbers, of few tickets and of ten times
 * as many. The few are there for the growth alone: what they take is mostly turns to the database.
 */
export const report: Figure = async (taking) => {
  const many = taking.quick ? 10_000 : 100_000
  const few = many / growth
  const ofFew = await taken(taking, few)
  const ofMany = await taken(taking, many)
  taking.report({ name: 'report.figures', unit: 'ms', ...of(ofMany, ({ ms }) => ms), tickets: many })
  for (const id of figureIds)
    taking.report({ name: `report.${id}`, unit: 'ms', ...of(ofMany, ({ msOf }) => msOf.get(id) ?? 0), tickets: many })
  const [small, large] = [ofFew, ofMany].map((rounds) => median(rounds.map(({ ours }) => ours.ms)))
  if (small === undefined || large === undefined) throw new Error('rounds were taken')
  taking.report({
    name: 'report.growth',
    unit: 'ms',
    ours: rounded(large),
    baseline: rounded(small),
    ratio: rounded(large / small),
    tickets: many,
    against: few,
  })
}

/** So many times as many tickets. */
const growth = 10

async function taken({ world, say, quick }: Taking, tickets: number): Promise<Side<Reckoning>[]> {
  say(`filling a database with ${tickets} closed tickets`)
  const { databaseUrl } = await world.database(`report_${tickets}`)
  // As the product connects: what takes longer than its statements may fails here too.
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    const profile = await fillYears(db, databaseUrl, profileOfBench, tickets)
    const months = await askedOfMonths(db, profile)
    const sides = { ours: () => reckonAll(db, months), baseline: () => reckonBare(db, months) }
    assertEqual(await sides.ours(), await sides.baseline())
    say(`reckoning ${figureIds.length} figures of ${months.length} months`)
    return await alternating(quick ? 2 : 5, sides)
  } finally {
    await db.destroy()
  }
}

function of(rounds: readonly Side<Reckoning>[], timeOf: (reckoning: Reckoning) => number) {
  return compared(
    rounds.map(({ ours, baseline }) => ({ ours: timeOf(ours), baseline: timeOf(baseline) })),
    baselineToOurs,
  )
}
