import { describe, expect, it } from 'vitest'
import { epochMs, instantOf, type Instant } from '../../../domain/instant.ts'
import type { Policy, PolicyClock } from '../../../domain/profile/policy.ts'
import { chen, lin, monday, office, policyOf, Story, system, ticketIn, wang, zhao, type StoryOptions } from '../../support/tickets.ts'

/** Promises and the past: what happened counts, whenever it was written down, by what was promised when it happened. */

/** So many seconds after the registration. */
const at = (seconds: number): Instant => instantOf(epochMs(monday) + seconds * 1000)

const all = (within: string) => ({ urgent: within, high: within, medium: within, low: within })

const elapsed = policyOf().priorities.map((priority) => ({ ...priority, timeBase: 'elapsed' as const, reviewMeeting: false }))

/** A clock from the registration to the first conversation, with what differs. */
function response(changes: Partial<PolicyClock> = {}): PolicyClock {
  return {
    id: 'response',
    label: '首次响应',
    starts: ['submitted'],
    stops: ['contacted'],
    cancels: [],
    pauses: ['customer'],
    whenDue: 'break',
    within: { urgent: 'PT6S', high: 'PT20S', medium: 'PT40S', low: 'PT40S' },
    timeBase: 'elapsed',
    priorities: null,
    ladder: [],
    ...changes,
  }
}

function withClocks(clocks: readonly PolicyClock[], priority = 'urgent', changes: Partial<Policy> = {}): StoryOptions {
  return { policy: { ...policyOf(), priorities: elapsed, clocks, ...changes }, submission: { priority } }
}

function told(clock = response(), priority = 'urgent'): Story {
  return new Story(withClocks([clock], priority))
}

/** Lin writes down, `seconds` after the registration, a call of `occurred`. */
function call(story: Story, seconds: number, occurred = seconds): void {
  story.at(at(seconds)).act(lin, 'contact', { occurredAt: at(occurred) })
}

/** Chen approves another priority at that second. */
function makes(story: Story, priority: string, seconds: number): void {
  story.at(at(seconds)).wake()
  if (story.state.assignee === null) story.acts()
  story.act(wang, 'request-priority-change', { priority })
  story.act(chen, 'decide-priority-change')
}

/** A ticket of those clocks that Wang has had from the beginning. */
function heldByWang(clocks: readonly PolicyClock[], priority: string): Story {
  const options = withClocks(clocks, priority)
  return new Story({ ...options, submission: { ...options.submission, assignee: 'wang' } })
}

function spoken(story: Story, clock = 'response') {
  return story.events.flatMap((event) =>
    event.type === 'level-reached' && event.clock === clock ? [[event.level, (epochMs(event.occurredAt) - epochMs(monday)) / 1000]] : [],
  )
}

