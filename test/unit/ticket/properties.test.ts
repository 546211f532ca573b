import { hasEnded } from '../../../workflows/process.ts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Instant } from '../../../domain/instant.ts'
import { emptyDirectory } from '../../../domain/people.ts'
import { stages } from '../../../domain/ticket-stages.ts'
import { earliest } from '../../../workflows/deadline-order.ts'
import { perform, permission, settle } from '../../../workflows/engine.ts'
import { solvingDeadline } from '../../../workflows/ticket/clocks.ts'
import { allowedCommands, outlook } from '../../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { lifeOf } from '../../support/lived.ts'
import { at, birthOnAnyPath, born, choose, live, step, type Birth, type Step } from '../../support/lives.ts'
import { chen, commandNamed, everybody, Story, system, ticketIn, usual } from '../../support/tickets.ts'
import { openMilestones } from '../../../workflows/ticket/milestones.ts'

/** What holds for every ticket, whatever anybody does and however long nobody does anything. */

const life = { birth: birthOnAnyPath, steps: fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }) }
/** `PROPERTY_RUNS=2000` for a long look. One seed, so that all properties are asked of the same lives, and these need living only once. */
const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 100), seed: Math.trunc(Math.random() * 2 ** 31) }

function lived(given: Birth, steps: readonly Step[]): Story {
  return lifeOf(given, steps).end()
}

describe('what an actor is offered', () => {
  /** Refused for what the input says of another priority, or of somebody who has nothing here. */
  const saidByInput = ['same-priority', 'own-request']

  it('would be carried out with some input, and what is not offered with none', () => {
    let offeredOnce = 0
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const { moments, end } = lifeOf(given, steps)
        const story = end()
        for (const moment of moments) {
          story.turnTo(moment)
          // What has fallen due is settled before any act.
          story.wake()
          const { state, policy, now } = story
          const actor = story.asOfNow(at(everybody, state.version))
          const offered = allowedCommands(state, actor, policy, now)
          const wrong = Object.entries(usual).flatMap(([name, input]) => {
            const refusal = story.refusalTo(actor, name, inputFor(name, input, story, actor.id))
            const forState = refusal !== undefined && refusal.kind !== 'invalid' && !saidByInput.includes(refusal.code)
            return offered.includes(name) === forState ? [{ name, stage: state.stage, refusal }] : []
          })
          expect(wrong).toEqual([])
          offeredOnce += Object.keys(usual).filter((name) => offered.includes(name)).length
        }
      }),
      { ...runs, numRuns: Math.ceil(runs.numRuns / 4) },
    )
    expect(offeredOnce).toBeGreaterThan(1_000)
  })

  /** One that fits the ticket as it is. */
  function inputFor(name: string, input: object, { state }: Story, actor: string): unknown {
    if (name === 'report-milestone') {
      const open = openMilestones(state)
      return { ...input, milestone: (open.find(({ owner }) => owner === actor) ?? open[0])?.id ?? 1 }
    }
    if (name === 'hand-over') return { ...input, from: state.assignee ?? state.representative ?? state.tasks[0]?.owner ?? 'wang' }
    if (name === 'finish-task') return { ...input, task: state.tasks[0]?.id ?? 1 }
    return input
  }
})

