import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../../support/office-on-temporal.ts'
import { passing } from '../../support/passing.ts'
import { does, english, log, noticesOf, peopleOf, registered, ticket, tries, tw, zh, type Input, type People } from '../../support/walk.ts'

/**
 * 协同: others take part in a ticket, on a real Temporal whose time is skipped: by the shipped profile, and by docs/examples/together.yaml, which times and
 * demands what can be.
 */

let office: OfficeOnTemporal
let people: People

beforeAll(async () => {
  office = await openOfficeOnTemporal({ skipsTime: true })
  people = await peopleOf(office)
  const document = await readFile('docs/examples/together.yaml', 'utf8')
  const heard = await people.admin.send('PUT', '/api/profiles/service-network', document, { 'Content-Type': 'application/yaml' })
  if (heard.status !== 201) throw new Error(JSON.stringify(heard.body))
})
afterAll(() => office.close())

const { promise } = passing(
  () => office,
  () => people.agent,
)

/** A fault that Wang Qiang has accepted. */
async function handled(changes: Input = {}): Promise<string> {
  const number = await registered(people.agent, {
    profile: 'service-network',
    type: 'fault',
    fields: { faultPhenomenon: '开机后蓝屏' },
    assignee: 'engineer-wang',
    ...changes,
  })
  await does(people.engineer, number, 'accept')
  return number
}
const numbers = (items: unknown) => JSON.stringify(items)
const inHours = async (hours: number) => new Date((await office.temporal.currentTimeMs()) + hours * 3_600_000).toISOString()
const told = async (number: string, kind: string) =>
  (await noticesOf(office, number)).filter((notice) => notice.kind === kind).map(({ recipientId, params }) => ({ recipientId, params }))

describe('S11: 协作工单', () => {
  it('S11: one has it, helpers have a duty, find it in their work, and write down; the customer sees none of it', async () => {
    const number = await handled({ profile: 'standard-ticket' })
    expect(await tries(people.otherEngineer, number, 'update-progress')).toMatchObject({ status: 403 })
    await does(people.engineer, number, 'add-helper', { duty: '核对数据库日志' })
    expect(await told(number, 'help-asked')).toMatchObject([
      { recipientId: 'engineer-chen', params: { duty: '核对数据库日志', by: 'engineer-wang' } },
    ])
    expect(await ticket(people.agent, number)).toMatchObject({
      assignee: 'engineer-wang',
      helpers: [{ person: 'engineer-chen', duty: '核对数据库日志' }],
      names: { 'engineer-chen': '陈刚' },
    })
    const work = (await people.otherEngineer.get('/api/me/work')).body
    expect(numbers(work['helping'])).toContain(number)
    expect(numbers(work['assigned'])).not.toContain(number)
    expect(numbers((await people.agent.get('/api/tickets?helper=engineer-chen')).items)).toContain(number)
    expect(await people.customer.get('/api/tickets?helper=engineer-chen')).toMatchObject({ status: 422 })
    await does(people.otherEngineer, number, 'update-progress', { text: '日志无异常', visibleToCustomer: false })
    await does(people.otherEngineer, number, 'note', { text: '怀疑是缓存' })
    expect(await told(number, 'progress-reported')).toMatchObject([{ recipientId: 'agent-li' }, { recipientId: 'engineer-wang' }])
    expect(await tries(people.otherEngineer, number, 'complete')).toMatchObject({ status: 403 })
    // Everything that somebody has goes over, help too.
    const moved = await people.supervisor.post('/api/people/engineer-chen/hand-over', { to: 'engineer-liu', reason: '调岗' })
    expect(moved.body['complete']).toBe(true)
    expect(numbers(moved.items)).toContain(number)
    expect(await ticket(people.agent, number)).toMatchObject({ assignee: 'engineer-wang', helpers: [{ person: 'engineer-liu' }] })
    await does(people.engineer, number, 'remove-helper', { helper: 'engineer-liu' })
    expect(await ticket(people.agent, number)).toMatchObject({ helpers: [] })
  })

  it('S11: refusals say what is wrong and what helps, in three languages', async () => {
    const number = await handled()
    await does(people.engineer, number, 'query')
    for (const [language, sentence] of [
      [zh, /请先执行“答复疑问”/],
      [tw, /請先執行「答覆疑問」/],
      [english, /Answer the question/],
    ] as const)
      expect((await tries(people.agent, number, 'resume', {}, language)).detail).toMatch(sentence)
  })
})

