import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import type { Preferences } from '../domain/notices/preferences.ts'
import type { Directory, DirectoryPerson, Role, Team } from '../domain/people.ts'
import type { Mentioned } from '../workflows/act.ts'
import { countingAbsence } from './absences.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
import { inTransaction } from './transaction.ts'

export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly roles: readonly Role[]
  /** Somebody who left stays in the records and can do nothing. */
  readonly active: boolean
  readonly teams: readonly string[]
  readonly skills: readonly string[]
}

/**
 * The active ones among the people, and the ones that exist among the teams, as a command must know them before it is
 * decided; beside the absent ones those who are to be asked who stands in. One query, another one for each step of deputies.
 */
export async function directoryOf(db: Kysely<Database>, mentioned: Mentioned, now: Instant): Promise<Directory> {
  if (mentioned.people.length === 0 && mentioned.teams.length === 0) return { people: {}, teams: [] }
  const people = new Map<string, DirectoryPerson>()
  const teams: string[] = []
  for (let asked: Mentioned = mentioned; ;) {
    for (const { kind, id, roles, teams: own, absent, deputy } of await mentionedBy(db, [asked.people, asked.teams, now])) {
      if (kind === 'team') teams.push(id)
      else people.set(id, { roles, teams: own, ...(absent && { absence: { deputy } }) })
    }
    const deputies = [...people.values()].flatMap(({ absence }) => absence?.deputy ?? []).filter((id) => !people.has(id))
    if (deputies.length === 0) return { people: Object.fromEntries(people), teams }
    asked = { people: deputies, teams: [] }
  }
}

interface Found {
  readonly kind: 'person' | 'team'
  readonly id: string
  readonly roles: readonly Role[]
  readonly teams: readonly string[]
  readonly absent: boolean
  readonly deputy: string | null
}

const teamsOfPersonText = 'array(select team from memberships where person = people.id order by team)'

/** Within `(select …)` Postgres does not look at the ids, which would have it plan anew each time. */
const mentionedBy = statement<Found>(`
  select 'person' as kind, people.id, people.roles, ${teamsOfPersonText} as teams, absence.id is not null as absent, absence.deputy
  from people left join lateral (${countingAbsence('$3::timestamptz')}) as absence on true
  where people.active and people.id = any((select $1::text[])::text[])
  union all
  select 'team', teams.id, '{}', '{}', false, null from teams where teams.id = any((select $2::text[])::text[])`)

/** What a person wants to hear; `{}` when they have said nothing, undefined when there is no such person. */
export async function preferencesOf(db: Kysely<Database>, id: string): Promise<Preferences | undefined> {
  return (await db.selectFrom('people').select('preferences').where('id', '=', id).executeTakeFirst())?.preferences
}

export async function setPreferences(db: Kysely<Database>, id: string, preferences: Preferences): Promise<void> {
  await db
    .updateTable('people')
    .set({ preferences: json(preferences) })
    .where('id', '=', id)
    .execute()
}

export async function findPerson(db: Kysely<Database>, id: string): Promise<Person | undefined> {
  return peopleQuery(db).where('people.id', '=', id).executeTakeFirst()
}

/** What people and teams are called, by id; without the ids that are neither. */
export async function namesOf(db: Kysely<Database>, ids: readonly string[], locale: Locale): Promise<Record<string, string>> {
  if (ids.length === 0) return {}
  const rows = await namedBy(db, [[...new Set(ids)], locale])
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]))
}

/** Roles of these people by id, also of who has left. */
export async function rolesOf(db: Kysely<Database>, ids: readonly string[]): Promise<ReadonlyMap<string, readonly Role[]>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('people').select(['id', 'roles']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, roles }) => [id, roles]))
}

