import { sql, type RawBuilder } from 'kysely'

/** Leaves out what the reader registered as its customer; of rows that say themselves who that is (`requester`). */
export function notTheirOwn(reader: string): RawBuilder<boolean> {
  return sql`requester is distinct from ${reader}`
}

/**
 * Leaves out what is about processes that the reader registered as their customer; of the row's `process`. What colleagues tell each other
 * about one is not for its customer, who may work here.
 */
export function notOfCustomer(reader: string): RawBuilder<boolean> {
  return sql`not exists (select from processes as own where own.number = process and own.requester = ${reader})`
}
