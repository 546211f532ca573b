import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { epochMs, instantOf, plus, type Instant } from '../../../domain/instant.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import type { PolicyClock } from '../../../domain/profile/policy.ts'
import { delivery, repair, repairsPolicy, visit } from '../../support/own-acts.ts'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { workingDue } from '../../../domain/calendar/working-time.ts'
import { chen, lin, monday, office, Story, system, ticketIn, wang, type Input } from '../../support/tickets.ts'

/** X11: promises that count from the instant in a field: made when it is known, moved with it, never gone without an event. */

const minutes = (count: number): Instant => instantOf(epochMs(monday) + count * 60_000)
const taken = (appointment: Instant | undefined, clocks: readonly PolicyClock[] = [visit, repair]) =>
  new Story({
    policy: repairsPolicy(clocks, { begins: 'assignment' }),
    submission: { assignee: 'wang', fields: appointment === undefined ? {} : { appointment } },
  })
const corrects = (story: Story, appointment: Instant) =>
  story.act(lin, 'correct', { reason: '改约', customer: undefined, fields: { appointment } })
const levels = (story: Story, clock = 'visit') =>
  story.events.flatMap((event) =>
    event.type === 'level-reached' && event.clock === clock ? [`${event.cycle} ${event.level} ${event.occurredAt}`] : [],
  )