describe('X8: a call that is written down after a later one', () => {
  it('X8: in time though a later one was recorded first: kept, recorded late, from when it took place', () => {
    const story = told()
    call(story, 8)
    expect(story.promise('response')).toMatchObject({ state: 'broken', stoppedAt: at(8) })
    call(story, 9.5, 3)
    expect(story.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(3), dueAt: at(6), recordedLate: true })
    expect(story.events.map(({ type }) => type)).toContain('promise-broken')
    expect(story.last('contacted').promises).toMatchObject([{ clock: 'response', cycle: 1, state: 'kept' }])
  })

  it('X8: of two calls the earlier one stops it, whichever was recorded first, in time or not', () => {
    const kept = told()
    call(kept, 5)
    call(kept, 7, 3)
    expect(kept.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(3), recordedLate: false })
    const other = told()
    call(other, 4, 3)
    call(other, 7, 5)
    expect(other.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(3), recordedLate: false })
    const late = told()
    call(late, 9)
    call(late, 10, 7)
    expect(late.promise('response')).toMatchObject({ state: 'broken', stoppedAt: at(7), recordedLate: false })
  })

  it('X8: nothing was owed when the customer had said solved before it fell due, though this was written down later', () => {
    const story = ticketIn('confirmation', withClocks([response({ cancels: ['resolved'], within: all('PT10M') })]))
    const asked = story.now
    story.later('PT30M').act(lin, 'confirm', { channel: 'email', occurredAt: asked })
    expect(asked < story.promise('response').dueAt).toBe(true)
    expect(story.promise('response')).toMatchObject({ state: 'cancelled', stoppedAt: asked, recordedLate: true })
  })

  it('S14, X8: an update told late keeps the cycle in which it was made, unless the one after it came too late', () => {
    const progress = response({ id: 'progress', starts: ['accepted', 'updated'], stops: ['updated', 'completed'], within: all('PT4H') })
    const story = ticketIn('handling', withClocks([progress]))
    const { startedAt } = story.promise('progress')
    const hour = (hours: number) => instantOf(epochMs(startedAt) + hours * 3_600_000)
    story.at(hour(6)).act(wang, 'update-progress')
    story.at(hour(7)).act(wang, 'update-progress', { occurredAt: hour(3) })
    expect(story.last('progress-updated').promises).toMatchObject([
      { cycle: 1, state: 'kept', stoppedAt: hour(3), dueAt: hour(4), recordedLate: true },
    ])
    expect(story.promise('progress')).toMatchObject({ cycle: 2, state: 'running', startedAt: hour(6), dueAt: hour(10) })
    // Cycle 2 broke at 10; from an update at 7 the one of 15 would have been too late, from one at 9 not.
    story.at(hour(13)).act(wang, 'update-progress')
    story.at(hour(14)).act(wang, 'update-progress', { occurredAt: hour(7) })
    expect(story.last('progress-updated').promises).toEqual([])
    story.act(wang, 'update-progress', { occurredAt: hour(9) })
    expect(story.last('progress-updated').promises).toMatchObject([{ cycle: 2, state: 'kept', stoppedAt: hour(9) }])
    expect(story.promise('progress')).toMatchObject({ cycle: 3, startedAt: hour(13) })
  })

  it('X3, X8: what is told late begins a cycle that rests for what the ticket waited for since', () => {
    const progress = response({ id: 'progress', starts: ['accepted', 'updated'], stops: ['updated', 'completed'], within: all('PT4H') })
    const story = ticketIn('handling', withClocks([progress]))
    const { startedAt } = story.promise('progress')
    const hour = (hours: number) => instantOf(epochMs(startedAt) + hours * 3_600_000)
    story.at(hour(2)).act(wang, 'wait')
    story.at(hour(5)).act(wang, 'resume')
    story.at(hour(5.5)).act(wang, 'wait')
    story.at(hour(6)).act(wang, 'update-progress', { occurredAt: hour(1) })
    expect(story.promise('progress')).toMatchObject({ cycle: 2, startedAt: hour(1), dueAt: hour(8), state: 'paused', pausedMinutes: 180 })
    story.at(hour(7)).act(wang, 'resume')
    expect(story.promise('progress')).toMatchObject({ dueAt: hour(9.5), state: 'running', pausedMinutes: 270 })
  })

  it('X3, X8: an answer from before the waiting takes no time away', () => {
    const clock = response({ stops: ['closed'], within: all('P1D') })
    const story = ticketIn('confirmation', withClocks([clock]))
    const asked = story.now
    const { dueAt } = story.promise('response')
    story.later('PT1H').act(lin, 'wait')
    story.later('PT1H').act(lin, 'confirm', { occurredAt: asked })
    expect(story.promise('response')).toMatchObject({ state: 'running', dueAt, pausedMinutes: 0 })
  })

  it('X3: what ends while it rests was due as much later as it had rested', () => {
    const story = told()
    story.at(at(4)).act(lin, 'wait')
    call(story, 9)
    expect(story.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(9), dueAt: at(11), pausedMinutes: 5 / 60 })
  })
})

