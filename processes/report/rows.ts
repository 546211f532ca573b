import { askedOf } from '../../db/figures/asked.ts'
import { countedThings, type CountedThing } from '../../db/figures/measure.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import type { FigureDefinition } from '../../domain/figures/figure.ts'
import { own } from '../../domain/own.ts'
import { said, type Labels, type Locale } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import { rowsOfSection } from './section-rows.ts'
import type { Subject } from './sheet.ts'

/** Behind the figures of a report: every ticket and promise that they counted. */

export interface BehindFigure {
  readonly figure: string
  /** What the rows are of, where it is more than the figure. */
  readonly name?: Labels
  readonly columns: readonly { readonly label: Labels; readonly form: CellForm }[]
  readonly rows: readonly (readonly (string | number | null)[])[]
}

/**
 * Of each figure that the report speaks of, what it counted in the report's own time, as of the report's own instant: so they are as many as
 * it says. One figure is held at a time.
 */
export async function* rowsBehind(subject: Subject, model: ReportModel, locale: Locale): AsyncGenerator<BehindFigure> {
  const { db, figures, profile, report, period, asOf } = subject
  const asked = await askedOf(db, profile, { from: period.from, until: period.until, asOf })
  const [nameOf, criterionOf] = [await namesOfParts(db, 'clock', profile, []), await namesOfParts(db, 'criterion', profile, [])]
  for (const figure of figures) {
    const definition = own(model.figures, figure.id)
    if (!definition) continue
    const things = await countedThings(db, figure, asked, report.only ?? {})
    const columns = columnsOf(definition.kind, figure)
    const named = (thing: CountedThing): Named => ({
      ...thing,
      clock: thing.clock === null ? null : nameOf(thing.clock)[locale],
      criterion: thing.criterion === null ? null : criterionOf(thing.criterion)[locale],
      mark: thing.mark === null ? null : (own(definition.marks, thing.mark)?.[locale] ?? thing.mark),
      hit: thing.hit === null ? null : Number(thing.hit),
      counted: Number(thing.mark === null || !(figure.beside ?? []).includes(thing.mark)),
    })
    yield {
      figure: figure.id,
      columns: columns.map(({ label, form }) => ({ label, form })),
      rows: things.map((thing) => columns.map(({ of }) => named(thing)[of])),
    }
  }
  for (const section of model.sections) {
    const rows = await rowsOfSection({ db, figures, profile, report, asked, locale }, section)
    if (rows) yield rows
  }
}

type CellForm = 'text' | 'count' | 'duration' | 'instant'

type Named = Omit<CountedThing, 'hit'> & { readonly hit: number | null; readonly counted: number }

interface Column {
  readonly of: keyof Named
  readonly label: Labels
  readonly form: CellForm
}

function columnsOf(
  kind: 'count' | 'share' | 'duration',
  { apart, by, beside = [] }: Pick<FigureDefinition, 'apart' | 'by' | 'beside'>,
): Column[] {
  return [
    { of: 'number', label: said('工单编号', '工單編號', 'Ticket'), form: 'text' },
    ...(apart === 'clock'
      ? ([
          { of: 'clock', label: said('时限', '時限', 'Promise'), form: 'text' },
          { of: 'cycle', label: said('第几次', '第幾次', 'Cycle'), form: 'count' },
          { of: 'dueAt', label: said('到期时间', '到期時間', 'Due'), form: 'instant' },
        ] as const)
      : []),
    ...(by.includes('criterion') ? [{ of: 'criterion', label: said('评定项目', '評定項目', 'Criterion'), form: 'text' } as const] : []),
    ...(kind === 'share'
      ? [
          {
            of: 'hit',
            label: said('是否达成（1：是，0：否）', '是否達成（1：是，0：否）', 'Hit (1: yes, 0: no)'),
            form: 'count',
          } as const,
        ]
      : []),
    ...(kind === 'duration'
      ? ([
          { of: 'elapsed', label: said('时长', '時長', 'Elapsed'), form: 'duration' },
          { of: 'worked', label: said('工作时间', '工作時間', 'Working time'), form: 'duration' },
        ] as const)
      : []),
    { of: 'mark', label: said('另行列出', '另行列出', 'Told apart'), form: 'text' },
    ...(beside.length === 0
      ? []
      : [
          {
            of: 'counted',
            label: said('是否计入（1：是，0：否）', '是否計入（1：是，0：否）', 'Counted (1: yes, 0: no)'),
            form: 'count',
          } as const,
        ]),
  ]
}
