import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import {
  chen,
  gu,
  lin,
  monday,
  office,
  policyOf,
  Story,
  system,
  ticketIn,
  wang,
  zhao,
  zhou,
  type StoryOptions,
} from '../../support/tickets.ts'

/** What people decide about promises: another priority, a later deadline, urging, another calendar. */

const urgent: StoryOptions = { submission: { priority: 'urgent' } }
const withReview: StoryOptions = {
  policy: {
    ...policyOf(),
    clocks: [
      {
        id: 'priority-review',
        label: '优先级复核',
        starts: ['received'],
        stops: ['priority-reviewed'],
        cancels: ['released'],
        pauses: [],
        whenDue: 'break',
        within: { urgent: 'PT10M', high: 'PT10M', medium: 'PT10M', low: 'PT10M' },
        timeBase: null,
        priorities: null,
        ladder: [],
      },
      ...policyOf().clocks,
    ],
  },
}

describe('S12: priority', () => {
  it('S12: whoever gets the ticket has ten minutes to confirm its priority or to ask for another', () => {
    const story = ticketIn('assignment', withReview).acts([wang, 'claim'])
    expect(story.promise('priority-review')).toMatchObject({ state: 'running', dueAt: plus(story.now, 'PT10M') })
    story.acts([wang, 'confirm-priority'])
    expect(story.promise('priority-review').state).toBe('kept')
    const asks = ticketIn('assignment', withReview).acts([wang, 'claim'], [wang, 'request-priority-change', { priority: 'urgent' }])
    expect(asks.promise('priority-review').state).toBe('kept')
    expect(asks.state.priorityChange).toMatchObject({ priority: 'urgent', by: 'wang' })
    expect(asks.notices(asks.last('priority-change-requested'))).toMatchObject([
      {
        kind: 'priority-change-requested',
        recipient: { kind: 'role', role: 'supervisor' },
        params: { current: 'medium', wanted: 'urgent' },
      },
    ])
  })

  it('S12: until it is approved the old clocks run; then the new targets count from the original start', () => {
    const story = ticketIn('handling')
    const before = story.promise('resolution').dueAt
    story.acts([wang, 'request-priority-change', { priority: 'high' }])
    expect(story.state.priority).toBe('medium')
    expect(story.promise('resolution').dueAt).toBe(before)
    story.acts([chen, 'decide-priority-change'])
    expect(story.state).toMatchObject({ priority: 'high', priorityChange: null })
    expect(story.promise('resolution')).toMatchObject({ state: 'running', startedAt: monday, dueAt: plus(monday, 'PT72H') })
    expect(story.notices(story.last('priority-change-decided'))).toMatchObject([
      { kind: 'priority-change-decided', recipient: { kind: 'person', id: 'wang' }, params: { approved: 'true', priority: 'high' } },
    ])
  })

  it('S12: refused, nothing changes but the question', () => {
    const story = ticketIn('handling').acts([wang, 'request-priority-change', { priority: 'high' }])
    const { promises } = story.state
    story.acts([chen, 'decide-priority-change', { approve: false, comment: '影响有限' }])
    expect(story.state).toMatchObject({ priority: 'medium', priorityChange: null, promises })
  })

  it('S12: what the new target has passed already is broken by the decision, and only the highest level reached speaks', () => {
    const story = ticketIn('handling')
    story.at(plus(monday, 'PT40H')).acts([wang, 'request-priority-change', { priority: 'urgent' }])
    story.acts([chen, 'decide-priority-change'])
    const decided = story.last('priority-change-decided')
    const broken = story.events.filter((event) => event.type === 'promise-broken' && event.cause === 'retarget')
    expect(broken.map((event) => 'clock' in event && event.clock)).toContain('resolution')
    for (const event of broken) expect(event).toMatchObject({ occurredAt: decided.at, actor: 'chen' })
    const spoken = story.wake().flatMap((event) => (event.type === 'level-reached' && event.clock === 'resolution' ? [event] : []))
    // 24 h were due at noon of the day before: a quarter later has passed, the double not yet.
    expect(spoken.map(({ level, occurredAt }) => [level, occurredAt])).toEqual([['supervisor', decided.at]])
    expect(story.promise('resolution').basis?.rungs.map(({ id }) => id)).toEqual(['department-head'])
  })

  it('S12: nobody approves their own wish, nobody asks twice, and the same priority is no change', () => {
    const story = ticketIn('handling').acts([chen, 'request-priority-change', { priority: 'high' }])
    expect(story.refusal(chen, 'decide-priority-change')).toMatchObject({ kind: 'forbidden', code: 'own-request' })
    expect(story.refusal(wang, 'request-priority-change')).toMatchObject({ kind: 'conflict', code: 'change-pending' })
    expect(story.refusal(wang, 'confirm-priority')).toMatchObject({ code: 'change-pending' })
    expect(story.refusal(lin, 'decide-priority-change')).toMatchObject({ code: 'wrong-role' })
    story.acts([gu, 'decide-priority-change'])
    expect(story.refusal(wang, 'request-priority-change', { priority: 'high' })).toMatchObject({ code: 'same-priority' })
    expect(story.refusal(wang, 'request-priority-change', { priority: 'soon' })).toMatchObject({ errors: [{ path: 'priority' }] })
    expect(story.refusal(gu, 'decide-priority-change')).toMatchObject({ code: 'no-change-pending' })
  })

  it('T5, S12: the emergency review decides the priority at once', () => {
    const story = ticketIn('triage', urgent).acts([lin, 'diagnose'], [chen, 'record-review-meeting', { priority: 'medium' }])
    expect(story.state.priority).toBe('medium')
    expect(story.promise('resolution').dueAt).toBe('2026-03-09T10:00:00.000Z')
  })

  it('X3, S12: what rested before counts under the new target too', () => {
    const story = ticketIn('handling', urgent)
      .acts([wang, 'wait', { for: 'customer' }])
      .later('PT2H')
    story.act(lin, 'supplement')
    story.act(wang, 'request-priority-change', { priority: 'high' })
    story.act(chen, 'decide-priority-change')
    expect(story.promise('resolution').dueAt).toBe(plus(plus(monday, 'PT72H'), 'PT2H'))
  })
})

