import { randomBytes } from 'node:crypto'
import { isLoopback, type dataPaths, type LauncherConfig } from '../../runtime/config.ts'
import { connectTemporal } from '../../runtime/connections.ts'
import { keysFromFile, type Secrets } from '../../runtime/key.ts'
import { freePort, httpUrl } from '../../runtime/ports.ts'
import { ensureDatabase } from '../../runtime/postgres-server.ts'
import { prepareCluster } from '../../runtime/postgres-cluster.ts'
import { resolveTemporal, type TemporalServer } from '../../runtime/temporal-server.ts'
import type { Ledger } from './ledger.ts'
import type { MergedLog } from './merged-log.ts'
import { apiPart, postgresPart, temporalPart, workerPart } from './parts.ts'
import { writeRunFile, type RunFile } from './run-file.ts'
import { summarise } from './summary.ts'
import type { Part } from './supervise.ts'
import { hiddenHost, openUiDoor } from './ui-door.ts'

/** Ports that these servers are looked for at; one that is taken is replaced by a free one. */
const USUAL_PORTS = { postgres: 54320, temporal: 7233, temporalUi: 8233 }

export type Launch = {
  config: LauncherConfig
  paths: ReturnType<typeof dataPaths>
  /** Also in a database that is not ours. */
  demoPeople: boolean
  /** Milliseconds since the epoch. */
  begun: number
  log: MergedLog
  ledger: Ledger
  /** Starts a part, returns when it is ready, and keeps it running. */
  start(part: Part): Promise<void>
  /** What is to be closed when everything stops, after the parts. */
  atStop(close: () => Promise<void>): void
}

/** Starts everything in order; returns when the API answers, with run.json written and the summary on the terminal. */
export async function startEverything(launch: Launch): Promise<void> {
  const { config, paths, log } = launch
  // Looked for, and perhaps fetched, while Postgres starts.
  const temporalFound = resolveTemporal({ say: log.say })
  temporalFound.catch(() => undefined)

  const databaseUrl = config.databaseUrl ?? (await startPostgres(launch))
  const demoTokens = await prepareDatabase(launch, databaseUrl)
  const found = await temporalFound
  const embedded = config.databaseUrl === undefined && found.kind !== 'running'
  // Before Temporal starts, whose UI is told where to ask.
  const apiPort = await portFor('the API', config.port, log, config.host)
  const uiCodec = embedded && isLoopback(config.host) ? uiCodecOn(config.host, apiPort) : undefined
  const temporal = await startTemporal(launch, found, uiCodec?.endpoint)
  const environment = {
    ...process.env,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporal.address,
    BIHUAN_KEY: encryptionKeys(launch)
      .map((key) => key.toString('base64'))
      .join(','),
    // Read already; a child would not know which of the two to take.
    DATABASE_URL_FILE: undefined,
    BIHUAN_KEY_FILE: undefined,
    BIHUAN_DATA: config.dataDir,
    BIHUAN_EMBEDDED: embedded ? '1' : '',
    ...(uiCodec && temporal.ui !== null && { BIHUAN_UI_CODEC_SECRET: uiCodec.secret, BIHUAN_TEMPORAL_UI: uiOrigins(temporal.ui) }),
  }
  const api = await startServices(launch, environment, apiPort)

  const where = { api: api(), temporal: temporal.address, temporalUi: temporal.ui, postgres: databaseUrl }
  publish(launch, () => ({ ...where, api: api() }))
  warnOfOpenHost(launch)
  if (uiCodec) log.say('The Temporal UI shows what it stores in clear to everybody on this machine; other machines cannot reach it.')
  process.stdout.write(
    summarise({
      ...where,
      temporalFrom: temporal.from,
      postgres: `${withoutPassword(databaseUrl)}  (with its password in ${paths.run})`,
      demoTokens,
      dataDir: config.dataDir,
      logs: paths.logs,
      seconds: (Date.now() - launch.begun) / 1000,
    }),
  )
}

async function startPostgres({ config, log, start }: Launch): Promise<string> {
  log.say('Starting Postgres …')
  const cluster = await prepareCluster({ dataDir: config.dataDir, say: log.say })
  const port = await portFor('Postgres', USUAL_PORTS.postgres, log)
  await start(postgresPart(cluster, port, log.follow('postgres')))
  return ensureDatabase(cluster, port, 'bihuan')
}

