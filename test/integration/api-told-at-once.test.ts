import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, rowsOf, type Office, type Speaker } from '../support/api.ts'
import { does, peopleOf, walkedTo, type People } from '../support/walk.ts'

let office: Office
let people: People
let handled: string

beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
  handled = await walkedTo('handling', people)
})
afterAll(() => office.close())

const done = {
  solution: '修复空指针',
  cause: { direct: '空指针', underlying: '缺少检查' },
  classification: { module: 'business-functions', type: 'software-fault', cause: 'code-defect' },
}

describe('the input of an act is told everything at once, by its form and by its ticket', () => {
  const past = '2020-01-01T00:00:00Z'
  const planned = { kind: 'code-fix', steps: '回滚', estimatedFinishAt: past }

  it.each<[command: string, who: () => Speaker, input: object, paths: readonly string[]]>([
    ['wait', () => people.engineer, { for: 'weather', reason: '', until: past }, ['reason', 'for', 'until']],
    ['wait', () => people.engineer, { for: 'vendor', until: past, message: '请问…' }, ['reason', 'message', 'until']],
    ['plan', () => people.engineer, { ...planned, steps: 7 }, ['steps', 'estimatedFinishAt']],
    ['plan', () => people.engineer, { kind: 'code-fix', setps: 'x', estimatedFinishAt: past }, ['setps', 'estimatedFinishAt']],
    [
      'plan',
      () => people.engineer,
      { ...planned, departments: [{ department: 'dev' }] },
      ['departments[0].contact', 'departments[0].need', 'estimatedFinishAt'],
    ],
    ['complete', () => people.engineer, { ...done, solution: '', tags: ['问题', '其他'] }, ['solution', 'tags[0]', 'tags[1]']],
    ['complete', () => people.engineer, { ...done, cause: undefined, tags: ['问题'] }, ['cause', 'tags[0]']],
    ['reassign', () => people.supervisor, { assignee: 'customer-he', team: 'nix', reason: '' }, ['reason', 'assignee', 'team']],
    ['reassign', () => people.supervisor, { assignee: 'customer-he', team: 'nix', reason: '转组' }, ['assignee', 'team']],
    ['reassign', () => people.supervisor, { assignee: 'engineer-wang', team: 5, reason: '' }, ['team', 'reason', 'assignee']],
    ['hand-over', () => people.supervisor, { from: 'engineer-wang', to: 'nobody', reason: '' }, ['reason', 'to']],
    ['hand-over', () => people.supervisor, { to: 'nobody', reason: '请假' }, ['from', 'to']],
    ['update-progress', () => people.engineer, { occurredAt: '2099-01-01T00:00:00Z' }, ['text', 'occurredAt']],
    [
      'correct',
      () => people.agent,
      { customer: { phone: '12' }, fields: { occurredAt: 'gestern' } },
      ['reason', 'customer.phone', 'fields.occurredAt'],
    ],
  ])('T4, T7, T9, S10, X8: %s', async (command, who, input, paths) => {
    const heard = await who().post(`/api/tickets/${handled}/${command}`, input)
    expect(heard.status, JSON.stringify(heard.body)).toBe(422)
    expect(heard.errors.map(({ path }) => path).toSorted()).toEqual([...paths].toSorted())
  })

  it.each([
    ['wait', { for: 'vendor', reason: '等待回复', until: '2099-01-01T00:00:00Z' }],
    ['wait', { for: 'customer', reason: '等待回复', message: '请问…' }],
    ['plan', { ...planned, estimatedFinishAt: '2099-01-01T00:00:00Z' }],
    ['complete', { ...done, tags: ['登录'] }],
    ['contact', { channel: 'phone', direction: 'outbound', text: '已联系' }],
    ['update-progress', { text: '正在排查', visibleToCustomer: true }],
  ])('and nothing is held against what may have been meant: %s', async (command, input) => {
    for (const [key] of Object.entries(input)) {
      const heard = await people.engineer.post(`/api/tickets/${handled}/${command}`, { ...input, [key]: { no: 'such' } })
      expect(heard.status, JSON.stringify(heard.body)).toBe(422)
      expect(heard.errors.filter(({ path }) => path !== key && !path.startsWith(`${key}.`))).toEqual([])
    }
  })

  it('but of a ticket that waits already only that is told, by what the profile calls it for whom', async () => {
    const number = await walkedTo('handling', people)
    await does(people.engineer, number, 'wait', { for: 'vendor', reason: '等待回复' })
    const heard = await people.engineer.post(`/api/tickets/${number}/wait`, { for: 'weather', reason: 'x' }, { 'Accept-Language': 'zh-CN' })
    expect(heard.body).toMatchObject({ status: 409, detail: '工单已挂起（等待第三方）。请先恢复处理。' })
  })

  it('and a refusal leaves no trace; whoever may not is told no more than before', async () => {
    const before = await rowsOf(office.db)
    const other = await office.person('engineer-chen')
    const heard = await other.post(`/api/tickets/${handled}/wait`, { for: 'weather', reason: '' })
    expect(heard.errors.map(({ path }) => path)).toEqual(['reason'])
    expect(await rowsOf(office.db)).toEqual(before)
  })
})