/** Which of these ids people have, and which of them teams. */
export async function knownIds(
  db: Kysely<Database>,
  ids: readonly string[],
): Promise<{ readonly people: readonly string[]; readonly teams: readonly string[] }> {
  const rows = await kindsOf(db, [ids])
  const of = (kind: string) => rows.flatMap((row) => (row.kind === kind ? [row.id] : []))
  return { people: of('person'), teams: of('team') }
}

const kindsOf = statement<{ readonly id: string; readonly kind: 'person' | 'team' }>(`
  select id, 'person' as kind from people where id = any((select $1::text[])::text[])
  union all select id, 'team' from teams where id = any((select $1::text[])::text[])`)

const namedBy = statement<{ readonly id: string; readonly name: string }>(`
  select id, name from people where id = any((select $1::text[])::text[])
  union all select id, labels ->> $2::text from teams where id = any((select $1::text[])::text[])`)

/** Active people who work here, by id. Customers who sign in are none of them, and of these there may be any number. */
export async function listPeople(db: Kysely<Database>, filter: { readonly role?: Role; readonly team?: string } = {}): Promise<Person[]> {
  let query = peopleQuery(db).where('people.active', '=', true).where(worksHere).orderBy('people.id')
  if (filter.role !== undefined) query = query.where(sql<boolean>`people.roles @> ${[filter.role]}`)
  if (filter.team !== undefined)
    query = query.where(sql<boolean>`exists (select from memberships where team = ${filter.team} and person = people.id)`)
  return query.execute()
}

export async function listTeams(db: Kysely<Database>): Promise<Team[]> {
  return db
    .selectFrom('teams')
    .select(['id', 'labels', 'lead', 'supervisor', 'departmentHead'])
    .select(sql<string[]>`array(select person from memberships where team = teams.id order by person)`.as('members'))
    .orderBy('id')
    .execute()
}

/** Adds a person or brings one up to date; teams and skills become exactly these. Teams must exist. */
export async function putPerson(db: Kysely<Database>, { id, name, email, roles, active, teams, skills }: Person): Promise<void> {
  const person = { name, email, roles: [...roles], active }
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('people')
      .values({ id, ...person })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(person))
      .execute()
    await trx.deleteFrom('memberships').where('person', '=', id).execute()
    await trx.deleteFrom('skills').where('person', '=', id).execute()
    if (teams.length > 0)
      await trx
        .insertInto('memberships')
        .values(teams.map((team) => ({ team, person: id })))
        .execute()
    if (skills.length > 0)
      await trx
        .insertInto('skills')
        .values(skills.map((skill) => ({ person: id, skill })))
        .execute()
  })
}

/** Adds a team or brings one up to date; its members come with {@link putPerson}. Lead, supervisor and head must exist. */
export async function putTeam(
  db: Kysely<Database>,
  { id, labels, lead, supervisor, departmentHead }: Omit<Team, 'members'>,
): Promise<void> {
  const team = { labels: json(labels), lead, supervisor, departmentHead }
  await db
    .insertInto('teams')
    .values({ id, ...team })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(team))
    .execute()
}

/** Adds or brings up to date teams and people that name each other. */
export async function putEverybody(
  db: Kysely<Database>,
  teams: readonly Omit<Team, 'members'>[],
  people: readonly Person[],
): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const person of people) await putPerson(trx, { ...person, teams: [] })
    for (const team of teams) await putTeam(trx, team)
    for (const person of people) await putPerson(trx, person)
  })
}

/** `isStaff` (domain/people.ts) of the row `people`. */
export const worksHere = sql<boolean>`not (people.roles <@ '{customer}')`

/** Of the row `people`. */
const teamsOfPerson = sql.raw<string[]>(teamsOfPersonText)
const skillsOfPerson = sql<string[]>`array(select skill from skills where person = people.id order by skill)`

function peopleQuery(db: Kysely<Database>) {
  return db
    .selectFrom('people')
    .select(['people.id', 'name', 'email', 'roles', 'active'])
    .select([teamsOfPerson.as('teams'), skillsOfPerson.as('skills')])
}
