import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Absences } from '../domain/standing-in.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** Who is away, and whom they named to stand in (X8). Who then really does: domain/standing-in.ts. */

export interface Absence {
  readonly person: string
  readonly absentFrom: Instant
  /** Not absent any more from this instant on; null while nobody knows. */
  readonly absentUntil: Instant | null
  readonly deputy: string | null
  readonly note: string | null
}

export type RecordedAbsence = Absence & { readonly id: number }

/** Absences that have not ended at `now`, of one person when named; whoever is away first, first. */
export async function listAbsences(db: Kysely<Database>, now: Instant, person?: string): Promise<RecordedAbsence[]> {
  const query = db
    .selectFrom('absences')
    .select(columns)
    .where((row) => row.or([row('absentUntil', 'is', null), row('absentUntil', '>', now)]))
    .orderBy('absentFrom')
    .orderBy('id')
  return (person === undefined ? query : query.where('person', '=', person)).execute()
}

/** Until the transaction is over nobody else names a deputy: two who name each other at once would each find the other there. */
export async function lockDeputies(trx: Kysely<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('deputies', 0))`.execute(trx)
}

/** One absence, also one that has ended; nobody else changes it until the transaction is over. */
export async function lockAbsence(trx: Kysely<Database>, id: number): Promise<RecordedAbsence | undefined> {
  return trx.selectFrom('absences').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Records an absence; its id. Person and deputy must exist and differ, and it must end after it begins. */
export async function insertAbsence(db: Kysely<Database>, absence: Absence): Promise<number> {
  const { id } = await db.insertInto('absences').values(absence).returning('id').executeTakeFirstOrThrow()
  return id
}

/** Changes an absence; the same holds of it as of one that is recorded. */
export async function updateAbsence(db: Kysely<Database>, id: number, change: Partial<Omit<Absence, 'person'>>): Promise<void> {
  await db.updateTable('absences').set(change).where('id', '=', id).execute()
}

/** Removes an absence that never began; whether there was one. */
export async function deleteAbsence(db: Kysely<Database>, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('absences').where('id', '=', id).executeTakeFirst()
  return numDeletedRows > 0n
}

/** Somebody away, by the absence that counts. */
export interface Away {
  readonly person: string
  readonly until: Instant | null
  /** Null when nobody was named who still works here. */
  readonly deputy: string | null
}

/** Everybody who is away at `now`. */
export async function awayAt(db: Kysely<Database>, now: Instant): Promise<Away[]> {
  return everybodyAway(db, [now])
}

export function absencesOf(away: readonly Away[]): Absences {
  return new Map(away.map(({ person, deputy }) => [person, deputy]))
}

const present = (now: string) => `absent_from <= ${now} and (absent_until is null or absent_until > ${now})`

/**
 * The absence of the row `people` that counts at an instant. Of several it is one whose deputy still works here, then the one
 * that began last, then the one recorded last: everything that asks who is away asks this.
 */
export const countingAbsence = (now: string) => `
  select absences.id, absent_until, deputy.id as deputy
  from absences left join people as deputy on deputy.id = absences.deputy and deputy.active and not deputy.roles <@ '{customer,service}'
  where absences.person = people.id and ${present(now)}
  order by deputy.id is null, absent_from desc, absences.id desc limit 1`

const everybodyAway = statement<Away>(`
  select people.id as person, absence.absent_until as until, absence.deputy
  from (select distinct person from absences where ${present('$1::timestamptz')}) as away
    join people on people.id = away.person and people.active
    cross join lateral (${countingAbsence('$1::timestamptz')}) as absence
  order by people.id`)

const columns = ['id', 'person', 'absentFrom', 'absentUntil', 'deputy', 'note'] as const
