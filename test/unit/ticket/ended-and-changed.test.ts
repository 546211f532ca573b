import { describe, expect, it } from 'vitest'
import { epochMs, instantOf } from '../../../domain/instant.ts'
import type { Moment } from '../../../domain/profile/moments.ts'
import type { Policy, PolicyClock } from '../../../domain/profile/policy.ts'
import { chen, gu, lin, monday, policyOf, Story, wang } from '../../support/tickets.ts'

/** An act that ends a promise and changes facts at once: what it ends goes by what was promised before it. */

const elapsed = policyOf().priorities.map((priority) => ({
  ...priority,
  timeBase: 'elapsed' as const,
  reviewMeeting: priority.id === 'high',
}))

/** Two days from the registration, a second for what is urgent. */
function promise(changes: Partial<PolicyClock>): PolicyClock {
  return {
    id: 'promised',
    label: '承诺',
    starts: ['submitted'],
    stops: [],
    cancels: [],
    pauses: [],
    whenDue: 'break',
    within: { urgent: 'PT1S', high: 'P2D', medium: 'P2D', low: 'P2D' },
    timeBase: 'elapsed',
    priorities: null,
    ladder: [],
    ...changes,
  }
}

function storyBy(clock: PolicyClock, reckoning: Policy['reckoning'] = 3): Story {
  const policy: Policy = { ...policyOf(), priorities: elapsed, clocks: [clock], reckoning }
  return new Story({ policy, submission: { priority: 'high', assignee: 'wang' } })
}

const inAnHour = instantOf(epochMs(monday) + 3_600_000)

/** Acts that make a high ticket urgent. */
const acts: Readonly<Record<string, { readonly moments: readonly Moment[]; readonly act: (story: Story) => void }>> = {
  'an emergency review that agrees upon a deadline': {
    moments: ['review-recorded', 'deadline-agreed', 'priority-changed', 'plan-needed'],
    act: (story) => {
      story.acts([lin, 'review-intake'], [lin, 'diagnose']).at(inAnHour)
      story.act(gu, 'record-review-meeting', { priority: 'urgent', dueAt: '2026-03-20T10:00:00+08:00' })
    },
  },
  'another priority': {
    moments: ['priority-changed'],
    act: (story) => story.at(inAnHour).acts([wang, 'request-priority-change', { priority: 'urgent' }], [chen, 'decide-priority-change']),
  },
}

const cases = Object.entries(acts).flatMap(([name, { moments, act }]) => moments.map((moment) => ({ name, moment, act })))

describe.each(cases)('S12: $name ends by $moment what it puts into the past, too', ({ moment, act }) => {
  it.each([
    ['stops', 'kept'],
    ['cancels', 'cancelled'],
  ] as const)('S12: whose clock it %s is %s, and nothing says that it was broken', (ends, state) => {
    const story = storyBy(promise({ [ends]: [moment] }))
    act(story)
    expect(story.promise('promised')).toMatchObject({ state, dueAt: instantOf(epochMs(monday) + 2 * 86_400_000) })
    expect(story.events.map(({ type }) => type)).not.toContain('promise-broken')
  })

  it('S12: what it does not end is broken by it', () => {
    const story = storyBy(promise({ stops: ['resolved'] }))
    act(story)
    expect(story.promise('promised').state).toBe('broken')
    expect(story.last('promise-broken')).toMatchObject({ clock: 'promised', cause: 'retarget' })
  })
})

describe('tickets that began under an earlier reckoning', () => {
  it('ADR 38: answer as they did: what the deadline kept is said to be broken, too', () => {
    const story = storyBy(promise({ stops: ['deadline-agreed'] }), 2)
    acts['an emergency review that agrees upon a deadline']?.act(story)
    expect(story.promise('promised').state).toBe('kept')
    expect(story.events.map(({ type }) => type)).toContain('promise-broken')
  })
})