/** Migrates, and makes the demo people where that is wanted; the path of their tokens. */
async function prepareDatabase({ config, paths, log, demoPeople }: Launch, databaseUrl: string): Promise<string | undefined> {
  const { bringUpToDate } = await import('../bring-up-to-date.ts')
  const { migrations: applied, installed } = await bringUpToDate(databaseUrl)
  if (installed.length > 0) log.say(`Installed what ships with this version: ${installed.join(', ')}.`)
  if (applied.length > 0) log.say(`The database was brought up to date: ${applied.join(', ')}.`)
  // In a database of somebody's own, strangers with tokens would be a back door.
  if (config.databaseUrl !== undefined && !demoPeople) {
    log.say('No demo people in the database of DATABASE_URL; `bihuan start --demo-people` makes them.')
    return undefined
  }
  const { ensureDemoPeople } = await import('../../db/demo-people.ts')
  const made = await ensureDemoPeople(databaseUrl, paths.demoTokens)
  if (made) log.say(`Made demo people, one or more for each role; their tokens are in ${paths.demoTokens}.`)
  return paths.demoTokens
}

type TemporalInUse = { address: string; ui: string | null; from: string }

async function startTemporal(
  { config, paths, log, start, atStop }: Launch,
  found: TemporalServer,
  uiCodecEndpoint: string | undefined,
): Promise<TemporalInUse> {
  if (found.kind === 'running') {
    const connection = await connectTemporal({ temporalAddress: found.address })
    await connection.close()
    return { address: found.address, ui: null, from: 'TEMPORAL_ADDRESS' }
  }
  log.say(`Starting Temporal ${found.version}, from ${found.from} …`)
  const port = await portFor('Temporal', USUAL_PORTS.temporal, log)
  const uiHost = hiddenHost()
  const uiPort = await freePort(0, uiHost)
  const door = await openUiDoor(await portFor('the Temporal UI', USUAL_PORTS.temporalUi, log), { host: uiHost, port: uiPort })
  atStop(door.close)
  const place = { port, uiHost, uiPort, metricsPort: await freePort(0), ...(uiCodecEndpoint !== undefined && { uiCodecEndpoint }) }
  await start(temporalPart(found.path, place, paths.temporal, config, log.follow('temporal')))
  return { address: `127.0.0.1:${port}`, ui: door.url, from: `${found.version}, from ${found.from}` }
}

/** Starts the worker and the API; what is returned tells the API's URL, which a later start may have to change. */
async function startServices({ config, log, start }: Launch, environment: NodeJS.ProcessEnv, apiPort: number): Promise<() => string> {
  log.say('Starting the worker and the API …')
  // The one that runs here.
  const [, script = ''] = process.argv
  let url = ''
  let port = apiPort
  await Promise.all([
    start(workerPart(script, () => environment, log.follow('worker'))),
    start(
      apiPart(
        script,
        async () => {
          port = await portFor('the API', port, log, config.host)
          return { ...environment, PORT: String(port) }
        },
        (listening) => (url = listening),
        log.follow('api'),
      ),
    ),
  ])
  return () => url
}

/** Keeps run.json true from now on, also when a part was started again. */
function publish({ paths, ledger }: Launch, where: () => Omit<RunFile, 'pids'>): void {
  ledger.onChange((pids) => writeRunFile(paths.run, { ...where(), pids }))
}

function encryptionKeys({ config, paths, log }: Launch): Secrets {
  if (config.keys) return config.keys
  const { keys, made } = keysFromFile(paths.key)
  if (made) log.say(`Made an encryption key in ${paths.key}: keep a copy, without it neither contacts nor running tickets can be read.`)
  return keys
}

/** Where the Temporal UI that comes along has payloads decoded: the secret in the path stands for a token. */
function uiCodecOn(host: string, port: number): { secret: string; endpoint: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, endpoint: `${httpUrl(host, port)}/codec/${secret}` }
}

/** People open it under either name. */
function uiOrigins(ui: string): string {
  return `${ui},${ui.replace('127.0.0.1', 'localhost')}`
}

async function portFor(what: string, wished: number, log: MergedLog, host?: string): Promise<number> {
  const port = await freePort(wished, host)
  if (wished !== 0 && port !== wished) log.say(`Port ${wished} is taken: ${what} uses ${port}.`)
  return port
}

function warnOfOpenHost({ config, log }: Launch): void {
  if (isLoopback(config.host)) return
  log.say(`BIHUAN_HOST=${config.host}: the API can be reached from the network, and without TLS tokens can be overheard on it.`)
}

function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl)
  url.password = ''
  return url.href
}
