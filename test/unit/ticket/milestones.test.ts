import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import type { PolicyClock } from '../../../domain/profile/policy.ts'
import { shownClocks } from '../../../api/views/ticket-customer-clocks.ts'
import { unwatched } from '../../../workflows/ticket/unwatched.ts'
import { chen, lin, monday, onlyClocks, policyOf, techSupport, ticketIn, wang, zhao, type Story } from '../../support/tickets.ts'

/** What a coordination meeting gives to departments: duties and milestones, each with a clock of its own (R9). */

const milestone: PolicyClock = {
  id: 'milestone',
  label: '部门里程碑',
  whenDue: 'break',
  starts: ['milestone-set'],
  stops: ['milestone-reached'],
  cancels: ['milestone-dropped', 'resolved'],
  pauses: [],
  within: null,
  timeBase: null,
  priorities: null,
  ladder: [
    { id: 'reminder', at: '-50%', times: 1, to: ['handler'] },
    { id: 'missed', at: '0%', times: 1, to: ['handler', 'lead', 'representative'] },
  ],
}
const policy = policyOf({ clocks: [...onlyClocks('resolution').clocks, milestone] })

const due = (within: string) => plus(monday, within)
const analysis = { what: '提交分析结论', owner: 'zhao', dueAt: due('P2D') }
const repair = { what: '完成修复', owner: 'mei', dueAt: due('P4D') }
const meeting = (...milestones: readonly object[]) => ({
  participants: ['lin', 'zhao', 'wang'],
  duties: [
    { department: 'tech-support', duty: '定位数据库超时', milestones },
    { department: 'second-line', duty: '告知客户进展' },
  ],
  minutes: '二线负责数据库。',
})
const met = (...milestones: readonly object[]) =>
  ticketIn('handling', { policy }).acts([lin, 'record-coordination', meeting(...(milestones.length > 0 ? milestones : [analysis, repair]))])
const heard = (story: Story, type: Parameters<Story['last']>[0]) =>
  story.notices(story.last(type)).map(({ kind, recipient }) => [kind, 'id' in recipient ? recipient.id : recipient.kind])
const promises = ({ state }: Story) =>
  state.promises.filter(({ clock }) => clock !== 'resolution').map(({ clock, cycle, state: is, dueAt }) => [clock, cycle, is, dueAt])

