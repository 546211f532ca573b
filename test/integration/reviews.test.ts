import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openOffice, type Office } from '../support/api.ts'
import { acts, addsAction, analysis, bothLeads, inHours, openReview, reviewWithActions } from '../support/reviews.ts'
import { noticesOf, peopleOf, zh, type People } from '../support/walk.ts'

/** Reviews 复盘 through the API: who opens and leads them, their actions, and who hears of it. */

let office: Office
let people: People
beforeAll(async () => {
  office = await openOffice()
  people = await peopleOf(office)
})
afterAll(() => office.close())

const read = async (number: string) => (await people.agent.get(`/api/reviews/${number}`, zh)).body
const eventsOf = async (number: string) => (await people.agent.get(`/api/reviews/${number}/events?limit=200`)).items

describe('T17: a review that somebody decided', () => {
  it('goes from its opening over analysis and actions to a checked effect, and ends', async () => {
    const { supervisor, engineer } = people
    const number = await openReview(supervisor, { reason: '本周第三次' })
    expect(number).toMatch(/^FP\d{11}$/)
    expect(await read(number)).toMatchObject({
      process: 'review',
      stage: 'opened',
      stageLabel: '待邀请',
      because: 'decision',
      assignee: 'supervisor-zhang',
      team: 'tech-support',
      promises: [{ clock: 'analysis', state: 'running' }],
    })
    await acts(supervisor, number, 'invite', bothLeads)
    expect(await read(number)).toMatchObject({ stage: 'analysis' })
    await acts(supervisor, number, 'record-analysis', analysis)
    expect(await addsAction(supervisor, number)).toBe(1)
    expect(await addsAction(supervisor, number, { text: '增加连接池告警', owner: 'engineer-chen', dueAt: inHours(240) })).toBe(2)
    expect(await read(number)).toMatchObject({ stage: 'actions', causes: ['code-defect'] })
    const evidence = { text: '已合入并发布', links: ['https://git.example.com/mr/42'] }
    expect((await acts(engineer, number, 'report-action', { action: 1, ...evidence })).events).toMatchObject([
      { type: 'action-reported', ...evidence },
    ])
    expect(await read(number)).toMatchObject({ stage: 'actions' })
    expect((await supervisor.post(`/api/reviews/${number}/close`, { conclusion: '早了' })).status).toBe(409)
    await acts(people.otherEngineer, number, 'report-action', { action: 2, text: '告警已上线' })
    expect(await read(number)).toMatchObject({ stage: 'effect' })
    expect((await supervisor.post(`/api/reviews/${number}/close`, { conclusion: '早了' })).body).toMatchObject({
      type: '/problems/effect-unchecked',
    })
    await acts(supervisor, number, 'check-effect')
    await office.settled()
    // Nothing that could be counted: nothing can be said of it, and whoever leads it may end it.
    expect(await read(number)).toMatchObject({ stage: 'effect', outcome: 'unclear' })
    await acts(supervisor, number, 'close', { conclusion: '连接归还纳入代码评审清单。' })
    expect(await read(number)).toMatchObject({ stage: 'closed', open: false })
    expect((await people.agent.get(`/api/reviews/${number}/clocks`)).items).toMatchObject([
      { clock: 'analysis', state: 'kept' },
      { clock: 'action-1', state: 'kept' },
      { clock: 'action-2', state: 'kept' },
      { clock: 'effect' },
      { clock: 'closing', state: 'kept' },
    ])
  })

  it('is not analysed before product and R&D take part, of whom the profile says that they must', async () => {
    const number = await openReview(people.quality)
    expect((await people.quality.post(`/api/reviews/${number}/record-analysis`, analysis)).body).toMatchObject({
      type: '/problems/wrong-stage',
    })
    await acts(people.quality, number, 'invite', { participants: [{ person: 'lead-xu', party: 'research' }] })
    expect(await read(number)).toMatchObject({ stage: 'opened' })
    const invite = (participants: readonly object[]) => people.quality.post(`/api/reviews/${number}/invite`, { participants })
    expect((await invite([{ person: 'manager-gao', party: 'sales' }])).errors).toMatchObject([
      { path: 'participants[0].party', code: 'not-a-choice' },
    ])
    expect((await invite([{ person: 'customer-he' }])).errors).toMatchObject([{ path: 'participants[0].person', code: 'not-staff' }])
    // A machine takes part in nothing, leads nothing and owns no action.
    expect((await invite([{ person: 'service-portal' }])).errors).toMatchObject([{ path: 'participants[0].person', code: 'machine' }])
    const led = { profile: 'tech-support', title: '谁来牵头', lead: 'service-portal' }
    expect((await people.quality.post('/api/reviews', led)).errors).toMatchObject([{ path: 'lead', code: 'machine' }])
    expect((await people.quality.post(`/api/reviews/${number}/appoint`, { lead: 'service-portal' })).errors).toMatchObject([
      { path: 'lead', code: 'machine' },
    ])
    await acts(people.quality, number, 'invite', { participants: [{ person: 'manager-gao', party: 'product' }] })
    expect(await read(number)).toMatchObject({ stage: 'analysis' })
    const unlisted = { ...analysis, causes: [{ kind: 'bad-luck', text: '运气不好' }] }
    expect((await people.quality.post(`/api/reviews/${number}/record-analysis`, unlisted)).errors).toMatchObject([
      { path: 'causes[0].kind', code: 'not-a-choice' },
    ])
  })

  it('is opened and led by leads, quality and management; an owner does what is theirs, and a customer sees none of it', async () => {
    for (const who of ['agent', 'engineer', 'admin', 'customer'] as const)
      expect((await people[who].post('/api/reviews', { profile: 'tech-support', title: '无权' })).status, who).toBe(403)
    for (const who of ['supervisor', 'lead', 'quality', 'management'] as const) await openReview(people[who])
    const number = await reviewWithActions(people)
    await addsAction(people.supervisor, number)
    await addsAction(people.supervisor, number, { owner: 'engineer-chen' })
    const tries = (who: keyof People, command: string, body: object) => people[who].post(`/api/reviews/${number}/${command}`, body)
    expect((await tries('engineer', 'report-action', { action: 2, text: '不是我的' })).body).toMatchObject({
      type: '/problems/not-your-action',
      detail: expect.stringContaining('陈'),
    })
    expect((await tries('engineer', 'add-action', { text: '再加一项', owner: 'engineer-wang', dueAt: inHours(9) })).status).toBe(403)
    expect((await people.engineer.get(`/api/reviews/${number}`)).body['allowed']).toEqual(['report-action'])
    expect((await tries('agent', 'report-action', { action: 1, text: '不相干' })).status).toBe(403)
    expect((await people.customer.get(`/api/reviews/${number}`)).status).toBe(404)
    expect((await people.customer.get('/api/reviews')).items).toEqual([])
    await acts(people.supervisor, number, 'appoint', { lead: 'engineer-liu' })
    const liu = await office.person('engineer-liu')
    await acts(liu, number, 'add-action', { text: '补充回归用例', owner: 'engineer-liu', dueAt: inHours(48) })
  })

  it('has actions that are moved, given to somebody else and dropped, each with a reason on record; their owners hear of it', async () => {
    const number = await reviewWithActions(people)
    const { supervisor } = people
    await addsAction(supervisor, number)
    const moved = inHours(200)
    await acts(supervisor, number, 'reschedule-action', { action: 1, dueAt: moved, reason: '等待上游版本' })
    await acts(supervisor, number, 'reassign-action', { action: 1, owner: 'engineer-chen', reason: '王工支援现场' })
    await addsAction(supervisor, number, { owner: 'agent-li' })
    await acts(supervisor, number, 'drop-action', { action: 2, reason: '与措施 1 重复' })
    const again = await supervisor.post(`/api/reviews/${number}/drop-action`, { action: 2, reason: '再次' })
    expect(again).toMatchObject({ status: 409, body: { type: '/problems/action-ended' } })
    expect(await eventsOf(number)).toMatchObject([
      { type: 'opened' },
      { type: 'invited', complete: true },
      { type: 'analysis-recorded' },
      { type: 'action-added', action: 1 },
      { type: 'action-rescheduled', dueAt: moved, reason: '等待上游版本' },
      { type: 'action-reassigned', owner: 'engineer-chen' },
      { type: 'action-added', action: 2 },
      { type: 'action-dropped', action: 2, reason: '与措施 1 重复' },
    ])
    expect(await noticesOf(office, number)).toMatchObject([
      { kind: 'review-invited', recipientId: 'lead-xu' },
      { kind: 'review-invited', recipientId: 'manager-gao' },
      { kind: 'action-given', recipientId: 'engineer-wang' },
      { kind: 'action-changed', recipientId: 'engineer-wang' },
      { kind: 'action-changed', recipientId: 'engineer-chen' },
      { kind: 'action-given', recipientId: 'agent-li' },
    ])
    await acts(people.otherEngineer, number, 'report-action', { action: 1, text: '已完成' })
    expect(await read(number)).toMatchObject({ stage: 'effect' })
    // A further action takes it back: what is measured then is measured from when all of it is done.
    await addsAction(supervisor, number)
    expect(await read(number)).toMatchObject({ stage: 'actions' })
    await acts(supervisor, number, 'abandon', { reason: '并入年度项目' })
    expect((await people.agent.get(`/api/reviews/${number}/clocks`)).items.filter(({ state }) => state === 'running')).toEqual([])
  })

  it('X8: goes with its actions to whoever gets all that somebody has', async () => {
    const number = await reviewWithActions(people, { lead: 'supervisor-sun' })
    await addsAction(people.supervisor, number, { owner: 'supervisor-sun' })
    const heard = await people.lead.post(`/api/people/supervisor-sun/hand-over`, { to: 'supervisor-zhang', reason: '调岗' })
    expect(heard.items).toContainEqual(expect.objectContaining({ number, ok: true }))
    expect(await read(number)).toMatchObject({ assignee: 'supervisor-zhang' })
    expect((await eventsOf(number)).slice(-2)).toMatchObject([
      { type: 'handed-over' },
      { type: 'action-reassigned', owner: 'supervisor-zhang' },
    ])
  })
})
