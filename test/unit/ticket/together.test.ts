import { describe, expect, it } from 'vitest'
import { eventForCustomer } from '../../../api/views/ticket-for-customer.ts'
import type { PolicyClock } from '../../../domain/profile/policy.ts'
import { unwatched } from '../../../workflows/ticket/unwatched.ts'
import { chen, gu, lin, mei, policyOf, ticketIn, type Story, wang, zhao, zhou } from '../../support/tickets.ts'

/** 协同: who has a ticket does not do it alone: helpers, the service desk, experts, and a superior who looks into it. */

const heard = (story: Story, type: Parameters<Story['last']>[0]) =>
  story.notices(story.last(type)).map(({ kind, recipient }) => [kind, 'id' in recipient ? recipient.id : recipient.kind])

describe('S11: one has it, others help', () => {
  it('S11: a helper has a duty and is told of it; who has the ticket goes on having it', () => {
    const story = ticketIn('handling').acts([wang, 'add-helper'])
    const { at: since } = story.last('helper-added')
    expect(story.state).toMatchObject({ stage: 'handling', assignee: 'wang', helpers: [{ person: 'zhao', duty: '核对数据库日志', since }] })
    expect(story.notices(story.last('helper-added'))).toMatchObject([
      { kind: 'help-asked', recipient: { id: 'zhao' }, params: { duty: '核对数据库日志', by: 'wang' } },
    ])
    story.acts([chen, 'add-helper', { duty: '回归测试' }])
    expect(story.state.helpers).toMatchObject([{ person: 'zhao', duty: '回归测试' }])
    expect(story.refusal(wang, 'add-helper', { duty: '回归测试' }).errors).toMatchObject([{ path: 'duty', code: 'nothing-to-change' }])
  })

  it('S11: helpers write down how it goes, which keeps the promise of news and is told to who has it; what is decided is not theirs', () => {
    const story = ticketIn('handling')
    expect(story.refusal(zhao, 'update-progress')).toMatchObject({ code: 'not-yours' })
    story.acts([wang, 'add-helper'], [zhao, 'update-progress'])
    expect(story.last('progress-updated').promises).toMatchObject([{ clock: 'progress', state: 'kept' }, { clock: 'progress' }])
    expect(heard(story, 'progress-updated')).toContainEqual(['progress-reported', 'wang'])
    for (const command of ['complete', 'plan', 'defer', 'add-helper', 'query', 'hand-up'] as const)
      expect(story.refusal(zhao, command), command).toMatchObject({ code: 'not-yours', params: { holder: 'wang' } })
  })

  it('S11, X8: who stands in for a helper who is away helps in their place, and the record says so', () => {
    const story = ticketIn('handling').acts([wang, 'add-helper', { helper: 'mei' }])
    story.absent({ mei: { deputy: 'zhao' } })
    story.acts([zhao, 'update-progress'])
    expect(story.last('progress-updated')).toMatchObject({ actor: 'zhao', actingFor: 'mei' })
    story.acts([chen, 'add-helper', { helper: 'mei', duty: '联系客户' }])
    expect(story.last('helper-added')).toMatchObject({ helper: 'zhao', insteadOf: 'mei' })
  })

  it('S11: nobody helps where nobody has it, with what they have themselves, or with more than can work together', () => {
    expect(ticketIn('triage').refusal(chen, 'add-helper')).toMatchObject({ code: 'nobody-has-it' })
    const story = ticketIn('handling')
    expect(story.refusal(chen, 'add-helper', { helper: 'wang' }).errors).toMatchObject([{ path: 'helper', code: 'same-person' }])
    expect(story.refusal(chen, 'add-helper', { helper: 'zhou' }).errors).toMatchObject([{ path: 'helper', code: 'cannot-handle' }])
    const helpers = Array.from({ length: 20 }, (_, at) => ({ person: `p${at}`, duty: '值守', since: story.now }))
    story.turnTo({ state: { ...story.state, helpers }, policy: story.policy, now: story.now })
    expect(story.refusal(wang, 'add-helper')).toMatchObject({ code: 'helpers-full', params: { limit: 20 } })
  })

  it('S11: helpers take themselves out and nobody else; who has it and who leads take out anybody; the others hear of it', () => {
    const story = ticketIn('handling').acts([wang, 'add-helper'], [wang, 'add-helper', { helper: 'mei' }])
    expect(story.refusal(zhao, 'remove-helper', { helper: 'mei' })).toMatchObject({ kind: 'forbidden', code: 'not-yours' })
    expect(story.refusal(wang, 'remove-helper', { helper: 'lin' }).errors).toMatchObject([
      { path: 'helper', params: { choices: ['zhao', 'mei'] } },
    ])
    story.acts([zhao, 'remove-helper'])
    expect(heard(story, 'helper-removed')).toEqual([['help-ended', 'wang']])
    expect(story.refusal(zhao, 'update-progress')).toMatchObject({ code: 'not-yours' })
    story.acts([gu, 'remove-helper', { helper: 'mei' }])
    expect(heard(story, 'helper-removed')).toEqual([
      ['help-ended', 'mei'],
      ['help-ended', 'wang'],
    ])
    expect(story.refusal(wang, 'remove-helper')).toMatchObject({ code: 'no-helper' })
  })

  it('S11: a helper who gets the ticket has it and helps no more; the others go on helping', () => {
    const story = ticketIn('handling').acts([wang, 'add-helper'], [wang, 'add-helper', { helper: 'mei' }], [chen, 'reassign'])
    expect(story.state).toMatchObject({ assignee: 'zhao', helpers: [{ person: 'mei' }] })
  })

  it('S11, X8: what somebody helps with goes over with everything they have', () => {
    const story = ticketIn('handling').acts([wang, 'add-helper'], [chen, 'hand-over', { from: 'zhao', to: 'mei' }])
    expect(story.state).toMatchObject({ assignee: 'wang', helpers: [{ person: 'mei', duty: '核对数据库日志' }] })
    story.acts([chen, 'hand-over', { from: 'wang', to: 'mei' }])
    expect(story.state).toMatchObject({ assignee: 'mei', helpers: [] })
    expect(ticketIn('handling').refusal(chen, 'hand-over', { from: 'zhao', to: 'mei' })).toMatchObject({ code: 'nothing-held' })
  })

  it('S11: helpers hear that it is withdrawn, and the customer sees nothing of who helps', () => {
    const story = ticketIn('handling', { by: zhou }).acts([wang, 'add-helper'], [zhou, 'withdraw'])
    expect(heard(story, 'withdrawn')).toContainEqual(['withdrawn', 'zhao'])
    expect(eventForCustomer({ ...story.last('helper-added') }, 'zhou', () => true)).toEqual([])
  })
})

