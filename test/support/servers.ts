import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { inject } from 'vitest'
import { freePort } from '../../runtime/ports.ts'
import { killNow, type StartedProcess } from '../../runtime/processes.ts'
import { startDevServerProcess, waitUntilServing } from '../../runtime/temporal-dev-server.ts'
import { namespaceOfItsOwn, run, type Definition } from './given-servers.ts'
import type { Program } from './shared-servers.ts'
import { askKeeper, dynamicConfigArgs, type DynamicConfig } from './server-keeper.ts'

export type TestDatabase = { url: string; drop(): Promise<void> }

/** A database of its own for a test file, migrated to the latest; `furnished` with the shipped profiles and the demo people, or `empty`. */
export async function createDatabase({ furnished = false, empty = false } = {}): Promise<TestDatabase> {
  const { postgres, templates } = inject('servers')
  const name = `test_${randomBytes(8).toString('hex')}`
  const template = empty ? '' : ` template ${furnished ? templates.furnished : templates.empty}`
  await run(postgres, `create database ${name}${template}`)
  const url = new URL(postgres)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(postgres, `drop database if exists ${name} with (force)`) }
}

export type DevServerTestOptions = {
  /** That others have made in the namespace. */
  searchAttributes?: readonly Definition[]
  dynamicConfig?: DynamicConfig
}

/**
 * A namespace of its own on a real Temporal server that test files share. A server given for the run is taken where it is not to be set
 * up otherwise.
 */
export async function openNamespace({
  searchAttributes = [],
  dynamicConfig = {},
}: DevServerTestOptions = {}): Promise<TestWorkflowEnvironment> {
  const { givenTemporal, keeper } = inject('servers')
  const isUsual = searchAttributes.length === 0 && Object.keys(dynamicConfig).length === 0
  if (givenTemporal && isUsual) return namespaceOfItsOwn(givenTemporal)
  const address = await askKeeper(keeper, { temporal: dynamicConfig })
  return namespaceOfItsOwn({ address, prefix: 'test' }, searchAttributes)
}

/** The server that skips time; `teardown()` stops it. */
export async function startTimeSkippingServer(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: pathOf(inject('servers').testServer) } },
  })
}

export type KillableServer = {
  address: string
  /** The SQLite file it keeps everything in; its write-ahead log lies beside it. */
  dbFile: string
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>
  /** Starts again on the same port with the same data; returns when it serves. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A real Temporal server that keeps its data in a file, to be killed and started again. */
export async function startKillableDevServer({
  dynamicConfig = {},
  httpPort,
}: { dynamicConfig?: DynamicConfig; httpPort?: number } = {}): Promise<KillableServer> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-temporal-'))
  const port = await freePort(0)
  const address = `127.0.0.1:${port}`
  const logFile = join(folder, 'temporal.log')
  const dbFile = join(folder, 'temporal.db')
  const namespace = 'default'
  const start = async (): Promise<StartedProcess> => {
    const server = await startDevServerProcess({
      program: pathOf(inject('servers').temporalCli),
      port,
      namespace,
      dbFile,
      logFile,
      extraArgs: [...dynamicConfigArgs(dynamicConfig), ...(httpPort === undefined ? [] : ['--http-port', String(httpPort)])],
    })
    await waitUntilServing({ address, namespace, server: server.identity, logFile })
    return server
  }
  let server = await start()
  const kill = async () => {
    killNow(server.identity)
    await server.exited
  }
  return {
    address,
    dbFile,
    kill,
    async restart() {
      await kill()
      server = await start()
    },
    async stop() {
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function pathOf(program: Program): string {
  if ('path' in program) return program.path
  throw new Error(program.missing)
}
