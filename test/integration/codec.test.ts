import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, Connection } from '@temporalio/client'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connect } from '../../db/connect.ts'
import type { Database } from '../../db/schema.ts'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { createPayloadVault } from '../../runtime/payload-codec.ts'
import { isForPeople } from '../../workflows/process.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { Journal, Person, type Answer } from '../faults/clients.ts'
import { startService, type Service } from '../faults/service.ts'
import { bundleCache } from '../support/bundle-cache.ts'
import { installProfile } from '../../db/profiles.ts'
import { Aviary, seenIn } from '../support/canaries.ts'
import { repairsProfile } from '../support/own-acts.ts'
import { readable } from '../support/histories.ts'
import { until } from '../support/launcher.ts'
import { createDatabase, startKillableDevServer, type KillableServer } from '../support/servers.ts'
import { commandNamed, techSupport } from '../support/tickets.ts'
import { usualInput, type CommandName, type Input } from '../support/walk.ts'
import { registrationSchema } from '../../api/operations/registration.ts'

/**
 * Nobody reads in Temporal what customers and staff wrote: words found nowhere else are written into every field there
 * is, and then searched for in all that Temporal has and all that the services log. Real services, a real store.
 */

const patience = { timeout: 240_000 }
const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
const folder = mkdtempSync(join(tmpdir(), 'bihuan-codec-'))
const logs = ['worker', 'api'].map((part) => join(folder, `${part}.log`))
const aviary = new Aviary()
/** Fields that take no text of one's own, as the API found them. */
const spared = new Set<string>()

const who = { agent: 'agent-li', engineer: 'engineer-wang', supervisor: 'supervisor-zhang', quality: 'quality-wu' } as const
type Role = keyof typeof who

const leftOut = Symbol('left out')
const fullPath: readonly (readonly [Role, CommandName, Input?])[] = [
  ['agent', 'supplement'],
  ['agent', 'review-intake', { complete: false }],
  ['agent', 'review-intake', { complete: true }],
  ['agent', 'diagnose'],
  ['supervisor', 'assign'],
  ['engineer', 'confirm-priority'],
  ['engineer', 'request-priority-change'],
  ['supervisor', 'decide-priority-change'],
  ['engineer', 'accept'],
  ['engineer', 'plan'],
  ['engineer', 'update-progress'],
  ['engineer', 'contact'],
  ['engineer', 'note'],
  ['engineer', 'add-helper'],
  ['engineer', 'remove-helper'],
  ['engineer', 'query'],
  ['agent', 'answer-query'],
  ['supervisor', 'intervene'],
  ['supervisor', 'close-intervention'],
  ['agent', 'record-coordination'],
  ['agent', 'move-milestone'],
  ['supervisor', 'report-milestone'],
  ['agent', 'record-coordination'],
  ['agent', 'drop-milestone', { milestone: 2 }],
  ['engineer', 'wait', { for: 'customer' }],
  ['engineer', 'resume'],
  ['engineer', 'defer'],
  ['supervisor', 'urge'],
  ['supervisor', 'declare-major'],
  ['agent', 'correct'],
  ['agent', 'reveal'],
  ['engineer', 'complete'],
  ['quality', 'verify'],
  ['agent', 'confirm', { outcome: 'partly' }],
  ['agent', 'finish-task'],
  // An article named now would leave none to file.
  ['engineer', 'close', { article: leftOut }],
  ['agent', 'callback'],
  ['engineer', 'file-article', { unnecessary: leftOut }],
  ['supervisor', 'reopen'],
]
const shortPath: typeof fullPath = [
  ['agent', 'reclassify'],
  ['agent', 'link-customer', { entry: null }],
  ['agent', 'review-intake'],
  ['agent', 'diagnose'],
  ['supervisor', 'record-review-meeting'],
  ['engineer', 'claim'],
  ['engineer', 'release'],
  ['supervisor', 'assign'],
  ['supervisor', 'reassign'],
  ['supervisor', 'hand-up', { supervisor: leftOut }],
  ['supervisor', 'withdraw'],
]
/** What is chosen from people, customers, teams or the profile: anything else is refused, as the answers said. */
const choices = [
  'act',
  'assignee',
  'channel',
  'department',
  'entry',
  'for',
  'helper',
  'owner',
  'priority',
  'profile',
  'representative',
  'team',
  'type',
]
const confirmedPath: typeof fullPath = [
  ['agent', 'review-intake'],
  ['agent', 'diagnose'],
  ['supervisor', 'assign'],
  ['engineer', 'accept'],
  ['engineer', 'complete'],
  ['quality', 'verify'],
  ['agent', 'confirm'],
]
const repairPath: typeof fullPath = [
  ['supervisor', 'assign'],
  ['engineer', 'accept'],
  ['engineer', 'record-act', { act: 'part-ordered' }],
]
const articlePath: typeof fullPath = [
  ...confirmedPath,
  ['engineer', 'close', { article: leftOut }],
  ['engineer', 'file-article', { article: leftOut }],
]
const refusal = z.object({ errors: z.array(z.looseObject({ path: z.string() })).catch([]) })

