import { sql, type Kysely } from 'kysely'
import type { Calendar } from '../domain/calendar/schema.ts'
import type { Instant } from '../domain/instant.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'
import { inTransaction } from './transaction.ts'

/** Working calendars (X2). Each change is kept as the next version, so that an old promise can be computed again. */

export interface InstalledCalendar {
  readonly calendar: Calendar
  readonly version: number
  readonly installedAt: Instant
  readonly installedBy: string
}

/** Installs a validated calendar as the next version; that version, or the latest when nothing changed. */
export async function installCalendar(
  db: Kysely<Database>,
  {
    calendar,
    source,
    installedAt,
    installedBy,
  }: { readonly calendar: Calendar; readonly source: string | null; readonly installedAt: Instant; readonly installedBy: string },
): Promise<number> {
  const content = json(calendar)
  return inTransaction(db, async (trx) => {
    // Two installations at once: the second sees what the first did.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`calendar ${calendar.id}`}, 0))`.execute(trx)
    const latest = await trx
      .selectFrom('calendars')
      .select(['version', sql<boolean>`content = ${content}::jsonb`.as('same')])
      .where('id', '=', calendar.id)
      .orderBy('version', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (latest?.same) return latest.version
    const version = (latest?.version ?? 0) + 1
    await trx
      .insertInto('calendars')
      .values({ id: calendar.id, version, content, source, coveredThrough: calendar.coveredThrough, installedAt, installedBy })
      .execute()
    return version
  })
}

export async function latestCalendar(db: Kysely<Database>, id: string): Promise<InstalledCalendar | undefined> {
  return installed(db).where('id', '=', id).orderBy('version', 'desc').limit(1).executeTakeFirst()
}

/** The latest version of each calendar, by id. */
export async function listCalendars(db: Kysely<Database>): Promise<InstalledCalendar[]> {
  return installed(db).distinctOn('id').orderBy('id').orderBy('version', 'desc').execute()
}

function installed(db: Kysely<Database>) {
  return db.selectFrom('calendars').select(['content as calendar', 'version', 'installedAt', 'installedBy'])
}
