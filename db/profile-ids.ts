import { sql, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/**
 * Refuses an id that the other kind has: a profile and a template of one id would be told apart by nobody. Two that are installed at
 * once wait for each other until the transaction ends.
 * @throws IdTaken
 */
export async function refusedId(trx: Kysely<Database>, id: string, others: 'profiles' | 'profileTemplates'): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('bihuan-profile-ids', 0))`.execute(trx)
  const other = await trx.selectFrom(others).select('id').where('id', '=', id).limit(1).executeTakeFirst()
  if (other) throw new IdTaken(id, others === 'profiles' ? 'profile' : 'template')
}

export class IdTaken extends Error {
  override name = 'IdTaken'
  readonly id: string
  readonly by: 'profile' | 'template'
  constructor(id: string, by: 'profile' | 'template') {
    super(`${id} is the id of a ${by}`)
    this.id = id
    this.by = by
  }
}
