import { sql, type Kysely } from 'kysely'
import { commonColumns, inPostgres } from './column-names.ts'
import { typesTold, type Headed } from './heads.ts'
import type { Database } from './schema.ts'

/** A type as far as the database has to have something for it. */
export interface KeptType extends Headed {
  readonly table: Headed['table'] & { readonly columns: Readonly<Record<string, unknown>> }
}

/**
 * What the database lacks to keep these types: columns of their tables, and their parts of the view of all processes, without which
 * nobody would wake them. Of what it has for others nothing is said: a newer release may have migrated it. Throws when it does not answer.
 */
export async function missingForTypes(db: Kysely<Database>, types: readonly KeptType[]): Promise<string[]> {
  const { rows } = await sql<{ column: string }>`
    select given.name || '.' || attname as column
    from unnest(${types.map(({ table }) => table.name)}::text[]) as given (name)
      join pg_attribute on attrelid = to_regclass(given.name) and attnum > 0 and not attisdropped`.execute(db)
  const there = new Set(rows.map(({ column }) => column))
  const columns = types.flatMap(({ table }) =>
    [...commonColumns, ...Object.keys(table.columns)].map((column) => `${table.name}.${inPostgres(column)}`),
  )
  const told = await typesTold(db, types)
  return [
    ...columns.filter((column) => !there.has(column)),
    ...types.map(({ process }) => process.name).filter((name) => !told.includes(name)),
  ]
}
