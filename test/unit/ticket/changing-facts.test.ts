import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Labels } from '../../../domain/labels.ts'
import { holds, type Condition } from '../../../domain/profile/conditions.ts'
import type { Policy, PolicyClock } from '../../../domain/profile/policy.ts'
import { factsOf } from '../../../workflows/common/facts.ts'
import { isOwed } from '../../../workflows/common/promises.ts'
import { hasEnded } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { RecordedTicketEvent } from '../../../workflows/ticket/events.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { live, step, type Step } from '../../support/lives.ts'
import { chen, lin, policyOf, Story, system, wang } from '../../support/tickets.ts'

/** X10: whatever a profile makes depend on facts, and however these change, no promise is lost on the way, and none is broken twice. */

const levels = ['one', 'two', 'three']
const called = (text: string): Labels => ({ 'zh-CN': text, 'zh-TW': text, en: text })

const facts = fc.oneof(
  fc.subarray(levels, { minLength: 1 }).map((level) => ({ fields: { level } })),
  fc.subarray(['urgent', 'high', 'medium', 'low'], { minLength: 1 }).map((priority) => ({ priority })),
  fc.constant({ tag: 'vip' }),
  fc.constantFrom('software-fault', 'hardware-fault').map((type) => ({ type })),
)
const condition: fc.Arbitrary<Condition> = fc.oneof(
  facts,
  fc.tuple(facts, facts).map(([so, not]) => ({ ...so, not })),
  fc.array(facts, { minLength: 1, maxLength: 2 }),
)
const target = fc.constantFrom('PT1M', 'PT90M', 'PT30H', 'P2D', 'P20D')

/** What is made conditional of the clocks: of each the whole, every other rung, or a target. */
const rules = fc.array(
  fc.record({ clock: fc.nat(30), what: fc.constantFrom('when', 'rungs', 'exception'), when: condition, within: target }),
  { minLength: 1, maxLength: 12 },
)

type Rules = typeof rules extends fc.Arbitrary<infer R> ? R : never

function conditioned(clocks: Policy['clocks'], added: Rules): PolicyClock[] {
  return clocks.map((clock, place) =>
    added
      .filter((rule) => rule.clock % clocks.length === place)
      .reduce<PolicyClock>((changed, { what, when, within }) => {
        if (what === 'when') return { ...changed, when }
        if (what === 'rungs') return { ...changed, ladder: changed.ladder.map((rung, nth) => (nth % 2 === 0 ? { ...rung, when } : rung)) }
        const all = Object.fromEntries(['urgent', 'high', 'medium', 'low'].map((id) => [id, within]))
        return changed.within === null ? changed : { ...changed, exceptions: [...(changed.exceptions ?? []), { when, within: all }] }
      }, clock),
  )
}

type Change =
  | { readonly does: 'correct'; readonly level: string }
  | { readonly does: 'tag'; readonly tags: readonly string[] }
  | { readonly does: 'reclassify'; readonly type: string }
  | { readonly does: 'priority'; readonly priority: string }

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ does: fc.constant('correct' as const), level: fc.constantFrom(...levels) }),
  fc.record({ does: fc.constant('tag' as const), tags: fc.constantFrom([], ['vip']) }),
  fc.record({ does: fc.constant('reclassify' as const), type: fc.constantFrom('software-fault', 'hardware-fault') }),
  fc.record({ does: fc.constant('priority' as const), priority: fc.constantFrom('urgent', 'high', 'medium', 'low') }),
)
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: step }, { weight: 2, arbitrary: change }), {
  minLength: 15,
  maxLength: 50,
  size: 'max',
})

function begun(added: Rules, priority: string): Story {
  const usual = policyOf()
  const level: Policy['type']['fields'][number] = {
    id: 'level',
    label: called('级别'),
    kind: 'choice',
    required: false,
    choices: levels.map((id) => ({ id, label: called(id) })),
  }
  return new Story({
    submission: { priority, assignee: 'wang', fields: { level: 'one' } },
    policy: {
      ...usual,
      type: { ...usual.type, fields: [level] },
      factFields: ['level'],
      customerTags: [{ id: 'vip', label: called('VIP') }],
      clocks: conditioned(usual.clocks, added),
    },
  })
}

function take(story: Story, next: Step | Change): void {
  if (!('does' in next)) {
    live(story, next)
    return
  }
  switch (next.does) {
    case 'correct':
      return void story.try(lin, 'correct', { reason: '记错', fields: { level: next.level } })
    case 'tag':
      return void story.try(system, 'tag-customer', { tags: next.tags })
    case 'reclassify':
      return void story.try(lin, 'reclassify', { type: next.type, reason: '记错' })
    case 'priority':
      story.try(wang, 'request-priority-change', { priority: next.priority, reason: '影响扩大' })
      return void story.try(chen, 'decide-priority-change', { approve: true })
  }
}

