import { sql, type Kysely } from 'kysely'
import { stagesThatAre } from '../domain/stages.ts'
import { inPostgres, type CommonColumns } from './column-names.ts'
import { headOfRow, isNullText, type Headed } from './heads.ts'
import type { ColumnType, Declared, MadeColumn } from './process-table.ts'

/** The table of a process type as its declaration has it, with the indexes by which all processes are asked. */

/** A type whose table is made. */
export interface Tabled extends Headed {
  readonly table: Headed['table'] & { readonly columns: Readonly<Record<string, Declared>> }
}

/**
 * Brings the table of a type to what is declared now: makes it, or adds what it has not, and lays its indexes anew. So a type's first
 * migration is this, and so is each that adds columns: on a new database the first one does it all, and the others find it done. What is
 * added where rows are must be `nullable`; what is renamed, narrowed or filled in from elsewhere is written by hand, before this.
 */
export async function createProcessTable(db: Kysely<never>, type: Tabled): Promise<void> {
  for (const statement of tableStatements(type)) await sql.raw(statement).execute(db)
}

/** {@link createProcessTable} as statements, to be written out where a migration must not change any more. */
export function tableStatements(type: Tabled): string[] {
  const { name, columns } = type.table
  const own = Object.entries(columns).map(([column, how]) => `${inPostgres(column)} ${columnText(how)}`)
  const common = Object.entries(commonTypes).map(([column, text]) => `${inPostgres(column)} ${text}`)
  return [
    `create table if not exists ${name} (${[...common, ...own].join(', ')})`,
    ...(own.length > 0 ? [`alter table ${name} ${own.map((column) => `add column if not exists ${column}`).join(', ')}`] : []),
    ...Object.entries(indexesOf(type)).flatMap(([index, on]) => [
      `drop index if exists ${name}_${index}`,
      `create index ${name}_${index} on ${name} ${on}`,
    ]),
  ]
}

/** Ids and codes compare byte by byte: fast, and an upgrade of the system's locales does not spoil their indexes. */
const id = 'text collate "C"'

const commonTypes: Readonly<Record<CommonColumns, string>> = {
  number: `${id} primary key`,
  profile: `${id} not null`,
  profileVersion: 'integer not null',
  stage: `${id} not null`,
  version: 'integer not null',
  state: 'jsonb not null',
  nextDueAt: 'timestamptz(3)',
  wakeAt: 'timestamptz(3)',
  workflowStartedAt: 'timestamptz(3)',
  requestId: `${id} not null`,
}

function columnText(column: Declared | MadeColumn): string {
  const { type, nullable, prose } = column
  const made = 'made' in column ? ` generated always as (${column.made}) stored` : ''
  return `${prose ? type : typeTexts[type]}${made}${nullable ? '' : ' not null'}`
}

const typeTexts: Readonly<Record<ColumnType, string>> = {
  text: id,
  'text[]': 'text[] collate "C"',
  integer: 'integer',
  boolean: 'boolean',
  timestamptz: 'timestamptz(3)',
  jsonb: 'jsonb',
}

/** What is asked of every process, whatever its type: each question by an index of its own. A condition has the form that the view gives it. */
function indexesOf(type: Tabled): Readonly<Record<string, string>> {
  const { startedAt, assignee, representative, parent, calendar, calendarVersion, inHand, owed } = headOfRow(type)
  const ended = stagesThatAre(type.process.stages, 'ended')
  const running = ended.length === 0 ? '' : ` where stage not in (${ended.map((stage) => `'${stage}'`).join(', ')})`
  return {
    to_wake: '(wake_at, number) where wake_at is not null',
    unstarted: `(${startedAt}) where workflow_started_at is null`,
    by_start: `(${startedAt} desc, number desc)`,
    ...(isNullText(assignee) ? {} : { in_hand: `(${assignee}, next_due_at) where ${inHand}` }),
    ...(isNullText(representative) ? {} : { represented: `(${representative}, next_due_at) where ${owed}` }),
    ...(isNullText(parent) ? {} : { by_parent: `(${parent}) where ${parent} is not null` }),
    ...(isNullText(calendar) ? {} : { by_calendar: `(${calendar}, ${calendarVersion})${running}` }),
  }
}

/** The columns of a type whose promises count by a calendar: by which, and by which version of it. */
export const countedBy = {
  calendar: { type: 'text', nullable: true, made: "state -> 'calendar' ->> 'id'" },
  calendarVersion: { type: 'integer', nullable: true, made: "(state -> 'calendar' ->> 'version')::integer" },
} as const
