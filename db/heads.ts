import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import { cursorAt, pageOf, partOf, positionOf, type Page } from './cursor.ts'
import { stagesThatAre, type ProcessStage } from '../domain/stages.ts'
import { commonColumns, inPostgres, type CommonColumns } from './column-names.ts'
import type { Database, Head } from './schema.ts'
import type { HeadsTable } from './tables/processes.ts'

/**
 * What every process has, whatever its type, as one view over the types' whole tables: whoever looks after all of them (the
 * sweeper, the waker, calendars, backlog, work in hand) asks it, and knows no type. Each question is answered by the indexes
 * of the tables, merged, so that no page filters in one table and sorts in another (ADR 39).
 */

/**
 * How a type's table gives each column of the view, where that is more than a column which the table declares under that name: an SQL
 * expression over its row. `open` may be left to its stages, and `owed` and `inHand` where nothing is left to do of what is not open. Of the
 * rest, what no column and no expression gives is null.
 */
export type HeadColumns = Readonly<Record<'title' | 'startedAt', string> & Partial<Record<Derived | keyof typeof nulls, string>>>

type Derived = 'open' | 'owed' | 'inHand' | 'team'

/** What a type need not know. */
const nulls = {
  parent: 'null::text collate "C"',
  priority: 'null::text collate "C"',
  priorityRank: 'null::integer',
  representative: 'null::text collate "C"',
  requester: 'null::text collate "C"',
  assignee: 'null::text collate "C"',
  helpers: 'null::text[] collate "C"',
  calendar: 'null::text collate "C"',
  calendarVersion: 'null::integer',
} as const satisfies Partial<Record<keyof HeadsTable, string>>

/** A type of which the view tells. */
export interface Headed {
  readonly process: { readonly name: string; readonly stages: readonly ProcessStage[] }
  readonly table: HeadedTable
}

type HeadedTable = Readonly<{ name: string; columns: Readonly<Record<string, unknown>>; head: HeadColumns }>

/** What is known of a process by its number, whatever its type or of the one given; undefined when there is none. */
export async function headOf(db: Kysely<Database>, number: string, type?: string): Promise<Head | undefined> {
  const head = await db.selectFrom('processes').selectAll().where('number', '=', number).executeTakeFirst()
  return type === undefined || head?.processType === type ? head : undefined
}

/** Of which type each of these numbers is; of those that nobody has, nothing. */
export async function processTypesOf(db: Kysely<Database>, numbers: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('processes').select(['number', 'processType']).where('number', 'in', numbers).execute()
  return new Map(rows.map(({ number, processType }) => [number, processType]))
}

/** What a list is narrowed to. */
export interface HeadFilters {
  readonly processType: string
  readonly stage?: string | undefined
  readonly open?: boolean | undefined
  readonly parent?: string | undefined
  readonly assignee?: string | undefined
  readonly team?: string | undefined
  readonly requester?: string | undefined
  /** Those of which this person is the customer are left out. */
  readonly notOf?: string | undefined
}

