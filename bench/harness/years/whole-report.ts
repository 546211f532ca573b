import type { Kysely } from 'kysely'
import { bareFigures } from '../../baseline/figures/statements.ts'
import { calendarAsOf } from '../../../db/calendars.ts'
import type { Asked } from '../../../db/figures/figure.ts'
import type { Database } from '../../../db/schema.ts'
import { yielding } from '../../../db/yielding.ts'
import { figureIds, type FigureId } from '../../../domain/figures/ids.ts'
import { instantOf, plus } from '../../../domain/instant.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { periodNamed } from '../../../domain/recurring/periods.ts'
import { reckonReport } from '../../../processes/report/reckon.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { monthOf } from './reckoning.ts'

/** The monthly report of a profile, as it is reckoned when it falls due, and the same questions by hand. */

export interface WholeReport {
  /** Reckons the report: its figures of all times that it compares, split up as it shows them, and its lists of tickets. */
  reckon(): Promise<void>
  /** The same as the worker does it, with room for those who act meanwhile. */
  reckonYielding(): Promise<void>
  /** By hand, one after the other: each figure of each time that the report asked for, whole. */
  byHand(): Promise<void>
  /** How many these are. */
  readonly questions: number
}

export async function wholeReport(db: Kysely<Database>, profile: Profile): Promise<WholeReport> {
  const { until, name } = monthOf(profile)
  const report = profile.reports?.find(({ every }) => every === 'month')
  // The next morning, when what was done on the last day is known.
  const asOf = plus(until, 'PT9H')
  const installed = await calendarAsOf(db, profile.calendar, instantOf(Date.now()))
  const period = report && installed && periodNamed(name, { ...report, zone: profile.zone, calendar: installed.calendar })
  if (!report || !period) throw new Error(`profile ${profile.id} has no report of ${name}`)
  const questions = new Map<string, readonly [FigureId, Asked]>()
  const figures = ticketFigures.map((figure) => ({
    ...figure,
    counted(asked: Asked) {
      const id = figureIds.find((one) => one === figure.id)
      if (id) questions.set(`${id} ${asked.from} ${asked.until}`, [id, asked])
      return figure.counted(asked)
    },
  }))
  await reckonReport({ db, figures, profile, report, period, asOf })
  const reckonOn = async (on: Kysely<Database>) => {
    await reckonReport({ db: on, figures: ticketFigures, profile, report, period, asOf })
  }
  return {
    reckon: () => reckonOn(db),
    reckonYielding: () => reckonOn(yielding(db)),
    async byHand() {
      for (const [id, asked] of questions.values()) await bareFigures[id](asked).execute(db)
    },
    questions: questions.size,
  }
}
