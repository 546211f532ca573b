import { describe, expect, it } from 'vitest'
import { workingDue } from '../../../domain/calendar/working-time.ts'
import { sampleNotices } from '../../../workflows/sample/notices.ts'
import { sampleProcess } from '../../../workflows/sample/process.ts'
import { gao, SampleStory, wu } from '../../support/sample-story.ts'
import { good } from '../../support/samples.ts'
import { monday, office } from '../../support/tickets.ts'

/** A sample's life, without rows and Temporal. */

const tickets = ['TS1', 'TS2']
const judged = (ticket: string, answers: object = good) => ({ ticket, answers })
const last = ({ events }: SampleStory) => events.at(-1)

describe('Q7: a sample', () => {
  it('is due in working days, and says by which acts it would be kept', () => {
    const story = new SampleStory({ tickets })
    const due = workingDue(office, monday, 'P5D')
    expect(story.state.promises).toMatchObject([{ clock: 'judging', dueAt: due, state: 'running' }])
    expect(last(story)).toMatchObject({
      type: 'opened',
      asOf: monday,
      seed: 'seed',
      wanted: 3,
      of: 'closed',
      from: '2025-12-31T16:00:00.000Z',
    })
    story.later('P30D').wake()
    expect(story.state.promises).toMatchObject([{ state: 'broken' }])
    expect(story.events.flatMap((event) => (event.type === 'level-reached' ? [event.level] : [])).slice(0, 3)).toEqual([
      'reminder',
      'late',
      'still-late-1',
    ])
  })

  it('is judged by others than who was involved, of whatever roles', () => {
    const story = new SampleStory({ tickets, involved: { TS1: ['wu'], TS2: ['wang'] } })
    expect(story.try(wu, 'judge', judged('TS1'))).toMatchObject({ kind: 'forbidden', code: 'own-work', params: { number: 'TS1' } })
    expect(story.try(wu, 'excuse-ticket', { ticket: 'TS1', reason: '不评' })).toMatchObject({ code: 'own-work' })
    expect(story.try(gao, 'judge', judged('TS1'))).toMatchObject({ kind: 'forbidden', code: 'wrong-role' })
    story.act({ ...wu, id: 'zheng' }, 'judge', judged('TS1')).act(wu, 'judge', judged('TS2'))
    expect(story.try({ ...wu, id: 'wang' }, 'rejudge', { ...judged('TS2'), reason: '不服' })).toMatchObject({ code: 'own-work' })
  })

  it('counts a correction when the judgement was that it corrects, an excused one that is judged after all now', () => {
    const story = new SampleStory({ tickets }).later('PT1H').act(wu, 'judge', judged('TS1'))
    const first = story.now
    story.later('PT1H').act(wu, 'excuse-ticket', { ticket: 'TS2', reason: '录音缺失' })
    story.later('PT5H').act(wu, 'rejudge', { ...judged('TS1', { ...good, greeting: 'no' }), reason: '看错' })
    expect(last(story)).toMatchObject({ type: 'rejudged', judgedAt: first, occurredAt: story.now })
    expect(story.state.tickets).toMatchObject([
      { state: 'judged', met: 2, of: 3, judgedAt: first },
      { state: 'excused', met: null },
    ])
    story.later('PT1H').act(wu, 'rejudge', { ...judged('TS2'), reason: '录音找到' })
    expect(last(story)).toMatchObject({ type: 'rejudged', judgedAt: story.now })
  })

  it('can be corrected for two working days once nothing is left, and then closes by itself, at that instant', () => {
    const story = new SampleStory({ tickets }).later('PT1H').act(wu, 'judge', judged('TS1')).act(wu, 'judge', judged('TS2'))
    const closes = workingDue(office, story.now, 'P2D')
    expect(story.state).toMatchObject({ stage: 'judged' })
    expect(last(story)).toMatchObject({ type: 'all-judged', closesAt: closes })
    expect(story.try(wu, 'judge', judged('TS1'))).toMatchObject({ code: 'wrong-stage' })
    story.later('P9D').wake()
    expect(story.events.slice(-2)).toMatchObject([
      { type: 'promise-lapsed', clock: 'closing', occurredAt: closes },
      { type: 'closed', occurredAt: closes, actor: 'system' },
    ])
    expect(story.try(wu, 'rejudge', { ...judged('TS1'), reason: '晚了' })).toMatchObject({ code: 'ended' })
  })

  it('is abandoned at any time before it ends, with nothing owed any more', () => {
    const story = new SampleStory({ tickets }).act(wu, 'judge', judged('TS1')).act(wu, 'abandon', { reason: '标准有误' })
    expect(story.state).toMatchObject({ stage: 'closed', promises: [{ clock: 'judging', state: 'cancelled' }] })
  })

  it('tells of a finding who leads the team, and asks for whoever judges, then for the management, when it is late', () => {
    const story = new SampleStory({ tickets }).act(wu, 'judge', { ...judged('TS1'), finding: '未回访' })
    const told = story.events.flatMap((event) => sampleNotices(event, story.state))
    expect(told).toMatchObject([
      {
        kind: 'sample-finding',
        recipient: { kind: 'role', role: 'lead', team: 'tech-support' },
        params: { ticket: 'TS1', text: '未回访', by: 'wu' },
      },
    ])
    story.later('P12D').wake()
    const asked = story.events.flatMap((event) => sampleProcess.asks(event, story.state, story.policy))
    expect(asked.map(({ question }) => question)).toMatchObject([{ roles: ['quality'] }, { roles: ['quality', 'management'] }])
  })
})