/** One page of processes of a type, newest first. @throws CursorError */
export async function listHeads(
  db: Kysely<Database>,
  { filters, limit, cursor }: { readonly filters: HeadFilters; readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page<Head>> {
  const list = ['processes', filters]
  let query = db
    .selectFrom('processes')
    .selectAll()
    .orderBy('startedAt', 'desc')
    .orderBy('number', 'desc')
    .limit(limit + 1)
  for (const column of ['processType', 'stage', 'open', 'parent', 'assignee', 'team', 'requester'] as const)
    if (filters[column] !== undefined) query = query.where(column, '=', filters[column])
  if (filters.notOf !== undefined) query = query.where('requester', 'is distinct from', filters.notOf)
  if (cursor !== undefined) {
    const [startedAt, number] = positionOf(list, cursor, z.tuple([partOf.instant, partOf.number]))
    query = query.where(sql<boolean>`(started_at, number) < (${startedAt}, ${number})`)
  }
  return pageOf(await query.execute(), limit, ({ startedAt, number }) => cursorAt(list, [startedAt, number]))
}

/** What is known of processes of a type by their numbers, also where the view does not tell of it yet. */
export async function headsOfType(db: Kysely<Database>, type: Headed, numbers: readonly string[]): Promise<Head[]> {
  const { rows } = await sql<Head>`select * from (${sql.raw(headText(type))}) as head where number = any(${numbers})`.execute(db)
  return rows
}

/** Columns of its own table that a process has, by their names. */
export async function findProcess(
  db: Kysely<Database>,
  table: string,
  number: string,
  columns: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const named = sql.join(columns.map((column) => sql.ref(inPostgres(column))))
  const { rows } = await sql<Record<string, unknown>>`select ${named} from ${sql.table(table)} where number = ${number}`.execute(db)
  return rows[0]
}

/** Makes the view as these types need it; where it is so already, nothing is touched. Belongs into the transaction that migrates (migrate.ts). */
export async function setHeads(trx: Kysely<Database>, types: readonly Headed[]): Promise<void> {
  const text = headsText(types)
  if ((await textTold(trx)) === text) return
  // Whoever asks the view meanwhile waits; it is there again before anybody else sees the database.
  await sql.raw('drop view if exists processes').execute(trx)
  await sql.raw(`create view processes as ${text}`).execute(trx)
  await sql.raw(`comment on view processes is ${quoted(text)}`).execute(trx)
}

/** Of which of these types the view tells. */
export async function typesTold(db: Kysely<Database>, types: readonly Headed[]): Promise<string[]> {
  const text = (await textTold(db)) ?? ''
  return types.map(({ process }) => process.name).filter((name) => text.includes(`${typeText(name)} as ${inPostgres('processType')}`))
}

/** The view as it was made; null where there is none. */
async function textTold(db: Kysely<Database>): Promise<string | null> {
  const { rows } = await sql<{ told: string | null }>`
    select obj_description(to_regclass('processes'), 'pg_class') as told`.execute(db)
  return rows[0]?.told ?? null
}

/** The view as a query. A type that other releases know and this one does not is not in it. */
export function headsText(types: readonly Headed[]): string {
  return types.map(headText).join('\nunion all\n')
}

/** One type's part of the view. */
export function headText(type: Headed): string {
  const columns = headOfRow(type)
  const selected = columnOrder.map((column) => (isCommon(column) ? inPostgres(column) : `${columns[column]} as ${inPostgres(column)}`))
  return `select ${selected.join(', ')} from ${type.table.name}`
}

/** What the row of a type gives for each column of the view. */
export function headOfRow({
  process: { name, stages },
  table,
}: Headed): Readonly<Record<Exclude<keyof HeadsTable, CommonColumns>, string>> {
  const { open = isInStage(stagesThatAre(stages, 'open')), owed = open, inHand = open, title, startedAt } = table.head
  return {
    processType: typeText(name),
    open,
    owed,
    inHand,
    ended: hasEndedText(stages),
    title,
    startedAt,
    team: teamOfRow(table),
    parent: orNull(table, 'parent'),
    priority: orNull(table, 'priority'),
    priorityRank: orNull(table, 'priorityRank'),
    representative: orNull(table, 'representative'),
    requester: orNull(table, 'requester'),
    assignee: orNull(table, 'assignee'),
    helpers: orNull(table, 'helpers'),
    calendar: orNull(table, 'calendar'),
    calendarVersion: orNull(table, 'calendarVersion'),
  }
}

/** The team of a row: each process has one. */
export function teamOfRow({ head }: Pick<HeadedTable, 'head'>): string {
  return head.team ?? 'team'
}

function orNull({ columns, head }: HeadedTable, column: keyof typeof nulls): string {
  return head[column] ?? (Object.hasOwn(columns, column) ? inPostgres(column) : nulls[column])
}

/** Whether it is what the row of a type does not give. */
export function isNullText(text: string): boolean {
  return Object.values(nulls).some((one) => one === text)
}

function typeText(name: string): string {
  return `${quoted(name)}::text collate "C"`
}

function isCommon(column: string): column is CommonColumns {
  return commonColumns.some((common) => common === column)
}

const columnOrder: readonly (keyof HeadsTable)[] = [
  'number',
  'processType',
  'parent',
  'profile',
  'profileVersion',
  'stage',
  'open',
  'owed',
  'inHand',
  'ended',
  'title',
  'priority',
  'priorityRank',
  'representative',
  'requester',
  'assignee',
  'helpers',
  'team',
  'startedAt',
  'nextDueAt',
  'wakeAt',
  'version',
  'state',
  'workflowStartedAt',
  'calendar',
  'calendarVersion',
]

/** Whether the process of a row has ended, as Postgres says it. */
export function hasEndedText(stages: readonly ProcessStage[]): string {
  return isInStage(stagesThatAre(stages, 'ended'))
}

/** Whether the process of a row is in one of these stages, in the form by which Postgres takes an index that leaves the others out. */
export function isInStage(stages: readonly string[]): string {
  return stages.length === 0 ? 'false' : `not (stage not in (${stages.map(quoted).join(', ')}))`
}

/** All columns of the view, as a statement selects them. */
export const headColumns = columnOrder.map(inPostgres).join(', ')

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
