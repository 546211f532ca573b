import { listPeople, listTeams } from '../../db/people.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import type { Scored } from '../../domain/assessment/rights.ts'
import type { Role } from '../../domain/people.ts'
import type { World } from '../hosting.ts'

/** Who is scored, with what says whose matter each score is: who leads, and who speaks for a team. As things are when it is reckoned. */
export async function scoredIn({ db }: Pick<World, 'db'>, { subjects }: AssessmentModel): Promise<Scored[]> {
  const [people, teams] = await Promise.all([listPeople(db), listTeams(db)])
  const leading = new Set(people.filter(({ roles }) => leadingRoles.some((role) => roles.includes(role))).map(({ id }) => id))
  return subjects.map((subject): Scored => {
    const { kind, id } = subject
    return kind === 'person'
      ? { kind, id, teams: subject.teams, leads: leading.has(id), speaker: id }
      : { kind, id, teams: [id], leads: false, speaker: teams.find((team) => team.id === id)?.lead ?? null }
  })
}

/** Whose score no head of a department decides over. */
const leadingRoles = ['department-lead', 'management'] as const satisfies readonly Role[]
