import { Client, Connection } from '@temporalio/client'
import pg from 'pg'
import { expect, it } from 'vitest'
import { freePort } from '../../runtime/ports.ts'
import { reboundHosts, statusAskedAs } from '../support/asked-as.ts'
import { createDatabase, openNamespace, startKillableDevServer, startTimeSkippingServer } from '../support/servers.ts'

it('gives every test file a database of its own, which sorts and folds Chinese', async () => {
  const database = await createDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { rows } = await client.query(
    `select string_agg(name, '' order by name) as sorted from (values ('阿'), ('张'), ('Z'), ('李')) as people(name)`,
  )
  await client.end()
  await database.drop()
  expect(rows).toEqual([{ sorted: 'Z张李阿' }])
})

it('starts a real Temporal server, and one that skips time', async () => {
  const [real, skipping] = await Promise.all([openNamespace(), startTimeSkippingServer()])
  const before = await skipping.currentTimeMs()
  await skipping.sleep('40 days')
  expect(await skipping.currentTimeMs()).toBeGreaterThanOrEqual(before + 40 * 86_400_000)
  await Promise.all([real.teardown(), skipping.teardown()])
})

it('has a Temporal server whose HTTP API answers no page on the web whose name was made to lead here', async () => {
  const httpPort = await freePort(0)
  const server = await startKillableDevServer({ httpPort })
  const url = `http://127.0.0.1:${httpPort}/api/v1/namespaces`
  expect(await statusAskedAs('localhost', url)).toBe(200)
  for (const host of reboundHosts) expect(await statusAskedAs(host, url), host).toBe(403)
  await server.stop()
})

it('kills a Temporal server and starts it again with its data on the same port', async () => {
  const server = await startKillableDevServer()
  const connection = await Connection.connect({ address: server.address })
  const { workflow } = new Client({ connection })
  const { firstExecutionRunId } = await workflow.start('nobodyRunsIt', { workflowId: 'survivor', taskQueue: 'none' })
  await server.kill()
  await server.restart()
  expect(await workflow.getHandle('survivor').describe()).toMatchObject({ runId: firstExecutionRunId, type: 'nobodyRunsIt' })
  await connection.close()
  await server.stop()
})
