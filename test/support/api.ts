import { migrateToLatest, type Migrations } from '../../db/migrate.ts'
import type { Registry } from '../../processes/hosting.ts'
import { processes as ours } from '../../processes/index.ts'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import type { Kysely } from 'kysely'
import { pino } from 'pino'
import { z } from 'zod'
import { createApp } from '../../api/app.ts'
import { createGateway, type Gateway, type GatewayOptions } from '../../gateway/gateway.ts'
import { connect } from '../../db/connect.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import type { Database } from '../../db/schema.ts'
import { installShipped } from '../../db/shipped.ts'
import { createToken } from '../../db/tokens.ts'
import { durationMs, instantOf } from '../../domain/instant.ts'
import { systemClock, type Clock } from '../../runtime/clock.ts'
import type { Config } from '../../runtime/config.ts'
import { createDataConverter, createPayloadVault, type PayloadVault } from '../../runtime/payload-codec.ts'
import { shippedCalendars, shippedProfiles } from '../../runtime/shipped-profiles.ts'
import { runWorker } from '../../worker/main.ts'
import { createAnswerCheck, type AnswerCheck } from './answers.ts'
import { documentOf } from './api-document.ts'
import { recordHistories } from './recording.ts'
import { createDatabase, startDevServer, startTimeSkippingServer, type DevServerTestOptions, type TestDatabase } from './servers.ts'

/**
 * The API as people use it: real rows, real workflows, a worker; only the socket is left out. Every answer is held against the
 * OpenAPI document.
 */
export interface Office {
  readonly db: Kysely<Database>
  /** The way to the workflows. */
  readonly gateway: Gateway
  /** A demo person, to speak through. */
  person(id: string): Promise<Speaker>
  /** A token of theirs, to speak from outside. */
  token(id: string): Promise<string>
  /** Another API on the same rows, perhaps with another way to the workflows: a second gateway, or one that finds Temporal away. */
  api(gateway?: Gateway, customerLimits?: Config['customerLimits']): Api
  readonly config: Config
  /** Opens what Temporal stores of this office's tickets. */
  readonly vault: PayloadVault
  /** What goes on after answers, such as starting workflows, has ended. */
  settled(): Promise<void>
  /** Stops the worker, as a deploy or a crash of its machine does; another one is started by {@link startWorker}. */
  stopWorker(): Promise<void>
  /** Perhaps with workflow code of another version. */
  startWorker(bundle?: WorkflowBundleWithSourceMap): Promise<void>
  /** Reads in clear what the product writes to Temporal. */
  readonly client: Client
  /** The Temporal server, to look at histories as they are stored. */
  readonly temporal: TestWorkflowEnvironment
  /** Lets time pass, where the server skips time: everybody's, the API's and the worker's included. */
  later(duration: string): Promise<void>
  close(): Promise<void>
}

export interface Api {
  request(path: string, init?: RequestInit): Response | Promise<Response>
  settled(): Promise<void>
}

/** One person at one API. */
export interface Speaker {
  get(path: string, headers?: Headers): Promise<Heard>
  post(path: string, body?: unknown, headers?: Headers): Promise<Heard>
  send(method: string, path: string, body: string | Uint8Array<ArrayBuffer>, headers: Headers): Promise<Heard>
  /** The same person at another API. */
  at(api: Api): Speaker
}

export type Headers = Readonly<Record<string, string>>

/** An answer: whole in `body`, and the members that most answers have. */
export interface Heard extends z.output<typeof usualMembers> {
  readonly status: number
  readonly headers: Response['headers']
  readonly body: Readonly<Record<string, unknown>>
}

const usualMembers = z.object({
  number: z.string().catch(''),
  version: z.number().catch(0),
  detail: z.string().catch(''),
  errors: z.array(z.looseObject({ path: z.string(), message: z.string(), code: z.string() })).catch([]),
  events: z.array(z.looseObject({ seq: z.number(), type: z.string() })).catch([]),
  items: z.array(z.looseObject({})).catch([]),
  next: z.string().nullable().catch(null),
})

