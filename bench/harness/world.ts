import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { bringUpToDate } from '../../cli/bring-up-to-date.ts'
import { apiPart, postgresPart, temporalPart, workerPart } from '../../cli/launcher/parts.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import { dataPaths, readLauncherConfig } from '../../runtime/config.ts'
import { keyFromFile } from '../../runtime/key.ts'
import { freePort } from '../../runtime/ports.ts'
import { ensureDatabase, prepareCluster, removeCluster } from '../../runtime/postgres-server.ts'
import { resolveTemporal } from '../../runtime/temporal-server.ts'
import { Parts, type Running } from './parts.ts'

/** Servers as `bihuan start` starts them, on a data folder that is thrown away, and what it takes to run our processes on them. */
export interface World {
  readonly temporalAddress: string
  readonly namespace: string
  readonly parts: Parts
  /** Log file of a part. */
  log(name: string): string
  /** A migrated database of its own, with the shipped profiles and the demo people. */
  database(name: string): Promise<Office>
  /** The product's API on a database. */
  api(office: Office): Promise<Api>
  /** The product's worker on a database. */
  worker(office: Office): Promise<Running>
  stop(): Promise<void>
}

export interface Office {
  readonly databaseUrl: string
  /** Tokens of the demo people, by role. */
  readonly tokens: Tokens
}

export interface Api extends Running {
  readonly url: string
}

export async function openWorld(say: (message: string) => void): Promise<World> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bihuan-bench-'))
  chmodSync(dataDir, 0o711) // The account Postgres runs as must be able to enter.
  const parts = new Parts()
  const config = readLauncherConfig({ BIHUAN_DATA: dataDir })
  const log = (name: string) => join(dataDir, `${name}.log`)

  const temporal = await resolveTemporal({ env: { ...process.env, TEMPORAL_ADDRESS: undefined }, say })
  if (temporal.kind === 'running') throw new Error('the benchmarks start a Temporal server of their own')
  const cluster = await prepareCluster({ dataDir, say })
  const postgresPort = await freePort(0)
  await parts.start(postgresPart(cluster, postgresPort, log('postgres')))
  const ports = { port: await freePort(0), uiPort: await freePort(0), metricsPort: await freePort(0) }
  await parts.start(temporalPart(temporal.path, ports, dataPaths(dataDir).temporal, config, log('temporal')))
  const temporalAddress = `127.0.0.1:${ports.port}`
  const { key } = keyFromFile(dataPaths(dataDir).key)

  const environment = ({ databaseUrl }: Office): NodeJS.ProcessEnv => ({
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    BIHUAN_KEY: key.toString('base64'),
    BIHUAN_DATA: dataDir,
  })

  return {
    temporalAddress,
    namespace: config.temporalNamespace,
    parts,
    log,
    async database(name) {
      const databaseUrl = await ensureDatabase(cluster, postgresPort, name)
      await bringUpToDate(databaseUrl)
      const file = join(dataDir, `${name}-tokens.json`)
      await ensureDemoPeople(databaseUrl, file)
      return { databaseUrl, tokens: tokensIn(file) }
    },
    async api(office) {
      const port = await freePort(0)
      let url = ''
      const part = apiPart(
        async () => ({ ...environment(office), PORT: String(port) }),
        (listening) => (url = listening),
        log('api'),
      )
      return { ...(await parts.start(part)), url }
    },
    worker: (office) => parts.start(workerPart(() => environment(office), log('worker'))),
    async stop() {
      await parts.stop()
      removeCluster(cluster)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const tokenFile = z.object({ agent: z.string(), engineer: z.string(), quality: z.string(), supervisor: z.string() })
type Tokens = z.output<typeof tokenFile>

function tokensIn(file: string): Tokens {
  return tokenFile.parse(JSON.parse(readFileSync(file, 'utf8')))
}