describe('T14: deferral', () => {
  const later = { newDueAt: plus(monday, 'P3D') }

  it('T14: announced in time it makes a promise of its own; the original one stays and breaks when it comes', () => {
    const story = ticketIn('handling', urgent)
    const { dueAt } = story.promise('resolution')
    story.acts([wang, 'defer', later])
    expect(story.last('deferred')).toMatchObject({ late: false, previousDueAt: dueAt, newDueAt: later.newDueAt })
    expect(story.promise('resolution')).toMatchObject({ state: 'running', dueAt })
    expect(story.promise('deferral')).toMatchObject({ state: 'running', dueAt: later.newDueAt })
    story.at(plus(dueAt, 'PT1H')).wake()
    expect(story.promise('resolution').state).toBe('broken')
    story.acts([wang, 'complete'], [zhao, 'verify'], [lin, 'confirm'])
    expect(story.promise('resolution').state).toBe('broken')
    expect(story.promise('deferral').state).toBe('kept')
  })

  it('T14: customer and superior hear the reason and the new deadline', () => {
    const story = ticketIn('handling', urgent).acts([wang, 'defer', later])
    expect(story.notices(story.last('deferred'))).toMatchObject([
      { kind: 'deferred', recipient: { kind: 'customer' }, params: { reason: '厂商补丁推迟', newDueAt: later.newDueAt } },
      { kind: 'deferral-reported', recipient: { kind: 'role', role: 'supervisor' }, params: { late: 'false', cause: 'objective' } },
    ])
  })

  it('T14: the handler is warned three hours before, and a deferral less than two hours before is marked late', () => {
    const story = ticketIn('handling', urgent)
    const { dueAt } = story.promise('resolution')
    expect(story.promise('resolution').basis?.rungs.find(({ id }) => id === 'last-call')?.at).toBe(plus(monday, 'PT21H'))
    story.at(plus(monday, 'PT22H')).act(wang, 'defer', later)
    expect(story.last('deferred').late).toBe(false)
    const late = ticketIn('handling', urgent).at(plus(monday, 'PT22H1S'))
    late.act(wang, 'defer', later)
    expect(late.last('deferred').late).toBe(true)
    const broken = ticketIn('handling', urgent).at(plus(dueAt, 'PT1H'))
    broken.act(wang, 'defer', later)
    expect(broken.last('deferred').late).toBe(true)
  })

  it('T14, X2: two hours are working hours where the promise counts so', () => {
    // Due on Monday 18:00: on Monday 15:30 there are two and a half hours left, at 16:01 less than two.
    const story = ticketIn('handling').at('2026-03-09T07:30:00Z')
    story.act(wang, 'defer', { newDueAt: '2026-03-11T10:00:00Z' })
    expect(story.last('deferred').late).toBe(false)
    const late = ticketIn('handling').at('2026-03-09T08:01:00Z')
    late.act(wang, 'defer', { newDueAt: '2026-03-11T10:00:00Z' })
    expect(late.last('deferred').late).toBe(true)
  })

  it('T14: a second deferral is measured against the first, whose promise it replaces', () => {
    const story = ticketIn('handling', urgent).acts([wang, 'defer', later], [wang, 'defer', { newDueAt: plus(monday, 'P5D') }])
    expect(story.last('deferred')).toMatchObject({ previousDueAt: later.newDueAt })
    expect(story.promise('deferral')).toMatchObject({ cycle: 2, state: 'running' })
    expect(story.last('deferred').promises).toMatchObject([{ cycle: 1, state: 'cancelled' }, { cycle: 2 }])
    expect(story.refusal(wang, 'defer', later)).toMatchObject({ errors: [{ path: 'newDueAt', code: 'not-later' }] })
    expect(story.refusal(wang, 'defer', { newDueAt: monday })).toMatchObject({ errors: [{ path: 'newDueAt', code: 'not-after-now' }] })
  })

  it('T6: who gets the ticket afterwards is told the deadline as it stands', () => {
    const story = ticketIn('handling', urgent).acts([wang, 'defer', later], [chen, 'reassign', { assignee: 'zhao' }])
    expect(story.last('assigned').deadline).toBe(later.newDueAt)
  })
})

