import type { Kysely } from 'kysely'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import { figureIds } from '../../domain/figures/ids.ts'
import type { Figure, Taking } from '../harness/figure.ts'
import { profileOfBench } from '../harness/profile.ts'
import { alternating, baselineToOurs, compared, median, quantile, rounded, timed, type Side } from '../harness/rounds.ts'
import { openSteps } from '../harness/years/beside.ts'
import { fillYears } from '../harness/years/fill.ts'
import { askedOfMonths, assertEqual, reckonAll, reckonBare } from '../harness/years/reckoning.ts'
import { wholeReport, type WholeReport } from '../harness/years/whole-report.ts'
import type { Office } from '../harness/world.ts'

/**
 * All figures of a month and of the one before, and the whole monthly report, against statements written by hand that come to the same numbers; of
 * few tickets and of ten times as many; and the steps of tickets while a report is reckoned.
 */
export const report: Figure = async (taking) => {
  const many = taking.quick ? 10_000 : 100_000
  const few = many / growth
  const ofFew = await withYears(taking, few, ({ db, whole, months }) => figuresOf(taking, db, months, whole))
  await withYears(taking, many, async ({ office, db, whole, months }) => {
    const ofMany = await figuresOf(taking, db, months, whole)
    taking.report({ name: 'report.figures', unit: 'ms', ...of(ofMany.figures, ({ ms }) => ms), tickets: many })
    for (const id of figureIds)
      taking.report({ name: `report.${id}`, unit: 'ms', ...of(ofMany.figures, ({ msOf }) => msOf.get(id) ?? 0), tickets: many })
    taking.report({ name: 'report.figures.growth', ...grown(ofFew.figures, ofMany.figures, ({ ms }) => ms), tickets: many, against: few })
    const { questions } = whole
    taking.report({ name: 'report.whole', unit: 'ms', ...of(ofMany.whole, (ms) => ms), tickets: many, questions })
    taking.report({ name: 'report.whole.growth', ...grown(ofFew.whole, ofMany.whole, (ms) => ms), tickets: many, against: few })
    await stepsBeside(taking, office, whole)
  })
}

/** So many times as many tickets. */
const growth = 10

interface Years {
  readonly office: Office
  readonly db: Kysely<Database>
  readonly months: Awaited<ReturnType<typeof askedOfMonths>>
  readonly whole: WholeReport
}

async function withYears<T>({ world, say }: Taking, tickets: number, take: (years: Years) => Promise<T>): Promise<T> {
  say(`filling a database with ${tickets} closed tickets`)
  const office = await world.database(`report_${tickets}`)
  // As the product connects: what takes longer than its statements may fails here too.
  const db = connect(office.databaseUrl, { poolSize: 1 })
  try {
    const profile = await fillYears(db, office.databaseUrl, profileOfBench, tickets)
    return await take({ office, db, months: await askedOfMonths(db, profile), whole: await wholeReport(db, profile) })
  } finally {
    await db.destroy()
  }
}

async function figuresOf(
  { say, quick }: Taking,
  db: Kysely<Database>,
  months: Years['months'],
  { reckon, byHand, questions }: WholeReport,
) {
  const sides = { ours: () => reckonAll(db, months), baseline: () => reckonBare(db, months) }
  assertEqual(await sides.ours(), await sides.baseline())
  say(`reckoning ${figureIds.length} figures of ${months.length} months`)
  const figures = await alternating(quick ? 2 : 5, sides)
  say(`reckoning the report, ${questions} questions`)
  const ms = (work: () => Promise<unknown>) => async () => (await timed(1, 1, work)) * 1_000
  return { figures, whole: await alternating(quick ? 1 : 3, { ours: ms(reckon), baseline: ms(byHand) }) }
}

/** Of a ratio of 1 a report is not noticed. */
async function stepsBeside({ world, say, quick, report: tell }: Taking, office: Office, { reckon }: WholeReport): Promise<void> {
  say('steps beside a report')
  const steps = await openSteps(world, office)
  const count = quick ? 20 : 200
  const taken = await alternating(quick ? 1 : 3, { ours: () => steps.beside(count, reckon), baseline: () => steps.beside(count) })
  for (const share of [0.5, 0.95]) {
    const rounds = taken.map(({ ours, baseline }) => ({ ours: quantile(ours, share), baseline: quantile(baseline, share) }))
    tell({ name: `report.step.p${share * 100}`, unit: 'ms', ...compared(rounds, ({ ours, baseline }) => ours / baseline) })
  }
  await steps.stop()
}

function of<T>(rounds: readonly Side<T>[], timeOf: (taken: T) => number) {
  return compared(
    rounds.map(({ ours, baseline }) => ({ ours: timeOf(ours), baseline: timeOf(baseline) })),
    baselineToOurs,
  )
}

/** What ours takes for many, against what it takes for few. */
function grown<T>(few: readonly Side<T>[], many: readonly Side<T>[], timeOf: (taken: T) => number) {
  const middle = (rounds: readonly Side<T>[]) => median(rounds.map(({ ours }) => timeOf(ours)))
  const [ours, baseline] = [middle(many), middle(few)]
  return { unit: 'ms', ours: rounded(ours), baseline: rounded(baseline), ratio: rounded(ours / baseline) }
}
