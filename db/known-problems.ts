import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Instant } from '../domain/instant.ts'
import { fold } from '../domain/text.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import type { Database } from './schema.ts'

/** The problem library 问题库: reviews of which an analysis is on record, whether they go on or have ended. */

export interface KnownProblem {
  readonly number: string
  readonly profile: string
  readonly profileVersion: number
  readonly title: string
  readonly stage: string
  readonly module: string | null
  readonly type: string | null
  readonly cause: string | null
  readonly tickets: number
  readonly openedAt: Instant
}

/** What it is narrowed to. */
export interface KnownProblemFilters {
  readonly profile?: string | undefined
  readonly module?: string | undefined
  readonly type?: string | undefined
  readonly cause?: string | undefined
  /** A kind of cause that was found. */
  readonly causeKind?: string | undefined
  /** Words that stand in title, findings, actions or conclusion, all of them. */
  readonly q?: string | undefined
}

/** One page, newest first. @throws CursorError */
export async function listKnownProblems(
  db: Kysely<Database>,
  { filters, limit, cursor }: { readonly filters: KnownProblemFilters; readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<KnownProblem>> {
  const { profile, module, type, cause, causeKind, q } = filters
  const list = ['known-problems', filters]
  const words = (q ?? '').split(/\s+/u).map(fold)
  const conditions = [
    sql`cardinality(causes) > 0`,
    ...(profile === undefined ? [] : [sql`profile = ${profile}`]),
    ...(module === undefined ? [] : [sql`module = ${module}`]),
    ...(type === undefined ? [] : [sql`problem_type = ${type}`]),
    ...(cause === undefined ? [] : [sql`cause = ${cause}`]),
    ...(causeKind === undefined ? [] : [sql`${causeKind} = any(causes)`]),
    // Reviews are few: as many as an organisation holds meetings. They are read through.
    ...words.map((word) => sql`exists (select from jsonb_each_text(searched) as said where position(${word} in said.value) > 0)`),
  ]
  if (cursor !== undefined) {
    const [openedAt, number] = positionOf(list, cursor, z.tuple([partOf.instant, partOf.number]))
    conditions.push(sql`(opened_at, number) < (${openedAt}::timestamptz, ${number})`)
  }
  const { rows } = await sql<KnownProblem>`
    select number, profile, profile_version, title, stage, module, problem_type as type, cause, tickets, opened_at from reviews
    where ${sql.join(conditions, sql` and `)} order by opened_at desc, number desc limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, ({ openedAt, number }) => cursorAt(list, [openedAt, number]))
}

/** Tickets that count in a review, in the order in which they joined it. */
export async function ticketsOfReview(db: Kysely<Database>, number: string): Promise<string[]> {
  const { rows } = await sql<{ readonly ticket: string }>`
    select jsonb_array_elements_text(data -> 'tickets') as ticket from events
    where process = ${number} and type = 'tickets-joined' order by seq`.execute(db)
  return rows.map(({ ticket }) => ticket)
}

/** An action that is still to be carried out. */
export interface OwedAction {
  readonly review: string
  readonly title: string
  readonly action: number
  readonly owner: string
  readonly dueAt: Instant
}

/** Actions of reviews that are open now, of some people or of a profile, the earliest due first; so many at most, and how many there are. */
export async function owedActions(
  db: Kysely<Database>,
  {
    owners,
    profile,
    limit,
  }: { readonly owners?: readonly string[] | undefined; readonly profile?: string | undefined; readonly limit: number },
): Promise<{ readonly total: number; readonly actions: readonly OwedAction[] }> {
  const { rows } = await sql<OwedAction & { readonly total: number }>`
    select r.number as review, r.title, a.id as action, a.owner, a."dueAt" as due_at, count(*) over ()::int as total
    from reviews r, jsonb_to_recordset(r.state -> 'actions') as a (id integer, owner text, "dueAt" text, state text)
    where r.stage <> 'closed' and a.state = 'open'
      and (${owners ?? null}::text[] is null or a.owner = any(${owners ?? null}::text[])) and (${profile ?? null}::text is null or r.profile = ${profile ?? null})
    order by a."dueAt", r.number, a.id limit ${limit}`.execute(db)
  return { total: rows[0]?.total ?? 0, actions: rows.map(({ total: _, ...action }) => action) }
}
