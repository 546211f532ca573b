import { join } from 'node:path'
import { Worker } from '@temporalio/worker'
import { sql } from 'kysely'
import { pino } from 'pino'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../db/connect.ts'
import { insertAbsence } from '../../db/absences.ts'
import { putPerson, putTeam } from '../../db/people.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Role } from '../../domain/people.ts'
import { createDataConverter } from '../../runtime/payload-codec.ts'
import { workflowBundle } from '../../worker/bundle.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { until } from '../support/launcher.ts'
import { techSupport } from '../support/tickets.ts'
import { does, english, log, noticesOf, peopleOf, registered, ticket, tw, walksOn, zh, type Input, type People } from '../support/walk.ts'

/** What tickets ask of the world, from the form to the answer: who can take them (S7), and who their customer is (S4). */

let office: OfficeOnTemporal
let people: People

const label = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })
const [softwareFault] = techSupport.types

/** A service desk: whoever can gets it at once, and customers are known. */
const desk = {
  ...techSupport,
  id: 'desk',
  number: { pattern: 'DK{yyyyMMdd}{serial:3}' },
  begins: 'assignment',
  dispatch: { mode: 'automatic' },
  types: [
    ...techSupport.types.map((type) => ({ ...type, skills: type.id === 'hardware-fault' ? ['hardware', 'network'] : [] })),
    { ...softwareFault, id: 'complaint', label: label('投诉'), team: 'tech-support', fields: [] },
  ],
  priorities: techSupport.priorities.map((priority) => ({ ...priority, reviewMeeting: false })),
  // What triage has reviewed is never, where tickets begin after it.
  clocks: techSupport.clocks.filter(({ starts }) => !starts.includes('review-called')),
  customerTags: [
    {
      id: 'frequent-complaint',
      label: { 'zh-CN': '高频投诉客户', 'zh-TW': '高頻投訴客戶', en: 'Complains often' },
      when: { types: ['complaint'] },
    },
    {
      id: 'vip',
      label: { 'zh-CN': 'VIP客户', 'zh-TW': 'VIP客戶', en: 'VIP customer' },
      accounts: ['HAIOU-01', '13900139000', 'customer-he'],
    },
  ],
}
/** The technical support as it is, but whoever can gets it. */
const support = { ...techSupport, id: 'support', number: { pattern: 'AS{yyyyMMdd}{serial:3}' }, dispatch: { mode: 'automatic' } }

beforeAll(async () => {
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  for (const profile of [desk, support]) {
    const put = await people.admin.send('PUT', `/api/profiles/${profile.id}`, stringify(profile), { 'Content-Type': 'application/yaml' })
    if (put.status !== 201) throw new Error(`the profile is refused: ${JSON.stringify(put.body)}`)
  }
})
afterAll(() => office.close())

