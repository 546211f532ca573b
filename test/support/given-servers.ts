import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time.js'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import pg from 'pg'

/**
 * Servers that run already, such as those of a deployment to be tried: TEST_DATABASE_URL with a role that may create
 * databases, TEST_TEMPORAL_ADDRESS. Names of their own, since tests must never end up on the servers somebody works with
 * only because their shell has DATABASE_URL set.
 */
export function givenServers(env: NodeJS.ProcessEnv = process.env): { postgres: string | undefined; temporal: GivenTemporal | undefined } {
  const address = env['TEST_TEMPORAL_ADDRESS'] || undefined
  return {
    postgres: env['TEST_DATABASE_URL'] || undefined,
    temporal: address === undefined ? undefined : { address, prefix: `test-${randomBytes(4).toString('hex')}` },
  }
}

export type GivenTemporal = {
  address: string
  /** Of the namespaces of this run. */
  prefix: string
}

export type Definition = { readonly name: string; readonly type: 'KEYWORD' | 'INT' | 'BOOL' | 'DATETIME' }

/** The given server, in a namespace of its own: tickets of different test files have the same numbers. */
export async function namespaceOfItsOwn(
  { address, prefix }: GivenTemporal,
  searchAttributes: readonly Definition[] = [],
): Promise<TestWorkflowEnvironment> {
  const namespace = `${prefix}-${randomBytes(4).toString('hex')}`
  const connection = await Connection.connect({ address })
  try {
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs('1 day') })
    // Every part of the server hears of a new namespace within ten seconds.
    for (const end = Date.now() + 30_000; ; await sleep(200)) {
      const failure = await connection.workflowService.countWorkflowExecutions({ namespace }).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (failure === undefined) break
      if (Date.now() > end) throw new Error(`Temporal at ${address} does not serve its new namespace ${namespace}`, { cause: failure })
    }
    if (searchAttributes.length > 0) {
      const types = { KEYWORD: 2, INT: 3, BOOL: 5, DATETIME: 6 }
      const made = Object.fromEntries(searchAttributes.map(({ name, type }) => [name, types[type]]))
      await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: made })
    }
  } finally {
    await connection.close()
  }
  return TestWorkflowEnvironment.createFromExistingServer({ address, namespace })
}

/** Deletes what the run left on a given Temporal server. */
export async function deleteNamespaces({ address, prefix }: GivenTemporal): Promise<void> {
  const connection = await Connection.connect({ address })
  try {
    const { namespaces } = await connection.workflowService.listNamespaces({ pageSize: 1000 })
    const names = namespaces.map(({ namespaceInfo }) => namespaceInfo?.name ?? '').filter((name) => name.startsWith(`${prefix}-`))
    for (const namespace of names) await connection.operatorService.deleteNamespace({ namespace })
  } finally {
    await connection.close()
  }
}

/** Runs one statement on a connection of its own. */
export async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
