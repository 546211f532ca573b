import { describe, expect, it } from 'vitest'
import { workingDue, workingDueMs } from '../../../domain/calendar/working-time.ts'
import { plus } from '../../../domain/instant.ts'
import { outlook } from '../../../workflows/ticket/outlook.ts'
import { chen, hook, lin, monday, office, policyOf, Story, ticketIn, wang, type StoryOptions } from '../../support/tickets.ts'

/** The clocks of technical support: what starts, rests and stops each promise, and what its ladder does. */

const urgent: StoryOptions = { submission: { priority: 'urgent' } }
const working = (from: string, within: string) => workingDue(office, from, within)
const states = (story: Story) => Object.fromEntries(story.state.promises.map(({ clock, state }) => [clock, state]))
const levels = (story: Story, clock: string) =>
  story.events.flatMap((event) => (event.type === 'level-reached' && event.clock === clock ? [[event.level, event.occurredAt]] : []))

describe('T13: what each priority promises', () => {
  it.each([
    ['urgent', 'PT15M', 'PT2H', 'PT24H'],
    ['high', 'PT2H', 'PT8H', 'PT72H'],
  ])('T13, S6: %s in elapsed time: first response %s, start %s, solution %s', (priority, response, start, solution) => {
    const story = new Story({ submission: { priority } })
    expect(story.promise('first-response').dueAt).toBe(plus(monday, response))
    expect(story.promise('start').dueAt).toBe(plus(monday, start))
    expect(story.promise('resolution').dueAt).toBe(plus(monday, solution))
  })

  it.each(['medium', 'low'])('T13, S6, X2: %s in working time: eight working hours, five working days', (priority) => {
    const story = new Story({ submission: { priority } })
    expect(story.promise('first-response').dueAt).toBe('2026-03-02T10:00:00.000Z')
    expect(story.promise('start').dueAt).toBe(working(monday, 'PT8H'))
    expect(story.promise('resolution').dueAt).toBe('2026-03-09T10:00:00.000Z')
    expect(story.promise('resolution').provisional).toBe(false)
  })

  it('a type can have targets of its own', () => {
    const policy = policyOf()
    const clocks = policy.clocks.map((clock) => (clock.id === 'start' ? { ...clock, within: { ...clock.within, urgent: 'PT5M' } } : clock))
    expect(new Story({ ...urgent, policy: { ...policy, clocks } }).promise('start').dueAt).toBe(plus(monday, 'PT5M'))
  })
})

describe('first response 首次响应', () => {
  it('S6, T13: a person who calls or chats keeps it; mail, incoming calls and machines do not', () => {
    const story = new Story(urgent)
    story.acts([lin, 'contact', { channel: 'email' }], [lin, 'contact', { direction: 'inbound' }], [hook, 'contact', { channel: 'chat' }])
    expect(story.promise('first-response').state).toBe('running')
    story.acts([lin, 'contact', { channel: 'chat' }])
    expect(story.promise('first-response')).toMatchObject({ state: 'kept', stoppedAt: story.now })
  })

  it('S6: a customer on the line is answered at once', () => {
    const story = new Story({ submission: { priority: 'urgent', live: true } })
    expect(story.promise('first-response')).toMatchObject({ state: 'kept', startedAt: monday, stoppedAt: monday })
  })

  it('X8: a call in time but recorded late is kept, recorded late; the levels that went out stay on record', () => {
    const story = new Story(urgent).later('PT1H')
    story.act(lin, 'contact', { occurredAt: plus(monday, 'PT10M') })
    expect(story.promise('first-response')).toMatchObject({ state: 'kept', recordedLate: true, stoppedAt: plus(monday, 'PT10M') })
    expect(levels(story, 'first-response')).toEqual([
      ['warning', plus(monday, 'PT11M15S')],
      ['missed', plus(monday, 'PT15M')],
      ['supervisor', plus(monday, 'PT18M45S')],
      ['department-head', plus(monday, 'PT30M')],
    ])
  })
})