let database: Awaited<ReturnType<typeof createDatabase>>
let temporal: KillableServer
let db: Kysely<Database>
let connection: Connection
/** Reads what Temporal has as it is: without any codec. */
let client: Client
let worker: Service
let api: Service
const people = new Map<string, Person>()

beforeAll(async () => {
  mkdirSync(bundleCache, { recursive: true })
  symlinkSync(bundleCache, join(folder, 'cache'))
  ;[database, temporal] = await Promise.all([createDatabase({ furnished: true }), startKillableDevServer()])
  db = connect(database.url)
  await installProfile(db, { profile: repairsProfile(), source: null, installedAt: '2026-01-02T00:00:00.000Z', installedBy: 'admin-lin' })
  await startServices([first])
  const journal = new Journal()
  for (const id of Object.values(who)) {
    people.set(id, new Person(id, await createToken(db, id, 'codec', instantOf(Date.now())), journal, () => api.url()))
  }
  connection = await Connection.connect({ address: temporal.address })
  client = new Client({ connection })
}, patience.timeout)

afterAll(async () => {
  await Promise.all([worker?.kill(), api?.kill()])
  await connection?.close()
  await db?.destroy()
  await Promise.all([temporal?.stop(), database?.drop()])
  if (process.env['FAULTS_LOGS'] === undefined) rmSync(folder, { recursive: true, force: true })
}, patience.timeout)

