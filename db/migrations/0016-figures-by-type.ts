import { sql, type Kysely } from 'kysely'

/**
 * By what figures find events without reading them: those of a type in a time, and those of a type of one process. Most of what a figure looks
 * for is then in the index, and of a hundred thousand tickets only those that it counts are read. Of the events of one ticket two in five are
 * about promises that fall due; figures read them from elsewhere.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create index events_counted on events (type, occurred_at) include (process, seq, at)
    where type in ('closed', 'reopened', 'confirmed', 'completed', 'called-back', 'deferred', 'withdrawn')`,
  `create index events_by_type on events (process, type, seq) include (at, occurred_at, stage)
    where type not in ('level-reached', 'promise-broken')`,
  `create index events_retargeted on events (occurred_at) include (process, at)
    where type = 'promise-broken' and data ->> 'cause' = 'retarget'`,
]
