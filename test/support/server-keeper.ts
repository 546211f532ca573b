import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { freePort } from '../../runtime/ports.ts'
import { ensureDatabase, fastShutdown, startCluster, waitUntilReady } from '../../runtime/postgres-server.ts'
import { prepareCluster } from '../../runtime/postgres-cluster.ts'
import { identify, stopProcess } from '../../runtime/processes.ts'
import { startDevServerProcess, waitUntilServing } from '../../runtime/temporal-dev-server.ts'
import { migrateAndFurnish } from './furnishing.ts'
import type { Program } from './shared-servers.ts'

/** Such as `{ 'limit.historyCount.suggestContinueAsNew': 60 }`. */
export type DynamicConfig = Readonly<Record<string, string | number | boolean>>

/**
 * Has what is made once in a run, when the first test file asks for it:
 * - Temporal servers, in memory, one for each way to set them up. Files share them, each in a namespace of its own; whoever kills a
 *   server or skips its time has one of their own.
 * - A Postgres cluster that is not running, with a furnished database: to be copied by who kills theirs.
 */
export interface ServerKeeper {
  /** Where test files ask. */
  readonly url: string
  stop(): Promise<void>
}

export async function keepServers(temporal: Program): Promise<ServerKeeper> {
  const made = new Map<string, Promise<Kept>>()
  const make = (wanted: Wanted): Promise<Kept> => {
    if ('temporal' in wanted) return startedTemporal(temporal, wanted.temporal)
    return stoppedCluster(wanted.cluster)
  }
  const keeper = createServer((request, response) => {
    const asked = new URL(request.url ?? '', 'http://keeper').searchParams.get('wanted') ?? ''
    const kept = made.get(asked) ?? make(wantedSchema.parse(JSON.parse(asked)))
    made.set(asked, kept)
    kept.then(
      ({ place }) => response.end(place),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  const port = await freePort(0)
  await new Promise<void>((resolve) => keeper.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      keeper.close()
      await Promise.all([...made.values()].map(async (kept) => (await kept).stop()))
    },
  }
}

/** The address of the Temporal server that is set up so or the data folder of a cluster with a database of that name. */
export async function askKeeper(url: string, wanted: Wanted): Promise<string> {
  const answer = await fetch(`${url}?wanted=${encodeURIComponent(JSON.stringify(wanted))}`)
  const said = await answer.text()
  if (!answer.ok) throw new Error(said)
  return said
}

export function dynamicConfigArgs(dynamicConfig: DynamicConfig): string[] {
  return Object.entries(dynamicConfig).flatMap(([name, value]) => [
    '--dynamic-config-value',
    `${name}=${typeof value === 'string' ? JSON.stringify(value) : value}`,
  ])
}

const wantedSchema = z.union([
  z.object({ temporal: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
  z.object({ cluster: z.string() }),
])
type Wanted = z.infer<typeof wantedSchema>

type Kept = { readonly place: string; stop(): Promise<void> }

/** A folder whose name and owner.json let the next run clear it away when this one is killed (`shared-servers.ts`). */
function folderOfRun(): string {
  return mkdtempSync(join(tmpdir(), 'bihuan-test-'))
}

async function startedTemporal(program: Program, dynamicConfig: DynamicConfig): Promise<Kept> {
  if ('missing' in program) throw new Error(program.missing)
  const folder = folderOfRun()
  const port = await freePort(0)
  const logFile = join(folder, 'temporal.log')
  const namespace = 'default'
  const extraArgs = dynamicConfigArgs(dynamicConfig)
  const { identity } = await startDevServerProcess({ program: program.path, port, namespace, logFile, extraArgs })
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: identify(process.pid), server: identity }))
  const address = `127.0.0.1:${port}`
  await waitUntilServing({ address, namespace, server: identity, logFile })
  return {
    place: address,
    async stop() {
      await stopProcess(identity, { signal: fastShutdown })
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function stoppedCluster(database: string): Promise<Kept> {
  const folder = folderOfRun()
  chmodSync(folder, 0o711) // The account Postgres runs as must be able to enter.
  const logFile = join(folder, 'postgres.log')
  const cluster = await prepareCluster({ dataDir: folder })
  const port = await freePort(0)
  const { identity } = await startCluster(cluster, port, logFile)
  writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: identify(process.pid), server: identity }))
  await waitUntilReady(cluster, port, identity, logFile)
  await migrateAndFurnish(await ensureDatabase(cluster, port, database))
  await stopProcess(identity, { signal: fastShutdown })
  rmSync(join(folder, 'owner.json'))
  return { place: folder, stop: async () => rmSync(folder, { recursive: true, force: true }) }
}
