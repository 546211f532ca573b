import { decisionsOf } from '../../db/assessment-decisions.ts'
import { headOf } from '../../db/heads.ts'
import { assessmentModels, modelOf } from '../../db/models.ts'
import { scoresOf } from '../../domain/assessment/score.ts'
import type { World } from '../hosting.ts'

/** Ids of the people whom the scores propose as outstanding 优秀个人, by everything that was decided up to this event. */
export async function proposedBy({ db }: Pick<World, 'db'>, number: string, version: number): Promise<string[]> {
  const head = await headOf(db, number, 'assessment')
  if (!head || head.version < version) throw new Error(`the rows of ${number} do not reach event ${version} yet`)
  const kept = await modelOf(db, assessmentModels, number)
  if (!kept) throw new Error(`assessment ${number} is final, and nothing was kept of it`)
  const scores = scoresOf(kept.model, await decisionsOf(db, number))
  return scores.filter(({ kind, outstanding }) => kind === 'person' && outstanding.proposed).map(({ id }) => id)
}
