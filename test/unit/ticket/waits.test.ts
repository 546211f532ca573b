import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import type { Moment } from '../../../domain/profile/moments.ts'
import type { PolicyClock } from '../../../domain/profile/policy.ts'
import { solvingDeadline } from '../../../workflows/ticket/clocks.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { unwatched } from '../../../workflows/ticket/unwatched.ts'
import { chen, lin, policyOf, ticketIn, wang, type Story } from '../../support/tickets.ts'

/** X11: a wait for whatever it is starts and stops clocks, as does a customer who is not satisfied; and the deadline is the clock that is named. */

const clock = (changes: Partial<PolicyClock>): PolicyClock => ({
  id: 'wait',
  label: '等待',
  starts: ['waiting-started'],
  stops: ['waiting-ended'],
  cancels: [],
  pauses: [],
  whenDue: 'break',
  within: { urgent: 'PT4H', high: 'PT4H', medium: 'PT4H', low: 'PT4H' },
  timeBase: 'elapsed',
  priorities: null,
  ladder: [
    { id: 'reminder', at: '-25%', times: 1, to: ['handler'] },
    { id: 'missed', at: '0%', times: 1, to: ['handler', 'lead'] },
  ],
  ...changes,
})
const inHand = (changes: Partial<PolicyClock> = {}) =>
  ticketIn('handling', { policy: policyOf({ clocks: [...policyOf().clocks, clock(changes)] }) })
const cycles = (story: Story) =>
  story.state.promises.filter((promise) => promise.clock === 'wait').map(({ cycle, state }) => `${cycle} ${state}`)

describe('X11: a wait', () => {
  it('has a limit and reminders, and is over when the work goes on', () => {
    const story = inHand().acts([wang, 'wait', { for: 'part' }])
    expect(story.promise('wait')).toMatchObject({ state: 'running', dueAt: plus(story.now, 'PT4H') })
    expect(unwatched(story.state, story.policy)).toEqual([])
    const levels = story
      .later('PT5H')
      .wake()
      .flatMap((event) => (event.type === 'level-reached' && event.clock === 'wait' ? [event.level] : []))
    expect(levels).toEqual(['reminder', 'missed'])
    expect(story.promise('wait')).toMatchObject({ state: 'broken', stoppedAt: null })
    story.act(wang, 'resume')
    expect(story.promise('wait')).toMatchObject({ state: 'broken', stoppedAt: story.now })
    story.acts([wang, 'wait', { for: 'vendor' }], [wang, 'resume'])
    expect(cycles(story)).toEqual(['2 kept'])
  })

  it.each<[readonly Moment[], string, string[]]>([
    [['waiting-started'], 'part', ['1 running']],
    [['waiting-started:part'], 'part', ['1 running']],
    [['waiting-started:part'], 'vendor', []],
    [['waiting-started:part', 'waiting-started'], 'part', ['1 running']],
    [['customer-asked'], 'part', []],
    [['customer-asked'], 'customer', ['1 running']],
    [['waiting-started:customer'], 'customer', ['1 running']],
    [['customer-asked', 'waiting-started'], 'customer', ['1 running']],
  ])('by a clock that starts with %s, for %s: %s', (starts, reason, expected) => {
    expect(cycles(inHand({ starts: [...starts] }).acts([wang, 'wait', { for: reason }]))).toEqual(expected)
  })

  it.each<[readonly Moment[], string, string]>([
    [['waiting-ended'], 'part', 'kept'],
    [['waiting-ended:part'], 'part', 'kept'],
    [['waiting-ended:vendor'], 'part', 'running'],
    [['customer-answered'], 'part', 'running'],
    [['customer-answered'], 'customer', 'kept'],
    [['waiting-ended:customer'], 'customer', 'kept'],
  ])('by a clock that stops with %s, for %s: %s; what comes next names what ends it', (stops, reason, state) => {
    const story = inHand({ stops: [...stops] }).acts([wang, 'wait', { for: reason }])
    const due = ticketProcess.deadlines(story.state, story.policy).find(({ clock, level }) => clock === 'wait' && level === 'due')
    expect(due?.cancelledBy.includes('resume')).toBe(state === 'kept')
    expect(story.acts([wang, 'resume']).promise('wait').state).toBe(state)
  })

  it('ends a clock that it cancels, and by itself when its time is over', () => {
    const story = inHand({ starts: ['accepted', 'updated'], stops: ['completed'], cancels: ['waiting-started:part'] })
    expect(story.acts([wang, 'update-progress'], [wang, 'wait', { for: 'part' }]).promise('wait').state).toBe('cancelled')
    const timed = inHand().acts([wang, 'wait', { for: 'part', until: plus(ticketIn('handling').now, 'PT2H') }])
    timed.later('PT2H').wake()
    expect(timed.promise('wait')).toMatchObject({ state: 'kept' })
  })
})