describe('R9: a coordination meeting', () => {
  it('R9: gives each department its duty and its milestones, each of which is promised by itself; the ticket stays where it is', () => {
    const story = met()
    expect(story.state.duties).toEqual([
      { department: 'tech-support', duty: '定位数据库超时' },
      { department: 'second-line', duty: '告知客户进展' },
    ])
    expect(story.state.milestones).toEqual([
      { id: 1, department: 'tech-support', ...analysis, state: 'open' },
      { id: 2, department: 'tech-support', ...repair, state: 'open' },
    ])
    expect(promises(story)).toEqual([
      ['milestone:1', 1, 'running', due('P2D')],
      ['milestone:2', 1, 'running', due('P4D')],
    ])
    expect(story.state).toMatchObject({ stage: 'handling', assignee: 'wang' })
    expect(story.notices(story.last('coordinated'))).toMatchObject([
      { kind: 'coordination-recorded', recipient: { role: 'lead', team: 'tech-support' }, params: { duty: '定位数据库超时', by: 'lin' } },
      { kind: 'coordination-recorded', recipient: { role: 'lead', team: 'second-line' }, params: { duty: '告知客户进展' } },
    ])
    expect(heard(story, 'milestone-set')).toEqual([['milestone-given', 'mei']])
  })

  it('R9: is for customer service to record; owners belong to their department, and what is due lies ahead', () => {
    const story = ticketIn('handling', { policy })
    expect(story.refusal(wang, 'record-coordination', meeting(analysis))).toMatchObject({ code: 'wrong-role' })
    const wrong = meeting({ ...analysis, owner: 'zhou' }, { ...repair, dueAt: monday })
    expect(
      story.refusal(lin, 'record-coordination', { ...wrong, duties: [...wrong.duties, { department: 'tech-support', duty: '回归测试' }] })
        .errors,
    ).toMatchObject([
      { path: 'duties[2].department', code: 'named-twice' },
      { path: 'duties[0].milestones[0].owner', code: 'not-staff' },
      { path: 'duties[0].milestones[1].dueAt', code: 'not-after-now' },
    ])
    const elsewhere = { department: 'second-line', duty: '定位', milestones: [analysis] }
    expect(story.refusal(lin, 'record-coordination', { ...meeting(), duties: [elsewhere] }).errors).toMatchObject([
      { path: 'duties[0].milestones[0].owner', code: 'not-of-team', params: { person: 'zhao', team: 'second-line' } },
    ])
    const duties = Array.from({ length: 12 }, (_, at) => ({ department: `d${at}`, duty: '协助' }))
    const busy = story.copy()
    busy.turnTo({ state: { ...busy.state, duties }, policy, now: busy.now })
    expect(busy.refusal(lin, 'record-coordination', meeting())).toMatchObject({ code: 'departments-full', params: { limit: 12 } })
    const many = Array.from({ length: 13 }, () => analysis)
    story.acts([lin, 'record-coordination', meeting(...many)])
    expect(story.refusal(lin, 'record-coordination', meeting(...many))).toMatchObject({ code: 'milestones-full', params: { limit: 24 } })
  })

  it('R9: a later meeting gives a department another duty, and adds milestones', () => {
    const story = met(analysis).acts([
      lin,
      'record-coordination',
      { ...meeting(), duties: [{ department: 'tech-support', duty: '修复并回归', milestones: [repair] }] },
    ])
    expect(story.state.duties).toEqual([
      { department: 'second-line', duty: '告知客户进展' },
      { department: 'tech-support', duty: '修复并回归' },
    ])
    expect(story.state.milestones?.map(({ id, what }) => [id, what])).toEqual([
      [1, '提交分析结论'],
      [2, '完成修复'],
    ])
  })

  it('R9, X8: the deputy of an owner who is away gets the milestone', () => {
    const story = ticketIn('handling', { policy }).absent({ zhao: { deputy: 'mei' } })
    story.acts([lin, 'record-coordination', meeting(analysis)])
    expect(story.last('milestone-set')).toMatchObject({ owner: 'mei', insteadOf: 'zhao' })
  })
})

