import { setTimeout as sleep } from 'node:timers/promises'
import { readFile } from 'node:fs/promises'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inParallel } from '../../runtime/background.ts'
import { roles, type Role } from '../../domain/people.ts'
import { openOffice, rowsOf, type Heard, type Office, type Speaker } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { techSupport, usual } from '../support/tickets.ts'
import { does, peopleOf, ticket, tries, walkedTo, type CommandName, type Input, type People } from '../support/walk.ts'

/** docs/commands.md says who may do what and when; this holds the API to it, cell by cell. */

const stages = ['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const
type Stage = (typeof stages)[number]
const letters: Readonly<Record<Role, string>> = {
  customer: 'C',
  agent: 'A',
  engineer: 'E',
  supervisor: 'S',
  'department-lead': 'D',
  quality: 'Q',
  admin: 'X',
  service: 'M',
}
/** Some two thousand requests take their time on a busy machine. */
const patient = 180_000
const commands = Object.keys(usual).filter(isCommand)
const handlers = ['agent', 'engineer', 'supervisor'] as const

/** The page's table: the letters in each cell. */
const table = new Map<string, string>()
/** The page's matrix: roles that may at all, whatever the stage. */
const matrix = new Map<string, string>()

let office: Office
let people: People
/** For each role somebody who has nothing in hand, and for each handling role somebody who has the ticket of that stage. */
let free: Readonly<Record<Role, Speaker>>
let holders: Readonly<Record<(typeof handlers)[number], { readonly id: string; readonly speaker: Speaker }>>
/** In every stage a ticket for each who may hold it: registered by an agent. */
const heldBy = new Map<string, string>()
/** In every stage one that the customer registered, in an engineer's hands once somebody can have it. */
const ofCustomer = new Map<Stage, string>()

beforeAll(async () => {
  readPage(await readFile('docs/commands.md', 'utf8'))
  office = await openOffice()
  people = await peopleOf(office)
  free = {
    customer: people.customer,
    agent: people.otherAgent,
    engineer: people.otherEngineer,
    supervisor: people.otherSupervisor,
    'department-lead': people.lead,
    quality: people.quality,
    admin: people.admin,
    service: people.service,
  }
  holders = {
    agent: { id: 'agent-li', speaker: people.agent },
    engineer: { id: 'engineer-wang', speaker: people.engineer },
    supervisor: { id: 'supervisor-zhang', speaker: people.supervisor },
  }
  const walks = stages.flatMap((stage) => [
    ...handlers.map((role) => async () => void heldBy.set(`${stage} ${role}`, await heldTicket(stage, role))),
    async () => void ofCustomer.set(stage, await walkedTo(stage, people, { registrar: people.customer })),
  ])
  await inParallel(8, walks, (walk) => walk())
  await office.settled()
})
afterAll(() => office.close())

describe('docs/commands.md: stage × command × role, through the API', () => {
  it('has every command in both tables', () => {
    expect([...table.keys()].toSorted()).toEqual(commands.flatMap((command) => stages.map((stage) => `${command} ${stage}`)).toSorted())
    expect([...matrix.keys()].toSorted()).toEqual(commands.toSorted())
    expect([...table.values()].join('')).toMatch(/^[CAESDQXMcaesdqxm]+$/)
  })

  it(
    'whatever it refuses is refused as it says, and so is what the process finds wrong; neither rows nor histories change',
    async () => {
      // What was done in quick succession is told to Temporal when that is over.
      await sleep(6_000)
      const before = await everything()
      const wrong: string[] = []
      let refused = 0
      let judged = 0
      await inParallel(8, attempts(), async ({ command, stage, role, holds, number, speaker }) => {
        const expected = expectedCode(command, stage, role, holds)
        const where = `${command} in ${stage} by ${role}${holds ? ' who has it' : ''}`
        if (expected !== undefined) {
          const heard = await tries(speaker, number, command)
          refused += 1
          if (codeOf(heard) !== expected) wrong.push(`${where}: expected ${expected}, got ${codeOf(heard)}`)
          return
        }
        const bad = refusable(command)
        if (bad === undefined) return
        const heard = await tries(speaker, number, command, bad)
        judged += 1
        if (!domainRefused(heard)) wrong.push(`${where}: allowed by the table, got ${codeOf(heard)}`)
      })
      expect(wrong).toEqual([])
      // All of the table, not a corner of it.
      expect(refused).toBeGreaterThan(1500)
      expect(judged).toBeGreaterThan(350)
      expect(await everything()).toEqual(before)
    },
    patient,
  )

  it("a customer does not even learn that somebody else's ticket exists", async () => {
    const numbers = handlers.flatMap((role) => heldBy.get(`handling ${role}`) ?? [])
    const heard = await inParallel(8, commands, (command) => tries(people.customer, numbers[0] ?? '', command))
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([404]))
  })

  it(
    'what it allows, and cannot be refused for what it says, is done',
    async () => {
      const wrong: string[] = []
      const done = commands.filter((command) => refusable(command) === undefined)
      expect(done.toSorted()).toEqual(['accept', 'claim', 'confirm-priority', 'note', 'release', 'reopen', 'reveal', 'urge', 'withdraw'])
      // Notes and looks at contacts leave the ticket where it is: any will do. The others need one of their own.
      const cells = done.flatMap((command) =>
        stages.flatMap((stage) => [...(table.get(`${command} ${stage}`) ?? '')].map((letter) => ({ command, stage, letter }))),
      )
      await inParallel(8, cells, async ({ command, stage, letter }) => {
        const role = roles.find((one) => letters[one] === letter.toUpperCase())
        if (!role) throw new Error(`the page knows no ${letter}`)
        const own = letter !== letter.toUpperCase()
        const harmless = command === 'note' || command === 'reveal'
        const speaker = own && isHandler(role) ? holders[role].speaker : free[role]
        const number = await throwAway({ stage, command, role, own, harmless })
        const heard = await tries(speaker, number, command)
        if (heard.status !== 200) wrong.push(`${command} in ${stage} by ${role}: ${codeOf(heard)} ${heard.detail}`)
      })
      expect(wrong).toEqual([])
      expect(cells.length).toBeGreaterThan(100)
    },
    patient,
  )

  it('a ticket offers each role what the table says of its stage, but for what would be refused whatever it says', async () => {
    const wrong: string[] = []
    await inParallel(
      8,
      stages.flatMap((stage) => roles.map((role) => ({ stage, role }))),
      async ({ stage, role }) => {
        const number = ofCustomer.get(stage) ?? ''
        const { allowed } = await ticket(free[role], number)
        const letter = letters[role]
        const expected = commands.filter((command) => {
          const cell = table.get(`${command} ${stage}`) ?? ''
          return cell.includes(letter) || (role === 'customer' && cell.includes('c'))
        })
        const told = z.array(z.string()).parse(allowed)
        if (told.some((command) => !expected.some((one) => one === command))) wrong.push(`${stage} ${role}: ${told.join()}`)
        for (const command of expected.filter((one) => !told.includes(one))) {
          const heard = await tries(free[role], number, command)
          if (heard.status !== 409) wrong.push(`${command} in ${stage} by ${role}: not offered, got ${codeOf(heard)}`)
        }
      },
    )
    expect(wrong).toEqual([])
  })

  it('a ticket that has ended, archived or withdrawn, takes no command from anybody', async () => {
    // Archived as soon as it is closed and called back.
    const brief = stringify({ ...techSupport, id: 'brief', reopeningWindow: 'PT1S', number: { pattern: 'BF{yyyyMMdd}{serial:3}' } })
    expect((await people.admin.send('PUT', '/api/profiles/brief', brief, { 'Content-Type': 'application/yaml' })).status).toBe(201)
    const archived = await walkedTo('follow-up', people, { registrar: people.customer, form: { profile: 'brief' } })
    await does(people.agent, archived, 'callback')
    await does(people.engineer, archived, 'file-article')
    await until(async () => ((await ticket(people.agent, archived))['stage'] === 'archived' ? true : undefined))
    const withdrawn = await walkedTo('handling', people, { registrar: people.customer })
    await does(people.customer, withdrawn, 'withdraw')
    const before = await rowsOf(office.db)
    const wrong: string[] = []
    const tried = [archived, withdrawn].flatMap((number) => commands.flatMap((command) => roles.map((role) => ({ number, command, role }))))
    await inParallel(8, tried, async ({ number, command, role }) => {
      const expected = (matrix.get(command) ?? '').includes(letters[role]) ? '409 ended' : '403 wrong-role'
      const got = codeOf(await tries(free[role], number, command))
      if (got !== expected) wrong.push(`${command} on ${number} by ${role}: ${got}`)
    })
    expect(wrong).toEqual([])
    expect(await rowsOf(office.db)).toEqual(before)
  })
})

