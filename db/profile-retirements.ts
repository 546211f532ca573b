import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { stagesThatAre } from '../domain/stages.ts'
import { ticketStages } from '../domain/ticket-stages.ts'
import type { Database } from './schema.ts'

/**
 * Profiles and templates that are retired (X1): no new ticket runs by them and nothing new extends them. Their rows stay, since tickets,
 * archived ones included, name them for good.
 */

export interface Retirement {
  readonly id: string
  readonly retiredAt: Instant
  readonly retiredBy: string
  readonly reason: string
}

/** Stands as `installedBy` of what the product ships; no person can be called so, since ids have no space. */
export const shipped = 'the product'

/** Retires it; of one that is retired already, as it was, unless a version was installed since then that takes it back into use. */
export async function retireProfile(db: Kysely<Database>, retirement: Retirement): Promise<Retirement> {
  const { id: _, ...anew } = retirement
  await db
    .insertInto('retiredProfiles')
    .values(retirement)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet(anew)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('profiles')
              .select('version')
              .whereRef('profiles.id', '=', 'retiredProfiles.id')
              .where('installedBy', '<>', shipped)
              .whereRef('installedAt', '>', 'retiredProfiles.retiredAt'),
          ),
        ),
    )
    .execute()
  return (await retirementOf(db, retirement.id)) ?? retirement
}

/** Takes it back into use, where somebody installs it; it may be in use. Of what the product ships nothing is. */
export async function reinstateProfile(trx: Kysely<Database>, id: string, installedBy: string): Promise<void> {
  if (installedBy !== shipped) await trx.deleteFrom('retiredProfiles').where('id', '=', id).execute()
}

/** When, by whom and why it was retired last; undefined: it was not, or was installed again since. */
export async function retirementOf(db: Kysely<Database>, id: string): Promise<Retirement | undefined> {
  return db.selectFrom('retiredProfiles').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Whether a ticket of the profile has not ended, or was closed only since then. */
export async function hasTicketsSince(db: Kysely<Database>, id: string, since: Instant): Promise<boolean> {
  const row = await db
    .selectFrom('tickets')
    .select('number')
    .where('profile', '=', id)
    .where(({ eb, or }) => or([sql<boolean>`stage not in (${sql.join(ended.map((stage) => sql.lit(stage)))})`, eb('closedAt', '>', since)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const ended = stagesThatAre(ticketStages, 'ended')