/** A clock of two hours for what the service desk is asked. */
const answering: PolicyClock = {
  id: 'query-answer',
  label: '疑问答复',
  starts: ['queried'],
  stops: ['query-answered'],
  cancels: ['query-dropped'],
  pauses: [],
  whenDue: 'break',
  ladder: [],
  within: { urgent: 'PT2H', high: 'PT2H', medium: 'PT2H', low: 'PT2H' },
  timeBase: 'elapsed',
  priorities: null,
}

describe('R7: a handler in doubt asks the service desk', () => {
  it('R7: it waits for the answer and stays with the handler; the desk hears the question, the handler the answer', () => {
    const story = ticketIn('handling').acts([wang, 'query'])
    expect(story.state).toMatchObject({ stage: 'handling', assignee: 'wang', waiting: { for: 'query', reason: '客户使用的是哪个版本？' } })
    expect(story.notices(story.last('queried'))).toMatchObject([
      { kind: 'query-asked', recipient: { id: 'lin' }, params: { question: '客户使用的是哪个版本？', by: 'wang' } },
    ])
    expect(story.refusal(wang, 'query')).toMatchObject({ code: 'already-waiting' })
    expect(story.refusal(lin, 'resume')).toMatchObject({ code: 'query-open' })
    expect(story.refusal(zhao, 'answer-query')).toMatchObject({ code: 'not-yours' })
    story.acts([mei, 'answer-query'])
    expect(story.state).toMatchObject({ waiting: null, query: null, assignee: 'wang' })
    expect(heard(story, 'query-answered')).toEqual([['query-answered', 'wang']])
    expect(story.refusal(lin, 'answer-query')).toMatchObject({ code: 'no-query' })
  })

  it('R7: whoever leads hears it where the handler keeps in touch with the customer themselves', () => {
    const story = ticketIn('handling', { submission: { representative: 'wang' } }).acts([wang, 'query'])
    expect(story.notices(story.last('queried'))).toMatchObject([{ recipient: { role: 'lead', team: 'tech-support' } }])
  })

  it('R7: promises rest meanwhile where their clock names it, and nowhere else: `any` is what the profile lists', () => {
    for (const [pauses, state] of [
      [['any'], 'running'],
      [['customer', 'query'], 'paused'],
    ] as const) {
      const clocks = policyOf().clocks.map((clock) => (clock.id === 'resolution' ? { ...clock, pauses: [...pauses] } : clock))
      const story = ticketIn('handling', { policy: policyOf({ clocks }) })
      const { dueAt } = story.promise('resolution')
      story.acts([wang, 'query'])
      expect(story.promise('resolution').state).toBe(state)
      story.later('PT1H').acts([lin, 'answer-query'])
      expect(story.promise('resolution')).toMatchObject({ state: 'running' })
      expect(story.promise('resolution').dueAt > dueAt).toBe(state === 'paused')
    }
  })

  it('R7: a clock of the profile times the answer; what is asked no more is owed no more', () => {
    const policy = policyOf({ clocks: [...policyOf().clocks, answering] })
    const answered = ticketIn('handling', { policy }).acts([wang, 'query'])
    expect(unwatched(answered.state, policy)).toEqual([])
    expect(answered.later('PT1H').acts([lin, 'answer-query']).promise('query-answer')).toMatchObject({ state: 'kept' })
    for (const done of ['release', 'complete'] as const) {
      const story = ticketIn('handling', { policy }).acts([wang, 'query'], [wang, done])
      expect(story.state).toMatchObject({ query: null, waiting: null })
      expect(story.promise('query-answer'), done).toMatchObject({ state: 'cancelled' })
    }
  })

  it('R7, X5: without such a clock the question is told to be watched by nobody', () => {
    const story = ticketIn('handling').acts([wang, 'query'])
    expect(unwatched(story.state, story.policy)).toMatchObject([{ reason: 'query-without-clock' }])
  })

  it('R7: the customer sees nothing of it', () => {
    const story = ticketIn('handling', { by: zhou }).acts([wang, 'query'], [lin, 'answer-query'])
    const seen = story.events.flatMap((event) => eventForCustomer({ ...event }, 'zhou', () => true)).map(({ type }) => type)
    expect(seen.filter((type) => /quer|waiting/.test(type))).toEqual([])
  })
})