describe('every life of a ticket', () => {
  it('numbers its events without a gap, in the order of their record, none before it happened', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const { events, state } = lived(given, steps)
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1))
        expect(state.version).toBe(events.length)
        for (const [at, event] of events.entries()) {
          expect(event.occurredAt <= event.at).toBe(true)
          expect(event.at >= (events[at - 1]?.at ?? '')).toBe(true)
        }
      }),
      runs,
    )
  })

  it('is told whole by its events: replaying them gives the state, and each event knows the stage and promises after it', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const story = lived(given, steps)
        const { state: unborn } = born(given)
        const cycles = new Map<string, object>(story.events[0]?.promises.map((promise) => [`${promise.clock} ${promise.cycle}`, promise]))
        const replayed = story.events.slice(1).reduce<TicketState>((state, event) => {
          const next = ticketProcess.apply(state, event)
          expect(event.stage).toBe(next.stage)
          for (const promise of event.promises) cycles.set(`${promise.clock} ${promise.cycle}`, promise)
          return next
        }, unborn)
        expect(replayed).toEqual(story.state)
        // The last word of the events on each cycle is what the rows will show.
        for (const promise of story.state.promises) expect(cycles.get(`${promise.clock} ${promise.cycle}`)).toEqual(promise)
      }),
      runs,
    )
  })

  it('T6: says to whoever gets it until when it is to be solved as the act has left it, whatever else the act did', () => {
    let told = 0
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const story = lived(given, steps)
        const { state: unborn } = born(given)
        story.events.slice(1).reduce<TicketState>((state, event) => {
          const next = ticketProcess.apply(state, event)
          if (event.type === 'assigned') {
            told += 1
            expect(event.deadline).toBe(solvingDeadline(next, story.policy)?.dueAt ?? null)
          }
          return next
        }, unborn)
      }),
      runs,
    )
    expect(told).toBeGreaterThan(20)
  })

  it('is plain JSON: state and events survive being written and read', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const { state, events } = lived(given, steps)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
        expect(JSON.parse(JSON.stringify(events))).toEqual(events)
        // Postgres refuses NUL and half a surrogate pair.
        expect(JSON.stringify(events)).not.toMatch(/\\u0000|\\ud[89a-f]/)
      }),
      runs,
    )
  })

  it('stays in the stages of the path, and what a stage rules out is not there', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        for (const { state } of lifeOf(given, steps).moments) {
          expect(stages).toContain(state.stage)
          if (['handling', 'verification', 'confirmation'].includes(state.stage)) expect(state.assignee).not.toBeNull()
          if (['closing', 'follow-up', 'archived', 'withdrawn'].includes(state.stage)) expect(state.waiting).toBeNull()
          if (!['closing', 'follow-up'].includes(state.stage)) expect(state.tasks).toEqual([])
          expect(state.tasks.length).toBeLessThanOrEqual(1)
          if (['closing', 'follow-up', 'archived'].includes(state.stage)) expect(state.resolvedAt === null).toBe(state.closedBySilence)
          if (state.priorityChange !== null) expect(state.priorityChange.priority).not.toBe(state.priority)
          expect(state.closedAt !== null).toBe(['follow-up', 'archived'].includes(state.stage))
        }
      }),
      runs,
    )
  })

  it('X4: never runs two cycles of a clock at once, and leaves none open when it ends', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const { moments, end } = lifeOf(given, steps)
        for (const { state } of moments) {
          const open = state.promises.filter(({ stoppedAt }) => stoppedAt === null).map(({ clock }) => clock)
          expect(new Set(open).size).toBe(open.length)
        }
        const story = end()
        if (hasEnded(ticketProcess, story.state)) {
          for (const promise of story.state.promises) {
            expect(['kept', 'broken', 'cancelled']).toContain(promise.state)
            expect(promise.stoppedAt).not.toBeNull()
          }
          expect(ticketProcess.deadlines(story.state, story.policy)).toEqual([])
        }
      }),
      runs,
    )
  })

  it('X4: each cycle is broken at most once, at the instant it was due', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const broken = lived(given, steps).events.filter((event) => event.type === 'promise-broken')
        expect(new Set(broken.map(({ clock, cycle }) => `${clock} ${cycle}`)).size).toBe(broken.length)
        for (const event of broken) {
          if (event.cause === 'retarget') {
            // By a decision, and stamped with it.
            expect(event.occurredAt).toBe(event.at)
            expect(event.dueAt <= event.at).toBe(true)
            continue
          }
          expect(event.occurredAt).toBe(event.dueAt)
          expect(event.actor).toBe('system')
        }
      }),
      runs,
    )
  })

  it('X4: each level of a ladder is reached at most once a cycle, at its instant, and none once the promise is over', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const reached = new Set<string>()
        const over = new Set<string>()
        for (const event of lived(given, steps).events) {
          if (event.type === 'level-reached') {
            const cycle = `${event.clock} ${event.cycle}`
            expect(over).not.toContain(cycle)
            expect(reached).not.toContain(`${cycle} ${event.level}`)
            expect(event.warning).toBe(event.occurredAt < event.dueAt)
            expect(event.to.length).toBeGreaterThan(0)
            reached.add(`${cycle} ${event.level}`)
          }
          for (const promise of event.promises) if (promise.stoppedAt !== null) over.add(`${promise.clock} ${promise.cycle}`)
        }
      }),
      runs,
    )
  })

  it('X3: waiting never moves a deadline or a rung of its ladder earlier', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const known = new Map<string, PromiseState>()
        for (const event of lived(given, steps).events) {
          for (const promise of event.promises) {
            const key = `${promise.clock} ${promise.cycle}`
            const before = known.get(key)
            if (before && (event.type === 'waiting-started' || event.type === 'waiting-ended')) {
              expect(promise.dueAt >= before.dueAt).toBe(true)
              expect(promise.pausedMinutes).toBeGreaterThanOrEqual(before.pausedMinutes)
              for (const rung of promise.basis?.rungs ?? []) {
                const earlier = before.basis?.rungs.find(({ id }) => id === rung.id)
                expect(rung.at >= (earlier?.at ?? '')).toBe(true)
              }
            }
            known.set(key, promise)
          }
        }
      }),
      runs,
    )
  })

  it('X4, X8: whatever it lives through, a promise that is over was kept, broken or cancelled, and only what took place earlier changes it', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const ends = new Map<string, PromiseState>()
        for (const event of lived(given, steps).events) {
          for (const promise of event.promises) {
            const key = `${promise.clock} ${promise.cycle}`
            const before = ends.get(key)
            if (before) {
              expect(promise.stoppedAt).toBe(event.occurredAt)
              expect(event.occurredAt < (before.stoppedAt ?? '')).toBe(true)
              expect(event.occurredAt < event.at).toBe(true)
              expect(before.state === 'broken' || promise.state !== 'broken').toBe(true)
            }
            if (promise.stoppedAt === null) continue
            expect(['kept', 'broken', 'cancelled']).toContain(promise.state)
            expect(promise.stoppedAt >= promise.startedAt).toBe(true)
            expect(promise.basis?.rungs ?? []).toEqual([])
            ends.set(key, promise)
          }
        }
      }),
      runs,
    )
  })

  it('no deadline lies before the start of its clock', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        for (const { state, policy } of lifeOf(given, steps).moments) {
          for (const deadline of ticketProcess.deadlines(state, policy)) {
            const started =
              deadline.clock === 'waiting'
                ? state.waiting?.since
                : deadline.clock === 'reopening'
                  ? state.closedAt
                  : state.promises.findLast(({ clock }) => clock === deadline.clock)?.startedAt
            expect(deadline.dueAt >= (started ?? '9')).toBe(true)
          }
        }
      }),
      runs,
    )
  })

  it('time alone always comes to rest, and then nothing more is due', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const story = lived(given, steps)
        story.later('P20000D').wake()
        expect(story.wake()).toEqual([])
        for (const { dueAt } of ticketProcess.deadlines(story.state, story.policy)) expect(dueAt > story.now).toBe(true)
      }),
      runs,
    )
  })

  it('gives an act that comes late the same outcome as one that comes after each deadline fired on time', () => {
    fc.assert(
      fc.property(life.birth, life.steps, step, fc.nat(40 * 24 * 60), (given, steps, last, minutes) => {
        const late = lived(given, steps)
        const onTime = lived(given, steps)
        late.later(`PT${minutes}M`)
        for (let due = dueBefore(onTime, late.now); due !== undefined; due = dueBefore(onTime, late.now))
          onTime.at(due > onTime.now ? due : onTime.now).wake()
        onTime.at(late.now)
        const { actor, name, input } = choose(onTime, last)
        expect(late.try(actor, name, input)).toEqual(onTime.try(actor, name, input))
        late.wake()
        onTime.wake()
        expect(late.state).toEqual(onTime.state)
        expect(late.events.map(({ type, occurredAt }) => [type, occurredAt])).toEqual(
          onTime.events.map(({ type, occurredAt }) => [type, occurredAt]),
        )
      }),
      runs,
    )
  })

  it('a refused act changes nothing and an accepted one moves the version', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        for (const { before, accepted, state } of lifeOf(given, steps).moments) {
          if (accepted) expect(state.version).toBeGreaterThanOrEqual(before.version)
          else expect(state).toBe(before)
        }
      }),
      runs,
    )
  })

  it('X5: what is said to cancel a deadline is possible in the stage; what is said to lead on would be carried out', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        for (const { state: left, policy, now } of lifeOf(given, steps).moments) {
          const { state } = settle(ticketProcess, left, policy, now, 'at')
          const act = { requestId: 'r', actor: system, at: now, directory: emptyDirectory }
          const { next, steps: onward } = outlook(state, policy)
          const said = new Set([...next.flatMap(({ cancelledBy }) => cancelledBy), ...onward])
          const ruledOut = [...said].filter((name) => !commandNamed(name).stages.includes(state.stage))
          expect({ stage: state.stage, ruledOut }).toEqual({ stage: state.stage, ruledOut: [] })
          const blocked = onward.flatMap((name) => commandNamed(name).blocked({ state, policy, act }) ?? [])
          expect(blocked).toEqual([])
        }
      }),
      runs,
    )
  })

  it.each(['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const)(
    'X5: in %s, what is said to cancel a deadline does',
    (stage) => {
      const story = ticketIn(stage)
      if (story.state.resolvedAt === null) story.acts([chen, 'wait', { until: '2026-06-01T00:00:00Z' }])
      for (const deadline of ticketProcess.deadlines(story.state, story.policy)) {
        for (const name of deadline.cancelledBy) {
          const command = commandNamed(name)
          const actor = everybody.find((one) => permission(ticketProcess, command, story.state, { actor: one }) === undefined) ?? system
          const act = {
            requestId: 'r',
            actor,
            at: story.now,
            directory: { people: { zhao: { roles: ['engineer'], teams: [] } }, teams: [] },
          } as const
          const done = perform(
            ticketProcess,
            command,
            story.state,
            story.policy,
            act,
            Object.entries(usual).find(([key]) => key === name)?.[1],
          )
          expect(done).toMatchObject({ ok: true })
          if (done.ok) expect(ticketProcess.deadlines(done.state, story.policy)).not.toContainEqual(deadline)
        }
      }
    },
  )
})