/** Events that do nothing to clocks but by facts. */
const byFacts = ['corrected', 'customer-tagged', 'reclassified', 'priority-change-decided'] as const

/** Clocks that run, with a promise or without one. */
function running({ promises, unpromised = [] }: TicketState): string[] {
  return [...promises.filter(isOwed), ...unpromised].map(({ clock }) => clock).toSorted()
}

describe('X10: facts that change', () => {
  it('X10: lose no promise: what ran runs on, with a promise where one is called for, and every end and breach is an event', () => {
    let changes = 0
    let recalled = 0
    fc.assert(
      fc.property(rules, fc.constantFrom('urgent', 'high', 'medium', 'low'), steps, (added, priority, acts) => {
        const story = begun(added, priority)
        const told = new Map(story.events[0]?.promises.map((promise) => [`${promise.clock} ${promise.cycle}`, promise]))
        const endedByFacts = new Set<string>()
        let { state, policy } = story
        let seen = 1
        for (const next of acts) {
          if (hasEnded(ticketProcess, story.state)) break
          take(story, next)
          for (const event of story.events.slice(seen)) {
            const before = state
            state = ticketProcess.apply(state, event)
            policy = ticketProcess.amend(policy, event)
            look(before, event)
          }
          seen = story.events.length
          atRest()
        }
        function look(before: TicketState, event: RecordedTicketEvent): void {
          for (const promise of event.promises) {
            const key = `${promise.clock} ${promise.cycle}`
            if (isOwed(promise) && told.get(key)?.stoppedAt) recalled += 1
            told.set(key, promise)
          }
          const owed = new Set(state.promises.filter(isOwed).map(({ clock, cycle }) => `${clock} ${cycle}`))
          for (const { clock, cycle } of before.promises.filter(isOwed)) {
            if (owed.has(`${clock} ${cycle}`)) continue
            const ended = event.promises.find((promise) => promise.clock === clock && promise.cycle === cycle)
            expect(ended?.stoppedAt).toBe(event.occurredAt)
            expect(['kept', 'broken', 'cancelled']).toContain(ended?.state)
          }
          if (!byFacts.some((type) => type === event.type)) return
          changes += 1
          // What was broken and is called for again is no other promise, which would be broken once more.
          for (const { clock, cycle, startedAt } of event.promises.filter(isOwed)) {
            const earlier = told.get(`${clock} ${cycle - 1}`)
            expect(earlier?.state === 'broken' && earlier.startedAt === startedAt && endedByFacts.has(`${clock} ${cycle - 1}`)).toBe(false)
          }
          for (const { clock, cycle, stoppedAt } of event.promises) if (stoppedAt !== null) endedByFacts.add(`${clock} ${cycle}`)
          expect(running(state)).toEqual(running(before))
        }

        /** After an act: a clock that concerns the ticket promises, and one that does not, does not. */
        function atRest(): void {
          const now = factsOf(state)
          const deadlines = ticketProcess.deadlines(state, policy)
          const clockOf = (id: string) => policy.clocks.find((clock) => clock.id === id)
          for (const promise of state.promises.filter(isOwed)) {
            const clock = clockOf(promise.clock)
            expect(isConcerned(clock)).toBe(true)
            expect(told.get(`${promise.clock} ${promise.cycle}`)).toEqual(promise)
            const levelsAhead = deadlines.filter((deadline) => deadline.clock === promise.clock && deadline.cycle === promise.cycle)
            if (promise.state === 'running')
              expect(levelsAhead.map(({ level }) => level)).toContain(clock?.whenDue === 'break' ? 'due' : 'end')
            for (const { id } of promise.basis?.rungs ?? [])
              expect(holds(clock?.ladder.find((rung) => rung.id === id)?.when, now)).toBe(true)
          }
          for (const { clock } of state.unpromised ?? []) expect(isConcerned(clockOf(clock))).toBe(false)

          function isConcerned(clock: PolicyClock | undefined): boolean {
            if (!clock) return false
            const { priorities, within, when } = clock
            return (
              (priorities?.includes(now.priority) ?? true) && (within === null || Object.hasOwn(within, now.priority)) && holds(when, now)
            )
          }
        }
      }),
      { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) },
    )
    expect(changes).toBeGreaterThan(100)
    expect(recalled).toBeGreaterThan(0)
  })
})
