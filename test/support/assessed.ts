import { assessmentModels, keepModel } from '../../db/models.ts'
import { putPerson } from '../../db/people.ts'
import { installProfile, latestProfile } from '../../db/profiles.ts'
import type { AssessmentModel, ScoreItem } from '../../domain/assessment/model.ts'
import { recurringNumber } from '../../domain/recurring/recurring.ts'
import type { Office } from './api.ts'
import { modelOf, planOf, scoredPerson, scoredTeam } from './assessments.ts'

/** Assessments of October whose counts are made by hand, in an office whose profile has as many of them as a test wants. */

export const profile = 'scored'
/** When they have fallen due, and people look at them. */
export const october = '2026-11-03T02:00:00.000Z'
/** Another one of the management, who decides where the first has confirmed. */
export const otherManager = 'manager-he'

export const late: ScoreItem = {
  id: 'TS20261008001/first-response/1',
  ticket: 'TS20261008001',
  what: 'broken',
  clock: 'first-response',
  cycle: 1,
  at: '2026-10-08T02:00:00.000Z',
  keptAt: '2026-10-08T03:00:00.000Z',
}
export const backdated: ScoreItem = {
  id: 'TS20261009001/first-response/1',
  ticket: 'TS20261009001',
  what: 'backdated',
  clock: 'first-response',
  cycle: 1,
  at: '2026-10-09T02:00:00.000Z',
  keptAt: '2026-10-09T01:59:00.000Z',
  recordedAt: '2026-10-09T08:00:00.000Z',
  recordedBy: 'engineer-wang',
}

/** Of the other promise of a ticket that the head of the department has deferred. */
export const deferred: ScoreItem = {
  id: 'TS20261012001/resolution/1',
  ticket: 'TS20261012001',
  what: 'broken',
  clock: 'resolution',
  cycle: 1,
  at: '2026-10-15T02:00:00.000Z',
  keptAt: null,
  deferral: {
    ...{ at: '2026-10-14T02:00:00.000Z', by: 'lead-xu', cause: 'objective', reason: '等待厂商补丁', late: false },
    newDueAt: '2026-10-20T02:00:00.000Z',
  },
}

export function numberOf(id: string): string {
  return recurringNumber('assessment', profile, id, '2026-10')
}

/** Of two engineers, of the head of their department, and of their team. Wang was late once, and recorded once what he had done long before. */
export function octoberOf(id: string): AssessmentModel {
  const good = { response: [20, 20], handling: [20, 20], resolved: [20, 20], satisfied: [20, 20] } as const
  const made = modelOf(planOf({ id }), [
    scoredTeam('tech-support', { ...good, response: [100, 99, [late, backdated]] }, 100, 'engineer-chen'),
    scoredPerson('engineer-chen', good, 30),
    scoredPerson('engineer-wang', { ...good, response: [20, 19, [late, backdated]], handling: [20, 19, [deferred]] }),
    scoredPerson('lead-xu', good, 12, true),
  ])
  return { ...made, profile: { ...made.profile, id: profile } }
}

export const subjects = ['team:tech-support', 'person:engineer-chen', 'person:engineer-wang', 'person:lead-xu'] as const

/** Installs a profile with these assessments, and keeps what was counted for each of `kept`, as if it had been reckoned. */
export async function furnishAssessments({ db }: Pick<Office, 'db'>, ids: readonly string[], kept = ids): Promise<void> {
  const usual = await latestProfile(db, 'tech-support')
  if (!usual) throw new Error('the profile is gone')
  const { reports: _, ...without } = usual
  await installProfile(db, {
    profile: { ...without, id: profile, version: 1, assessments: ids.map((id) => planOf({ id })) },
    source: null,
    installedAt: '2026-11-02T02:00:00.000Z',
    installedBy: 'admin-lin',
  })
  const manager = { name: '何宁', email: 'he@bihuan.example', active: true, teams: [], skills: [] }
  await putPerson(db, { id: otherManager, roles: ['management'], ...manager })
  for (const id of kept) await keepModel(db, assessmentModels, numberOf(id), octoberOf(id), october)
}
