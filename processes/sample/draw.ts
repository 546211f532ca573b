import { randomBytes } from 'node:crypto'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import { keysOf, narrowingsTo, thenTable } from '../../db/figures/dimensions.ts'
import type { Asked } from '../../db/figures/figure.ts'
import { inReading } from '../../db/figures/measure.ts'
import type { Database } from '../../db/schema.ts'
import { dimensions } from '../../domain/figures/figure.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Frame } from '../../domain/samples/frame.ts'
import type { Draw } from '../../workflows/sample/events.ts'
import { finishedTickets, isOffPath, submittedTickets } from '../ticket/figures/known.ts'

/**
 * Drawing by chance, so that anybody can do it again: the tickets that can be drawn are put in the order of the SHA-256 of seed, space and
 * number, and the first are taken. Of the same seed, the same instant of knowing and the same other samples left out, it is the same for ever.
 */

/** By what is drawn; as the event that tells of it has it. */
export type Terms = Pick<Draw, 'only' | 'each' | 'wanted'> & {
  readonly profile: Profile
  readonly of: Frame
  readonly from: Instant
  readonly until: Instant
  readonly asOf: Instant
  readonly seed: string
  readonly without: readonly string[]
}

export interface ByChance {
  /** So many could be drawn: those of the time, less those of the samples that were left out. */
  readonly frame: number
  /** In the order in which they were drawn. */
  readonly tickets: readonly string[]
}

export async function drawn(db: Kysely<Database>, terms: Terms): Promise<ByChance> {
  const { only, each, wanted, seed, without } = terms
  const part = each === null ? sql`null::text` : sql`(${keysOf[each]})[1]`
  const rows = await inReading(
    db,
    sql<{ readonly number: string | null; readonly frame: number }>`
      with ${framed(terms)},
      framed as (
        select number, ${part} as part, encode(sha256(convert_to(${seed} || ' ' || number, 'UTF8')), 'hex') as rank
        from "then"
        where ${sql.join([sql`true`, ...narrowingsTo(only)], sql` and `)}
          and number not in (select unnest(tickets) from samples where number = any(${[...without]}::text[]))),
      ranked as (select number, rank, row_number() over (partition by part order by rank) as nth from framed)
      select number, (select count(*)::int from framed) as frame from ranked where nth <= ${wanted} order by rank`,
  )
  return { frame: rows[0]?.frame ?? 0, tickets: rows.flatMap(({ number }) => number ?? []) }
}

/** Other samples of the kind that hold some of the tickets of that time, and are not abandoned: what is judged once is not drawn again. */
export async function samplesThere(
  db: Kysely<Database>,
  kind: string,
  terms: Omit<Terms, 'seed' | 'without' | 'wanted'>,
): Promise<string[]> {
  const rows = await inReading(
    db,
    sql<{ readonly number: string }>`
      with ${framed({ ...terms, each: null })}
      select s.number from samples s
      where s.profile = ${terms.profile.id} and s.sample = ${kind}
        and not exists (select from events e where e.process = s.number and e.type = 'abandoned')
        and s.tickets && (select array_agg(number) from "then"
          where ${sql.join([sql`true`, ...narrowingsTo(terms.only)], sql` and `)})
      order by s.number`,
  )
  return rows.map(({ number }) => number)
}

/** `counted`, the tickets of the time, and `then`, how they were. */
function framed(terms: Pick<Terms, 'profile' | 'of' | 'from' | 'until' | 'asOf' | 'only' | 'each'>): RawBuilder<unknown> {
  const { only, each } = terms
  const needed = dimensions.filter((one) => one === each || Object.hasOwn(only, one))
  const asked: Asked = { ...terms, hours: [], dayEnds: [] }
  return sql`counted as materialized (select t.number from ${frames[terms.of](asked)} where not ${isOffPath(asked)}), ${thenTable(needed, asked)}`
}

const frames: Readonly<Record<Frame, (asked: Asked) => RawBuilder<unknown>>> = {
  closed: (asked) => sql`(select number, stage from tickets where number in (select t.number from ${finishedTickets(asked)})) as t`,
  submitted: submittedTickets,
}

/** A ticket as it is when it is drawn. */
export interface Found {
  readonly number: string
  readonly team: string
  /** Whoever ever had it or solved it, and its customer. */
  readonly involved: readonly string[]
}

/** These tickets of the profile; those that there are not are left out. */
export async function ticketsNamed(db: Kysely<Database>, profile: string, numbers: readonly string[], asOf: Instant): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select t.number, t.team, array(
      select distinct id from (
        select e.data ->> 'assignee' as id from events e where e.process = t.number and e.type in ('submitted', 'assigned') and e.at <= ${asOf}
        union select e.actor from events e where e.process = t.number and e.type = 'completed' and e.at <= ${asOf}
        union select t.requester
      ) as those where id is not null order by id) as involved
    from tickets t where t.profile = ${profile} and t.number = any(${[...numbers]}::text[])`.execute(db)
  return rows
}

/** By which profile each of these tickets runs; those that there are not are left out. */
export async function profilesOf(db: Kysely<Database>, numbers: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('tickets')
    .select(['number', 'profile'])
    .where('number', 'in', [...numbers])
    .execute()
  return new Map(rows.map(({ number, profile }) => [number, profile]))
}

/** By chance, where nobody says by which. */
export function newSeed(): string {
  return randomBytes(8).toString('hex')
}
