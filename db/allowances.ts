import type { Kysely } from 'kysely'
import { plus, type Instant } from '../domain/instant.ts'
import type { Database } from './schema.ts'
import { statement } from './statement.ts'

/** What a caller may do so often a day and no more, counted in the rows: it holds however many processes serve. */

export interface Allowance {
  readonly caller: string
  /** What is counted together. */
  readonly kind: string
  /** How often within a day, which begins with the first time. */
  readonly most: number
}

const day = 'PT24H'

/** Takes one; null when it was there, else the instant from which on there is one again. Of two at once never both get the last. */
export async function takeAllowance(db: Kysely<Database>, { caller, kind, most }: Allowance, now: Instant): Promise<Instant | null> {
  const [row] = await taken(db, [caller, kind, now, plus(now, `-${day}`), most])
  if (!row) throw new Error('a statement about one row answered none')
  return row.taken ? null : plus(row.since ?? now, day)
}

/** Gives one back: what it was taken for did not come about. */
export async function giveBackAllowance(db: Kysely<Database>, { caller, kind }: Allowance): Promise<void> {
  await givenBack(db, [caller, kind])
}

const taken = statement<{ readonly taken: boolean; readonly since: Instant | null }>(`
  with taken as (
    insert into allowances as allowance (caller, kind, since, used) values ($1, $2, $3::timestamptz, 1)
    on conflict (caller, kind) do update set
      since = case when allowance.since <= $4::timestamptz then excluded.since else allowance.since end,
      used = case when allowance.since <= $4::timestamptz then 1 else allowance.used + 1 end
    where allowance.since <= $4::timestamptz or allowance.used < $5::int
    returning 1)
  select exists (select from taken) as taken, (select since from allowances where caller = $1 and kind = $2) as since`)

const givenBack = statement(`update allowances set used = used - 1 where caller = $1 and kind = $2 and used > 0`)
