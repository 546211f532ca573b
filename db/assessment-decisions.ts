import { sql, type Kysely } from 'kysely'
import { decidingEvents, decisionsIn } from '../domain/assessment/decisions.ts'
import type { Decisions } from '../domain/assessment/model.ts'
import type { ToldEvent } from '../domain/assessment/told.ts'
import type { Database } from './schema.ts'

/** What people have decided about an assessment so far. */
export async function decisionsOf(db: Kysely<Database>, number: string): Promise<Decisions> {
  const { rows } = await sql<ToldEvent>`
    select type, actor, at, data from events where process = ${number} and type = any(${[...decidingEvents]}) order by seq`.execute(db)
  return decisionsIn(rows)
}
