import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Addressee, Addressees } from '../domain/notices/recipients.ts'
import { absenceAt } from './people.ts'
import type { Database } from './schema.ts'

/** The people who work here and the teams: few enough to be read at once, and all of them may be needed. */
export async function addressees(db: Kysely<Database>, now: Instant): Promise<Addressees> {
  const [people, teams] = await Promise.all([
    sql<Addressee>`
      select people.id, people.name, people.email, people.roles, people.active, people.preferences,
        absence.id is not null as absent, absence.deputy
      from people left join lateral (${absenceAt(now)}) as absence on true`.execute(db),
    db
      .selectFrom('teams')
      .select(['id', 'labels', 'lead', 'supervisor', 'departmentHead'])
      .select(sql<string[]>`array(select person from memberships where team = teams.id order by person)`.as('members'))
      .execute(),
  ])
  return {
    people: new Map(people.rows.map((person) => [person.id, person])),
    teams: new Map(teams.map((team) => [team.id, team])),
  }
}
