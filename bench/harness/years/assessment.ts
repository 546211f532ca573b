import { isDeepStrictEqual } from 'node:util'
import type { Kysely } from 'kysely'
import { bareAssessment } from '../../baseline/assessment.ts'
import { inReading } from '../../../db/figures/measure.ts'
import type { Database } from '../../../db/schema.ts'
import type { AssessmentModel } from '../../../domain/assessment/model.ts'
import { said } from '../../../domain/labels.ts'
import { assessmentsSchema } from '../../../domain/profile/assessments.ts'
import { reckonAssessment } from '../../../processes/assessment/reckon.ts'
import { ticketFigures } from '../../../processes/ticket/figures/index.ts'
import { monthOf, type askedOfMonths } from './reckoning.ts'

/** The assessment of a month, as it is reckoned, and what it counts by hand. */

/** Hits of teams, by criterion: what both ways say of the same things. */
type Hits = Readonly<Record<string, number>>

export interface MonthAssessed {
  reckon(): Promise<Hits>
  byHand(): Promise<Hits>
}

export function monthAssessed(db: Kysely<Database>, [asked]: Awaited<ReturnType<typeof askedOfMonths>>): MonthAssessed {
  const [assessment] = plans
  if (!asked || !assessment) throw new Error('there is no month to assess')
  const { profile, from, until, asOf } = asked
  const period = { id: monthOf(profile).name, from, until }
  return {
    reckon: async () => hitsIn(await reckonAssessment({ db, figures: ticketFigures, profile, assessment, period, asOf })),
    async byHand() {
      const hits: Record<string, number> = {}
      for (const statement of Object.values(bareAssessment))
        for (const { team, figure, hits: own } of await inReading(db, statement(asked))) if (team !== null) hits[`${team} ${figure}`] = own
      return hits
    },
  }
}

/** @throws Error when the two ways say something else */
export async function assertSame({ reckon, byHand }: MonthAssessed): Promise<void> {
  const [ours, bare] = [await reckon(), await byHand()]
  if (!isDeepStrictEqual(ours, bare)) throw new Error(`ours says ${JSON.stringify(ours)}, by hand it is ${JSON.stringify(bare)}`)
}

function hitsIn({ subjects }: AssessmentModel): Hits {
  const hits = subjects.flatMap(({ kind, id, results }) =>
    kind === 'team' ? results.flatMap(({ criterion, n, hits: own }) => (n > 0 ? [[`${id} ${criterion}`, own] as const] : [])) : [],
  )
  return Object.fromEntries(hits)
}

const plans = assessmentsSchema.parse([
  {
    id: 'monthly',
    label: said('月度考核', '每月考核', 'Monthly assessment'),
    of: ['person', 'team'],
    criteria: [
      { id: 'first-response', figure: 'attainment', clock: 'first-response', weight: 30, standard: 90 },
      { id: 'resolution', figure: 'attainment', clock: 'resolution', weight: 30, standard: 90 },
      { id: 'resolution-rate', figure: 'resolution-rate', weight: 20, standard: 85 },
      { id: 'satisfaction', figure: 'satisfaction', weight: 20, standard: 80 },
    ],
  },
])
