import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetWorkflows } from '../../db/started-workflows.ts'
import { said } from '../../domain/labels.ts'
import { until } from '../support/launcher.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { peopleOf, walkedTo, type People } from '../support/walk.ts'
import { bundleWithLoans } from './bundle.ts'
import { lend, soon, toldOf } from './lending.ts'
import { migrations, processes } from './processes/index.ts'

/** Temporal has lost what it held: a process that goes on from its row still does what it had to do with others, once. */

let office: OfficeOnTemporal
let people: People
beforeAll(async () => {
  office = await openOfficeOnTemporal({ kept: { processes, migrations, bundle: await bundleWithLoans() } })
  people = await peopleOf(office)
}, 120_000)
afterAll(() => office.close())

const lent = (changes: object = {}) => lend(people, changes)

async function acts(who: keyof People, number: string, command: string, body: object): Promise<void> {
  const answer = await people[who].post(`/api/loans/${number}/${command}`, body)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
}

/** As if Temporal had never heard of it. */
async function forgetInTemporal(number: string): Promise<void> {
  await office.client.workflowService.deleteWorkflowExecution({
    namespace: office.config.temporalNamespace,
    workflowExecution: { workflowId: number },
  })
  await until(async () => ((await statusOf(number)) === 'GONE' ? true : undefined))
}

const statusOf = (number: string) =>
  office.client.workflow
    .getHandle(number)
    .describe()
    .then(
      ({ status }) => status.name,
      () => 'GONE',
    )

/** What `bihuan restart-workflows` does. */
const restartWorkflows = () =>
  forgetWorkflows(
    office.db,
    processes.map(({ table }) => table),
  )

/** Temporal forgets by and by, and a start that comes too early finds the workflow that was: it is done again, as an operator would. */
async function restartedUntil(look: () => Promise<true | undefined>): Promise<void> {
  let again = 0
  await until(async () => {
    if (Date.now() >= again) await restartWorkflows()
    if (Date.now() >= again) again = Date.now() + 12_000
    return look()
  })
}

const toldBy = (ticket: string, loan: string) => toldOf(people, ticket, loan)

const startedAgain = (number: string) =>
  until(async () => {
    const row = await office.db.selectFrom('processes').select('workflowStartedAt').where('number', '=', number).executeTakeFirst()
    return row?.workflowStartedAt ?? undefined
  })

/** A loan of a ticket that cannot be reached: Temporal has lost its workflow, and nobody has started it again. */
async function lentTo(ticket: string): Promise<string> {
  const number = await lent({ parent: ticket })
  await forgetInTemporal(ticket)
  return number
}

describe('a loan whose workflow is lost, with something still to tell', () => {
  it('tells it once it is started again from its row', async () => {
    const ticket = await walkedTo('handling', people)
    const number = await lentTo(ticket)
    await acts('engineer', number, 'give-back', { condition: '完好' })
    await forgetInTemporal(number)

    await restartedUntil(async () => ((await toldBy(ticket, number)).length > 0 ? true : undefined))
    expect(await toldBy(ticket, number)).toMatchObject([{ actor: 'system', remark: '完好' }])
  })

  it('tells it also when it has ended, and completes', async () => {
    const ticket = await walkedTo('handling', people)
    const number = await lentTo(ticket)
    await acts('engineer', number, 'give-back', { condition: '完好' })
    await acts('engineer', number, 'inspect', { ok: true })
    expect(await statusOf(number)).toBe('RUNNING')
    await forgetInTemporal(number)

    await restartedUntil(async () => ((await toldBy(ticket, number)).length > 0 ? true : undefined))
    await office.client.workflow.getHandle(number).result()
    expect(await toldBy(ticket, number)).toHaveLength(1)
    const row = await office.db.selectFrom('processes').selectAll().where('number', '=', number).executeTakeFirstOrThrow()
    expect(row).toMatchObject({ ended: true, wakeAt: null })
  })

  it('opens what it had to open, whose workflow runs', async () => {
    const number = await lent({ assignee: 'agent-li' })
    await sql`create function refused() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`.execute(office.db)
    await sql`create trigger refused before insert on loans for each row execute function refused()`.execute(office.db)
    await acts('agent', number, 'replace', { device: '08 号', until: soon(3_600_000) })
    await forgetInTemporal(number)
    // Nobody tries again any more.
    await sleep(3_000)
    await sql`drop trigger refused on loans`.execute(office.db)
    expect((await people.agent.get(`/api/loans/${number}-R1`)).status).toBe(404)

    await restartWorkflows()
    await until(async () => ((await statusOf(`${number}-R1`)) === 'RUNNING' ? true : undefined))
    expect((await people.agent.get(`/api/loans/${number}-R1`)).body).toMatchObject({ device: '08 号', stage: 'lent' })
  })
})

describe('a loan whose workflow is lost, with everything told', () => {
  it('tells nothing again, and neither does one whose worker died before it could say so', async () => {
    const tickets = [await walkedTo('handling', people), await walkedTo('handling', people)] as const
    const loans = await Promise.all(tickets.map((ticket) => lent({ parent: ticket })))
    for (const number of loans) await acts('engineer', number, 'give-back', { condition: '完好' })
    for (const [at, ticket] of tickets.entries())
      await until(async () => ((await toldBy(ticket, loans[at] ?? '')).length > 0 ? true : undefined))
    const [, unsaid = ''] = loans
    const open = { kind: 'tell', target: tickets[1], id: `${unsaid}-2-tell-${tickets[1]}` }
    const news = { process: unsaid, what: said('设备已归还', '設備已歸還', 'The device is back'), remark: '完好' }
    const question = { to: tickets[1], command: 'note-related', input: news }
    await sql`update dealings set ask = ${JSON.stringify({ ...open, question })} where id = ${open.id}`.execute(office.db)
    for (const number of [...loans, ...tickets]) await forgetInTemporal(number)

    await restartedUntil(async () => {
      const { rows } = await sql`select id from dealings where ask is not null and id = ${open.id}`.execute(office.db)
      return rows.length === 0 ? true : undefined
    })
    for (const number of loans) await startedAgain(number)
    for (const [at, ticket] of tickets.entries()) expect(await toldBy(ticket, loans[at] ?? '')).toHaveLength(1)
  })

  it('judges no refusal a second time', async () => {
    const number = await lent({ parent: await lent() })
    await acts('engineer', number, 'give-back', { condition: '完好' })
    const refusals = async () =>
      (await people.agent.get(`/api/loans/${number}/events`)).items.filter(({ type }) => type === 'refusal-noted')
    await until(async () => ((await refusals()).length > 0 ? true : undefined))
    await forgetInTemporal(number)

    await restartWorkflows()
    await startedAgain(number)
    await acts('engineer', number, 'inspect', { ok: true })
    await office.client.workflow.getHandle(number).result()
    expect(await refusals()).toHaveLength(1)
    // Ended, with nothing left to do: it is not started again.
    const head = () => office.db.selectFrom('processes').select('workflowStartedAt').where('number', '=', number).executeTakeFirstOrThrow()
    await restartWorkflows()
    expect((await head()).workflowStartedAt).not.toBeNull()
  })
})
