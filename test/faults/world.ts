import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import type { Kysely } from 'kysely'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { createDataConverter, createPayloadVault, type PayloadVault } from '../../runtime/payload-codec.ts'
import { bundleCache } from '../support/bundle-cache.ts'
import { startedProcesses } from '../support/api.ts'
import { recordHistories } from '../support/recording.ts'
import { startKillableDevServer, type KillableServer } from '../support/servers.ts'
import { Journal, Person } from './clients.ts'
import { startKillablePostgres, type KillablePostgres } from './postgres.ts'
import { startService, type Service } from './service.ts'

/** Everything that can die, each a process of its own, and the people who go on working meanwhile. */
export interface World {
  readonly postgres: KillablePostgres
  readonly temporal: KillableServer
  readonly worker: Service
  /** Another one, where the world was asked for it. */
  readonly otherWorker: Service | undefined
  /** Two of them, as behind a load balancer; {@link Person} talks to the first unless told otherwise. */
  readonly apis: readonly [Service, Service]
  readonly people: Record<Name, Person>
  readonly journal: Journal
  /** The test's own look at the rows. */
  readonly db: Kysely<Database>
  /** The test's own look at the workflows. */
  readonly client: Client
  /** Opens what Temporal stores. */
  readonly vault: PayloadVault
  readonly databaseUrl: string
  /** Where mails are put, as files. */
  readonly mailFolder: string
  /** Ends everything. */
  end(): Promise<void>
}

/** Who works here; they come with the demo. */
const names = {
  li: 'agent-li',
  zhao: 'agent-zhao',
  wang: 'engineer-wang',
  chen: 'engineer-chen',
  sun: 'supervisor-sun',
} as const
type Name = keyof typeof names

const sealing = { keys: [Buffer.alloc(32, 7)], temporalNamespace: 'default' } as const

/** With `eventsPerRun` workflows go on in a new run so often that bad luck meets that too; `workers` are one or two. */
export async function createWorld({
  eventsPerRun,
  workers = 1,
}: { readonly eventsPerRun?: number; readonly workers?: 1 | 2 } = {}): Promise<World> {
  const continuing = eventsPerRun === undefined ? {} : { dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': eventsPerRun } }
  const folder = process.env['FAULTS_LOGS'] ?? mkdtempSync(join(tmpdir(), 'bihuan-faults-'))
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { recursive: true })
  mkdirSync(bundleCache, { recursive: true })
  if (!existsSync(join(dataDir, 'cache'))) symlinkSync(bundleCache, join(dataDir, 'cache'))
  const [postgres, temporal] = await Promise.all([startKillablePostgres(), startKillableDevServer(continuing)])
  const databaseUrl = postgres.url
  const db = connect(databaseUrl, { poolSize: 4, applicationName: 'bihuan-faults' })
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    PORT: '0',
    TEMPORAL_ADDRESS: temporal.address,
    DATABASE_URL: databaseUrl,
    BIHUAN_KEY: sealing.keys[0].toString('base64'),
    BIHUAN_DATA: dataDir,
  }
  const logOf = (part: string) => join(folder, `${part}.log`)
  const [worker, otherWorker, first, second] = await Promise.all([
    startService('worker', env, logOf('worker-1')),
    workers === 2 ? startService('worker', env, logOf('worker-2')) : undefined,
    startService('api', env, logOf('api-1')),
    startService('api', env, logOf('api-2')),
  ])
  const apis = [first, second] as const
  const journal = new Journal()
  const person = async (id: string) =>
    new Person(id, await createToken(db, id, 'faults', instantOf(Date.now())), journal, (at) => apis[at].url())
  const connection = Connection.lazy({ address: temporal.address, channelArgs: { 'grpc.max_reconnect_backoff_ms': 500 } })
  const client = new Client({ connection, dataConverter: createDataConverter(sealing) })
  const histories = recordHistories({ client, numbers: () => startedProcesses(db) })

  return {
    postgres,
    temporal,
    worker,
    otherWorker,
    apis,
    journal,
    db,
    databaseUrl,
    mailFolder: join(dataDir, 'mail'),
    client,
    vault: createPayloadVault(sealing),
    people: {
      li: await person(names.li),
      zhao: await person(names.zhao),
      wang: await person(names.wang),
      chen: await person(names.chen),
      sun: await person(names.sun),
    },
    async end() {
      await histories.save()
      await Promise.all([worker, otherWorker, first, second].map(async (service) => service?.kill()))
      await connection.close()
      await db.destroy()
      await Promise.all([postgres.stop(), temporal.stop()])
      // The logs of a bad day are worth keeping while one looks into it.
      if (process.env['FAULTS_LOGS'] === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}