describe('S7: automatic dispatch', () => {
  it('S7, T6: by skill, whatever the load; the record shows who came into question, and the assignee hears the deadline', async () => {
    await crew('skilled', { ana: ['hardware', 'network'], bo: ['hardware'], cem: [] })
    for (const nth of [0, 1, 2]) {
      const number = await atDesk({ team: 'skilled', type: 'hardware-fault' })
      expect(await assigneeOf(number)).toBe('ana')
      expect((await log(people.agent, number)).at(-1)).toMatchObject({
        type: 'assigned',
        manner: 'dispatched',
        actor: 'system',
        assignee: 'ana',
        insteadOf: null,
        team: 'skilled',
        candidates: [
          { assignee: 'ana', skills: 2, inHand: nth },
          { assignee: 'bo', skills: 1, inHand: 0 },
          { assignee: 'cem', skills: 0, inHand: 0 },
        ],
      })
      expect(await noticesOf(office, number)).toContainEqual({
        seq: 2,
        kind: 'ticket-assigned',
        recipientKind: 'person',
        recipientId: 'ana',
        params: { number, dueAt: expect.stringMatching(/T10:00:00.000Z$/) },
      })
      expect(await ledger(number)).toEqual([{ manner: 'dispatched', assignee: 'ana', team: 'skilled', previous: null, by: 'system' }])
    }
  })

  it('S7: by load where skills say nothing, also when many come at once', async () => {
    await crew('equal', { dan: [], eva: [], fay: [] })
    const numbers = await Promise.all(Array.from({ length: 12 }, () => atDesk({ team: 'equal' })))
    const assignees = await Promise.all(numbers.map(assigneeOf))
    for (const one of ['dan', 'eva', 'fay']) expect(assignees.filter((assignee) => assignee === one)).toHaveLength(4)
    // Who has finished some is next.
    const done = numbers.filter((_, at) => assignees[at] === 'eva').slice(0, 2)
    for (const number of done) await does(people.agent, number, 'withdraw')
    expect(await assigneeOf(await atDesk({ team: 'equal' }))).toBe('eva')
  })

  it('S7: of two alike, whoever had the last ticket longer ago', async () => {
    await crew('alike', { gus: [], hal: [] })
    const first = await atDesk({ team: 'alike' })
    expect(await assigneeOf(first)).toBe('gus')
    await does(people.agent, first, 'withdraw')
    const second = await atDesk({ team: 'alike' })
    expect(await assigneeOf(second)).toBe('hal')
    await does(people.agent, second, 'withdraw')
    expect(await assigneeOf(await atDesk({ team: 'alike' }))).toBe('gus')
  })

  it('S7, X8: passes over who is absent; a deputy stands in where nobody present is as skilled, and it says for whom', async () => {
    await crew('away', { ida: ['hardware', 'network'], jon: ['hardware', 'network'], kim: [] })
    await absent('ida', 'kim')
    expect(await assigneeOf(await atDesk({ team: 'away', type: 'hardware-fault' }))).toBe('jon')
    await absent('jon', null)
    const number = await atDesk({ team: 'away', type: 'hardware-fault' })
    expect(await assigneeOf(number)).toBe('kim')
    expect((await log(people.agent, number)).at(-1)).toMatchObject({
      insteadOf: 'ida',
      candidates: [
        { assignee: 'kim', insteadOf: 'ida', skills: 2 },
        { assignee: 'kim', insteadOf: null, skills: 0 },
      ],
    })
  })

  it('S7, X8: a deputy who is away passes it on to theirs; where all are away it waits in the queue', async () => {
    await crew('chain', { uma: ['hardware'] })
    await crew('beside-chain', { vic: [], wes: [] })
    await absent('uma', 'vic')
    await absent('vic', 'wes')
    const number = await atDesk({ team: 'chain', type: 'hardware-fault' })
    expect(await assigneeOf(number)).toBe('wes')
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ assignee: 'wes', insteadOf: 'uma', candidates: [{ skills: 1 }] })
    await absent('wes', 'uma')
    const waiting = await atDesk({ team: 'chain' })
    await until(async () => ((await log(people.agent, waiting)).length > 1 ? true : undefined))
    expect((await log(people.agent, waiting)).at(-1)).toMatchObject({ manner: 'dispatched', assignee: null, candidates: [] })
  })

  it('S7: supervisors only when nobody else can; never who handles no tickets, who left, or who is of another team', async () => {
    await crew('thin', { leo: ['hardware'] }, { mia: 'supervisor', ned: 'department-lead' })
    await putPerson(office.db, { ...person('gone', ['hardware']), active: false, teams: ['thin'] })
    expect(await assigneeOf(await atDesk({ team: 'thin' }))).toBe('leo')
    await absent('leo', null)
    const number = await atDesk({ team: 'thin' })
    expect(await assigneeOf(number)).toBe('mia')
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ candidates: [{ assignee: 'mia' }] })
  })

  it('S7, S9: with nobody it waits in the queue, where it can be claimed, and the lead of the team hears of it', async () => {
    await crew('nobody', { oda: [], pia: [] })
    await absent('oda', 'pia')
    await absent('pia', null)
    const number = await atDesk({ team: 'nobody' })
    await until(async () => ((await log(people.agent, number)).length > 1 ? true : undefined))
    expect((await log(people.agent, number)).at(-1)).toMatchObject({ manner: 'dispatched', assignee: null, candidates: [] })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', assignee: null, team: 'nobody' })
    expect((await noticesOf(office, number)).at(-1)).toMatchObject({
      kind: 'ticket-queued',
      recipientKind: 'role',
      recipientId: 'lead@nobody',
      params: { number },
    })
    const queue = await people.agent.get('/api/queues/nobody')
    expect(queue.items).toMatchObject([{ number }])
    expect((await does(people.engineer, number, 'claim')).events).toMatchObject([{ manner: 'claimed', assignee: 'engineer-wang' }])
  })

  it('S9, S7: who claims it first has it: the answer comes too late and changes nothing', async () => {
    await crew('slow', { quin: [] })
    const other = connect(office.config.databaseUrl, { poolSize: 1 })
    const number = await other.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtextextended('dispatch', 0))`.execute(trx)
      const taken = await atDesk({ team: 'slow' })
      // It is being looked into, and yet nobody has to wait.
      await does(people.engineer, taken, 'claim')
      return taken
    })
    await other.destroy()
    await answeredAll(number)
    expect(await ticket(people.agent, number)).toMatchObject({ assignee: 'engineer-wang', version: 2 })
    expect(await ledger(number)).toMatchObject([{ manner: 'claimed' }])
  })

  it('S7: after triage as well; given back, it is offered to all; sent to another team, it is dispatched there', async () => {
    await crew('first', { rex: [] })
    await crew('second', { sue: [] })
    const number = await registered(people.agent, { profile: 'support', team: 'first' })
    await walksOn(number, 'intake', 'triage', people)
    expect(await ledger(number)).toEqual([])
    await does(people.agent, number, 'diagnose')
    expect(await assigneeOf(number)).toBe('rex')
    await does(people.supervisor, number, 'release', { reason: '周末无人' })
    await answeredAll(number)
    expect(await ticket(people.agent, number)).toMatchObject({ assignee: null })
    await does(people.supervisor, number, 'assign', { assignee: undefined, team: 'second' })
    expect(await assigneeOf(number)).toBe('sue')
    expect((await ledger(number)).map(({ manner }) => manner)).toEqual(['dispatched', 'released', 'assigned', 'dispatched'])
  })

  it('S7: whoever is named at creation gets it, and where people assign nothing is asked', async () => {
    const named = await atDesk({ assignee: 'engineer-chen' })
    const manual = await registered(people.agent)
    for (const number of [named, manual]) expect((await activities(number)).filter((name) => name.includes('dispatch'))).toEqual([])
    expect(await ticket(people.agent, named)).toMatchObject({ stage: 'assignment', assignee: 'engineer-chen' })
    expect(await activities(manual)).toEqual([])
  })
})

describe('S4: customer tags', () => {
  const complaint = { type: 'complaint', team: 'equal' }

  it('S4: the third complaint in 90 days makes it 高频投诉客户, however the customer is known; other tickets count nothing', async () => {
    const customers = [
      { name: '孙女士', email: 'sun@example.com', account: 'sun-7' },
      { name: '孙小姐', phone: '+86 137-0013-7001' },
      { name: '孙女士', phone: '13700137001', account: 'sun-7' },
    ]
    expect(await tagsOf(await atDesk({ team: 'equal', customer: customers[0] }))).toEqual([])
    expect(await tagsOf(await atDesk({ ...complaint, customer: customers[0] }))).toEqual([])
    expect(await tagsOf(await atDesk({ ...complaint, customer: customers[1] }))).toEqual([])
    const third = await atDesk({ ...complaint, customer: customers[2] })
    expect(await tagsOf(third)).toEqual(['高频投诉客户'])
    expect(await ticket(people.agent, third, tw)).toMatchObject({ tags: ['高頻投訴客戶'] })
    expect(await ticket(people.agent, third, english)).toMatchObject({ tags: ['Complains often'] })
    // A question of theirs shows it too; an old complaint does not count any more.
    expect(await tagsOf(await atDesk({ team: 'equal', customer: customers[2] }))).toEqual(['高频投诉客户'])
    await office.db
      .updateTable('tickets')
      .set({ submittedAt: instantOf(Date.now() - 91 * 86_400_000) })
      .where('type', '=', 'complaint')
      .where('number', '<>', third)
      .execute()
    expect(await tagsOf(await atDesk({ team: 'equal', customer: customers[2] }))).toEqual([])
  })

  it("S4: an account of the profile's list makes it VIP客户, also when they call without naming it", async () => {
    expect(await tagsOf(await atDesk({ customer: { name: '李总', account: 'haiou-01', phone: '13600136001' } }))).toEqual(['VIP客户'])
    expect(await tagsOf(await atDesk({ customer: { name: '李总', phone: '13600136001' } }))).toEqual(['VIP客户'])
    // The list may name a phone.
    expect(await tagsOf(await atDesk({ customer: { name: '王总', phone: '139 0013 9000' } }))).toEqual(['VIP客户'])
    expect(await tagsOf(await atDesk({ customer: { name: '李先生', phone: '13600136002' } }))).toEqual([])
  })

  it('S4, T15: lists find it by label or id, and the solution adds its own tags', async () => {
    const number = await atDesk({
      team: 'equal',
      assignee: 'engineer-wang',
      customer: { name: '赵总', account: 'HAIOU-01', phone: '13500135001' },
    })
    expect(await tagsOf(number)).toEqual(['VIP客户'])
    await does(people.engineer, number, 'accept')
    await does(people.engineer, number, 'complete')
    expect(await ticket(people.agent, number, zh)).toMatchObject({ tags: ['VIP客户', '订单保存'] })
    for (const tag of ['vip', 'VIP客户', 'VIP customer', '订单保存']) {
      const list = await people.agent.get(`/api/tickets?limit=200&tag=${encodeURIComponent(tag)}`)
      expect(
        list.items.map((item) => item['number']),
        tag,
      ).toContain(number)
    }
    const none = await people.agent.get(`/api/tickets?tag=${encodeURIComponent('VIP')}`)
    expect(none.items).toEqual([])
  })

  it('S4: the customer sees nothing of it', async () => {
    const number = await registered(people.customer, { profile: 'desk' })
    expect(await tagsOf(number)).toEqual(['VIP客户'])
    expect(await ticket(people.customer, number)).toMatchObject({ tags: [] })
    expect((await log(people.customer, number)).map(({ type }) => type)).toEqual(['submitted'])
    const mine = await people.customer.get('/api/tickets')
    expect(mine.items).toMatchObject([{ number, tags: [] }])
  })

  it('S4, X8: a corrected contact makes it another customer, whose tags it then shows', async () => {
    const number = await atDesk({ customer: { name: '周先生', phone: '13900139000' } })
    expect(await tagsOf(number)).toEqual(['VIP客户'])
    await does(people.agent, number, 'correct', { reason: '号码记错', customer: { phone: '13400134001' } })
    await until(async () => ((await log(people.agent, number)).at(-1)?.type === 'customer-tagged' ? true : undefined))
    expect(await tagsOf(number)).toEqual([])
  })
})

describe('X8: what a ticket asks', () => {
  it('X8: is nobody else to answer: the answers are no routes', async () => {
    const number = await atDesk({ assignee: 'engineer-wang' })
    for (const command of ['dispatch', 'tag-customer'])
      expect((await people.admin.post(`/api/tickets/${number}/${command}`, { tags: [], team: 'x', candidates: [] })).status).toBe(404)
    expect((await ticket(people.admin, number))['allowed']).not.toContain('dispatch')
  })

  it('S4, S7: both at its birth cost one lookup each and one writing', async () => {
    const number = await atDesk({ team: 'equal', customer: { name: '钱总', account: 'HAIOU-01', phone: '13300133001' } })
    await assigneeOf(number)
    expect(await tagsOf(number)).toEqual(['VIP客户'])
    expect((await activities(number)).map((name) => name.replace(/ .*/, '')).toSorted()).toEqual([
      'answerTicket',
      'answerTicket',
      'projectTicket',
    ])
  })

  it('X8: every history of this office replays', async () => {
    const bundle = await workflowBundle(join(office.config.dataDir, 'cache'), pino({ level: 'silent' }))
    let replayed = 0
    for await (const { workflowId, error } of Worker.runReplayHistories(
      { workflowBundle: bundle, dataConverter: createDataConverter(office.config) },
      office.temporal.client.workflow.list().intoHistories(),
    )) {
      expect(error, workflowId).toBeUndefined()
      replayed += 1
    }
    expect(replayed).toBeGreaterThan(30)
  }, 120_000)
})

async function atDesk(changes: Input): Promise<string> {
  return registered(people.agent, { profile: 'desk', type: 'usage-question', ...changes })
}

/** Who has it, as soon as somebody has. */
async function assigneeOf(number: string): Promise<unknown> {
  return until(async () => (await ticket(people.agent, number))['assignee'] ?? undefined)
}

/** The tags of a ticket, once it has learnt what it asked. */
async function tagsOf(number: string): Promise<unknown> {
  await answeredAll(number)
  return (await ticket(people.agent, number, zh))['tags']
}

/** Waits until a ticket's workflow runs and nothing of it is under way. */
async function answeredAll(number: string): Promise<void> {
  await office.settled()
  await until(async () => {
    const handle = office.temporal.client.workflow.getHandle(number)
    const { raw } = await handle.describe()
    return (raw.pendingActivities ?? []).length === 0 && !raw.pendingWorkflowTask && raw.workflowExecutionInfo?.historyLength?.gt(3)
      ? true
      : undefined
  })
}

/** Activities a ticket's workflow has scheduled, with what they were given. */
async function activities(number: string): Promise<string[]> {
  await answeredAll(number)
  const { events } = await office.temporal.client.workflow.getHandle(number).fetchHistory()
  return (events ?? []).flatMap(({ activityTaskScheduledEventAttributes: activity }) =>
    activity
      ? [
          `${activity.activityType?.name} ${activity.input?.payloads?.map((payload) => Buffer.from(office.vault.open(payload, number).data ?? []).toString('utf8')).join()}`,
        ]
      : [],
  )
}

async function ledger(number: string) {
  return office.db
    .selectFrom('assignments')
    .select(['manner', 'assignee', 'team', 'previous', 'by'])
    .where('process', '=', number)
    .orderBy('seq')
    .execute()
}

/** A team of its own for a test, led by nobody of it. */
async function crew(
  team: string,
  engineers: Readonly<Record<string, readonly string[]>>,
  others: Readonly<Record<string, Role>> = {},
): Promise<void> {
  await putTeam(office.db, { id: team, labels: label(team), lead: 'engineer-chen', supervisor: null, departmentHead: null })
  for (const [id, skills] of Object.entries(engineers)) await putPerson(office.db, { ...person(id, skills), teams: [team] })
  for (const [id, role] of Object.entries(others)) await putPerson(office.db, { ...person(id, [], role), teams: [team] })
}

function person(id: string, skills: readonly string[], role: Role = 'engineer') {
  return { id, name: id, email: null, roles: [role], active: true, teams: [], skills }
}

async function absent(who: string, deputy: string | null): Promise<void> {
  await insertAbsence(office.db, { person: who, absentFrom: instantOf(Date.now() - 1000), absentUntil: null, deputy, note: null })
}