describe('R7: a plan says what it means for the customer', () => {
  it('R7: it may; where the profile says so it must, by type, priority and whatever else a condition names', () => {
    const impact = '升级期间无法下单约 10 分钟，安排在凌晨'
    const story = ticketIn('handling').acts([wang, 'plan', { impact }])
    expect(story.state.plan).toMatchObject({ impact })
    const policy = policyOf({ planImpact: { priority: ['urgent'] } })
    expect(ticketIn('handling', { policy }).state.plan).not.toHaveProperty('impact')
    const urgent = ticketIn('assignment', { policy, submission: { priority: 'urgent' } }).acts([chen, 'assign'], [wang, 'accept'])
    expect(urgent.refusal(wang, 'plan', { estimatedFinishAt: '2020-01-01T00:00:00Z' }).errors).toMatchObject([
      { path: 'estimatedFinishAt' },
      { path: 'impact', code: 'required' },
    ])
    urgent.acts([wang, 'plan', { impact }])
    expect(urgent.last('planned')).toMatchObject({ impact })
  })
})

describe('R10: a superior looks into it', () => {
  it('R10: with what gave rise to it, and what came of it; whoever works on it hears both', () => {
    const story = ticketIn('handling')
    expect(story.refusal(wang, 'intervene')).toMatchObject({ code: 'wrong-role' })
    story.acts([chen, 'intervene'])
    const { seq: id, at } = story.last('intervened')
    expect(story.state.intervention).toEqual({ id, cause: 'silence', by: 'chen', at })
    expect(heard(story, 'intervened')).toEqual([
      ['intervention-opened', 'wang'],
      ['intervention-opened', 'lin'],
    ])
    expect(story.refusal(gu, 'intervene')).toMatchObject({ code: 'intervention-open', params: { person: 'chen' } })
    expect(unwatched(story.state, story.policy)).toMatchObject([{ reason: 'intervention-without-clock', at }])
    story.acts([gu, 'close-intervention'])
    expect(story.last('intervention-closed')).toMatchObject({ intervention: id, outcome: '已增派人手，每日通报进展' })
    expect(story.state.intervention).toBeNull()
    expect(heard(story, 'intervention-closed')).toEqual([
      ['intervention-closed', 'wang'],
      ['intervention-closed', 'lin'],
      ['intervention-closed', 'chen'],
    ])
    expect(story.refusal(chen, 'close-intervention')).toMatchObject({ code: 'no-intervention' })
  })

  it('R10: moves no promise, and outlives the solution: nothing is archived while somebody looks into it', () => {
    const before = ticketIn('handling')
    const promises = before.state.promises
    expect(before.acts([chen, 'intervene', { cause: 'failed-result' }]).state.promises).toEqual(promises)
    const story = ticketIn('confirmation').acts(
      [chen, 'intervene'],
      [lin, 'confirm'],
      [wang, 'close'],
      [lin, 'callback'],
      [wang, 'file-article'],
    )
    story.later('P60D').wake()
    expect(story.state.stage).toBe('follow-up')
    story.acts([chen, 'close-intervention'])
    story.later('PT1M').wake()
    expect(story.state.stage).toBe('archived')
  })
})

