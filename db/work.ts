import { sql, type Kysely, type RawBuilder } from 'kysely'
import { notTheirOwn } from './own-processes.ts'
import type { Database, Head } from './schema.ts'
import { listed, owedOfTickets, type ListedTicket } from './tickets.ts'

export interface Work {
  /** Open tickets in their hands, what is due first, first. */
  readonly assigned: ListedTicket[]
  /** Tickets whose customer they look after: open, or closed with something still owed: the callback (T12) or a question left open (T10). */
  readonly represented: ListedTicket[]
  /** Open tickets with which they help (S11). */
  readonly helping: ListedTicket[]
}

/** What somebody has to do, for themselves and for those for whom they stand in. Tickets whose customer they are, are no work of theirs. */
export async function workOf(
  db: Kysely<Database>,
  { reader, people, limit }: { readonly reader: string; readonly people: readonly string[]; readonly limit: number },
): Promise<Work> {
  const theirs = () =>
    listed(db)
      .where(notTheirOwn(reader))
      .orderBy(sql`next_due_at nulls last`)
      .orderBy('number')
      .limit(limit)
  const isOpen = sql<boolean>`open`
  const [assigned, represented, helping] = await Promise.all([
    theirs().where('assignee', 'in', people).where(isOpen).execute(),
    theirs().where('representative', 'in', people).where(stillOwed).execute(),
    theirs().where(helpedBy(people)).where(isOpen).execute(),
  ])
  return { assigned, represented, helping }
}

/** Processes of these types that somebody has, what is due first, first; those of which the reader is the customer are left out. */
export async function processesInHand(
  db: Kysely<Database>,
  {
    types,
    reader,
    people,
    limit,
  }: { readonly types: readonly string[]; readonly reader: string; readonly people: readonly string[]; readonly limit: number },
): Promise<Head[]> {
  if (types.length === 0) return []
  return db
    .selectFrom('processes')
    .selectAll()
    .where('processType', 'in', types)
    .where(inHandOf(people))
    .where(notTheirOwn(reader))
    .orderBy(sql`next_due_at nulls last`)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** Reports that wait for a signature, what is due first, first. As many as profiles have kinds of them, or a few more. */
export function reportsToSign(db: Kysely<Database>): Promise<Head[]> {
  return db
    .selectFrom('processes')
    .selectAll()
    .where('processType', '=', 'report')
    .where('stage', 'in', ['draft', 'written', 'reviewed'])
    .orderBy(sql`next_due_at nulls last`)
    .orderBy('number')
    .limit(100)
    .execute()
}

/**
 * How much of what somebody has cannot be handed over: of the types that can, what the reader is the customer of; and all of the types that
 * cannot.
 */
export async function workLeftOut(
  db: Kysely<Database>,
  { reader, person, movable }: { readonly reader: string; readonly person: string; readonly movable: readonly string[] },
): Promise<{ readonly own: number; readonly others: number }> {
  const isMovable = sql<boolean>`process_type = any(${movable})`
  return db
    .selectFrom('processes')
    .select([
      sql<number>`count(*) filter (where ${isMovable} and requester = ${reader})::int`.as('own'),
      sql<number>`count(*) filter (where not ${isMovable})::int`.as('others'),
    ])
    .where(inHandOf([person]))
    .executeTakeFirstOrThrow()
}

/** In their hands, with something to do; theirs to keep in touch about, with something still owed; or theirs to help with. */
export function inHandOf(people: readonly string[]): RawBuilder<boolean> {
  return sql`((in_hand and assignee = any(${people})) or (owed and representative = any(${people})) or (open and ${helpedBy(people)}))`
}

/** They help with it (S11). In the form by which Postgres takes the index that leaves out what nobody helps with. */
export function helpedBy(people: readonly string[]): RawBuilder<boolean> {
  return sql`(helpers <> '{}' and helpers && ${people}::text[])`
}

const stillOwed = sql.raw<boolean>(owedOfTickets)

/**
 * Tickets with another priority to decide on (S12): of the given teams, or of all when none are given; longest waiting first.
 * Those that are the reader's as a customer are left out.
 */
export async function awaitingDecision(
  db: Kysely<Database>,
  { reader, teams, limit }: { readonly reader: string; readonly teams: readonly string[] | undefined; readonly limit: number },
): Promise<ListedTicket[]> {
  let query = listed(db)
    .where(notTheirOwn(reader))
    .where(sql<boolean>`state -> 'priorityChange' <> 'null'`)
    .orderBy(sql`state -> 'priorityChange' ->> 'at'`)
    .orderBy('number')
    .limit(limit)
  if (teams !== undefined) query = query.where('team', 'in', teams)
  return query.execute()
}