describe('S12, X8: another priority and the past', () => {
  it('S12, X8: kept under the old target, though it was written down after the priority had changed', () => {
    const story = heldByWang([response()], 'high')
    makes(story, 'urgent', 11)
    expect(story.promise('response')).toMatchObject({ state: 'broken', dueAt: at(6) })
    call(story, 12, 9)
    expect(story.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(9), recordedLate: true })
  })

  it('S12, X8: the same when a call after the decision was written down before it', () => {
    const story = heldByWang([response()], 'high')
    makes(story, 'urgent', 11)
    call(story, 12)
    expect(story.promise('response')).toMatchObject({ state: 'broken', stoppedAt: at(12) })
    call(story, 13, 9)
    expect(story.promise('response')).toMatchObject({ state: 'kept', stoppedAt: at(9), recordedLate: true })
  })

  it('S12, X4: a warning that a short target had no room for speaks under a longer one', () => {
    const story = heldByWang([response({ ladder: [{ id: 'warning', at: '-PT8S', times: 1, to: ['handler'] }] })], 'urgent')
    expect(story.promise('response').basis?.rungs).toEqual([])
    makes(story, 'high', 2)
    story.at(at(30)).wake()
    expect(spoken(story)).toEqual([['warning', 12]])
  })

  it('S12, X4: a level that was reached is not reached again, and of what has passed only the highest is', () => {
    const ladder = [
      { id: 'early', at: '-75%', times: 1, to: ['handler'] as const },
      { id: 'reminder', at: '-50%', every: '25%', times: 2, to: ['handler'] as const },
      { id: 'missed', at: '0%', times: 1, to: ['handler'] as const },
    ].map((rung) => ({ ...rung, to: [...rung.to] }))
    const story = heldByWang([response({ ladder })], 'high')
    // Under 20 s: 5, 10, 15, 20. Under 6 s: 1.5, 3, 4.5, 6. Under 40 s: 10, 20, 30, 40.
    makes(story, 'urgent', 4)
    expect(spoken(story)).toEqual([])
    story.wake()
    expect(spoken(story)).toEqual([['reminder-1', 4]])
    makes(story, 'medium', 4.25)
    story.at(at(50)).wake()
    expect(spoken(story)).toEqual([
      ['reminder-1', 4],
      ['early', 10],
      ['reminder-2', 30],
      ['missed', 40],
    ])
  })

  it('S12: what only the new priority promises is promised from the original start', () => {
    const clock = response({ priorities: ['urgent', 'high'], ladder: [{ id: 'warning', at: '-25%', times: 1, to: ['handler'] }] })
    const story = heldByWang([clock], 'medium')
    expect(story.state.promises).toEqual([])
    makes(story, 'high', 5)
    expect(story.last('priority-change-decided').promises).toMatchObject([
      { clock: 'response', cycle: 1, startedAt: monday, dueAt: at(20), state: 'running' },
    ])
    story.at(at(30)).wake()
    expect(spoken(story)).toEqual([['warning', 15]])
    expect(story.promise('response').state).toBe('broken')
  })

  it('S12: it is broken by the decision where its time has passed, less what the ticket waited; and nothing where it was done', () => {
    const clock = response({ priorities: ['urgent'] })
    const broken = heldByWang([clock], 'medium')
    makes(broken, 'urgent', 9)
    expect(broken.last('promise-broken')).toMatchObject({ clock: 'response', cause: 'retarget', dueAt: at(6), occurredAt: at(9) })
    call(broken, 12, 8)
    expect(broken.promise('response')).toMatchObject({ state: 'kept', recordedLate: true })
    const rested = heldByWang([clock], 'medium')
    rested.at(at(2)).act(lin, 'wait')
    rested.at(at(8)).act(lin, 'resume')
    makes(rested, 'urgent', 9)
    expect(rested.promise('response')).toMatchObject({ state: 'running', dueAt: at(12), pausedMinutes: 0.1 })
    const done = heldByWang([clock], 'medium')
    call(done, 2)
    makes(done, 'urgent', 9)
    expect(done.state.promises).toEqual([])
  })

  it('S12: what the new priority does not promise is cancelled, on record, and comes back with the old one', () => {
    const clock = response({ priorities: ['urgent', 'high'] })
    const story = heldByWang([clock], 'high')
    makes(story, 'low', 5)
    expect(story.last('priority-change-decided').promises).toMatchObject([
      { clock: 'response', cycle: 1, state: 'cancelled', stoppedAt: at(5) },
    ])
    makes(story, 'high', 8)
    expect(story.promise('response')).toMatchObject({ cycle: 2, startedAt: monday, dueAt: at(20), state: 'running' })
    const kept = heldByWang([clock], 'high')
    makes(kept, 'low', 5)
    call(kept, 8, 4)
    expect(kept.promise('response')).toMatchObject({ cycle: 1, state: 'kept', stoppedAt: at(4) })
    makes(kept, 'high', 9)
    expect(kept.promise('response')).toMatchObject({ cycle: 1, state: 'kept' })
  })

  it('S12, T14: a stated deadline that only some priorities promise is promised, and cancelled, with them', () => {
    const deferral = response({ id: 'deferral', starts: ['deferred'], stops: ['resolved'], within: null, priorities: ['urgent'] })
    const resolution = response({ id: 'resolution', stops: ['resolved'] })
    const story = heldByWang([resolution, deferral], 'high')
    story.at(at(1)).act(wang, 'defer', { newDueAt: at(60) })
    expect(story.state.promises.map(({ clock }) => clock)).toEqual(['resolution'])
    makes(story, 'urgent', 3)
    expect(story.promise('deferral')).toMatchObject({ startedAt: at(1), dueAt: at(60), state: 'running' })
    makes(story, 'high', 4)
    expect(story.promise('deferral')).toMatchObject({ state: 'cancelled', stoppedAt: at(4) })
  })

  it('T5, S12: the review that lowers the priority has taken place: its promise is kept', () => {
    const story = ticketIn('triage', { submission: { priority: 'urgent' } })
    story.acts([lin, 'diagnose'], [chen, 'record-review-meeting', { priority: 'medium' }])
    expect(story.promise('review-meeting')).toMatchObject({ state: 'kept', stoppedAt: story.now })
  })
})

