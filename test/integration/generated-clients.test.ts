import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runApi } from '../../api/main.ts'
import { form, openOffice, type Office } from '../support/api.ts'
import { nodeTools, pythonTools, type Tools } from '../support/tools.ts'

/** The OpenAPI document as others use it: linters find nothing, and the clients that generators make of it compile and read a ticket. */

const [node, python] = await Promise.all([nodeTools(), pythonTools()])

let office: Office
let api: Awaited<ReturnType<typeof runApi>>
let folder: string
let environment: Record<string, string>

/** What each client is to say of the ticket: its stage, what it waits for, and what each entry of its log says. */
const read = ['intake', '等日志', 'phone', '已电话联系', '2']

beforeAll(async () => {
  office = await openOffice()
  api = await runApi({ ...office.config, port: 0 }, pino({ level: 'silent' }), { gateway: office.gateway })
  const agent = await office.person('agent-li')
  const { number } = await agent.post('/api/tickets', form)
  await agent.post(`/api/tickets/${number}/note`, { text: '已电话联系' })
  await agent.post(`/api/tickets/${number}/wait`, { for: 'customer', reason: '等日志' })
  environment = { API: api.url, TOKEN: await office.token('agent-li'), NUMBER: number }
  folder = mkdtempSync(join(tmpdir(), 'bihuan-clients-'))
  writeFileSync(join(folder, 'openapi.json'), await (await fetch(`${api.url}/api/openapi.json`)).text())
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  if (node.found) symlinkSync(join(node.bin, '..'), join(folder, 'node_modules'))
})
afterAll(async () => {
  await api.stop()
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

describe.concurrent('of the OpenAPI document', { timeout: 300_000 }, () => {
  it.skipIf(!node.found)(`redocly finds nothing amiss${because(node)}`, async () => {
    expect(await run(tool(node, 'redocly'), ['lint', '--config', pinned('redocly.yaml'), 'openapi.json'])).toContain('valid')
  })

  it.skipIf(!node.found)(`spectral finds nothing amiss${because(node)}`, async () => {
    const args = ['lint', '--ruleset', pinned('spectral.yaml'), '--fail-severity', 'hint', 'openapi.json']
    expect(await run(tool(node, 'spectral'), args)).toContain('No results')
  })

  it.skipIf(!node.found)(`openapi-typescript makes a client that compiles and reads a ticket${because(node)}`, async () => {
    await run(tool(node, 'openapi-typescript'), ['openapi.json', '-o', 'typescript/schema.ts'])
    const said = await compiledAndRun(
      'typescript',
      `import type { components, paths } from './schema.ts'
       type Ticket = paths['/api/tickets/{number}']['get']['responses'][200]['content']['application/json']
       const read = async <T>(path: string): Promise<T> => {
         const answer = await fetch(process.env['API'] + path, { headers: { Authorization: 'Bearer ' + process.env['TOKEN'] } })
         return (await answer.json()) as T
       }
       const ticket = await read<Ticket>('/api/tickets/' + process.env['NUMBER'])
       const stage: components['schemas']['Stage'] = ticket.stage
       const log = await read<components['schemas']['LogPage']>('/api/tickets/' + process.env['NUMBER'] + '/events')
       const said = log.items.map((entry) => (entry.type === 'note' ? entry.text : entry.type === 'submitted' ? entry.channel : String(entry.seq)))
       console.log(JSON.stringify([stage, ticket.waiting?.reason, ...said]))`,
    )
    expect(said).toEqual(read)
  })

  it.skipIf(!node.found)(`hey-api makes a client that does, and whose schemas take what is answered${because(node)}`, async () => {
    const plugins = ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk', 'zod'].map((name) => `'${name}'`).join(', ')
    writeFileSync(join(folder, 'hey.config.mjs'), `export default { input: './openapi.json', output: 'hey', plugins: [${plugins}] }`)
    await run(tool(node, 'openapi-ts'), ['-f', 'hey.config.mjs'])
    const said = await compiledAndRun(
      'hey',
      `import { client } from './client.gen'
       import { listEvents, listNotices, listPeople, listTickets, readOutlook, readProfile, readTicket } from './sdk.gen'
       import { zListNoticesAnswer, zListPeopleAnswer, zLogPage, zOutlook, zReadProfile, zTicket, zTicketPage } from './zod.gen'
       client.setConfig({ baseUrl: process.env['API'] ?? '', auth: process.env['TOKEN'] ?? '', throwOnError: true })
       const path = { number: process.env['NUMBER'] ?? '' }
       const ticket = zTicket.parse((await readTicket({ path })).data)
       const log = zLogPage.parse((await listEvents({ path })).data)
       zOutlook.parse((await readOutlook({ path })).data)
       zTicketPage.parse((await listTickets({ query: { open: true } })).data)
       zListPeopleAnswer.parse((await listPeople()).data)
       zListNoticesAnswer.parse((await listNotices({ query: { limit: 5 } })).data)
       zReadProfile.parse((await readProfile({ path: { id: 'tech-support' } })).data)
       const said = log.items.map((entry) => (entry.type === 'note' ? entry.text : entry.type === 'submitted' ? entry.channel : String(entry.seq)))
       console.log(JSON.stringify([ticket.stage, ticket.waiting?.reason, ...said]))`,
    )
    expect(said).toEqual(read)
  })

  it.skipIf(!python.found)(`openapi-python-client makes a client that does${because(python)}`, async () => {
    const made = ['generate', '--path', 'openapi.json', '--output-path', 'python', '--meta', 'none']
    const said = await run(tool(python, 'openapi-python-client'), made)
    // What it leaves out it says; a document in YAML it leaves out beside the same in JSON.
    expect((said.match(/(?<=WARNING parsing ).*/g) ?? []).toSorted()).toEqual([
      'POST /api/profiles/check within profiles.',
      'PUT /api/calendars/{id} within calendars.',
      'PUT /api/profiles/{id} within profiles.',
    ])
    writeFileSync(
      join(folder, 'read.py'),
      `import importlib, json, os, pkgutil
import python
for module in pkgutil.walk_packages(python.__path__, "python."):
    importlib.import_module(module.name)
from python.client import AuthenticatedClient
from python.api.tickets import list_events, read_ticket
from python.models import NoteEntry, SubmittedEvent, Ticket
client = AuthenticatedClient(base_url=os.environ["API"], token=os.environ["TOKEN"])
ticket = read_ticket.sync(os.environ["NUMBER"], client=client)
assert isinstance(ticket, Ticket), ticket
log = list_events.sync(os.environ["NUMBER"], client=client)
said = [e.text if isinstance(e, NoteEntry) else e.channel if isinstance(e, SubmittedEvent) else str(e.seq) for e in log.items]
print(json.dumps([ticket.stage.value, ticket.waiting.reason, *said]))
`,
    )
    expect(JSON.parse(await run(tool(python, 'python'), ['read.py']))).toEqual(read)
  })
})

/** Runs a tool in the folder of the clients; throws with all it said when it fails. */
async function run(command: string, args: readonly string[]): Promise<string> {
  const { all, exitCode } = await execa(command, args, { cwd: folder, all: true, reject: false, env: environment, timeout: 280_000 })
  if (exitCode !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${exitCode}:\n${all.slice(-6_000)}`)
  return all
}

/** What a program that uses a client says, once the client and it are found to be right TypeScript. */
async function compiledAndRun(client: string, program: string): Promise<unknown> {
  writeFileSync(join(folder, client, 'read.ts'), program)
  const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler']
  const types = ['--allowImportingTsExtensions', '--skipLibCheck', '--types', 'node', '--typeRoots', ours('@types')]
  await run(process.execPath, [ours('typescript/bin/tsc'), ...options, ...types, `${client}/read.ts`])
  return JSON.parse(await run(process.execPath, [ours('tsx/dist/cli.mjs'), `${client}/read.ts`]))
}

function tool(tools: Tools, name: string): string {
  return tools.found ? join(tools.bin, name) : name
}

function because(tools: Tools): string {
  return tools.found ? '' : ` (skipped: ${tools.why})`
}

function pinned(name: string): string {
  return join(import.meta.dirname, '..', 'clients', name)
}

/** Where something is that is installed for the product anyway. */
function ours(path: string): string {
  return join(import.meta.dirname, '../../node_modules', path)
}
