import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Addressees } from '../domain/notices/recipients.ts'
import { absencesOf, awayAt } from './absences.ts'
import type { Database } from './schema.ts'

/** Everybody who signs in, customers among them for the language they chose, and the teams; read at once, since any may be needed. */
export async function addressees(db: Kysely<Database>, now: Instant): Promise<Addressees> {
  const [people, teams, away] = await Promise.all([
    db.selectFrom('people').select(['id', 'name', 'email', 'roles', 'active', 'preferences']).execute(),
    db
      .selectFrom('teams')
      .select(['id', 'labels', 'lead', 'supervisor', 'departmentHead'])
      .select(sql<string[]>`array(select person from memberships where team = teams.id order by person)`.as('members'))
      .execute(),
    awayAt(db, now),
  ])
  const absences = absencesOf(away)
  return {
    people: new Map(
      people.map((person) => [person.id, { ...person, absent: absences.has(person.id), deputy: absences.get(person.id) ?? null }]),
    ),
    teams: new Map(teams.map((team) => [team.id, team])),
  }
}
