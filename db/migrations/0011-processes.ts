import { sql, type Kysely } from 'kysely'

/**
 * Room for processes beside the ticket. Only what 0.1.0 does not notice: it goes on working on this database. What every process has is a
 * view (../heads.ts), which is made anew from the types that there are whenever the database is brought up to date.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/**
 * What may hold a phone or an address (domain/contact): an at sign, or five letters that are neither Latin nor blanks nor ideographs
 * other than numerals. It finds too much; each of those is looked at once.
 */
export const perhapsContact = '[@＠﹫]|(?:(?:[^A-Za-z\\s\\u4e00-\\u9fff]|[零一壹幺二贰貳两兩三叁參四肆五伍六陆陸七柒八捌九玖]).*){5}'

const statements = [
  // Lines of the log are written by several commands, and of any process.
  `alter table notes add column type text not null default 'note', drop constraint notes_ticket_fkey`,
  // The outbox keeps what it ever said: a list of one kind must not read through all of it.
  `create index notices_by_kind on notices (kind, id)`,
  // 0.1.0 took less for contact data, or left some of it in clear beside a mask: the worker looks again. Its own would call the rows
  // checked while both run, so which rule they were read by stands in a column that it does not know.
  `alter table tickets add column contact_rule integer not null default 1`,
  `update tickets set contact_rule = 0
    where contact_masked ?| array['name', 'company', 'account']
      or concat_ws(' ', customer_name, customer_company, customer_account) ~ '${perhapsContact}'`,
  `alter table tickets alter column contact_rule set default 0`,
  `create index tickets_unread on tickets (number) where not contacts_checked or contact_rule < 1`,
]
