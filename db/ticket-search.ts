import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Database } from './schema.ts'
import type { Containing } from './search.ts'

/**
 * Which tickets of a list contain a text. What many tickets contain is found soonest by walking through the list from its
 * start and looking at each; what few contain, by asking the index and sorting what it knows. Nobody knows beforehand which a
 * text is: Postgres' guess is off by thousands where words follow each other, and new tickets have other words than old ones. So
 * both are tried, as far as they are cheap, and then both again farther. ADR 28 has the figures.
 */

/** A part of a list: the tickets that conditions on their rows let through, in an order, so many of them. */
export interface Part {
  readonly where: RawBuilder<boolean>
  readonly by: RawBuilder<unknown>
  readonly count: number
}

interface Reach {
  /** How far the list is walked through. */
  readonly walked: number
  /** How many tickets are taken from the index. */
  readonly collected: number
  /** Having met so many on the way, walking on is sooner done than asking the index. */
  readonly promising?: number
}

/** A few milliseconds each among a hundred thousand tickets. */
const growing: readonly Reach[] = [
  { walked: 250, collected: 1_000, promising: 5 },
  { walked: 2_500, collected: 20_000 },
]

/** Numbers of the first tickets of the list that contain all that is sought, in no order. */
export async function numbersContaining(
  db: Kysely<Database>,
  part: Part,
  sought: readonly Containing[],
  reaches: readonly Reach[] = growing,
): Promise<readonly string[]> {
  for (const reach of reaches) {
    const numbers = await numbersWithin(db, part, sought, reach)
    if (numbers) return numbers
  }
  return numbersByWalking(db, part, sought)
}

/** Undefined when there may be others, or others before them. */
async function numbersWithin(
  db: Kysely<Database>,
  { where, by, count }: Part,
  sought: readonly Containing[],
  { walked, collected, promising = count }: Reach,
): Promise<readonly string[] | undefined> {
  const { rows } = await sql<{ numbers: readonly string[] | null }>`
    with met as materialized (
      select number from (select * from tickets where ${where} order by ${by} limit ${walked}) as walked join ticket_search using (number)
      where ${every(sought.map(({ exact }) => exact))} order by ${by} limit ${count}),
    course as materialized (
      select count(*) = ${count} or (select count(*) from (select from tickets where ${where} limit ${walked}) as walked) < ${walked} as walked,
        count(*) < ${promising} as asks
      from met),
    hits as materialized (
      select number from ticket_search
      where (select asks and not walked from course) and ${every(sought.flatMap(({ indexed, exact }) => [indexed, exact]))}),
    collected as materialized (select number from hits limit ${collected} + 1)
    select case
      when walked then array(select number from met)
      when asks and (select count(*) from collected) <= ${collected} then
        array(select number from tickets where ${where} and number in (select number from collected) order by ${by} limit ${count})
      end as numbers
    from course`.execute(db)
  return rows[0]?.numbers ?? undefined
}

async function numbersByWalking(db: Kysely<Database>, { where, by, count }: Part, sought: readonly Containing[]): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select number from tickets join ticket_search using (number)
    where ${where} and ${every(sought.map(({ exact }) => exact))} order by ${by} limit ${count}`.execute(db)
  return rows.map(({ number }) => number)
}

function every(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  return sql`${sql.join(conditions, sql` and `)}`
}
