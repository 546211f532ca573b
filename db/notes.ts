import type { Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { storable } from './json.ts'
import type { Database } from './schema.ts'

/** Adds a line to the log of a process, as a command of kind `log` does; it moves no clock. */
export async function insertNote(
  trx: Kysely<Database>,
  {
    text,
    ...note
  }: {
    readonly ticket: string
    readonly type: string
    readonly author: string
    readonly text: string
    readonly at: Instant
    readonly requestId: string
  },
): Promise<void> {
  await trx
    .insertInto('notes')
    .values({ ...note, text: storable(text) })
    .onConflict((conflict) => conflict.column('requestId').doNothing())
    .execute()
}