describe('Q4: who cannot solve it hands it up', () => {
  const said = { problem: '保存订单时偶发超时', tried: '重启服务、扩大连接池，均无效' }

  it('Q4: to an expert group, whose queue it joins, with the problem and what was tried; its promises go on', () => {
    const story = ticketIn('handling')
    const { dueAt } = story.promise('resolution')
    story.acts([wang, 'hand-up'])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: null, team: 'second-line' })
    expect(story.promise('resolution')).toMatchObject({ state: 'running', dueAt })
    expect(story.last('assigned')).toMatchObject({ manner: 'handed-up', previous: 'wang', team: 'second-line' })
    expect(story.notices(story.last('handed-up'))).toMatchObject([
      { kind: 'handed-up', recipient: { kind: 'team', id: 'second-line' }, params: { ...said, by: 'wang' } },
    ])
    expect(story.notices(story.last('assigned'))).toEqual([])
  })

  it('Q4: to a supervisor, who has it from then on and accepts it', () => {
    const story = ticketIn('handling').acts([wang, 'hand-up', { team: undefined, supervisor: 'chen' }])
    expect(story.state).toMatchObject({ stage: 'assignment', assignee: 'chen', team: 'tech-support' })
    expect(heard(story, 'handed-up')).toEqual([['handed-up', 'chen']])
    story.acts([chen, 'accept'])
    expect(story.state.stage).toBe('handling')
  })

  it('Q4: both have to be said, and it goes up: not to a colleague, nor to the team that has it', () => {
    const story = ticketIn('handling')
    const errors = (changes: object) => story.refusal(wang, 'hand-up', { ...changes }).errors
    expect(errors({ problem: undefined, tried: undefined })).toMatchObject([
      { path: 'problem', code: 'required' },
      { path: 'tried', code: 'required' },
    ])
    expect(errors({ team: undefined })).toMatchObject([{ path: 'supervisor', code: 'one-of-two', params: { other: 'team' } }])
    expect(errors({ team: 'tech-support' })).toMatchObject([{ path: 'team', code: 'same-team' }])
    expect(errors({ supervisor: 'chen' })).toMatchObject([{ path: 'team', code: 'one-of-two' }])
    expect(errors({ team: undefined, supervisor: 'zhao' })).toMatchObject([
      { path: 'supervisor', code: 'cannot-handle', params: { roles: ['supervisor'] } },
    ])
    expect(errors({ team: undefined, supervisor: 'qian' })).toEqual([
      { path: 'supervisor', code: 'cannot-handle', params: { person: 'qian', roles: ['supervisor'] } },
    ])
    expect(story.refusal(zhao, 'hand-up')).toMatchObject({ code: 'not-yours' })
    expect(ticketIn('assignment').refusal(chen, 'hand-up')).toMatchObject({ code: 'nobody-has-it' })
  })
})
