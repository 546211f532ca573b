import { sql, type Kysely } from 'kysely'
import type { Dimension } from '../../domain/figures/figure.ts'
import type { Database } from '../schema.ts'
import { keysOf } from './dimensions.ts'
import type { Asked, Figure } from './figure.ts'
import { inReading, narrowedTo, type Narrowing } from './measure.ts'

/** A share by several dimensions at once, of those of which a thing has one key each. */

type Crossable = Exclude<Dimension, 'keyword' | 'customer-tag'>

interface Crossing {
  readonly by: readonly Crossable[]
  readonly where: NonNullable<Narrowing['where']>
}

/** What is so in all of these dimensions, in their order; null where a dimension says nothing. */
type Keys = readonly (string | null)[]

export interface Crossed {
  readonly keys: Keys
  readonly n: number
  readonly hits: number
}

/** How many were asked, and how many of them it is so of, wherever there are any. */
export async function crossed(
  db: Kysely<Database>,
  { counted: of }: Pick<Figure, 'counted'>,
  asked: Asked,
  { by, where }: Crossing,
): Promise<Crossed[]> {
  const { counted, things, filter } = narrowedTo(of, asked, by, where)
  return inReading(
    db,
    sql<Crossed>`with ${counted}, asked as (select ${listed(by)} as keys, hit from ${things} ${filter})
      select keys, count(*)::int as n, (count(*) filter (where hit))::int as hits from asked where hit is not null group by keys order by keys`,
  )
}

export interface CrossedThing {
  readonly number: string
  readonly keys: Keys
  readonly hit: boolean
}

/** What they were, one by one. */
export async function crossedThings(
  db: Kysely<Database>,
  { counted: of }: Pick<Figure, 'counted'>,
  asked: Asked,
  { by, where }: Crossing,
): Promise<CrossedThing[]> {
  const { counted, things, filter } = narrowedTo(of, asked, by, where)
  return inReading(
    db,
    sql<CrossedThing>`with ${counted}, asked as (select counted.number, ${listed(by)} as keys, hit from ${things} ${filter})
      select number, keys, hit from asked where hit is not null order by number, hit`,
  )
}

function listed(by: readonly Crossable[]) {
  return sql`array[${sql.join(by.map((dimension) => sql`(${keysOf[dimension]})[1]`))}]`
}
