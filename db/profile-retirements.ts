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

/** Retires it; of one that is retired already, as it was. */
export async function retireProfile(db: Kysely<Database>, retirement: Retirement): Promise<Retirement> {
  await db
    .insertInto('retiredProfiles')
    .values(retirement)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
  return (await retirementOf(db, retirement.id)) ?? retirement
}

/** Takes it back into use; it may be in use. */
export async function reinstateProfile(db: Kysely<Database>, id: string): Promise<void> {
  await db.deleteFrom('retiredProfiles').where('id', '=', id).execute()
}

/** Since when, by whom and why it is retired; undefined: it is not. */
export async function retirementOf(db: Kysely<Database>, id: string): Promise<Retirement | undefined> {
  return db.selectFrom('retiredProfiles').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Since when each is retired, by id. */
export async function retirements(db: Kysely<Database>): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db.selectFrom('retiredProfiles').select(['id', 'retiredAt']).execute()
  return new Map(rows.map(({ id, retiredAt }) => [id, retiredAt]))
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