describe('X4: the ladder', () => {
  it('X4: tells the handler before, the lead at, the supervisor and the department head after the due instant, once each', () => {
    const story = ticketIn('assignment', { submission: { priority: 'high', assignee: 'wang' } })
    story.later('P2D').wake()
    const heard = story.events.flatMap((event) => (event.type === 'level-reached' && event.clock === 'start' ? [event] : []))
    expect(heard.map(({ level, occurredAt }) => [level, occurredAt])).toEqual([
      ['warning', plus(monday, 'PT6H')],
      ['missed', plus(monday, 'PT8H')],
      ['supervisor', plus(monday, 'PT10H')],
      ['department-head', plus(monday, 'PT16H')],
    ])
    expect(heard.map(({ to }) => to)).toEqual([
      [{ kind: 'person', id: 'wang' }],
      [
        { kind: 'person', id: 'wang' },
        { kind: 'role', role: 'lead', team: 'tech-support' },
      ],
      [{ kind: 'role', role: 'supervisor', team: 'tech-support' }],
      [{ kind: 'role', role: 'department-head', team: 'tech-support' }],
    ])
    expect(story.last('promise-broken')).toBeDefined()
    expect(
      story
        .later('P30D')
        .wake()
        .filter((event) => event.type === 'level-reached' && event.clock === 'start'),
    ).toEqual([])
  })

  it('X8: a rung whose person is nobody goes up to the lead of the team', () => {
    const story = new Story(urgent).later('PT100M')
    story.wake()
    expect(story.events.find((event) => event.type === 'level-reached' && event.clock === 'start')).toMatchObject({
      level: 'warning',
      to: [{ kind: 'role', role: 'lead', team: 'tech-support' }],
    })
  })

  it('X4: the promise breaks before its ladder speaks of it, and both are stamped with the due instant', () => {
    const story = new Story(urgent).later('P1D')
    story.wake()
    const due = plus(monday, 'PT15M')
    const there = story.events.filter(({ occurredAt }) => occurredAt === due).map(({ type }) => type)
    expect(there).toEqual(['promise-broken', 'level-reached'])
    expect(story.events.every(({ at, occurredAt }) => occurredAt <= at)).toBe(true)
  })

  it('X4: a warning that comes only after the due instant is on record but not sent; what was missed is', () => {
    const story = new Story(urgent).later('PT20M')
    const woken = story.wake()
    const warning = woken.find((event) => event.type === 'level-reached' && event.level === 'warning')
    const missed = woken.find((event) => event.type === 'level-reached' && event.level === 'missed')
    expect(warning && story.notices(warning)).toEqual([])
    expect(missed && story.notices(missed)).toMatchObject([
      { kind: 'deadline-missed', recipient: { kind: 'person', id: 'lin' }, params: { clock: 'first-response' } },
      { kind: 'deadline-missed', recipient: { kind: 'role', role: 'lead' } },
    ])
  })

  it('a warning at or before the start of its clock is dropped', () => {
    const policy = policyOf()
    const clocks = policy.clocks.map((clock) =>
      clock.id === 'start'
        ? { ...clock, ladder: [{ id: 'early', at: '-PT2H', times: 1, to: ['handler' as const] }, ...clock.ladder] }
        : clock,
    )
    const story = new Story({ ...urgent, policy: { ...policy, clocks } })
    expect(story.promise('start').basis?.rungs.map(({ id }) => id)).toEqual(['warning', 'missed', 'supervisor', 'department-head'])
  })

  it('X2: in working time a share of the target is a share of its working hours', () => {
    const story = new Story()
    const rungs = Object.fromEntries(story.promise('resolution').basis?.rungs.map(({ id, at }) => [id, at]) ?? [])
    // Five days that count: 40 working hours, whatever was left of Monday. A quarter of them is ten.
    expect(rungs['handler']).toBe('2026-03-06T08:00:00.000Z')
    expect(rungs['last-call']).toBe('2026-03-09T07:00:00.000Z')
    expect(rungs['supervisor']).toBe(workingDueMs(office, '2026-03-09T10:00:00.000Z', 10 * 3_600_000))
  })
})

