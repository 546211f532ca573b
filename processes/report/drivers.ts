import { sql } from 'kysely'
import type { Asked } from '../../db/figures/figure.ts'
import { inReading, narrowedTo } from '../../db/figures/measure.ts'
import { fewest, shareOf } from '../../domain/figures/figure.ts'
import { drivenAnswers, drivers, type Driver } from '../ticket/figures/drivers.ts'
import type { Sheet } from './sheet.ts'

/** What moves satisfaction (R13): of the answers of the period, those of tickets to which something had happened, and the others. */
export async function driversSection({ db, asked, report }: Sheet) {
  const { counted, things, filter } = narrowedTo(drivenAnswers, asked, [], report.only ?? {})
  const groups = await inReading(
    db,
    sql<Group>`with ${counted}
      select broken, reopened, transferred, count(*)::int as n, (count(*) filter (where hit))::int as hits from ${things} ${filter} group by 1, 2, 3`,
  )
  const rows = drivers.map(({ id, label, yes, no, definition }) => ({
    ...{ driver: id, label, definition },
    yes: { label: yes, numbers: added(groups.filter((group) => group[id])) },
    no: { label: no, numbers: added(groups.filter((group) => !group[id])) },
  }))
  return { kind: 'drivers' as const, figure: 'satisfaction', total: added(groups), rows: rows.toSorted(widestFirst) }
}

interface Group extends Readonly<Record<Driver['id'], boolean>> {
  readonly n: number
  readonly hits: number
}

function added(groups: readonly Pick<Group, 'n' | 'hits'>[]) {
  const sum = (of: 'n' | 'hits') => groups.reduce((all, group) => all + group[of], 0)
  return { n: sum('n'), hits: sum('hits'), elapsed: null, worked: null, marks: {} }
}

interface Pair {
  readonly yes: { readonly numbers: ReturnType<typeof added> }
  readonly no: { readonly numbers: ReturnType<typeof added> }
}

/** Of few nothing is ranked: they come last. */
function widestFirst(one: Pair, other: Pair): number {
  return width(other) - width(one)
}

function width({ yes, no }: Pair): number {
  if (yes.numbers.n < fewest || no.numbers.n < fewest) return -1
  return Math.abs((shareOf(yes.numbers) ?? 0) - (shareOf(no.numbers) ?? 0))
}

type Where = Parameters<typeof narrowedTo>[3]

/** One answer, with what had happened to its ticket. */
export interface DrivenAnswer extends Readonly<Record<Driver['id'], boolean>> {
  readonly number: string
  readonly hit: boolean
}

export async function drivenAnswersOf(db: Sheet['db'], asked: Asked, where: Where): Promise<DrivenAnswer[]> {
  const { counted, things, filter } = narrowedTo(drivenAnswers, asked, [], where)
  return inReading(
    db,
    sql<DrivenAnswer>`with ${counted} select counted.number, hit, broken, reopened, transferred from ${things} ${filter} order by counted.number`,
  )
}