/** What a service of ours wants to know, to run as a process of its own on an office's servers. */
export function serviceEnvironment(config: Config): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    TEMPORAL_ADDRESS: config.temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    DATABASE_URL: config.databaseUrl,
    BIHUAN_KEY: config.keys.map((key) => key.toString('base64')).join(','),
    BIHUAN_DATA: config.dataDir,
  }
}

/** What an office seals with. */
export const officeKey = Buffer.alloc(32, 7)

/** Bundles of workflows are kept from run to run; a changed source makes a new one. */
export const bundleCache = fileURLToPath(new URL('../../node_modules/.cache/bihuan-tests/cache', import.meta.url))

/** What an organisation keeps beside the product's own types. */
export interface Kept {
  readonly processes: Registry
  readonly migrations: Migrations
  /** The workflows of all of them. */
  readonly bundle: WorkflowBundleWithSourceMap
}

export interface OfficeOptions {
  /** By default the product's own types. */
  readonly kept?: Kept
  readonly worker?: boolean
  /** A server that skips time, for what takes days. */
  readonly skipsTime?: boolean
  /** Search attributes that others have made in the namespace; by default none. */
  readonly searchAttributes?: DevServerTestOptions['searchAttributes']
  /** Where somebody works already; it outlives the office. By default a place of its own. */
  readonly place?: Place
}

/** What an office works on. */
export interface Place {
  readonly database: TestDatabase
  readonly temporal: TestWorkflowEnvironment
  /** Its data folder. */
  readonly folder: string
}

