import { sql, type Kysely } from 'kysely'
import type { Calendar } from '../domain/calendar/schema.ts'
import type { Instant } from '../domain/instant.ts'
import { Memories } from '../domain/memory.ts'
import { json } from './json.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'
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

/** The newest version. Asked for each time; what stands in a version is read once, since a version never changes. */
export async function latestCalendar(db: Kysely<Database>, id: string): Promise<InstalledCalendar | undefined> {
  const [newest] = await newestVersion(db, [id])
  return newest && calendarVersion(db, id, newest.version)
}

const newestVersion = statement<{ readonly version: number }>('select version from calendars where id = $1 order by version desc limit 1')

/** The version that was the newest at that instant; the first one where it was installed later. */
export async function calendarAsOf(db: Kysely<Database>, id: string, asOf: Instant): Promise<InstalledCalendar | undefined> {
  const [then] = await versionThen(db, [id, asOf])
  return then && calendarVersion(db, id, then.version)
}

const versionThen = statement<{ readonly version: number }>(
  'select version from calendars where id = $1 order by installed_at <= $2::timestamptz desc, case when installed_at <= $2::timestamptz then -version else version end limit 1',
)

/** A given version; the same object as long as it is kept. */
export async function calendarVersion(db: Kysely<Database>, id: string, version: number): Promise<InstalledCalendar | undefined> {
  const read = kept.of(db)
  const key = `${version} ${id}`
  const known = read.known(key)
  if (known) return known
  const found = await installed(db).where('id', '=', id).where('version', '=', version).executeTakeFirst()
  return found && read.keep(key, found)
}

/** By the handle they were read with: another database has others, and a transaction may never be committed. Far more than are in use at once. */
const kept = new Memories<Kysely<Database>, string, InstalledCalendar>(50)

/** A running process whose promises count by an older version of its calendar than the newest, and that version. */
export interface ProcessBehind {
  readonly number: string
  readonly processType: string
  /** How far its rows reach. */
  readonly version: number
  readonly calendar: Calendar
  readonly calendarVersion: number
  readonly startedAt: Instant
}

/** Running processes of these types that a new version of their calendar has not reached yet (X2), by number; `except` are left out. */
export async function processesBehindCalendar(
  db: Kysely<Database>,
  { types, except, limit }: { readonly types: readonly string[]; readonly except: readonly string[]; readonly limit: number },
): Promise<ProcessBehind[]> {
  return db
    .with('newest', (with_) => with_.selectFrom('calendars').selectAll().distinctOn('id').orderBy('id').orderBy('version', 'desc'))
    .selectFrom('processes')
    .innerJoin('newest', 'newest.id', 'processes.calendar')
    .select(['processes.number', 'processes.processType', 'processes.version', 'processes.startedAt', 'newest.content as calendar'])
    .select('newest.version as calendarVersion')
    .where('processes.processType', 'in', types)
    .whereRef('processes.calendarVersion', '<', 'newest.version')
    .where(sql<boolean>`not processes.ended`)
    .where('processes.workflowStartedAt', 'is not', null)
    .where(sql<boolean>`processes.number <> all(${except}::text[])`)
    .orderBy('processes.number')
    .limit(limit)
    .execute()
}

/** Every version of one calendar, newest first, each as it was written. */
export async function calendarVersions(
  db: Kysely<Database>,
  id: string,
): Promise<(InstalledCalendar & { readonly source: string | null })[]> {
  return installed(db).select('source').where('id', '=', id).orderBy('version', 'desc').execute()
}

/** The latest version of each calendar, by id. */
export async function listCalendars(db: Kysely<Database>): Promise<InstalledCalendar[]> {
  return installed(db).distinctOn('id').orderBy('id').orderBy('version', 'desc').execute()
}

function installed(db: Kysely<Database>) {
  return db.selectFrom('calendars').select(['content as calendar', 'version', 'installedAt', 'installedBy'])
}