describe('S14, T8: progress', () => {
  it('T8: every four hours, urgent every hour, each update starting a new cycle', () => {
    const story = ticketIn('handling', urgent)
    const accepted = story.last('accepted').at
    expect(story.promise('progress')).toMatchObject({ cycle: 1, startedAt: accepted, dueAt: plus(accepted, 'PT1H') })
    story.later('PT50M').act(wang, 'update-progress')
    const updated = story.last('progress-updated')
    expect(updated.promises).toMatchObject([
      { clock: 'progress', cycle: 1, state: 'kept', stoppedAt: story.now },
      { clock: 'progress', cycle: 2, state: 'running', startedAt: story.now, dueAt: plus(story.now, 'PT1H') },
    ])
    const high = ticketIn('handling', { submission: { priority: 'high' } })
    expect(high.promise('progress').dueAt).toBe(plus(high.last('accepted').at, 'PT4H'))
  })

  it('S14, T8: a missed one reminds the handler, then the supervisor, and the customer hears 正在排查中', () => {
    const story = ticketIn('handling', urgent).later('PT1H20M')
    story.wake()
    expect(levels(story, 'progress').map(([level]) => level)).toEqual(['reminder', 'missed', 'still-investigating-1', 'supervisor'])
    const holding = story.events.find((event) => event.type === 'level-reached' && event.level === 'still-investigating-1')
    expect(holding && story.notices(holding)).toEqual([
      { kind: 'still-investigating', recipient: { kind: 'customer' }, params: { number: 'TS20260302001' } },
    ])
  })

  it('T8: after an outage the customer is told once, not for every hour that was missed', () => {
    const story = ticketIn('handling', urgent).later('PT4H30M')
    const woken = story.wake()
    const holding = woken.filter((event) => event.type === 'level-reached' && event.rung === 'still-investigating')
    expect(holding).toHaveLength(4)
    expect(holding.flatMap((event) => story.notices(event))).toHaveLength(1)
    // On time, each is heard.
    const onTime = ticketIn('handling', urgent)
    let told = 0
    for (let hour = 1; hour <= 4; hour += 1)
      for (const event of onTime.later('PT1H').wake())
        if (event.type === 'level-reached' && event.rung === 'still-investigating') told += onTime.notices(event).length
    expect(told).toBe(4)
  })

  it('X8: an update told late counts from when it was given; one about an earlier cycle touches nothing', () => {
    const story = ticketIn('handling', urgent).later('PT40M')
    const given = plus(story.now, 'PT10M')
    story.later('PT20M').act(wang, 'update-progress', { occurredAt: given })
    expect(story.promise('progress')).toMatchObject({ cycle: 2, startedAt: given })
    story.act(wang, 'update-progress', { occurredAt: story.last('accepted').at })
    expect(story.promise('progress')).toMatchObject({ cycle: 2, startedAt: given })
  })

  it('ends with completion, and begins anew when the work comes back', () => {
    const story = ticketIn('verification', urgent)
    expect(story.promise('progress').state).toBe('kept')
    story.acts([wang, 'verify', { passed: false }])
    expect(story.promise('progress')).toMatchObject({ cycle: 2, state: 'running' })
  })
})

describe('T7: the plan', () => {
  it('T7: is due an hour after a person gets the ticket, and asked for again after an unsatisfied customer', () => {
    const story = ticketIn('assignment', urgent).acts([wang, 'claim'])
    expect(story.promise('plan')).toMatchObject({ state: 'running', dueAt: plus(story.now, 'PT1H') })
    story.acts([wang, 'plan'])
    expect(story.promise('plan').state).toBe('kept')
    const back = ticketIn('confirmation', urgent).acts([lin, 'confirm', { outcome: 'unsolved' }])
    expect(back.promise('plan')).toMatchObject({ cycle: 2, state: 'running', startedAt: back.now })
    back.acts([wang, 'plan', { estimatedFinishAt: '2026-03-04T00:00:00Z' }])
    expect(back.promise('agreed')).toMatchObject({ state: 'running', dueAt: '2026-03-04T00:00:00.000Z' })
  })

  it('T7: goes with the ticket when it is handed over, and away when nobody has it', () => {
    const story = ticketIn('assignment').acts([wang, 'claim'])
    const { dueAt } = story.promise('plan')
    story.acts([chen, 'hand-over', { from: 'wang', to: 'zhao' }])
    expect(story.promise('plan')).toMatchObject({ cycle: 1, state: 'running', dueAt })
    story.acts([chen, 'release'])
    expect(story.promise('plan').state).toBe('cancelled')
  })
})

