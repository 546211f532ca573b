import pg from 'pg'
import { searchRow } from '../../db/search.ts'

/**
 * Fills a database up to so many tickets with copies of those it has: other numbers, submitted one a minute back in time,
 * one in ten with the words that are searched for, the open ones spread over two hundred people and due around now. However
 * many there are, each list of list.ts has more than a page of them, so that few and many tickets are compared by the same page.
 */
export async function fill(databaseUrl: string, tickets: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    await copyTickets(client, tickets)
    await addTexts(client)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

async function copyTickets(client: pg.Client, tickets: number): Promise<void> {
  const { rows: columns } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
    where attrelid = 'tickets'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
  )
  const names = columns.map(({ name }) => name)
  const values = names.map((name) => changed[name] ?? `one.${name}`)
  await client.query(
    `with numbered as (select tickets.*, row_number() over (order by tickets.number) - 1 as place, count(*) over () as of from tickets)
    insert into tickets (${names.join(', ')})
    select ${values.join(', ')} from generate_series(1, $1 - (select count(*)::int from tickets)) as copy
    join numbered as one on one.place = copy % one.of`,
    [tickets],
  )
}

/** What a copy has of its own. A person's hands stay as full as they are, however many tickets there are. */
const changed: Readonly<Record<string, string>> = {
  number: `'COPY' || lpad(copy::text, 8, '0')`,
  request_id: `'copy-' || copy`,
  submitted_at: `one.submitted_at - make_interval(mins => copy)`,
  next_due_at: `case when one.next_due_at is not null then now() + make_interval(mins => copy % 20000 - 200) end`,
  assignee: `case when copy < 500 or one.assignee is null then one.assignee else 'person-' || copy % 200 end`,
  team: `case when copy % 4 = 0 then one.team else 'team-' || copy % 50 end`,
}

/** Texts of their own, one in ten with the words of the tickets they are copies of: their pieces are what the search looks through. */
async function addTexts(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Parameters<typeof searchRow>[0]>(
    `select number, title, description, customer_name as "customerName", customer_company as "customerCompany", customer_account as "customerAccount"
    from tickets where number not in (select number from ticket_search) order by number`,
  )
  const others = { title: '打印机卡纸', description: '打印机提示卡纸，打开后盖没有看到纸，重启后仍然如此' }
  const searched = rows.map((row, index) => ({ number: row.number, ...searchRow(index % 10 === 0 ? row : { ...row, ...others }) }))
  for (let from = 0; from < searched.length; from += atOnce) {
    await client.query(
      `insert into ticket_search (number, text, terms, customer, customer_terms)
      select number, text, array_to_tsvector(array(select jsonb_array_elements_text(terms))),
        customer, array_to_tsvector(array(select jsonb_array_elements_text("customerTerms")))
      from jsonb_to_recordset($1::jsonb) as texts (number text, text text, terms jsonb, customer text, "customerTerms" jsonb)`,
      [JSON.stringify(searched.slice(from, from + atOnce))],
    )
  }
}

/** Rows of one statement. */
const atOnce = 5_000
