import { sql, type Kysely } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import { notTheirOwn } from './own-processes.ts'
import type { Database } from './schema.ts'
import { z } from 'zod'

/** Milestones that departments have to reach (R9). */

export interface OpenMilestone {
  /** Number of its ticket. */
  readonly ticket: string
  readonly title: string
  readonly milestone: number
  readonly department: string
  readonly what: string
  readonly owner: string
  readonly dueAt: Instant
}

export interface MilestoneQuery {
  readonly department?: string | undefined
  readonly owners?: readonly string[] | undefined
  readonly ticket?: string | undefined
  /** Due before this. */
  readonly dueBefore?: Instant | undefined
  /** Who asks: what is theirs as a customer is left out. */
  readonly reader: string
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Open milestones of tickets that are not solved yet, the earliest due first. @throws CursorError */
export async function openMilestones(db: Kysely<Database>, { cursor, limit, ...filters }: MilestoneQuery): Promise<Page<OpenMilestone>> {
  const list = ['milestones', filters]
  const { department, owners, ticket, dueBefore, reader } = filters
  const where = [sql<boolean>`departments <> '{}'`, sql<boolean>`one.state = 'open'`, notTheirOwn(reader)]
  if (department !== undefined) where.push(sql`departments && array[${department}]::text[] and one.department = ${department}`)
  if (owners !== undefined) where.push(sql`helpers <> '{}' and helpers && ${owners}::text[] and one.owner = any(${owners})`)
  if (ticket !== undefined) where.push(sql`number = ${ticket}`)
  if (dueBefore !== undefined) where.push(sql`due_at < ${dueBefore}`)
  if (cursor !== undefined) where.push(sql`(due_at, number, one.id) > (${sql.join(positionOf(list, cursor, position))})`)
  const { rows } = await sql<OpenMilestone>`
    select number as ticket, title, one.id as milestone, one.department, what, owner, due_at
    from tickets cross join lateral (
      select id, department, what, owner, "dueAt"::timestamptz as due_at, state
      from jsonb_to_recordset(tickets.state -> 'milestones') as set (id int, department text, what text, owner text, "dueAt" text, state text)) as one
    where ${sql.join(where, sql` and `)}
    order by due_at, number, one.id limit ${limit + 1}`.execute(db)
  return pageOf(rows, limit, ({ dueAt, ticket: number, milestone }) => cursorAt(list, [dueAt, number, milestone]))
}

const position = z.tuple([partOf.instant, partOf.number, partOf.count])