describe('R9: a milestone', () => {
  it('R9: is kept when its owner reports it in time, and the others run on; nobody else reports it but who coordinates', () => {
    const story = met()
    expect(story.refusal(zhao, 'report-milestone', { milestone: 2 })).toMatchObject({ code: 'not-yours', params: { holder: 'mei' } })
    expect(story.refusal(wang, 'report-milestone', { milestone: 1 })).toMatchObject({ code: 'not-yours' })
    story.acts([zhao, 'report-milestone', { milestone: 1 }])
    expect(promises(story)).toEqual([
      ['milestone:1', 1, 'kept', due('P2D')],
      ['milestone:2', 1, 'running', due('P4D')],
    ])
    expect(story.notices(story.last('milestone-reached'))).toMatchObject([
      { kind: 'milestone-reached', recipient: { id: 'lin' }, params: { what: '提交分析结论', result: '慢查询已定位' } },
      { recipient: { id: 'wang' } },
    ])
    expect(story.refusal(zhao, 'report-milestone', { milestone: 1 })).toMatchObject({ code: 'not-yours' })
    expect(story.refusal(chen, 'report-milestone', { milestone: 1 }).errors).toMatchObject([
      { path: 'milestone', params: { choices: ['2'] } },
    ])
  })

  it('R9: speaks to its owner, then to the lead of its department and to whoever coordinates; once it is late it stays so', () => {
    const story = met().at(due('P1DT4H'))
    story.wake()
    expect(story.last('level-reached')).toMatchObject({ clock: 'milestone:1', level: 'reminder', to: [{ kind: 'person', id: 'zhao' }] })
    expect(story.notices(story.last('level-reached'))).toMatchObject([{ kind: 'deadline-warning', params: { level: 'handler' } }])
    story.at(due('P2D'))
    story.wake()
    expect(story.last('promise-broken')).toMatchObject({ clock: 'milestone:1', occurredAt: due('P2D') })
    const missed = story.events.findLast((event) => event.type === 'level-reached' && event.level === 'missed')
    expect(missed).toMatchObject({
      clock: 'milestone:1',
      to: [
        { kind: 'person', id: 'zhao' },
        { kind: 'role', role: 'lead', team: 'tech-support' },
        { kind: 'person', id: 'lin' },
      ],
    })
    story.acts([zhao, 'report-milestone', { milestone: 1 }])
    expect(promises(story)[0]).toEqual(['milestone:1', 1, 'broken', due('P2D')])
  })

  it('R9: moved, it is the next promise, due then; in other hands it is due as it was; dropped, nothing is owed', () => {
    const story = met()
    expect(story.refusal(zhao, 'move-milestone')).toMatchObject({ code: 'wrong-role' })
    story.acts([lin, 'move-milestone', { milestone: 1, dueAt: due('P3D'), reason: '等待厂商' }])
    expect(promises(story)).toEqual([
      ['milestone:1', 2, 'running', due('P3D')],
      ['milestone:2', 1, 'running', due('P4D')],
    ])
    story.acts([lin, 'move-milestone', { milestone: 1, dueAt: undefined, owner: 'mei', reason: '赵工请假' }])
    expect(promises(story)[0]).toEqual(['milestone:1', 2, 'running', due('P3D')])
    expect(heard(story, 'milestone-moved')).toEqual([
      ['milestone-moved', 'mei'],
      ['milestone-moved', 'zhao'],
    ])
    expect(story.refusal(lin, 'move-milestone', { milestone: 1, dueAt: due('P3D') }).errors).toMatchObject([{ code: 'nothing-to-change' }])
    story.acts([lin, 'drop-milestone', { milestone: 1 }])
    expect(promises(story)[0]).toEqual(['milestone:1', 2, 'cancelled', due('P3D')])
    expect(heard(story, 'milestone-dropped')).toEqual([['milestone-dropped', 'mei']])
  })

  it('R9, X8: what somebody has to reach goes to another with all they have', () => {
    const story = met().acts([chen, 'hand-over', { from: 'mei', to: 'zhao' }])
    expect(story.state.milestones?.map(({ owner }) => owner)).toEqual(['zhao', 'zhao'])
    expect(promises(story)[1]).toEqual(['milestone:2', 1, 'running', due('P4D')])
  })

  it('R9: once the ticket is solved no milestone is owed', () => {
    const story = met().acts([wang, 'complete'], [zhao, 'verify'], [lin, 'confirm'])
    expect(promises(story).map(([, , is]) => is)).toEqual(['cancelled', 'cancelled'])
  })

  it('X5: that no clock measures it is told; X11: its promise is no customer’s to see', () => {
    expect(unwatched(met().state, policy)).toEqual([])
    const again = met().acts([wang, 'complete'], [zhao, 'verify'], [lin, 'confirm'], [lin, 'reopen'])
    expect(unwatched(again.state, policy)).toContainEqual({ reason: 'milestone-without-clock', at: due('P2D') })
    const untimed = ticketIn('handling').acts([lin, 'record-coordination', meeting(repair, analysis)])
    expect(unwatched(untimed.state, untimed.policy)).toContainEqual({ reason: 'milestone-without-clock', at: due('P2D') })
    const [deferral] = techSupport.clocks.filter(({ id }) => id === 'deferral')
    if (!deferral) throw new Error('no clock to take for an example')
    const clocks = [{ ...deferral, starts: ['milestone-set' as const], id: 'milestone:1' }]
    expect(deferral.stops).toContain('resolved')
    expect(shownClocks({ ...techSupport, clocks })).not.toContain('milestone:1')
  })

  it('X1, X8: whose milestone it is takes part: they tell how it goes', () => {
    const story = met()
    expect(ticketIn('handling', { policy }).refusal(zhao, 'update-progress')).toMatchObject({ code: 'not-yours' })
    story.acts([zhao, 'update-progress'])
    expect(story.last('progress-updated')).toMatchObject({ actor: 'zhao' })
  })
})