export async function openOffice({
  kept,
  worker = true,
  skipsTime = false,
  searchAttributes = [],
  place,
}: OfficeOptions = {}): Promise<Office> {
  const { processes = ours } = kept ?? {}
  const [database, temporal] = place
    ? [place.database, place.temporal]
    : await Promise.all([createDatabase(), skipsTime ? startTimeSkippingServer() : startDevServer({ searchAttributes })])
  if (kept) await migrateToLatest(database.url, processes, kept.migrations)
  let ahead = 0
  const clock: Clock = skipsTime ? { now: () => new Date(Date.now() + ahead) } : systemClock
  const db = connect(database.url, { poolSize: 16 })
  await installShipped(db, await shippedProfiles(), await shippedCalendars())
  const folder = place?.folder ?? mkdtempSync(join(tmpdir(), 'bihuan-office-'))
  mkdirSync(bundleCache, { recursive: true })
  symlinkSync(bundleCache, join(folder, 'cache'))
  await ensureDemoPeople(database.url, join(folder, 'demo-tokens.json'))
  const config: Config & Pick<GatewayOptions, 'skipsTime'> = {
    skipsTime,
    port: 0,
    host: '127.0.0.1',
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace ?? 'default',
    taskQueue: 'bihuan',
    databaseUrl: database.url,
    dataDir: folder,
    keys: [officeKey],
    temporalUis: [],
    uiCodecSecret: undefined,
    smtpUrl: undefined,
    mailFrom: { name: '', address: 'bihuan@localhost' },
    logLevel: 'silent',
    workerPort: undefined,
    drainSeconds: 0,
    customerLimits: { registrations: 10_000, acts: 10_000 },
    hosts: undefined,
    embedded: false,
  }
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
  let running = worker ? await runWorker(config, log, { clock, processes, ...(kept && { bundle: kept.bundle }) }) : undefined
  const gateway = createGateway({ ...config, processes })
  const vault = createPayloadVault(config)
  let checkAnswer: AnswerCheck | undefined
  const api = (way: Gateway = gateway, customerLimits = config.customerLimits): Api => {
    const codec = { vault, uis: config.temporalUis, secret: config.uiCodecSecret }
    const { app, settled } = createApp({ processes, db, gateway: way, clock, keys: keysOf(...config.keys), codec, customerLimits, log })
    return {
      async request(path, init) {
        const answer = await app.request(path, init)
        checkAnswer ??= createAnswerCheck(await documentOf(app))
        await checkAnswer({ method: init?.method ?? 'GET', path }, answer)
        return answer
      },
      settled,
    }
  }
  const first = api()
  const client = new Client({
    connection: temporal.client.connection,
    namespace: config.temporalNamespace,
    dataConverter: createDataConverter(config),
  })
  const histories = recordHistories({ client, numbers: () => startedTickets(db) })

  return {
    db,
    gateway,
    api,
    config,
    vault,
    client,
    settled: () => first.settled(),
    async stopWorker() {
      await running?.stop()
      running = undefined
    },
    async startWorker(bundle) {
      const other = bundle ?? kept?.bundle
      running ??= await runWorker(config, log, { clock, processes, ...(other && { bundle: other }) })
    },
    temporal,
    async later(duration) {
      if (!skipsTime) throw new Error('this office lives in real time')
      await temporal.sleep(durationMs(duration))
      // The server alone knows how far it went; in between its time runs as ours.
      ahead = (await temporal.currentTimeMs()) - Date.now()
    },
    async person(id) {
      return speaker(first, await createToken(db, id, 'test', instantOf(Date.now())))
    },
    token: (id) => createToken(db, id, 'test', instantOf(Date.now())),
    async close() {
      await first.settled()
      await histories.save()
      await running?.stop()
      await gateway.close()
      await db.destroy()
      if (place) return
      await Promise.all([database.drop(), temporal.teardown()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whoever has the token. */
export function speaker(api: Api, token: string): Speaker {
  const say = async (
    path: string,
    init: { readonly method: string; readonly headers?: Headers | undefined; readonly body?: string | Uint8Array<ArrayBuffer> },
  ): Promise<Heard> => {
    const response = await api.request(path, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } })
    const text = await response.text()
    const body = z.record(z.string(), z.unknown()).parse(isJson(response) ? JSON.parse(text) : { text })
    return { ...usualMembers.parse(body), status: response.status, headers: response.headers, body }
  }
  return {
    get: (path, headers) => say(path, { method: 'GET', headers }),
    post: (path, body = {}, headers) =>
      say(path, { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }),
    send: (method, path, body, headers) => say(path, { method, headers, body }),
    at: (other) => speaker(other, token),
  }
}

function isJson(response: Response): boolean {
  return /json/.test(response.headers.get('content-type') ?? '')
}

/** A registration form as it stands; tests change what they are about. */
export const form = {
  profile: 'tech-support',
  type: 'software-fault',
  priority: 'medium',
  channel: 'phone',
  customer: { name: '陈先生', company: '海鸥贸易', phone: '13812345678' },
  title: '客户端无法登录',
  description: '升级到 5.2 后登录报 500',
  fields: {},
} as const

/** Numbers of the tickets that have a workflow. */
export async function startedTickets(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('tickets').select('number').where('workflowStartedAt', 'is not', null).orderBy('number').execute()
  return rows.map(({ number }) => number)
}

/** Everything in the rows that an act could change, to compare before and after. */
export async function rowsOf(db: Kysely<Database>): Promise<unknown> {
  const [tickets, events, notes, promises, assignments, contacts, requests, notices, absences, profiles] = await Promise.all([
    db.selectFrom('tickets').selectAll().orderBy('number').execute(),
    db.selectFrom('events').selectAll().orderBy('process').orderBy('seq').execute(),
    db.selectFrom('notes').selectAll().orderBy('id').execute(),
    db.selectFrom('promises').selectAll().orderBy('process').orderBy('clock').orderBy('cycle').execute(),
    db.selectFrom('assignments').selectAll().orderBy('process').orderBy('seq').execute(),
    db.selectFrom('contacts').selectAll().orderBy('process').orderBy('seq').execute(),
    db.selectFrom('requests').selectAll().orderBy('id').execute(),
    // What delivery makes of them meanwhile is not of the act.
    db
      .selectFrom('notices')
      .select(['process', 'seq', 'kind', 'recipientKind', 'recipientId', 'params', 'createdAt'])
      .orderBy('id')
      .execute(),
    db.selectFrom('absences').selectAll().orderBy('id').execute(),
    db.selectFrom('profiles').selectAll().orderBy('id').orderBy('version').execute(),
  ])
  return { tickets, events, notes, promises, assignments, contacts, requests, notices, absences, profiles }
}
