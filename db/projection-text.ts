import { madeOnce } from '../domain/memory.ts'
import type { Column, ProcessTable } from './process-table.ts'
import { inPostgres } from './column-names.ts'
import { teamOfRow } from './heads.ts'
import type { Draft, ProcessState } from '../workflows/process.ts'
import { statementForLines, type Statement } from './statement.ts'
import { answerPart, rowParts } from './write-rows.ts'

/** The statements by which batches are written, made of the columns that a table declares. */

export interface Written {
  /** Version of the row before. */
  readonly version: number
  /** Requests answered now. */
  readonly answered: readonly string[]
  /** Requests of earlier events that still wait for their answer. */
  readonly waiting: readonly string[]
}

type Writing = (lines: readonly unknown[]) => Statement<Written>

interface Texts {
  readonly writing: Writing
  /** Where requests of earlier events may wait for their answers, which is rare: Postgres plans for the question anew each time. */
  readonly writingLate: Writing
}

/** The statements of a table. */
export const textsOf = madeOnce((table: ProcessTable): Texts => {
  const answersAt = firstOwn + changing(table).length
  const late = `array(select id from requests where id = any($${answersAt + 1}::text[]) and status <> 'done')`
  return {
    writing: statementForLines<Written>((most) => writingText(table, answersAt, most, 'array[]::text[]')),
    writingLate: statementForLines<Written>((most) => writingText(table, answersAt, most, late)),
  }
})

/** The columns that a batch may change and says a value of, in the order of their parameters. */
export function changing({ columns }: ProcessTable): [name: string, column: Changing][] {
  return Object.entries(columns).flatMap(([name, column]): [string, Changing][] =>
    'ofState' in column || 'ofEvent' in column ? [[name, column]] : [],
  )
}

type Changing = Extract<Column<ProcessState, Draft, unknown>, { ofState: unknown } | { ofEvent: unknown }>

/** Parameters before the table's own: the process, the batch's first event, five lists of lines, and the common columns. */
const firstOwn = 14

function writingText(table: ProcessTable, answersAt: number, most: number, waiting: string): string {
  const { name, columns } = table
  const own = changing(table)
  const given = (column: string) => {
    const at = own.findIndex(([other]) => other === column)
    if (at === -1) throw new Error(`${name}: nothing is said of a column ${column}`)
    return `$${firstOwn + at}`
  }
  const sets = Object.entries(columns).flatMap(([column, how]) => {
    if ('made' in how) return []
    const set = valueOf(column, how, given)
    return set === undefined ? [] : [`${inPostgres(column)} = ${set}`]
  })
  return `
  with
    -- Taking the lock first makes everything after it see what the step before has written.
    process as (select number, version, ${teamOfRow(table)} as team from ${name} where number = $1 for no key update),
    base as (select * from process where version + 1 >= $2::int),
    ${rowParts(3)},
    -- The row after the batch, if it is news to it. Who sends a batch runs.
    write_process as (
      update ${name} as own set stage = $8, next_due_at = $9::timestamptz, version = $10::int, state = $11::jsonb,
        ${['workflow_started_at = coalesce(own.workflow_started_at, $12::timestamptz)', 'wake_at = $13::timestamptz', ...sets].join(', ')}
      from base where own.number = base.number and base.version < $10::int),
    ${answerPart(answersAt, most)}
  select version, array(select id from write_answered) as answered, ${waiting} as waiting
  from process`
}

/** What a column is set to; undefined: it stays. */
function valueOf(name: string, column: Column<ProcessState, Draft, unknown>, given: (column: string) => string): string | undefined {
  if ('made' in column) return undefined
  const own = `own.${inPostgres(name)}`
  if ('ofState' in column) return `${given(name)}::${column.type}`
  if ('ofEvent' in column) {
    const value = `${given(name)}::${column.type}`
    if (column.manner === 'merged') return `case when ${value} is null then ${own} else jsonb_strip_nulls(${own} || ${value}) end`
    return column.manner === 'clearable' ? `nullif(coalesce(${value}, ${own}), '')` : `coalesce(${value}, ${own})`
  }
  return column.becomes?.(given)
}

/** Stores the answers of requests whose events were written before. */
export const storing = statementForLines(
  (most) => `with base as (select $1::text as number), ${answerPart(2, most)} select id from write_answered`,
)
