import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Addressees } from '../domain/notices/recipients.ts'
import { absencesOf, awayAt } from './absences.ts'
import { worksHere } from './people.ts'
import type { Database } from './schema.ts'

/** Everybody who signs in, customers among them for the language they chose, and the teams; read at once, since any may be needed. */
export async function addressees(db: Kysely<Database>, now: Instant): Promise<Addressees> {
  return world(db, now, sql<boolean>`true`)
}

/** {@link addressees} as far as they work here: whom alone notices for colleagues reach. */
export async function colleagues(db: Kysely<Database>, now: Instant): Promise<Addressees> {
  return world(db, now, worksHere)
}

/** Whom notices reach where nobody asks. */
export const nobody: Addressees = { people: new Map(), teams: new Map() }

async function world(db: Kysely<Database>, now: Instant, who: RawBuilder<boolean>): Promise<Addressees> {
  const [people, teams, away] = await Promise.all([
    db.selectFrom('people').select(['id', 'name', 'email', 'roles', 'active', 'preferences']).where(who).execute(),
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