interface Attempt {
  readonly command: CommandName
  readonly stage: Stage
  readonly role: Role
  /** Whether the caller has the ticket in hand, or as a customer registered it. */
  readonly holds: boolean
  readonly number: string
  readonly speaker: Speaker
}

/** Every command in every stage by every role, with the ticket in hand and without. */
function attempts(): Attempt[] {
  return stages.flatMap((stage) =>
    commands.flatMap((command) => [
      ...roles.map((role) => ({
        command,
        stage,
        role,
        holds: role === 'customer',
        number: (role === 'customer' ? ofCustomer.get(stage) : heldBy.get(`${stage} engineer`)) ?? '',
        speaker: free[role],
      })),
      ...handlers.map((role) => ({
        command,
        stage,
        role,
        holds: true,
        number: heldBy.get(`${stage} ${role}`) ?? '',
        speaker: holders[role].speaker,
      })),
    ]),
  )
}

/** What the page says will come of it; undefined: allowed. */
function expectedCode(command: CommandName, stage: Stage, role: Role, holds: boolean): string | undefined {
  const letter = letters[role]
  if (!(matrix.get(command) ?? '').includes(letter)) return '403 wrong-role'
  const cell = table.get(`${command} ${stage}`) ?? ''
  if (cell === '') return '409 wrong-stage'
  if (cell.includes(letter)) return undefined
  expect(cell, `${command} in ${stage} by ${role}`).toContain(letter.toLowerCase())
  return holds ? undefined : '403 not-yours'
}

