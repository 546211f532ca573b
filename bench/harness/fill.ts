import pg from 'pg'

/**
 * Fills a database up to so many tickets with copies of those it has: other numbers, submitted one a minute back in time,
 * one in a thousand with words that are searched for, the open ones spread over two hundred people and due around now.
 */
export async function fill(databaseUrl: string, tickets: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
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
    // Texts of their own for all but one in a thousand: their pieces are what the search looks through.
    await client.query(
      `with one as (select * from ticket_search limit 1)
      insert into ticket_search (number, text, terms, customer, customer_terms)
      select others.number, case when ordinal % 1000 = 0 then one.text else others.number || title_of end,
        case when ordinal % 1000 = 0 then one.terms else array_to_tsvector(array[left(others.number, 3), right(others.number, 3), '打', '印', '打印', '印机', '机', '卡', '纸', '卡纸']) end,
        one.customer, one.customer_terms
      from one, (select number, row_number() over (order by number) as ordinal, '打印机卡纸' as title_of from tickets
        where number not in (select number from ticket_search)) as others`,
    )
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** What a copy has of its own. */
const changed: Readonly<Record<string, string>> = {
  number: `'COPY' || lpad(copy::text, 8, '0')`,
  request_id: `'copy-' || copy`,
  submitted_at: `one.submitted_at - make_interval(mins => copy)`,
  next_due_at: `one.next_due_at + make_interval(mins => copy % 20000 - 200)`,
  assignee: `case when copy % 200 = 0 or one.assignee is null then one.assignee else 'person-' || copy % 200 end`,
  team: `case when copy % 50 = 0 then one.team else 'team-' || copy % 50 end`,
}