describe('X4: shares of a target', () => {
  const article = response({
    within: all('P5D'),
    timeBase: 'working',
    ladder: [
      { id: 'reminder', at: '-25%', times: 1, to: ['handler'] },
      { id: 'supervisor', at: '+25%', times: 1, to: ['supervisor'] },
    ],
  })

  it.each(['2026-03-02T09:00+08:00', '2026-03-02T10:30+08:00', '2026-03-02T17:59+08:00', '2026-03-02T23:00+08:00'])(
    'X4, X2: a quarter of five working days is ten working hours, registered at %s',
    (now) => {
      const story = new Story({ ...withClocks([article]), now })
      expect(story.promise('response').dueAt).toBe('2026-03-09T10:00:00.000Z')
      // Friday 16:00, and Wednesday 11:00.
      expect(story.promise('response').basis?.rungs.map(({ at }) => at)).toEqual(['2026-03-06T08:00:00.000Z', '2026-03-11T03:00:00.000Z'])
    },
  )

  it('X3, X4, T14: a stated instant keeps the length of its repetitions through a rest', () => {
    const deferral = response({
      id: 'deferral',
      starts: ['deferred'],
      stops: ['resolved'],
      within: null,
      ladder: [{ id: 'again', at: '0%', every: '50%', times: 3, to: ['handler'] }],
    })
    const story = heldByWang([response({ id: 'resolution', stops: ['resolved'] }), deferral], 'high')
    story.at(at(0)).act(wang, 'defer', { newDueAt: at(43.99) })
    story.at(at(10)).act(wang, 'wait')
    story.at(at(18.03)).act(wang, 'resume')
    story.at(at(200)).wake()
    expect(spoken(story, 'deferral')).toEqual([
      ['again-1', 52.02],
      ['again-2', 74.015],
      ['again-3', 96.01],
    ])
  })
})

