import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { sql, type Kysely } from 'kysely'
import { systemActor } from '../../domain/people.ts'
import { pino } from 'pino'
import { createApp } from '../../api/app.ts'
import { connect } from '../../db/connect.ts'
import { keysOf } from '../../db/contact-vault.ts'
import { migrateToLatest, type Migrations } from '../../db/migrate.ts'
import type { Database } from '../../db/schema.ts'
import { createToken } from '../../db/tokens.ts'
import { fileTransport } from '../../delivery/files.ts'
import { startDelivery } from '../../delivery/loop.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Gateway } from '../../gateway/gateway.ts'
import type { Registry } from '../../processes/hosting.ts'
import { processes as ours } from '../../processes/index.ts'
import { createProfileReader } from '../../processes/policies.ts'
import { systemClock, type Clock } from '../../runtime/clock.ts'
import { dataPaths, type Config } from '../../runtime/config.ts'
import type { Logger } from '../../runtime/logging.ts'
import { createPayloadVault } from '../../runtime/payload-codec.ts'
import { startRoundsOf } from '../../worker/rounds.ts'
import { bundleCache } from './bundle-cache.ts'
import { answerCheckOf, type AnswerCheck } from './answers.ts'
import { createGatewayInProcess } from './in-process/gateway.ts'
import { furnish } from './furnishing.ts'
import { createDatabase, type TestDatabase } from './servers.ts'
import { speaker, type Speaker } from './speaking.ts'

export type { Headers, Heard, Speaker } from './speaking.ts'

/**
 * The API as people use it: real rows, and everything of a worker but the workflows, which {@link openOffice} runs in this
 * process, `openOfficeOnTemporal` on a real server; only the socket is left out. Every answer is held against the OpenAPI document.
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
  /** What goes on after answers, such as starting workflows, has ended. */
  settled(): Promise<void>
  /** Stops the worker, as a deploy or a crash of its machine does; another one is started by {@link startWorker}. */
  stopWorker(): Promise<void>
  startWorker(): Promise<void>
  close(): Promise<void>
}

export interface Api {
  request(path: string, init?: RequestInit): Response | Promise<Response>
  settled(): Promise<void>
}

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

/**
 * An office whose tickets run in this process (`in-process/gateway.ts`): for tests whose subject is neither durability, time,
 * delivery nor the shell. Without `worker` nobody wakes tickets, sends mails or finishes what a gateway left.
 */
export async function openOffice({ worker = true, kept, clock = systemClock }: OfficeInProcess = {}): Promise<Office> {
  const rooms = await furnishedRooms({ temporalAddress: nobodyThere, temporalNamespace: 'default' }, kept)
  const { config, db, log, close, ...office } = rooms
  const world = {
    db,
    keys: keysOf(...config.keys),
    clock,
    log,
    profileOf: createProfileReader(db),
    processes: kept?.processes ?? ours,
  }
  const gateway = createGatewayInProcess(world)
  const begin = () => {
    const rounds = startRoundsOf({ ...world, gateway })
    const delivery = startDelivery({ ...world, sender: config.mailFrom, transport: fileTransport(dataPaths(config.dataDir).mail) })
    return { stop: () => Promise.all([rounds.stop(), delivery.stop()]) }
  }
  let running = worker ? begin() : undefined
  const api = office.apisThrough(gateway, clock)
  const first = api()
  return {
    db,
    gateway,
    config,
    api,
    token: office.token,
    person: async (id) => speaker(first, await office.token(id)),
    async settled() {
      await first.settled()
      await gateway.settled()
    },
    async stopWorker() {
      await running?.stop()
      running = undefined
    },
    startWorker() {
      running ??= begin()
      return Promise.resolve()
    },
    async close() {
      await first.settled()
      await running?.stop()
      await gateway.close()
      await close()
    },
  }
}

interface OfficeInProcess {
  readonly worker?: boolean
  /** By default the product's own types. */
  readonly kept?: Pick<Kept, 'processes' | 'migrations'>
  /** By which its API, its processes and its worker tell the time; default: the machine's. */
  readonly clock?: Clock
}

const nobodyThere = '127.0.0.1:1'

/** What an office seals with. */
export const officeKey = Buffer.alloc(32, 7)

/** What an office works on. */
export interface Place {
  readonly database: TestDatabase
  readonly temporal: TestWorkflowEnvironment
  /** Its data folder. */
  readonly folder: string
}

