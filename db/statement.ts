import { createHash } from 'node:crypto'
import { CompiledQuery, type Kysely } from 'kysely'
import type { Database } from './schema.ts'

/**
 * The statements that every request sends, as fixed texts. Postgres parses and plans each once a connection, which is most of
 * what a short statement costs it, and nothing is built here. Columns are named one by one, never `*`: the answer of a
 * prepared statement may not change its shape when a migration adds a column. For what depends on what is asked, Kysely.
 */
export type Statement<R> = (db: Kysely<Database>, values: readonly unknown[]) => Promise<R[]>

export function statement<R>(text: string): Statement<R> {
  names.set(text, createHash('sha256').update(text).digest('hex').slice(0, 32))
  return plannedEachTime(text)
}

/**
 * Fixed texts that differ in how many rows they are about at most, each made once. The number has to stand in the text: as a
 * parameter Postgres does not know it when it plans, expects many rows and reads a whole table for them.
 */
export function statementFor<R>(text: (most: number) => string): (most: number) => Statement<R> {
  const made = new Map<number, Statement<R>>()
  return (most) => {
    const known = made.get(most) ?? statement<R>(text(most))
    made.set(most, known)
    return known
  }
}

/** {@link statementFor} as many lines as there are, read by {@link fewLines}: few texts, each with room for some more. */
export function statementForLines<R>(text: (most: number) => string): (lines: readonly unknown[]) => Statement<R> {
  const statements = statementFor<R>(text)
  return ({ length }) => statements(2 ** Math.ceil(Math.log2(Math.max(length, 1))))
}

/** The lines of a JSON list, the parameter at that place, as a part of `from`; without `most` Postgres expects a hundred. */
export function fewLines(at: number, name: string, columns: string, most: number): string {
  return `(select * from jsonb_to_recordset($${at}::jsonb) as ${name} (${columns}) limit ${most}) as ${name}`
}

/** A fixed text whose best plan depends on its values, or on what the table has grown to since. */
export function plannedEachTime<R>(text: string): Statement<R> {
  return async (db, values) => (await db.executeQuery<R>(CompiledQuery.raw(text, [...values]))).rows
}

/** By which Postgres knows a fixed text; undefined for any other. The same in every process, so that poolers may share connections. */
export function statementName(text: string): string | undefined {
  return names.get(text)
}

const names = new Map<string, string>()