describe('X11: a promise that counts from the instant in a field', () => {
  it('X11: is due at that instant, or so long after it, and warns long before', () => {
    const story = taken(minutes(600))
    expect(story.promise('visit')).toMatchObject({ startedAt: monday, dueAt: minutes(600), state: 'running' })
    expect(story.promise('repair')).toMatchObject({ startedAt: monday, dueAt: minutes(840) })
    story.at(minutes(900)).wake()
    expect(levels(story)).toEqual([`1 reminder ${minutes(540)}`, `1 missed ${minutes(600)}`])
    // A share is of the target that counts from the appointment.
    expect(levels(story, 'repair')).toEqual([`1 half ${minutes(720)}`, `1 missed ${minutes(840)}`])
  })

  it('X11: is not made while the field is empty, and is made with it by the act that fills it in', () => {
    const story = taken(undefined)
    expect(story.state.promises).toEqual([])
    expect(story.later('PT1H').wake()).toEqual([])
    story.act(lin, 'supplement', { fields: { appointment: minutes(600) } })
    expect(story.promise('visit')).toMatchObject({ cycle: 1, startedAt: monday, dueAt: minutes(600), state: 'running' })
    expect(story.last('supplemented').promises.map(({ clock }) => clock)).toEqual(['visit', 'repair'])
  })

  it('X11: is due at once where the instant has passed: broken right after, and told to whom a miss is told', () => {
    const story = taken('2026-03-01T01:00:00.000Z', [visit])
    expect(story.promise('visit')).toMatchObject({ startedAt: monday, dueAt: monday, state: 'running' })
    story.wake()
    expect(story.promise('visit').state).toBe('broken')
    expect(levels(story)).toEqual([`1 missed ${monday}`])
    const filled = taken(undefined, [visit]).later('PT1H')
    filled.act(lin, 'supplement', { fields: { appointment: minutes(30) } })
    expect(filled.last('promise-broken')).toMatchObject({ clock: 'visit', dueAt: minutes(30), cause: 'retarget' })
    expect(filled.promise('visit')).toMatchObject({ dueAt: minutes(30), state: 'broken' })
  })

  it('X11: moves with the field while nobody was warned, and into the past it is broken by the correction', () => {
    const story = taken(minutes(600)).later('PT1H')
    corrects(story, minutes(300))
    expect(story.promise('visit')).toMatchObject({ cycle: 1, dueAt: minutes(300), state: 'running' })
    corrects(story, minutes(40))
    expect(story.last('promise-broken')).toMatchObject({ clock: 'visit', cycle: 1, dueAt: minutes(40), cause: 'retarget' })
  })

  it('X11: of which somebody was warned is cancelled by another appointment ahead, which is the next promise and warned of again', () => {
    const story = taken(minutes(600)).at(minutes(550))
    story.wake()
    corrects(story, minutes(1200))
    expect(story.last('corrected').promises.filter(({ clock }) => clock === 'visit')).toMatchObject([
      { cycle: 1, state: 'cancelled', dueAt: minutes(600), stoppedAt: minutes(550) },
      { cycle: 2, state: 'running', dueAt: minutes(1200), startedAt: minutes(550) },
    ])
    // Of the other nobody was warned yet.
    expect(story.promise('repair')).toMatchObject({ cycle: 1, dueAt: minutes(1440) })
    story.at(minutes(1300)).wake()
    expect(levels(story)).toEqual([`1 reminder ${minutes(540)}`, `2 reminder ${minutes(1140)}`, `2 missed ${minutes(1200)}`])
  })

  it('X11: that is broken stays so, and another appointment ahead is the next promise', () => {
    const story = taken(minutes(60), [visit]).at(minutes(120))
    story.wake()
    corrects(story, minutes(90))
    expect(story.promise('visit')).toMatchObject({ cycle: 1, state: 'broken', stoppedAt: null, dueAt: minutes(60) })
    corrects(story, minutes(300))
    expect(story.last('corrected').promises).toMatchObject([
      { cycle: 1, state: 'broken', stoppedAt: minutes(120) },
      { cycle: 2, state: 'running', dueAt: minutes(300) },
    ])
  })

  it('X3, X11: rests from its appointment on: what was waited for before moves nothing', () => {
    const resting = { ...repair, pauses: ['customer'] }
    const story = taken(minutes(600), [resting]).at(minutes(60))
    story.act(lin, 'wait')
    story.at(minutes(180)).act(lin, 'resume')
    expect(story.promise('repair')).toMatchObject({ dueAt: minutes(840), pausedMinutes: 0, state: 'running' })
    story.at(minutes(540)).act(lin, 'wait')
    story.at(minutes(660)).act(lin, 'resume')
    expect(story.promise('repair')).toMatchObject({ dueAt: minutes(900), pausedMinutes: 60 })
    // Another appointment counts anew: it has not rested since.
    corrects(story, minutes(1000))
    expect(story.promise('repair')).toMatchObject({ dueAt: minutes(1240), pausedMinutes: 0 })
  })

  it('X2, X11: counts working time from the appointment, by the calendar as it is announced', () => {
    const appointment = '2026-03-03T09:00:00.000Z'
    const story = taken(appointment, [{ ...repair, timeBase: 'working' }])
    const four = (calendar: Calendar) => workingDue(calendar, appointment, 'PT4H')
    expect(story.promise('repair').dueAt).toBe(four(office))
    const dayOff: Calendar = { ...office, days: { ...office.days, '2026-03-04': [] } }
    expect(story.try(system, 'change-calendar', { version: 2, calendar: dayOff })).toBeUndefined()
    expect(story.promise('repair').dueAt).toBe(four(dayOff))
    expect(four(dayOff) > four(office)).toBe(true)
  })

  it('S12, X11: has the target of another priority from the same appointment', () => {
    const story = taken(minutes(600), [{ ...repair, within: { medium: 'PT4H', high: 'PT1H' } }])
    story.act(wang, 'request-priority-change', { priority: 'high' })
    story.act(chen, 'decide-priority-change')
    expect(story.promise('repair')).toMatchObject({ cycle: 1, dueAt: minutes(660) })
  })

  it('X10, X11: goes with a field that the right type has not, on record, and comes back with it', () => {
    const story = taken(minutes(600), [visit])
    const lacking = termsOf([])
    story.act(lin, 'reclassify', { ...lacking, held: { appointment: minutes(600) } })
    expect(story.last('reclassified').promises).toMatchObject([{ clock: 'visit', state: 'cancelled' }])
    expect(story.last('reclassified')).toMatchObject({ dropped: { appointment: minutes(600) } })
    story.later('PT1H').act(lin, 'reclassify', { ...termsOf(['appointment'], 'software-fault'), fields: { appointment: minutes(700) } })
    expect(story.promise('visit')).toMatchObject({ cycle: 2, startedAt: monday, dueAt: minutes(700), state: 'running' })
  })

  it('X11: counts from a field of an act: each time anew, by what was recorded last', () => {
    const story = ticketIn('handling', { policy: repairsPolicy([delivery]) })
    const orders = (expectedAt: Instant | undefined, more: Input = {}) =>
      story
        .later('PT1M')
        .act(wang, 'record-act', { act: 'part-ordered', fields: { part: '水泵', ...(expectedAt && { expectedAt }) }, ...more })
    orders(minutes(6000))
    const first = story.now
    expect(story.promise('delivery')).toMatchObject({ cycle: 1, startedAt: first, dueAt: minutes(6000) })
    orders(minutes(7000))
    expect(story.last('act-recorded').promises).toMatchObject([
      { cycle: 1, state: 'cancelled', stoppedAt: story.now },
      { cycle: 2, state: 'running', dueAt: minutes(7000) },
    ])
    // What is told after it changes nothing, and a part without a day is promised for none.
    orders(minutes(9000), { occurredAt: first })
    expect(story.promise('delivery')).toMatchObject({ cycle: 2, dueAt: minutes(7000), state: 'running' })
    orders(undefined)
    expect(story.promise('delivery')).toMatchObject({ cycle: 2, state: 'cancelled' })
    orders(minutes(8000))
    expect(story.promise('delivery')).toMatchObject({ cycle: 3, dueAt: minutes(8000), state: 'running' })
    // The form of another type has no say in it.
    story.act(lin, 'reclassify')
    expect(story.promise('delivery')).toMatchObject({ cycle: 3, dueAt: minutes(8000), state: 'running' })
    story.act(wang, 'record-act', { act: 'part-arrived' })
    expect(story.promise('delivery')).toMatchObject({ cycle: 3, state: 'kept' })
  })
})