describe('X2: calendars', () => {
  it('X2: what is due at the midnight that ends the last known day is certain', () => {
    const night = { ...office, week: { ...office.week, mon: ['22:00-24:00'] }, days: {}, coveredThrough: '2026-03-02' }
    const clock = response({ within: all('PT2H'), timeBase: 'working' })
    const story = new Story(withClocks([clock], 'urgent', { calendar: { version: 1, calendar: night } }))
    expect(story.promise('response')).toMatchObject({ dueAt: '2026-03-02T16:00:00.000Z', provisional: false })
    const longer = new Story(withClocks([{ ...clock, within: all('PT3H') }], 'urgent', { calendar: { version: 1, calendar: night } }))
    expect(longer.promise('response').provisional).toBe(true)
  })

  it('X2, X3: a new version moves what rests as far as it moves what runs', () => {
    const holiday = { ...office, days: { ...office.days, '2026-03-04': [] } }
    const clock = response({ within: all('PT20H'), timeBase: 'working', ladder: [{ id: 'w', at: '-PT1H', times: 1, to: ['handler'] }] })
    const story = new Story(withClocks([clock]))
    // Twelve of twenty hours are left from Monday evening on, and from Friday morning.
    story.at('2026-03-02T12:00:00Z').act(lin, 'wait')
    story.at('2026-03-05T12:00:00Z').try(system, 'change-calendar', { version: 2, calendar: holiday })
    story.at('2026-03-06T00:00:00Z').act(lin, 'resume')
    expect(story.promise('response')).toMatchObject({ dueAt: '2026-03-09T06:00:00.000Z' })
    expect(story.promise('response').basis?.rungs.map(({ at }) => at)).toEqual(['2026-03-09T04:00:00.000Z'])
  })

  it('X2, X4: a new version moves the rungs ahead of what is broken, and those beyond a deadline that stays', () => {
    const clock = response({
      within: all('PT2H'),
      timeBase: 'working',
      ladder: [{ id: 'supervisor', at: '+PT10H', times: 1, to: ['supervisor'] }],
    })
    const holiday = { ...office, days: { ...office.days, '2026-03-03': [] } }
    for (const now of ['2026-03-02T02:00:00Z', '2026-03-02T05:30:00Z']) {
      const story = new Story(withClocks([clock]))
      expect(story.promise('response').basis?.rungs.map(({ at }) => at)).toEqual(['2026-03-03T06:00:00.000Z'])
      story.at(now).wake()
      story.try(system, 'change-calendar', { version: 2, calendar: holiday })
      expect(story.promise('response').dueAt).toBe('2026-03-02T03:00:00.000Z')
      expect(story.promise('response').basis?.rungs.map(({ at }) => at)).toEqual(['2026-03-04T06:00:00.000Z'])
    }
  })
})

describe('tickets that began under the first reckoning', () => {
  const older = (options: StoryOptions): StoryOptions => {
    const { reckoning: _, ...policy } = options.policy ?? policyOf()
    return { ...options, policy }
  }

  it('go on by it', () => {
    const story = new Story(older(withClocks([response()])))
    call(story, 8)
    call(story, 9.5, 3)
    expect(story.promise('response')).toEqual({
      clock: 'response',
      cycle: 1,
      startedAt: monday,
      dueAt: at(6),
      pausedMinutes: 0,
      state: 'broken',
      stoppedAt: at(8),
      recordedLate: false,
      provisional: false,
    })
  })

  it('do not go over to the new one when they are restored with the policy of today', () => {
    const clocks = [response({ stops: ['resolved'], within: all('P1D') })]
    const story = ticketIn('handling', older(withClocks(clocks)))
    const restored = new Story(withClocks(clocks))
    restored.state = story.state
    restored.at(story.now).acts([wang, 'wait'], [wang, 'resume'], [wang, 'complete'], [zhao, 'verify'], [lin, 'confirm'])
    expect(restored.promise('response').basis).toBeUndefined()
  })
})