describe('T5: the emergency review', () => {
  it('T5: its clock reminds the lead until the minutes are recorded; the deadline agreed upon is a promise of its own', () => {
    const story = ticketIn('triage', urgent).acts([lin, 'diagnose'])
    const called = story.now
    expect(story.notices(story.last('diagnosed'))).toEqual([
      {
        kind: 'review-meeting-needed',
        recipient: { kind: 'role', role: 'lead', team: 'tech-support' },
        params: { number: 'TS20260302001', dueAt: plus(called, 'PT30M') },
      },
    ])
    story.later('PT20M').wake()
    expect(levels(story, 'review-meeting')).toEqual([['reminder', plus(called, 'PT15M')]])
    story.acts([chen, 'record-review-meeting', { dueAt: '2026-03-02T20:00:00Z' }])
    expect(story.promise('review-meeting').state).toBe('kept')
    expect(story.promise('agreed')).toMatchObject({ state: 'running', dueAt: '2026-03-02T20:00:00.000Z' })
    expect(new Story().state.promises.map(({ clock }) => clock)).not.toContain('review-meeting')
  })
})

describe('X3: waiting for the customer', () => {
  it('X3: rests the clocks that the profile names, and moves what is ahead by the time it took', () => {
    const story = ticketIn('handling', urgent)
    const before = { resolution: story.promise('resolution').dueAt, response: story.promise('first-response').dueAt }
    story.later('PT5M').act(wang, 'wait', { for: 'customer' })
    expect(states(story)).toMatchObject({ resolution: 'paused', progress: 'paused', 'first-response': 'running' })
    story.later('PT3H').act(lin, 'supplement')
    expect(story.promise('resolution')).toMatchObject({ state: 'running', dueAt: plus(before.resolution, 'PT3H'), pausedMinutes: 180 })
    expect(story.promise('first-response').dueAt).toBe(before.response)
    story.act(wang, 'wait', { for: 'vendor' })
    expect(states(story)).toMatchObject({ resolution: 'running' })
  })

  it('X3: reminds the customer at set intervals, then the representative; nobody is at fault when it lapses', () => {
    const story = ticketIn('intake').acts([lin, 'review-intake', { complete: false, missing: ['日志'] }])
    const { dueAt } = story.promise('customer-answer')
    story.later('P10D').wake()
    expect(levels(story, 'customer-answer').map(([level]) => level)).toEqual(['reminder-1', 'reminder-2', 'representative'])
    expect(story.promise('customer-answer')).toMatchObject({ state: 'cancelled', stoppedAt: dueAt })
    expect(story.last('promise-lapsed')).toMatchObject({ occurredAt: dueAt })
    expect(story.state).toMatchObject({ stage: 'intake', waiting: { for: 'customer' } })
  })

  it('X3: where the profile allows, silence closes the ticket, marked so; it can be reopened in its window and is archived after', () => {
    const policy = policyOf()
    const clocks = policy.clocks.map((clock) => (clock.id === 'confirmation' ? { ...clock, whenDue: 'close' as const } : clock))
    const story = ticketIn('confirmation', { policy: { ...policy, clocks } })
    const { dueAt } = story.promise('confirmation')
    story.at(plus(dueAt, 'PT5H')).wake()
    expect(story.last('closed')).toMatchObject({ silence: true, occurredAt: dueAt, satisfaction: null })
    expect(story.state).toMatchObject({ stage: 'follow-up', closedBySilence: true, closedAt: dueAt, resolvedAt: null })
    expect(story.notices(story.last('closed'))).toMatchObject([{ kind: 'closed-by-silence', recipient: { kind: 'customer' } }])
    expect(states(story)).not.toHaveProperty('callback')
    const again = ticketIn('confirmation', { policy: { ...policy, clocks } })
    again.at(plus(again.promise('confirmation').dueAt, 'P1D')).act(lin, 'reopen')
    expect(again.state).toMatchObject({ stage: 'handling', closedBySilence: false })
    story.later('P30D').wake()
    expect(story.state.stage).toBe('archived')
  })
})