describe('a canary in every text that people can write', () => {
  const numbers: string[] = []
  const played = new Set<string>()

  beforeAll(async () => {
    numbers.push(
      await plays(played, {}, fullPath),
      await plays(played, { priority: 'urgent' }, shortPath),
      await plays(played, {}, [...confirmedPath, ['engineer', 'close']]),
      await plays(played, {}, articlePath),
      await plays(played, { profile: 'repairs', type: 'repair' }, repairPath),
    )
  }, patience.timeout)

  it('was planted by every command there is', () => {
    // Handed over are all tickets of a person at once, by a route of its own; the command is the same.
    expect([...played, 'hand-over'].toSorted()).toEqual(
      ticketProcess.commands
        .filter(isForPeople)
        .map(({ name }) => name)
        .toSorted(),
    )
    expect(aviary.planted.length).toBeGreaterThan(50)
    expect([...new Set([...spared].map((path) => path.slice(path.lastIndexOf('.') + 1)))].toSorted()).toEqual(choices)
  })

  it('reached the workflows, and is read there with the key alone', async () => {
    const texts = await Promise.all(numbers.map((number) => historyOf(number, true)))
    const read = aviary.planted.filter(({ word }) => texts.some((text) => text.includes(word)))
    // What the rows keep to themselves does not even get there: registration's texts, notes, contacts.
    const parts = [...new Set(read.map(({ where }) => where.split('.')[0]))]
    expect(parts).toEqual(expect.arrayContaining(['diagnose', 'plan', 'complete', 'defer', 'wait', 'confirm', 'callback', 'withdraw']))
    expect(read.length).toBeGreaterThan(35)
    // The withdrawn one has ended, with an answer of nothing at all.
    const [, withdrawn = ''] = numbers
    await until(async () => ((await client.workflow.getHandle(withdrawn).describe()).status.name === 'COMPLETED' ? true : undefined))
  })

  it('is in no history, no description and no list', async () => {
    for (const number of numbers) {
      expect(seenIn(Buffer.from(await historyOf(number, false)), aviary.planted), number).toEqual([])
      const { raw } = await client.workflow.getHandle(number).describe()
      expect(seenIn(Buffer.from(bytesInJson(raw)), aviary.planted), number).toEqual([])
    }
    const listed = await connection.workflowService.listWorkflowExecutions({ namespace: 'default' })
    const ids = (type: string) =>
      (listed.executions ?? []).flatMap((execution) => (execution.type?.name === type ? [execution.execution?.workflowId ?? ''] : []))
    expect(ids('ticket').toSorted()).toEqual(numbers.toSorted())
    // A major incident has opened one, told by nobody but the ticket.
    expect(ids('review')).toHaveLength(1)
    for (const number of ids('review')) expect(seenIn(Buffer.from(await historyOf(number, false)), aviary.planted), number).toEqual([])
    expect(seenIn(Buffer.from(bytesInJson(listed)), aviary.planted)).toEqual([])
  })

  it("is in nothing that the services log, nor in any byte of Temporal's store", () => {
    const log = Buffer.concat(logs.map((file) => readFileSync(file)))
    expect(log.includes(`/api/tickets/${numbers[0]}/complete`)).toBe(true)
    expect(seenIn(log, aviary.planted)).toEqual([])
    const store = storeBytes()
    expect(store.includes(numbers[0] ?? 'a ticket')).toBe(true)
    expect(seenIn(store, aviary.planted)).toEqual([])
  })

  it('would have been found: without the codec it is everywhere', async () => {
    const canary = aviary.hatch('control')
    const utf16 = Buffer.from(canary, 'utf16le')
    await client.workflow.start('ticket', {
      workflowId: 'control',
      taskQueue: 'nobody',
      args: [{ text: canary }, new Uint8Array(utf16), Buffer.from(`…${canary}…`).toString('base64')],
      memo: { note: canary },
      staticSummary: canary,
    })
    const control = aviary.planted.filter(({ where }) => where === 'control')
    expect(seenIn(Buffer.from(await historyOf('control', false)), control)).toHaveLength(1)
    expect(seenIn(Buffer.from(bytesInJson((await client.workflow.getHandle('control').describe()).raw)), control)).toHaveLength(1)
    expect(seenIn(storeBytes(), control)).toHaveLength(1)
    // Each form by itself.
    for (const bytes of [utf16, Buffer.from(utf16).swap16(), ...['', 'a', 'bc'].map((before) => base64Of(`${before}${canary}…`))])
      expect(seenIn(Buffer.concat([Buffer.from('..'), bytes]), control)).toHaveLength(1)
    await client.workflow.getHandle('control').terminate()
  })

  it(
    'stays unread when it stands in a failure, message and stack',
    async () => {
      const canary = aviary.hatch('failure')
      // What follows from an ask, nobody but the workflow writes down.
      await refuseEvents('assigned', canary)
      const idea = {
        profile: 'standard-ticket',
        type: 'suggestion',
        priority: 'medium',
        channel: 'phone',
        title: '建议',
        description: '夜间模式',
      }
      const body = { ...idea, customer: { name: '何俊', phone: '13800138000' }, fields: { expectation: '夜间不刺眼' } }
      const number = numberOf(await personOf('agent').insist('/api/tickets', body))
      const failure = await until(async () => {
        const { raw } = await client.workflow.getHandle(number).describe()
        return raw.pendingActivities?.find(({ lastFailure }) => lastFailure)?.lastFailure ?? undefined
      })
      expect(failure.message).toBe('Encoded failure')
      expect(JSON.stringify(readable(vaultOf([first]), failure))).toContain(canary)
      const planted = aviary.planted.filter(({ where }) => where === 'failure')
      expect(seenIn(Buffer.from(bytesInJson(failure)), planted)).toEqual([])
      expect(seenIn(storeBytes(), planted)).toEqual([])
      await sql`drop trigger refuse on events`.execute(db)
      // What had failed is tried again, and the ticket goes on.
      await until(async () =>
        (await db.selectFrom('events').select('seq').where('process', '=', number).where('type', '=', 'assigned').executeTakeFirst())
          ? true
          : undefined,
      )
    },
    patience.timeout,
  )
})

describe('what Temporal stores', () => {
  it(
    'is told in clear to supervisors, to nobody else',
    async () => {
      const number = await plays(new Set(), {}, [['agent', 'review-intake']])
      const [started] = (await client.workflow.getHandle(number).fetchHistory()).events ?? []
      const payloads = (started?.workflowExecutionStartedEventAttributes?.input?.payloads ?? []).map(({ metadata, data }) => ({
        metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')])),
        data: Buffer.from(data ?? []).toString('base64'),
      }))
      const answer = await personOf('supervisor').try('/api/codec/decode', { payloads })
      const decoded = z.object({ payloads: z.tuple([z.object({ data: z.string() })]) }).parse(answer?.body)
      expect(JSON.parse(Buffer.from(decoded.payloads[0].data, 'base64').toString())).toMatchObject({ id: number, policy: {} })
      for (const role of ['agent', 'engineer', 'quality'] as const) {
        expect(await personOf(role).try('/api/codec/decode', { payloads })).toMatchObject({
          status: 403,
          body: { type: '/problems/wrong-role' },
        })
      }
      const nobody = await fetch(new URL('/api/codec/decode', await api.url()), { method: 'POST', body: '{}' })
      expect(nobody.status).toBe(401)
    },
    patience.timeout,
  )
})

