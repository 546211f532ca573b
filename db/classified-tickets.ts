import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import type { Counted } from '../domain/reviews/effect.ts'
import type { Database } from './schema.ts'

/** Tickets by how their solution was classified last. Those that were withdrawn or merged are counted nowhere: one was no problem, the other is another's. */

export interface Classification {
  readonly module: string
  readonly type: string
  readonly cause: string
}

/**
 * Of the tickets of a profile submitted in a time, how many were classified, and how many so, as was known then. Tickets that nobody has
 * solved yet say nothing of it, and are left out.
 */
export async function countClassified(
  db: Kysely<Database>,
  asked: {
    readonly profile: string
    readonly classification: Classification
    readonly from: Instant
    readonly until: Instant
    readonly asOf: Instant
  },
): Promise<Counted> {
  const { profile, classification, from, until, asOf } = asked
  const { rows } = await sql<Counted>`
    select count(*)::int as tickets, (count(*) filter (where class @> ${JSON.stringify(classification)}::jsonb))::int as hits
    from tickets t, lateral (
      select (array_agg(e.data -> 'classification' order by e.seq desc) filter (where e.type = 'completed'))[1] as class,
        (array_agg(e.stage order by e.seq desc))[1] as stage
      from events e where e.process = t.number and e.at <= ${asOf}
    ) as known
    where t.profile = ${profile} and t.submitted_at >= ${from} and t.submitted_at < ${until}
      and class is not null and stage not in ('withdrawn', 'merged')`.execute(db)
  return rows[0] ?? { tickets: 0, hits: 0 }
}
