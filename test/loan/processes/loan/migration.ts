import type { Kysely } from 'kysely'
import { createProcessTable } from '../../../../db/create-process-table.ts'
import { loanProcess } from '../../workflows/loan/process.ts'
import { loanTable } from './table.ts'

/** The table of loans. */
export function up(db: Kysely<never>): Promise<void> {
  return createProcessTable(db, { process: loanProcess, table: loanTable })
}