/** What an organisation keeps beside the product's own types. */
export interface Kept {
  readonly processes: Registry
  readonly migrations: Migrations
  /** The workflows of all of them. */
  readonly bundle: WorkflowBundleWithSourceMap
}

/** What every office has, wherever its tickets run. */
export interface Rooms {
  readonly db: Kysely<Database>
  readonly config: Config
  readonly log: Logger
  token(id: string): Promise<string>
  /** Makes APIs that reach workflows this way, unless another is given. */
  apisThrough(gateway: Gateway, clock: Clock): Office['api']
  close(): Promise<void>
}

/** A database with the shipped profiles and the demo people, and a folder; by default for the product's own types of processes. */
export async function furnishedRooms(
  temporal: Pick<Config, 'temporalAddress' | 'temporalNamespace'>,
  { processes, migrations }: Pick<Kept, 'processes' | 'migrations'> = { processes: ours, migrations: {} },
  place?: Pick<Place, 'database' | 'folder'>,
): Promise<Rooms> {
  const database = place?.database ?? (await createDatabase({ furnished: true }))
  if (processes !== ours) await migrateToLatest(database.url, processes, migrations)
  const db = connect(database.url, { poolSize: 16 })
  const folder = place?.folder ?? mkdtempSync(join(tmpdir(), 'bihuan-office-'))
  if (place) await furnish(database.url, join(folder, 'demo-tokens.json'))
  mkdirSync(bundleCache, { recursive: true })
  symlinkSync(bundleCache, join(folder, 'cache'))
  const config: Config = {
    ...temporal,
    port: 0,
    host: '127.0.0.1',
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
  const codec = { vault: createPayloadVault(config), uis: config.temporalUis, secret: config.uiCodecSecret }
  let checkAnswer: AnswerCheck | undefined
  return {
    db,
    config,
    log,
    token: (id) => createToken(db, id, 'test', instantOf(Date.now())),
    apisThrough:
      (usual, clock) =>
      (gateway = usual, customerLimits = config.customerLimits) => {
        const { app, settled } = createApp({ processes, db, gateway, clock, keys: keysOf(...config.keys), codec, customerLimits, log })
        return {
          async request(path, init) {
            const answer = await app.request(path, init)
            checkAnswer ??= await answerCheckOf(app)
            await checkAnswer({ method: init?.method ?? 'GET', path }, answer)
            return answer
          },
          settled,
        }
      },
    async close() {
      await db.destroy()
      if (place) return
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
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

/** Numbers of the processes that have a workflow, whatever their types. */
export async function startedProcesses(db: Kysely<Database>): Promise<string[]> {
  const rows = await db.selectFrom('processes').select('number').where('workflowStartedAt', 'is not', null).orderBy('number').execute()
  return rows.map(({ number }) => number)
}

/** Everything in the rows that an act could change, to compare before and after; perhaps of tickets alone: reviews of many of them open by themselves. */
export async function rowsOf(db: Kysely<Database>, { only }: { readonly only?: 'tickets' } = {}): Promise<unknown> {
  const wanted = only === undefined ? sql<boolean>`true` : sql<boolean>`process in (select number from tickets)`
  const [tickets, events, notes, promises, assignments, contacts, requests, notices, absences, profiles] = await Promise.all([
    db.selectFrom('tickets').selectAll().orderBy('number').execute(),
    db.selectFrom('events').selectAll().where(wanted).orderBy('process').orderBy('seq').execute(),
    db.selectFrom('notes').selectAll().orderBy('id').execute(),
    db.selectFrom('promises').selectAll().where(wanted).orderBy('process').orderBy('clock').orderBy('cycle').execute(),
    db.selectFrom('assignments').selectAll().orderBy('process').orderBy('seq').execute(),
    db.selectFrom('contacts').selectAll().orderBy('process').orderBy('seq').execute(),
    db
      .selectFrom('requests')
      .selectAll()
      .where(only === undefined ? sql<boolean>`true` : sql<boolean>`caller <> ${systemActor.id}`)
      .orderBy('id')
      .execute(),
    // What delivery makes of them meanwhile is not of the act.
    db
      .selectFrom('notices')
      .select(['process', 'seq', 'kind', 'recipientKind', 'recipientId', 'params', 'createdAt'])
      .where(wanted)
      .orderBy('id')
      .execute(),
    db.selectFrom('absences').selectAll().orderBy('id').execute(),
    db.selectFrom('profiles').selectAll().orderBy('id').orderBy('version').execute(),
  ])
  return { tickets, events, notes, promises, assignments, contacts, requests, notices, absences, profiles }
}
