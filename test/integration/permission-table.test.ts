import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inParallel } from '../../runtime/background.ts'
import { roles, type Role } from '../../domain/people.ts'
import { openOffice, rowsOf, type Heard, type Office, type Speaker } from '../support/api.ts'
import { until } from '../support/launcher.ts'
import { isOpenTo, openStages as stages, refusedOnPage, type OpenStage as Stage, type PermissionCode } from '../support/permission-page.ts'
import { techSupport, usual } from '../support/tickets.ts'
import { does, peopleOf, ticket, tries, walkedTo, type CommandName, type Input, type People } from '../support/walk.ts'

/**
 * docs/commands.md says who may do what and when. `test/unit/ticket/permission-table.test.ts` holds the engine to every cell of it;
 * here the API is held to a sample in which every pair of command, stage and role occurs.
 */

const commands = Object.keys(usual).filter(isCommand)
const handlers = ['agent', 'engineer', 'supervisor'] as const
const statuses: Readonly<Record<PermissionCode, number>> = { 'wrong-role': 403, 'not-yours': 403, 'wrong-stage': 409, ended: 409 }

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
  office = await openOffice()
  people = await peopleOf(office)
  free = {
    customer: people.customer,
    agent: people.otherAgent,
    engineer: people.otherEngineer,
    supervisor: people.otherSupervisor,
    'department-lead': people.lead,
    quality: people.quality,
    management: people.management,
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
  it('tries every command in every stage and by every role, and every role in every stage', () => {
    const tried = attempts()
    type Side = 'command' | 'stage' | 'role'
    const pairs = (one: Side, other: Side) => new Set(tried.map((attempt) => `${attempt[one]} ${attempt[other]}`)).size
    expect(pairs('command', 'stage')).toBe(commands.length * stages.length)
    expect(pairs('command', 'role')).toBe(commands.length * roles.length)
    expect(pairs('stage', 'role')).toBe(stages.length * roles.length)
  })

  it('whatever it refuses is refused as it says, and so is what the process finds wrong; neither rows nor tickets change', async () => {
    const before = await everything()
    const wrong: string[] = []
    let refused = 0
    let judged = 0
    await inParallel(8, attempts(), async ({ command, stage, role, holds, number, speaker }) => {
      const expected = refusedOnPage(command, stage, role, holds)
      const where = `${command} in ${stage} by ${role}${holds ? ' who has it' : ''}`
      if (expected !== undefined) {
        const heard = await tries(speaker, number, command)
        refused += 1
        if (codeOf(heard) !== `${statuses[expected]} ${expected}`) wrong.push(`${where}: expected ${expected}, got ${codeOf(heard)}`)
        return
      }
      const bad = refusable(command)
      if (bad === undefined) return
      const heard = await tries(speaker, number, command, bad)
      judged += 1
      if (!domainRefused(heard)) wrong.push(`${where}: allowed by the table, got ${codeOf(heard)}`)
    })
    expect(wrong).toEqual([])
    expect(refused).toBeGreaterThan(300)
    expect(judged).toBeGreaterThan(100)
    expect(await everything()).toEqual(before)
  })

  it("a customer does not even learn that somebody else's ticket exists", async () => {
    const numbers = handlers.flatMap((role) => heldBy.get(`handling ${role}`) ?? [])
    const heard = await inParallel(8, commands, (command) => tries(people.customer, numbers[0] ?? '', command))
    expect(new Set(heard.map(({ status }) => status))).toEqual(new Set([404]))
  })

  it('what it allows, and cannot be refused for what it says, is done: by everybody who may, in one stage each', async () => {
    const wrong: string[] = []
    const done = commands.filter((command) => refusable(command) === undefined)
    // Most commands say something that can be found wrong: where few did, the test above would judge nothing.
    expect(done.length).toBeGreaterThan(5)
    expect(done.length).toBeLessThan(commands.length / 2)
    const cells = done.flatMap((command, at) =>
      roles.flatMap((role, by) => {
        const open = stages.filter((stage) => isOpenTo(role, command, stage))
        const stage = open[(at + by) % open.length]
        return stage ? [{ command, role, stage, own: isOpenTo(role, command, stage) === 'to the holder' }] : []
      }),
    )
    await inParallel(8, cells, async ({ command, role, stage, own }) => {
      // Notes and looks at contacts leave the ticket where it is: any will do. The others need one of their own.
      const harmless = command === 'note' || command === 'reveal'
      const speaker = own && isHandler(role) ? holders[role].speaker : free[role]
      const number = await throwAway({ stage, command, role, own, harmless })
      const heard = await tries(speaker, number, command)
      if (heard.status !== 200) wrong.push(`${command} in ${stage} by ${role}: ${codeOf(heard)} ${heard.detail}`)
    })
    expect(wrong).toEqual([])
    expect(new Set(cells.map(({ stage }) => stage)).size).toBe(stages.length)
    expect(cells.length).toBeGreaterThan(40)
  })

  it('a ticket offers each role what the table says of its stage, but for what would be refused whatever it says', async () => {
    const wrong: string[] = []
    await inParallel(
      8,
      stages.flatMap((stage) => roles.map((role) => ({ stage, role }))),
      async ({ stage, role }) => {
        const number = ofCustomer.get(stage) ?? ''
        const { allowed } = await ticket(free[role], number)
        const expected = commands.filter((command) => {
          const open = isOpenTo(role, command, stage)
          return open === 'to any' || (open === 'to the holder' && role === 'customer')
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
    await office.settled()
    const before = await rowsOf(office.db, { only: 'tickets' })
    const wrong: string[] = []
    const tried = commands.flatMap((command, at) =>
      roles.map((role, by) => ({
        command,
        role,
        ...((at + by) % 2 === 0 ? { number: archived, stage: 'archived' as const } : { number: withdrawn, stage: 'withdrawn' as const }),
      })),
    )
    await inParallel(8, tried, async ({ number, command, role, stage }) => {
      const expected = refusedOnPage(command, stage, role, true)
      const got = codeOf(await tries(free[role], number, command))
      if (expected === undefined || got !== `${statuses[expected]} ${expected}`) wrong.push(`${command} on ${number} by ${role}: ${got}`)
    })
    expect(wrong).toEqual([])
    expect(await rowsOf(office.db, { only: 'tickets' })).toEqual(before)
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

/**
 * Every command by every role, with the ticket in hand and without: in a stage where that is allowed, if there is one, and in one where it
 * is not; and in each stage that nobody came to by that, by somebody.
 */
function attempts(): Attempt[] {
  const callers = [
    ...roles.map((role) => ({ role, holds: role === 'customer', speaker: free[role] })),
    ...handlers.map((role) => ({ role, holds: true, speaker: holders[role].speaker })),
  ]
  return commands.flatMap((command, at) => {
    // Each next caller, and the same one at the next command, is sent to the next stage.
    const sampled = callers.flatMap((caller, by) => {
      const isAllowed = (stage: Stage) => refusedOnPage(command, stage, caller.role, caller.holds) === undefined
      const sides = [stages.filter(isAllowed), stages.filter((stage) => !isAllowed(stage))]
      return sides.flatMap((side) =>
        side
          .slice((at + by) % Math.max(1, side.length))
          .slice(0, 1)
          .map((stage) => ({ caller, stage })),
      )
    })
    const left = stages.filter((stage) => !sampled.some((one) => one.stage === stage))
    const rest = left.flatMap((stage, by) =>
      callers
        .slice((at + by) % callers.length)
        .slice(0, 1)
        .map((caller) => ({ caller, stage })),
    )
    return [...sampled, ...rest].map(({ caller: { role, holds, speaker }, stage }) => {
      const number = role === 'customer' ? ofCustomer.get(stage) : heldBy.get(`${stage} ${holds && isHandler(role) ? role : 'engineer'}`)
      return { command, stage, role, holds, number: number ?? '', speaker }
    })
  })
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
    case 'add-helper':
    case 'remove-helper':
      return { helper: 'nobody' }
    case 'hand-up':
      return { team: 'nobody' }
    case 'answer-query':
    case 'close-intervention':
    case 'report-milestone':
    case 'move-milestone':
    case 'drop-milestone':
      return {}
    case 'record-coordination':
      return { duties: [{ department: 'nobody', duty: '核对' }] }
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
    case 'link-customer':
      return { entry: 'C0000000000000000' }
    case 'reclassify':
      return { type: 'software-fault' }
    case 'correct':
      return { customer: undefined }
    case 'record-act':
      return {}
    case 'claim':
    case 'release':
    case 'accept':
    case 'confirm-priority':
    case 'urge':
    case 'query':
    case 'intervene':
    case 'declare-major':
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
      '409 no-own-acts',
      '409 no-review-meeting',
      '409 already-held',
      '409 no-change-pending',
      '409 callback-finished',
      '409 article-finished',
      '409 no-task',
      '409 no-helper',
      '409 no-query',
      '409 no-milestone',
      '409 no-intervention',
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

/** All rows, and what each ticket's process knows. */
async function everything() {
  await office.settled()
  const numbers = [...heldBy.values(), ...ofCustomer.values()].toSorted()
  return {
    rows: await rowsOf(office.db, { only: 'tickets' }),
    processes: await Promise.all(numbers.map((number) => office.gateway.batch(number, 0))),
  }
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}

function isHandler(role: Role): role is (typeof handlers)[number] {
  return handlers.some((one) => one === role)
}