describe('a very long life', () => {
  it('after 3,000 acts the state still fits in 8 KB', () => {
    const acts = fc.array(
      step.map((each): Step => ({ ...each, seconds: each.seconds % 600, text: '字'.repeat(each.variant % 501) })),
      { minLength: 1_000, maxLength: 1_000, size: 'max' },
    )
    let longest = 0
    for (const steps of fc.sample(acts, { numRuns: 3, seed: 20260302 })) {
      const story = new Story()
      for (let next = 0, accepted = 0; accepted < 3_000; next += 1) {
        const given = steps[next % steps.length]
        const before = story.state
        if (given && live(story, given)) accepted += 1
        // A ticket that has ended acts no more: this one goes on from where it was.
        if (hasEnded(ticketProcess, story.state)) story.state = before
        if (story.state !== before) longest = Math.max(longest, Buffer.byteLength(JSON.stringify(story.state)))
      }
      expect(story.state.counts.reopenings).toBeGreaterThan(20)
    }
    expect(longest).toBeLessThan(8_000)
  })

  it('settling in one go what a sleeping machine missed is the same as settling day by day', () => {
    fc.assert(
      fc.property(life.birth, life.steps, (given, steps) => {
        const { state, policy, now } = lived(given, steps)
        const end = Date.parse(now) + 40 * 86_400_000
        const atOnce = settle(ticketProcess, state, policy, new Date(end).toISOString(), 'at').state
        let daily = state
        for (let day = Date.parse(now); day <= end; day += 86_400_000)
          daily = settle(ticketProcess, daily, policy, new Date(day).toISOString(), 'at').state
        expect(daily).toEqual(atOnce)
      }),
      runs,
    )
  })
})

/** The earliest instant before `end` at which something happens by itself. */
function dueBefore({ state, policy }: Story, end: Instant): Instant | undefined {
  const dueAt = earliest(ticketProcess.deadlines(state, policy))?.dueAt
  return dueAt !== undefined && dueAt < end ? dueAt : undefined
}
