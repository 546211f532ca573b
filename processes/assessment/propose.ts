import { decisionsOf } from '../../db/assessment-decisions.ts'
import { assessmentModels, modelOf } from '../../db/models.ts'
import { scoresOf } from '../../domain/assessment/score.ts'
import type { World } from '../hosting.ts'

/** Ids of the people whom the scores propose as outstanding 优秀个人, by everything that was decided. */
export async function proposedBy({ db }: Pick<World, 'db'>, number: string): Promise<string[]> {
  const kept = await modelOf(db, assessmentModels, number)
  if (!kept) throw new Error(`assessment ${number} is final, and nothing was kept of it`)
  const scores = scoresOf(kept.model, await decisionsOf(db, number))
  return scores.filter(({ kind, outstanding }) => kind === 'person' && outstanding.proposed).map(({ id }) => id)
}