describe('R7: doubt and impact', () => {
  it('R7: the question goes to the service desk, its clock runs and the solution’s rests until it is answered', async () => {
    const number = await handled()
    await does(people.engineer, number, 'query', { question: '设备型号与登记不符，请核实' })
    expect(await told(number, 'query-asked')).toMatchObject([
      { recipientId: 'agent-li', params: { question: '设备型号与登记不符，请核实' } },
    ])
    expect(await ticket(people.engineer, number)).toMatchObject({ assignee: 'engineer-wang', waiting: { for: 'query' } })
    expect(await promise(number, 'resolution')).toMatchObject({ state: 'paused' })
    expect(await promise(number, 'query-answer')).toMatchObject({ state: 'running' })
    await does(people.agent, number, 'answer-query', { answer: '型号已更正' })
    expect(await promise(number, 'query-answer')).toMatchObject({ state: 'kept' })
    expect(await promise(number, 'resolution')).toMatchObject({ state: 'running' })
    expect(await told(number, 'query-answered')).toMatchObject([{ recipientId: 'engineer-wang', params: { answer: '型号已更正' } }])
  })

  it('R7: an urgent plan states what it means for the customer', async () => {
    const number = await handled({ priority: 'urgent' })
    const plan = { estimatedFinishAt: await inHours(3) }
    expect((await tries(people.engineer, number, 'plan', plan, zh)).errors).toMatchObject([{ path: 'impact', code: 'required' }])
    await does(people.engineer, number, 'plan', { ...plan, impact: '更换期间停机 20 分钟，安排在午休' })
    expect(await ticket(people.agent, number)).toMatchObject({ plan: { impact: '更换期间停机 20 分钟，安排在午休' } })
  })
})

describe('R10: 介入调查', () => {
  it('R10: a supervisor looks into a silent ticket; it stands on the ticket and in the log with its outcome', async () => {
    const number = await handled()
    expect(await tries(people.engineer, number, 'intervene')).toMatchObject({ status: 403 })
    await does(people.supervisor, number, 'intervene', { cause: 'silence', reason: '两天没有进展' })
    expect(await ticket(people.agent, number)).toMatchObject({ intervention: { cause: 'silence', by: 'supervisor-zhang' } })
    expect(await tries(people.otherSupervisor, number, 'intervene', {}, zh)).toMatchObject({ status: 409 })
    expect((await told(number, 'intervention-opened')).map(({ recipientId }) => recipientId)).toEqual(['engineer-wang', 'agent-li'])
    await does(people.lead, number, 'close-intervention', { outcome: '已增派人手' })
    expect(await ticket(people.agent, number)).toMatchObject({ intervention: null })
    expect(await promise(number, 'intervention')).toMatchObject({ state: 'kept' })
    const events = await log(people.agent, number)
    expect(events.filter(({ type }) => String(type).startsWith('interven'))).toMatchObject([
      { type: 'intervened', cause: 'silence', reason: '两天没有进展' },
      { type: 'intervention-closed', outcome: '已增派人手' },
    ])
  })
})

describe('Q4: 升级处理', () => {
  it('Q4: the expert group reads the problem and what was tried, and the ledger how it came to them', async () => {
    const number = await handled()
    await does(people.engineer, number, 'hand-up', { problem: '偶发蓝屏', tried: '重装驱动、更换内存' })
    expect(await ticket(people.agent, number)).toMatchObject({ stage: 'assignment', team: 'service-desk' })
    expect(await told(number, 'handed-up')).toMatchObject([
      { recipientId: 'service-desk', params: { problem: '偶发蓝屏', tried: '重装驱动、更换内存' } },
    ])
    const { items } = await people.agent.get(`/api/assignments?ticket=${number}`)
    expect(items.map(({ manner }) => manner)).toContain('handed-up')
    const other = await handled()
    await does(people.engineer, other, 'hand-up', { team: undefined, supervisor: 'supervisor-sun' })
    expect(await ticket(people.agent, other)).toMatchObject({ stage: 'assignment', assignee: 'supervisor-sun' })
  })
})

describe('R11: delays', () => {
  it('R11: what is overdue is completed once its cause and the estimated finish are stated', async () => {
    const number = await handled({ priority: 'urgent' })
    await office.later('P3D')
    const solution = { classification: { module: 'device', type: 'fault', cause: 'wear' }, tags: ['硬盘老化'] }
    expect(await tries(people.engineer, number, 'complete', solution, zh)).toMatchObject({ status: 409 })
    await does(people.engineer, number, 'defer', { cause: 'subjective', reason: '排查方向判断失误', newDueAt: await inHours(4) })
    const { events } = await does(people.engineer, number, 'complete', solution)
    expect(events).toMatchObject([{ type: 'completed' }])
    expect((await log(people.agent, number)).find(({ type }) => type === 'deferred')).toMatchObject({ cause: 'subjective', late: true })
  })
})