describe('keys', () => {
  it(
    'rotate: a ticket begun with one goes on with a new one in front',
    async () => {
      const number = await plays(new Set(), {}, [['agent', 'review-intake']])
      await startServices([second, first])
      await does('agent', number, 'diagnose')
      const keyIds = [...(await historyOf(number, false)).matchAll(/"encryption-key-id":\["(\w+)"/g)].map(([, id]) => id)
      expect(new Set(keyIds).size).toBe(2)
      expect(await historyOf(number, true, [second, first])).toContain('diagnosed')
    },
    patience.timeout,
  )

  it(
    'lost, stop nothing for ever and not in silence: with the key back the same request is carried out',
    async () => {
      await startServices([first])
      const number = await plays(new Set(), {}, [['agent', 'review-intake']])
      await worker.kill()
      worker = await serviceWith('worker', [second])
      const key = `lost-${number}`
      const answer = await personOf('agent').try(`/api/tickets/${number}/diagnose`, usualInput('diagnose'), key)
      expect(answer).toMatchObject({ status: 504, body: { type: '/problems/outcome-unknown' } })

      const missing = /sealed with a key that BIHUAN_KEY does not hold/
      expect(readFileSync(logs[0] ?? '', 'utf8')).toMatch(missing)
      const { events } = await client.workflow.getHandle(number).fetchHistory()
      const failed = (events ?? []).flatMap(({ workflowTaskFailedEventAttributes }) => workflowTaskFailedEventAttributes?.failure ?? [])
      expect(failed.length).toBeGreaterThan(0)
      expect(JSON.stringify(readable(vaultOf([second]), failed))).toMatch(missing)
      expect((await client.workflow.getHandle(number).describe()).status.name).toBe('RUNNING')

      await worker.kill()
      worker = await serviceWith('worker', [first])
      expect(await personOf('agent').insist(`/api/tickets/${number}/diagnose`, usualInput('diagnose'), key)).toMatchObject({ status: 200 })
    },
    patience.timeout,
  )
})

/** Registers a ticket and plays the steps, with canaries wherever they are taken; its number. */
async function plays(played: Set<string>, registration: Input, path: readonly (readonly [Role, CommandName, Input?])[]): Promise<string> {
  const fixed = { profile: 'tech-support', type: 'software-fault', priority: 'medium', channel: 'phone', ...registration }
  const number = await planted('register', registrationSchema, fixed, (body) => {
    const input = z.looseObject({ customer: z.looseObject({}) }).parse(body)
    const customer = {
      ...input.customer,
      phone: aviary.own('register.customer.phone', `1391${String(Date.now()).slice(-7)}`),
      email: `${aviary.hatch('register.customer.email')}@example.com`,
    }
    return personOf('agent').insist('/api/tickets', { ...input, customer, fields: fieldsOf(fixed.type) })
  })
  for (const [role, command, changes = {}] of path) {
    const { input } = commandNamed(command)
    const known = command === 'finish-task' ? { task: await taskOf(numberOf(number)) } : {}
    await planted(command, input, { ...usualInput(command), ...known, ...changes }, (body) =>
      personOf(role).insist(`/api/tickets/${numberOf(number)}/${command}`, corrected(command, body)),
    )
    played.add(command)
  }
  return numberOf(number)
}

/** Sends an input full of canaries; where the answer says that a field takes none, it goes out as it usually does. */
async function planted(name: string, schema: z.ZodType, keep: Input, send: (body: object) => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const input = z
      .looseObject({})
      .parse(aviary.plantIn(name, schema, keep, (path) => spared.has(path) || keep[path.slice(name.length + 1)] === leftOut))
    const answer = await send(input)
    if (answer.status < 300) return answer
    // Its canaries count all the same: they were given to the API, which logs.
    const { errors } = refusal.parse(answer.body)
    const fields = errors.map(({ path }) => `${name}.${path.replaceAll(/\[\d+\]/g, '[]')}`).filter((path) => !spared.has(path))
    if (answer.status !== 422 || fields.length === 0)
      throw new Error(`${name}: ${JSON.stringify(answer.body)} for ${JSON.stringify(input)}`)
    for (const field of fields) spared.add(field)
  }
}

