import { sql, type Kysely } from 'kysely'

/**
 * A phone or an address may have come as a name, a company or an account, and stands there in clear; and a landline with its
 * extension is not found by its base number. Only who has the keys can mend that: the worker does, ticket by ticket. Marked
 * are the tickets it has to look at: those of today that may be concerned, and each that an API of an older release takes in.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table tickets add column contacts_checked boolean not null default true`,
  `update tickets set contacts_checked = false
    where concat_ws(' ', customer_name, customer_company, customer_account) ~ '[@＠]|(?:[0-9０-９].*){7}'
      or contact_masked ->> 'phone' !~ '^1\\d\\d\\*'`,
  `alter table tickets alter column contacts_checked set default false`,
  `create index tickets_unchecked on tickets (number) where not contacts_checked`,
]