describe('X3: a promise that silence ends', () => {
  it.each([
    ['customer-answer', 'intake'],
    ['confirmation', 'confirmation'],
  ] as const)('was neither kept nor broken: %s', (id, stage) => {
    const policy = policyOf()
    const clocks = policy.clocks.map((clock) => (clock.id === id ? { ...clock, whenDue: 'close' as const } : clock))
    const storyBy = (reckoning: { readonly reckoning?: 2 }) => {
      const { reckoning: _, ...others } = policy
      const story = ticketIn(stage, { policy: { ...others, ...reckoning, clocks } })
      if (stage === 'intake') story.act(lin, 'review-intake', { complete: false, missing: ['客户端日志'] })
      story.at(story.promise(id).dueAt).later('PT5H').wake()
      return story
    }
    const story = storyBy({ reckoning: 2 })
    expect(story.state).toMatchObject({ closedBySilence: true, waiting: null })
    expect(story.promise(id)).toMatchObject({ state: 'cancelled', stoppedAt: story.promise(id).dueAt })
    // Tickets of 0.1.0 go on as they began.
    expect(storyBy({}).promise(id).state).toBe(id === 'confirmation' ? 'cancelled' : 'kept')
  })

  it('and an answer that comes in time keeps it', () => {
    const story = ticketIn('intake').acts([lin, 'review-intake', { complete: false, missing: ['客户端日志'] }], [lin, 'resume'])
    expect(story.promise('customer-answer').state).toBe('kept')
  })
})

describe('T12, T16: after the solution', () => {
  it('T12: the callback is appointed with the customer, and its ladder speaks when it is forgotten', () => {
    const story = ticketIn('closing')
    expect(story.notices(story.last('confirmed')).filter(({ kind }) => kind.startsWith('callback'))).toEqual([
      {
        kind: 'callback-appointed',
        recipient: { kind: 'customer' },
        params: { number: 'TS20260302001', by: story.promise('callback').dueAt },
      },
      {
        kind: 'callback-due',
        recipient: { kind: 'person', id: 'lin' },
        params: { number: 'TS20260302001', by: story.promise('callback').dueAt },
      },
    ])
    story.later('P3D').wake()
    expect(levels(story, 'callback').map(([level]) => level)).toEqual(['reminder', 'missed', 'supervisor'])
  })

  it('T16: the article is due three working days after closing, unless it came with the report or none is needed', () => {
    const story = ticketIn('follow-up')
    expect(story.promise('article').dueAt).toBe(working(story.state.closedAt ?? '', 'P3D'))
    expect(story.refusal(wang, 'file-article', { unnecessary: '重复' })).toMatchObject({
      errors: [{ path: 'article', code: 'one-of-two' }],
    })
    story.acts([wang, 'file-article', { article: undefined, unnecessary: '已有同类文章' }])
    expect(story.promise('article').state).toBe('kept')
    const filed = ticketIn('closing').acts([wang, 'close', { article: 'KB-9' }])
    expect(filed.promise('article').state).toBe('kept')
    expect(filed.refusal(wang, 'file-article')).toMatchObject({ code: 'article-finished' })
  })
})

describe('X5: the outlook', () => {
  it('X5: is what then happens, in that order, to those people', () => {
    const story = ticketIn('handling', urgent)
    let steps = 0
    for (let [next] = outlook(story.state, story.policy).next; next; [next] = outlook(story.state, story.policy).next) {
      steps += 1
      const [event] = story.at(next.dueAt > story.now ? next.dueAt : story.now).wake()
      expect(event).toMatchObject({ clock: next.clock, occurredAt: next.dueAt })
      if (event?.type === 'level-reached') expect([event.level, event.to]).toEqual([next.level, next.to])
      else expect(next.level).toBe('due')
    }
    expect(steps).toBeGreaterThan(15)
  })
})