/** The question that a partly satisfied customer left open. */
async function taskOf(number: string): Promise<number> {
  const found = await db
    .selectFrom('events')
    .select('seq')
    .where('process', '=', number)
    .where('type', '=', 'task-opened')
    .executeTakeFirstOrThrow()
  return found.seq
}

/** A corrected phone or e-mail must be one; what an act asks, its profile says. */
function corrected(command: string, body: object): object {
  if (command === 'record-act') {
    const texts = ['part', 'supplier'].map((id) => [id, aviary.hatch(`record-act.fields.${id}`)])
    return { ...body, fields: { ...Object.fromEntries(texts), expectedAt: '2099-01-01T00:00:00Z' } }
  }
  if (command !== 'correct') return body
  const { customer, ...input } = z.looseObject({ customer: z.looseObject({}) }).parse(body)
  const email = `${aviary.hatch('correct.customer.email')}@example.com`
  return { ...input, customer: { ...customer, phone: aviary.own('correct.customer.phone', '13711112222'), email } }
}

async function does(role: Role, number: string, command: CommandName, changes: Input = {}): Promise<void> {
  const answer = await personOf(role).insist(`/api/tickets/${number}/${command}`, { ...usualInput(command), ...changes })
  expect(answer.status, `${command}: ${JSON.stringify(answer.body)}`).toBe(200)
}

/** The texts of a type's own fields. */
function fieldsOf(type: string): Input {
  const { fields } = [...techSupport.types, ...repairsProfile().types].find(({ id }) => id === type) ?? { fields: [] }
  return Object.fromEntries(fields.filter(({ kind }) => /text/.test(kind)).map(({ id }) => [id, aviary.hatch(`register.fields.${id}`)]))
}

/** The whole history as text, payloads as they are stored or as the key opens them. */
async function historyOf(number: string, opened: boolean, keys: readonly [Buffer, ...Buffer[]] = [first]): Promise<string> {
  const { events } = await client.workflow.getHandle(number).fetchHistory()
  return opened ? JSON.stringify(readable(vaultOf(keys), events)) : bytesInJson(events)
}

/** JSON in which bytes stand both as the text they are and in base64. */
function bytesInJson(value: unknown): string {
  return JSON.stringify(readable(undefined, value))
}

/** All that Temporal keeps on disk. */
function storeBytes(): Buffer {
  return Buffer.concat(
    ['', '-wal', '-shm']
      .map((end) => `${temporal.dbFile}${end}`)
      .filter(existsSync)
      .map((file) => readFileSync(file)),
  )
}

async function startServices(keys: readonly Buffer[]): Promise<void> {
  await Promise.all([worker?.kill(), api?.kill()])
  ;[worker, api] = await Promise.all([serviceWith('worker', keys), serviceWith('api', keys)])
}

function serviceWith(part: 'worker' | 'api', keys: readonly Buffer[]): Promise<Service> {
  const env = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    PORT: '0',
    TEMPORAL_ADDRESS: temporal.address,
    DATABASE_URL: database.url,
    BIHUAN_KEY: keys.map((key) => key.toString('base64')).join(','),
    BIHUAN_DATA: folder,
    LOG_LEVEL: 'trace',
  }
  return startService(part, env, join(folder, `${part}.log`))
}

/** Makes the rows refuse events of a type, as a database in trouble does, with a word in its message. */
async function refuseEvents(type: string, word: string): Promise<void> {
  await sql`create function refuse() returns trigger language plpgsql as ${sql.lit(`begin raise exception 'refused: ${word}'; end`)}`.execute(
    db,
  )
  await sql`create trigger refuse before insert on events for each row when (new.type = ${sql.lit(type)}) execute function refuse()`.execute(
    db,
  )
}

function personOf(role: Role): Person {
  const person = people.get(who[role])
  if (!person) throw new Error(`nobody is ${role}`)
  return person
}

function vaultOf(keys: readonly [Buffer, ...Buffer[]]) {
  return createPayloadVault({ keys, temporalNamespace: 'default' })
}

function numberOf({ body }: Answer): string {
  return z.object({ number: z.string() }).parse(body).number
}

function base64Of(text: string): Buffer {
  return Buffer.from(Buffer.from(text).toString('base64'))
}