/** A change to the usual input with which a command passes the form, but not the process; undefined where there is none. */
function refusable(command: CommandName): Input | undefined {
  const ahead = new Date(Date.now() + 3_600_000).toISOString()
  switch (command) {
    case 'supplement':
      return { text: undefined }
    case 'review-intake':
      return { complete: false }
    case 'diagnose':
      return { module: '问题' }
    case 'record-review-meeting':
      return { priority: 'none' }
    case 'assign':
    case 'reassign':
      return { assignee: 'nobody' }
    case 'hand-over':
      return { to: 'nobody' }
    case 'plan':
      return { estimatedFinishAt: '2020-01-01T00:00:00Z' }
    case 'update-progress':
    case 'callback':
    case 'contact':
      return { occurredAt: ahead }
    case 'wait':
      return { for: 'nobody' }
    case 'resume':
      return {}
    case 'request-priority-change':
      return { priority: 'none' }
    case 'decide-priority-change':
      return {}
    case 'defer':
      return { newDueAt: '2020-01-01T00:00:00Z' }
    case 'file-article':
      return { article: undefined }
    case 'complete':
      return { tags: ['问题'] }
    case 'verify':
      return { sideEffectsChecked: false }
    case 'confirm':
      return { channel: 'fax' }
    case 'finish-task':
      return { task: 999 }
    case 'close':
      return { satisfaction: undefined }
    case 'correct':
      return { customer: undefined }
    case 'claim':
    case 'release':
    case 'accept':
    case 'confirm-priority':
    case 'urge':
    case 'reopen':
    case 'withdraw':
    case 'note':
    case 'reveal':
      return undefined
  }
}

/** Judged by the process, past role and stage. */
function domainRefused(heard: Heard): boolean {
  return (
    heard.status === 422 ||
    [
      '409 not-waiting',
      '409 no-review-meeting',
      '409 already-held',
      '409 no-change-pending',
      '409 callback-finished',
      '409 article-finished',
      '409 no-task',
      '409 urged-already',
    ].includes(codeOf(heard))
  )
}

function codeOf({ status, body }: Heard): string {
  return `${status} ${z.string().catch('done').parse(body['type']).replace('/problems/', '')}`
}

/** A ticket of its own in which a command is possible for the role. */
async function throwAway(cell: { stage: Stage; command: CommandName; role: Role; own: boolean; harmless: boolean }): Promise<string> {
  const { stage, command, role, own, harmless } = cell
  if (role === 'customer') return walkedTo(stage, people, { registrar: people.customer })
  if (harmless) return heldBy.get(`${stage} ${own && isHandler(role) ? role : 'engineer'}`) ?? ''
  if (command === 'claim') return walkedTo('assignment', people)
  return heldTicket(stage, own && isHandler(role) ? role : 'engineer')
}

/** A ticket in a stage that somebody of the role has in hand, from the start on. */
async function heldTicket(stage: Stage, role: (typeof handlers)[number]): Promise<string> {
  const handler = holders[role]
  return walkedTo(stage, people, { handler, form: { assignee: handler.id } })
}

/** All rows, and what stands in each ticket's history. Workflow tasks are left out: a busy server times some out and schedules others. */
async function everything() {
  const numbers = [...heldBy.values(), ...ofCustomer.values()].toSorted()
  const histories = await inParallel(8, numbers, async (number) => {
    const { events } = await office.temporal.client.workflow.getHandle(number).fetchHistory()
    const types = z.array(z.object({ eventType: z.string() })).parse(JSON.parse(JSON.stringify(events)))
    return [number, ...types.map(({ eventType }) => eventType).filter((type) => !type.startsWith('EVENT_TYPE_WORKFLOW_TASK_'))]
  })
  return { rows: await rowsOf(office.db), histories }
}

/** Letters of the stage table as they stand; of the matrix, ● and ○ alike as the role's letter. */
function readPage(page: string): void {
  for (const [, heading = '', text = ''] of page.matchAll(/^## (.+)\n([\s\S]*?)(?=^## |$(?![\s\S]))/gm)) {
    for (const [, command = '', rest = ''] of text.matchAll(/^\| `([\w-]+)` \|(.*)\|$/gm)) {
      const cells = rest.split('|').map((cell) => cell.trim())
      if (heading === 'In which stages, by whom')
        for (const [at, stage] of stages.entries()) table.set(`${command} ${stage}`, cells[at] ?? '')
      if (heading === 'Who may')
        matrix.set(
          command,
          roles
            .filter((_, at) => cells[at] !== '')
            .map((role) => letters[role])
            .join(''),
        )
    }
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}

function isHandler(role: Role): role is (typeof handlers)[number] {
  return handlers.some((one) => one === role)
}