describe('X7: urging', () => {
  it('X7: is counted, told to whoever has it, to the superior from the third time, and not more often than every hour', () => {
    const story = ticketIn('handling', { by: zhou }).acts([zhou, 'urge'])
    expect(story.last('urged')).toMatchObject({ by: 'customer', count: 1 })
    expect(story.refusal(lin, 'urge')).toMatchObject({
      kind: 'conflict',
      code: 'urged-already',
      params: { again: plus(story.now, 'PT1H') },
    })
    story.later('PT1H').act(lin, 'urge')
    story.later('PT1H').act(zhou, 'urge')
    expect(story.notices(story.last('urged'))).toMatchObject([
      { recipient: { kind: 'person', id: 'wang' }, params: { count: 3 } },
      { recipient: { kind: 'role', role: 'supervisor' } },
    ])
    expect(ticketIn('assignment').acts([lin, 'urge']).state.counts.urges).toBe(1)
  })

  it('X7: by colleagues does not keep the customer from it; of tickets of 0.1.0 it does, as it did', () => {
    const story = ticketIn('handling', { by: zhou }).acts([lin, 'urge'], [zhou, 'urge'])
    expect(story.state.counts).toMatchObject({ urges: 2, customerUrges: 1 })
    expect(story.refusal(zhou, 'urge')).toMatchObject({ code: 'urged-already' })
    const { reckoning: _, ...old } = policyOf()
    const before = ticketIn('handling', { by: zhou, policy: old }).acts([lin, 'urge'])
    expect(before.refusal(zhou, 'urge')).toMatchObject({ code: 'urged-already' })
  })
})

describe('X2: a new version of the calendar', () => {
  const holiday = { ...office, days: { ...office.days, '2026-03-05': [], '2026-03-06': [] } }

  it('X2: moves the promises that reach a changed day, with their ladders, and nothing else; the move is an event', () => {
    const story = ticketIn('handling')
    const response = story.promise('first-response')
    story.try(system, 'change-calendar', { version: 2, calendar: holiday })
    expect(story.last('calendar-changed')).toMatchObject({ version: 2, moved: 1, actor: 'system' })
    expect(story.promise('resolution').dueAt).toBe('2026-03-11T10:00:00.000Z')
    expect(story.promise('resolution').basis?.rungs.find(({ id }) => id === 'last-call')?.at).toBe('2026-03-11T07:00:00.000Z')
    expect(story.promise('first-response')).toBe(response)
    expect(story.state.calendar).toEqual({ id: 'cn-office', version: 2 })
    expect(story.try(system, 'change-calendar', { version: 2, calendar: holiday })).toMatchObject({ code: 'calendar-old' })
  })

  it('X2: a promise beyond the last announced day is provisional until that day is announced', () => {
    const policy = policyOf()
    const short = { ...office, coveredThrough: '2026-03-04' }
    const story = new Story({ policy: { ...policy, calendar: { version: 1, calendar: short } } })
    expect(story.promise('resolution').provisional).toBe(true)
    expect(story.promise('start').provisional).toBe(false)
    story.try(system, 'change-calendar', { version: 2, calendar: office })
    expect(story.promise('resolution')).toMatchObject({ provisional: false, dueAt: '2026-03-09T10:00:00.000Z' })
    expect(story.last('calendar-changed').moved).toBe(0)
  })

  it('X2: a promise that a calendar of hardly any working time never reaches stops nothing', () => {
    const none = { mon: ['09:00-09:01'], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
    const policy = policyOf()
    const clocks = policy.clocks.map((clock) => (clock.id === 'start' ? { ...clock, within: { medium: 'PT2000H' } } : clock))
    const story = new Story({ policy: { ...policy, clocks, calendar: { version: 1, calendar: { ...office, week: none } } } })
    expect(story.promise('start').dueAt).toBe('9999-12-31T00:00:00.000Z')
    story.acts([lin, 'wait'], [lin, 'resume'], [lin, 'contact'])
    expect(story.promise('start').dueAt).toBe('9999-12-31T00:00:00.000Z')
    story.try(system, 'change-calendar', { version: 2, calendar: office })
    expect(story.promise('start').dueAt < '2028').toBe(true)
  })
})