describe('X11: a customer who is not satisfied', () => {
  const asked = () => {
    const story = ticketIn('confirmation', {
      policy: policyOf({
        clocks: [...policyOf().clocks, clock({ starts: ['dissatisfied'], stops: ['contacted', 'closed'], cancels: ['resolved'] })],
      }),
    })
    return story
  }
  it.each([
    ['solved', {}, []],
    ['partly', { remark: '还想了解备份' }, ['1 running']],
    ['unsolved', { remark: '还是不行' }, ['1 running']],
  ])('is a moment of the answer %s, which ends nothing that it starts', (outcome, more, expected) => {
    const story = asked()
    story.act(lin, 'confirm', { outcome, channel: 'phone', ...more })
    expect(cycles(story)).toEqual(expected)
    if (expected.length > 0) expect(story.later('PT1H').acts([lin, 'contact']).promise('wait').state).toBe('kept')
  })
})

describe('T6: the deadline of a ticket', () => {
  const long = clock({
    id: 'long-stop',
    starts: ['accepted'],
    stops: ['resolved'],
    within: { urgent: 'P60D', high: 'P60D', medium: 'P60D', low: 'P60D' },
  })
  const named = (deadline: string | null | undefined) => {
    const { deadline: _, ...policy } = policyOf({ clocks: [...policyOf().clocks, long] })
    return ticketIn('handling', { policy: { ...policy, ...(deadline !== undefined && { deadline }) } })
  }
  const deadlineOf = (story: Story) => solvingDeadline(story.state, story.policy)?.clock

  it('is the clock that the profile names, though another one that the solution stops started later', () => {
    expect(deadlineOf(named('resolution'))).toBe('resolution')
    expect(deadlineOf(named('long-stop'))).toBe('long-stop')
    // Where none is named it is the newest, as it always was.
    for (const none of [null, undefined]) expect(deadlineOf(named(none))).toBe('long-stop')
  })

  it('is what was announced or agreed in its place, in mails too', () => {
    const newDueAt = '2026-03-20T10:00:00.000Z'
    const story = named('resolution').acts([wang, 'defer', { newDueAt }])
    expect(deadlineOf(story)).toBe('deferral')
    const urged = story.acts([lin, 'urge']).last('urged')
    expect(story.notices(urged).find(({ kind }) => kind === 'urged')?.params).toMatchObject({ dueAt: newDueAt })
  })

  it('is told to whom it is given as all that the act did has left it: the end of a wait moves it first', () => {
    const policy = (): ReturnType<typeof policyOf> =>
      policyOf({ clocks: policyOf().clocks.map((one) => (one.id === 'resolution' ? { ...one, pauses: ['any'] } : one)) })
    const moved = ticketIn('handling', { policy: policy() })
      .acts([wang, 'wait', { for: 'part' }])
      .later('PT5H')
    moved.acts([chen, 'reassign'])
    const { deadline } = moved.last('assigned')
    expect(deadline).toBe(moved.promise('resolution').dueAt)
    // A ticket that began before says it as it did.
    const { deadline: _, ...older } = policy()
    const before = ticketIn('handling', { policy: older })
    const { dueAt } = before.promise('resolution')
    before
      .acts([wang, 'wait', { for: 'part' }])
      .later('PT5H')
      .acts([chen, 'reassign'])
    expect(before.last('assigned').deadline).toBe(dueAt)
  })
})
