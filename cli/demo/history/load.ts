import { sql, type Kysely } from 'kysely'
import type { Keys } from '../../../db/contact-vault.ts'
import { demoPeople } from '../../../db/demo-people.ts'
import { findPerson, listPeople, listTeams } from '../../../db/people.ts'
import type { Database } from '../../../db/schema.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { signedIn } from './customers.ts'
import { birthsOf, historyProfiles, rulesOf, type Rules } from './births.ts'
import { historyMark } from './lived-ticket.ts'
import { Office } from './office.ts'
import { seasonOf } from './season.ts'
import { live, type Lived } from './simulate.ts'
import { writeLives } from './write.ts'

export interface HistoryOptions {
  readonly db: Kysely<Database>
  readonly keys: Keys
  /** Another seed, other customers; the same seed on the same day, the same ones. */
  readonly seed: string
  /** In milliseconds since the epoch. */
  readonly now: number
  /** Tickets of a profile on an ordinary working day. */
  readonly perDay?: Readonly<Record<(typeof historyProfiles)[number], number>>
  /** Told once it is sure that it is to be loaded. */
  readonly begins?: () => void
}

export type Loaded =
  | {
      readonly result: 'loaded'
      readonly tickets: number
      readonly events: number
      readonly open: number
      readonly refused: readonly string[]
    }
  /** It was loaded before; nothing is changed. */
  | { readonly result: 'there-already'; readonly tickets: number }
  /** Some of the demo's people are not here. */
  | { readonly result: 'no-demo-people'; readonly missing: readonly string[] }
  /** Somebody else has worked here, whose tickets and figures invented ones would be mixed with. */
  | { readonly result: 'others-work-here'; readonly people: readonly string[] }

/** About 1,500 in three months. */
const usualPerDay = { 'tech-support': 6, 'standard-ticket': 15 }

/**
 * Loads three months of tickets of the shipped profiles, as if the demo's people had worked all that time: once, and only where nobody else
 * has worked.
 */
export async function loadHistory({ db, keys, seed, now, perDay = usualPerDay, begins }: HistoryOptions): Promise<Loaded> {
  const obstacle = await obstacleIn(db)
  if (obstacle) return obstacle
  begins?.()
  const { lives, refused } = await livedHistory({ db, keys, seed, now, perDay })
  const cameFirst = await inTransaction(db, async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${historyMark}, 0))`.execute(trx)
    // Somebody else may have loaded it meanwhile.
    const loaded = await obstacleIn(trx)
    if (!loaded) await writeLives(trx, lives)
    return loaded
  })
  if (cameFirst) return cameFirst
  return {
    result: 'loaded',
    tickets: lives.length,
    events: lives.reduce((sum, { ticket }) => sum + ticket.events.length, 0),
    open: lives.filter(({ ticket }) => !ticket.hasEnded).length,
    refused,
  }
}

/** Lets the tickets live, and writes nothing but the numbers they take. */
async function livedHistory({ db, keys, seed, now, perDay }: Required<Omit<HistoryOptions, 'begins'>>): Promise<Lived> {
  const rules = new Map<string, Rules>()
  for (const id of historyProfiles) rules.set(id, await rulesOf(db, id))
  const [first] = rules.values()
  if (!first) throw new Error('the history is of no profile')
  const season = seasonOf({ seed, now, calendar: first.calendar.calendar, perDay })
  const customer = await findPerson(db, signedIn.account)
  const office = new Office([...(await listPeople(db)), ...(customer ? [customer] : [])], await listTeams(db))
  return live(await birthsOf({ db, keys, office, season, seed }, rules), office, now)
}

async function obstacleIn(db: Kysely<Database>): Promise<Loaded | undefined> {
  const ids = demoPeople.map(({ id }) => id)
  const there = await db.selectFrom('people').select('id').where('id', 'in', ids).execute()
  const missing = ids.filter((id) => !there.some((person) => person.id === id))
  if (missing.length > 0) return { result: 'no-demo-people', missing }
  const { tickets } = await db
    .selectFrom('tickets')
    .select(sql<number>`count(*)::int`.as('tickets'))
    .where('requestId', 'like', `${historyMark}-%`)
    .executeTakeFirstOrThrow()
  if (tickets > 0) return { result: 'there-already', tickets }
  const others = await db
    .selectFrom('events')
    .select('actor')
    .distinct()
    .where('actor', 'not in', [...ids, 'system'])
    .limit(5)
    .execute()
  return others.length > 0 ? { result: 'others-work-here', people: others.map(({ actor }) => actor) } : undefined
}
