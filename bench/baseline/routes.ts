import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { z } from 'zod'
import { addPath } from './path.ts'
import type { Baseline } from './argument.ts'
import { registrationSchema } from '../../api/operations/registration.ts'

/** Routes with the SQL they cannot do without and nothing else: neither keys, rules, languages nor masks; and {@link addPath}. */
export async function runBareRoutes(baseline: Baseline): Promise<{ url: string; stop(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: baseline.databaseUrl, max: 10 })
  const app = new Hono()

  app.post('/tickets', async (c) => {
    const form = registrationSchema.parse(await c.req.json())
    const { rows } = await pool.query<{ id: string }>('insert into bare_tickets (form) values ($1) returning id', [form])
    return c.json({ number: rows[0]?.id }, 201)
  })

  // The same three questions that the API asks for a ticket: who calls, the ticket, and who its people are.
  app.get('/tickets/:number', async (c) => {
    const token = (c.req.header('authorization') ?? '').slice('Bearer '.length)
    const { person } = await one(
      `select people.id as person from tokens join people on people.id = tokens.person
      where hash = sha256($1::text::bytea) and people.active and revoked_at is null`,
      token,
    )
    const ticket = await one('select * from tickets where number = $1', c.req.param('number'))
    const { rows: names } = await pool.query<Row>(
      `select id, name from people where id = any($1) union all select id, labels ->> 'en' from teams where id = any($1)`,
      [[ticket['assignee'], ticket['representative'], ticket['team'], person]],
    )
    return c.json({ ticket, names })
  })

  await pool.query('create table if not exists bare_tickets (id bigint generated always as identity primary key, form jsonb not null)')

  await addPath(app, pool, baseline)

  async function one(sql: string, parameter: string): Promise<Row> {
    const { rows } = await pool.query<Row>(sql, [parameter])
    return row.parse(rows[0])
  }

  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => {
      resolve({
        url: `http://127.0.0.1:${port}`,
        async stop() {
          await new Promise((closed) => {
            server.close(closed)
            if ('closeAllConnections' in server) server.closeAllConnections()
          })
          await pool.end()
        },
      })
    })
  })
}

const row = z.record(z.string(), z.unknown())
type Row = z.output<typeof row>
