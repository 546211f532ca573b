import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { stagesThatAre } from '../domain/stages.ts'
import { ticketStages } from '../domain/ticket-stages.ts'
import { notTheirOwn } from './own-processes.ts'
import type { Ticket } from './tickets.ts'
import type { Database } from './schema.ts'

/** Tickets of which it may be that nobody watches them any more; whether it is so, their process says (X5). */

export type PerhapsUnwatched = Pick<Ticket, (typeof columns)[number]>

export interface Whose {
  /** Tickets in their hands or whose customers they look after. */
  readonly people: readonly string[]
  /** Tickets of these teams, whoever has them. */
  readonly teams: readonly string[]
  /** Whose own they are, to whom that part of them is closed. */
  readonly reader: string
}

/** What has been due longest comes first, after what is not due at all; `most` of each kind. */
export async function perhapsUnwatched(
  db: Kysely<Database>,
  { people, teams, reader }: Whose,
  { now, most }: { readonly now: Instant; readonly most: number },
): Promise<PerhapsUnwatched[]> {
  const plain = sql<boolean>`(waiting_for is not null or next_due_at is null or next_due_at < ${now})`
  // Of one person's tickets the state may be looked into; of a whole team's that takes too long, and what was deferred is overdue soon.
  const close = sql<boolean>`(${plain} or state -> 'tasks' <> '[]' or state -> 'counts' ->> 'deferrals' <> '0')`
  const found = await Promise.all([
    ...(['assignee', 'representative'] as const).map((whose) => sought(sql<boolean>`${sql.ref(whose)} = any(${people}) and ${close}`)),
    ...(teams.length === 0 ? [] : [sought(sql<boolean>`team = any(${teams}) and ${plain}`)]),
  ])
  return [...new Map(found.flat().map((ticket) => [ticket.number, ticket])).values()]

  async function sought(where: RawBuilder<boolean>): Promise<PerhapsUnwatched[]> {
    return db
      .selectFrom('tickets')
      .select(columns)
      .where(where)
      .where(sql<boolean>`stage not in (${sql.join(stagesThatAre(ticketStages, 'ended').map((stage) => sql.lit(stage)))})`)
      .where(notTheirOwn(reader))
      .orderBy(sql`next_due_at nulls first`)
      .orderBy('number')
      .limit(most)
      .execute()
  }
}

const columns = [
  'number',
  'title',
  'profile',
  'profileVersion',
  'type',
  'submittedAt',
  'assignee',
  'representative',
  'team',
  'state',
] as const
