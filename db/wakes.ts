import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { ProcessTable } from './process-table.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** When processes are to be woken, as the rows say it. */

export interface ProcessToWake {
  readonly number: string
  readonly processType: string
  /** How far its rows reach. */
  readonly version: number
  readonly wakeAt: Instant
}

/** Those of these types that are to be woken first, the earliest first, also those whose instant is yet to come; `except` are left out. */
export async function processesToWake(
  db: Kysely<Database>,
  { types, except, limit }: { readonly types: readonly string[]; readonly except: readonly string[]; readonly limit: number },
): Promise<ProcessToWake[]> {
  return toWake(db, [except, limit, types])
}

const toWake = statement<ProcessToWake>(`
  select number, process_type, version, wake_at from processes
  where process_type = any($3::text[]) and wake_at is not null and workflow_started_at is not null and number <> all($1::text[])
  order by wake_at, number limit $2::int`)

/** Puts right when a process is to be woken, as its workflow knows it; a row that has gone on since is right already. */
export async function rescheduleWake(
  db: Kysely<Database>,
  table: Pick<ProcessTable, 'name'>,
  { number, version, wakeAt }: { readonly number: string; readonly version: number; readonly wakeAt: Instant | null },
): Promise<void> {
  await sql`update ${sql.table(table.name)} set wake_at = ${wakeAt} where number = ${number} and version = ${version}`.execute(db)
}