/** What `reclassify` is given of a type that has these fields. */
function termsOf(fields: readonly string[], type = 'hardware-fault') {
  const { type: usual, factFields: _ } = repairsPolicy([])
  const own = usual.fields.filter(({ id }) => fields.includes(id))
  return {
    type,
    terms: { type: { ...usual, id: type, fields: own }, within: {}, ...(own.length > 0 && { factFields: [...fields] }) },
    held: {},
  }
}
type Step =
  | { readonly does: 'correct'; readonly to: number }
  | { readonly does: 'drop' | 'wait' | 'resume' | 'nothing' }
  | { readonly does: 'arrive'; readonly back: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ does: fc.constant('correct' as const), to: fc.integer({ min: -300, max: 900 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('drop' as const, 'wait' as const, 'resume' as const, 'nothing' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('arrive' as const), back: fc.nat(200) }) },
)
const lives = fc.array(fc.tuple(fc.constantFrom(0, 1, 30, 59, 60, 61, 200), step), { minLength: 1, maxLength: 14 })
/** `PROPERTY_RUNS=2000` for a long look. */
const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150) }

describe('X11: whatever becomes of the field', () => {
  it('X11: a promise is owed exactly while there is an instant and nobody has arrived, is due then, and never goes without an event that says so', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: -100, max: 900 })), lives, fc.boolean(), (first, steps, rests) => {
        const clock = { ...visit, pauses: rests ? ['customer'] : [] }
        const story = taken(first === null ? undefined : minutes(first), [clock])
        let field: Instant | undefined = first === null ? undefined : minutes(first)
        let hasArrived = false
        for (const [passes, next] of steps) {
          story.later(`PT${passes}M`).wake()
          const before = story.events.length
          const owedBefore = owed(story)
          switch (next.does) {
            case 'correct':
              field = plus(story.now, next.to < 0 ? 'PT0S' : `PT${next.to}M`)
              if (next.to < 0) field = instantOf(epochMs(story.now) + next.to * 60_000)
              if (story.state.type === 'software-fault') corrects(story, field)
              else story.act(lin, 'reclassify', { ...termsOf(['appointment'], 'software-fault'), fields: { appointment: field } })
              break
            case 'drop':
              if (story.state.type === 'software-fault')
                story.act(lin, 'reclassify', { ...termsOf([]), held: field === undefined ? {} : { appointment: field } })
              field = undefined
              break
            case 'wait':
              if (!story.state.waiting) story.try(lin, 'wait', { for: 'customer', reason: '等客户' })
              break
            case 'resume':
              if (story.state.waiting) story.act(lin, 'resume')
              break
            case 'arrive': {
              const at = instantOf(Math.max(epochMs(monday), epochMs(story.now) - next.back * 60_000))
              // What took place under the appointment before is none of this one.
              hasArrived ||= at >= (owedBefore ?? story.state.unpromised?.[0] ?? { startedAt: monday }).startedAt
              story.act(chen, 'record-act', { act: 'arrived', occurredAt: at })
              break
            }
            case 'nothing':
          }
          // What fell due at this very instant.
          story.wake()
          const now = owed(story)
          expect(now !== undefined).toBe(field !== undefined && !hasArrived)
          if (now && now.state !== 'broken' && !rests)
            expect(now.dueAt).toBe(field !== undefined && field > now.startedAt ? field : now.startedAt)
          if (now && now.state !== 'paused' && now.basis?.pausedAt === null)
            expect(now.state).toBe(now.dueAt > story.now ? 'running' : 'broken')
          // Whatever became of the one before, an appointment ahead is watched.
          if (now && !rests && field !== undefined && field > story.now) expect(now.state).toBe('running')
          if (owedBefore && now?.cycle !== owedBefore.cycle) {
            const ended = story.events
              .slice(before)
              .flatMap(({ type, promises }) =>
                promises
                  .filter(({ cycle, stoppedAt }) => cycle === owedBefore.cycle && stoppedAt !== null)
                  .map(({ state }) => `${type} ${state}`),
              )
            expect(ended.length).toBeGreaterThan(0)
            expect(['corrected', 'reclassified', 'act-recorded']).toContain(ended[0]?.split(' ')[0])
          }
        }
        const broken = story.events.flatMap((event) => (event.type === 'promise-broken' ? [event.cycle] : []))
        expect(new Set(broken).size).toBe(broken.length)
        const spoken = levels(story).map((level) => level.split(' ').slice(0, 2).join(' '))
        expect(new Set(spoken).size).toBe(spoken.length)
        for (const [cycle, promise] of cyclesOf(story)) if (promise.state === 'broken') expect(broken).toContain(cycle)
      }),
      runs,
    )
  })
})

function owed(story: Story): PromiseState | undefined {
  return story.state.promises.find(({ clock, stoppedAt }) => clock === 'visit' && stoppedAt === null)
}

function cyclesOf({ events }: Story): ReadonlyMap<number, PromiseState> {
  return new Map(
    events.flatMap(({ promises }) => promises.filter(({ clock }) => clock === 'visit')).map((promise) => [promise.cycle, promise]),
  )
}
