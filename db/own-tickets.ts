import { sql, type RawBuilder } from 'kysely'

/** Leaves out tickets that the reader registered as their customer; of the rows of `tickets` themselves. */
export function notTheirOwn(reader: string): RawBuilder<boolean> {
  return sql`requester is distinct from ${reader}`
}

/** Leaves out what is about tickets that the reader registered as their customer; of the row's `process`. What colleagues tell each other about a ticket is not for its customer, who may work here. */
export function notOfCustomer(reader: string): RawBuilder<boolean> {
  return sql`not exists (select from processes as own where own.number = process and own.requester = ${reader})`
}
