import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import type { Hono } from 'hono'
import type pg from 'pg'
import type { Baseline } from './argument.ts'

/**
 * The way of the data by HTTP and nothing else: a row of each request before its Update, then what came of it and the answer in
 * rows. Neither rules nor keys, and nothing is sealed, told or searched for: what the product cannot be cheaper than.
 */
export async function addPath(app: Hono, pool: pg.Pool, { temporalAddress, namespace, taskQueue }: Baseline): Promise<void> {
  const client = new Client({ connection: Connection.lazy({ address: temporalAddress }), namespace })
  const started = new Map<string, Promise<WorkflowHandle>>()

  app.post('/lives', async (c) => {
    const { steps, ...form } = await c.req.json<{ readonly steps: number }>()
    const number = `path-${randomUUID()}`
    await pool.query({ name: 'take-in', text: takeIn, values: [randomUUID(), number, form] })
    // Behind the answer, as the product does it.
    started.set(number, client.workflow.start('bare', { workflowId: number, taskQueue, args: [steps] }))
    return c.json({ number }, 201)
  })

  app.post('/lives/:number/step', async (c) => {
    const number = c.req.param('number')
    const body = await c.req.json<{ readonly text: string }>()
    const id = randomUUID()
    await pool.query({ name: 'begin', text: begin, values: [id, number, body] })
    const workflow = await started.get(number)
    if (!workflow) return c.notFound()
    const version = await workflow.executeUpdate<number, [string]>('step', { updateId: id, args: [body.text] })
    const answer = { number, version }
    await pool.query({ name: 'project', text: project, values: [number, { ...body, version }, version, id, answer] })
    return c.json(answer)
  })

  await pool.query(`
    create table if not exists path_requests (id text primary key, life text not null, body jsonb not null, status text not null, answer jsonb);
    create table if not exists path_lives (number text primary key, form jsonb not null, state jsonb not null, version int not null)`)
}

const takeIn = `
  with request as (insert into path_requests values ($1, $2, $3, 'done', '{}'))
  insert into path_lives values ($2, $3, '{}', 1)`
const begin = `insert into path_requests values ($1, $2, $3, 'pending')`
const project = `
  with life as (update path_lives set state = $2, version = $3 where number = $1)
  update path_requests set status = 'done', answer = $5 where id = $4`
