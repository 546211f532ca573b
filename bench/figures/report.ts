import type { Kysely } from 'kysely'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import { figureIds } from '../../domain/figures/ids.ts'
import type { Figure, Taking } from '../harness/figure.ts'
import { profileOfBench } from '../harness/profile.ts'
import { alternating, baselineToOurs, compared, quantile, timed, type Side } from '../harness/rounds.ts'
import { assertSame, monthAssessed } from '../harness/years/assessment.ts'
import { openSteps } from '../harness/years/beside.ts'
import { fillYears } from '../harness/years/fill.ts'
import { askedOfMonths, assertEqual, reckonAll, reckonBare } from '../harness/years/reckoning.ts'
import { wholeReport, type WholeReport } from '../harness/years/whole-report.ts'
import type { Office } from '../harness/world.ts'

/**
 * All figures of a month and of the one before, the whole monthly report, and the assessment of a month, against statements written by hand that come to the same numbers; of
 * few tickets and of ten times as many; and the steps of tickets while a report is reckoned.
 */
export const report: Figure = async (taking) => {
  const many = taking.quick ? 10_000 : 100_000
  const few = many / growth
  await withYears(taking, few, async (ofFew) => {
    await withYears(taking, many, async (ofMany) => {
      await figuresOf(taking, ofMany, many)
      await wholeOf(taking, ofMany, many)
      await assessmentOf(taking, ofMany, many)
      await grown(taking, ofFew, ofMany, { tickets: many, against: few })
      await stepsBeside(taking, ofMany)
    })
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

async function figuresOf({ say, quick, report: tell }: Taking, { db, months }: Years, tickets: number): Promise<void> {
  const sides = { ours: () => reckonAll(db, months), baseline: () => reckonBare(db, months) }
  assertEqual(await sides.ours(), await sides.baseline())
  say(`reckoning ${figureIds.length} figures of ${months.length} months`)
  const rounds = await alternating(quick ? 2 : 5, sides)
  tell({ name: 'report.figures', unit: 'ms', ...of(rounds, ({ ms }) => ms), tickets })
  for (const id of figureIds) tell({ name: `report.${id}`, unit: 'ms', ...of(rounds, ({ msOf }) => msOf.get(id) ?? 0), tickets })
}

async function wholeOf({ say, quick, report: tell }: Taking, { whole }: Years, tickets: number): Promise<void> {
  const { questions, reckon, byHand } = whole
  say(`reckoning the report, ${questions} questions`)
  const rounds = await alternating(quick ? 1 : 3, { ours: msOf(reckon), baseline: msOf(byHand) })
  tell({ name: 'report.whole', unit: 'ms', ...of(rounds, (ms) => ms), tickets, questions })
}

async function assessmentOf({ say, quick, report: tell }: Taking, { db, months }: Years, tickets: number): Promise<void> {
  say('reckoning the assessment of a month')
  const month = monthAssessed(db, months)
  await assertSame(month)
  const rounds = await alternating(quick ? 2 : 5, { ours: msOf(month.reckon), baseline: msOf(month.byHand) })
  tell({ name: 'report.assessment', unit: 'ms', ...of(rounds, (ms) => ms), tickets })
}

/** What ours takes for many, against what it takes for few, in turn. */
async function grown(
  { say, quick, report: tell }: Taking,
  few: Years,
  many: Years,
  sizes: { readonly tickets: number; readonly against: number },
): Promise<void> {
  const works = {
    'report.figures.growth': ({ db, months }: Years) => reckonAll(db, months),
    'report.whole.growth': ({ whole }: Years) => whole.reckon(),
    'report.assessment.growth': ({ db, months }: Years) => monthAssessed(db, months).reckon(),
  }
  for (const [name, work] of Object.entries(works)) {
    say(`${name}: of ${sizes.tickets} tickets and of ${sizes.against}`)
    const rounds = await alternating(quick ? 1 : 3, { ours: msOf(() => work(many)), baseline: msOf(() => work(few)) })
    tell({ name, unit: 'ms', ...compared(rounds, ({ ours, baseline }) => ours / baseline), ...sizes })
  }
}

const msOf = (work: () => Promise<unknown>) => async () => (await timed(1, 1, work)) * 1_000

/** Of a ratio of 1 a report is not noticed. */
async function stepsBeside({ world, say, quick, report: tell }: Taking, { office, whole: { reckonYielding } }: Years): Promise<void> {
  say('steps beside a report')
  const steps = await openSteps(world, office)
  const count = quick ? 20 : 200
  const taken = await alternating(quick ? 1 : 3, { ours: () => steps.beside(count, reckonYielding), baseline: () => steps.beside(count) })
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
