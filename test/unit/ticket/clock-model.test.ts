import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Calendar } from '../../../domain/calendar/schema.ts'
import { epochMs, instantOf, type Instant } from '../../../domain/instant.ts'
import type { Rung } from '../../../domain/profile/clocks.ts'
import type { Policy, PolicyClock } from '../../../domain/profile/policy.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import { ModelWorld, type ModelClock, type ModelRung, type ModelTarget, type ModelTerms } from '../../support/clock-model.ts'
import { chen, lin, policyOf, Story, system, wang } from '../../support/tickets.ts'

/**
 * Random stories of one clock, told late and in any order, against a watch and a sheet of paper: whatever anybody asks of a
 * promise, both give the same answer after each act.
 */

/** Monday, the second of March 2026, midnight in Shanghai. */
const firstDay = '2026-03-02'
const start = epochMs('2026-03-01T16:00:00.000Z')
const days = 60
const at = (minute: number): Instant => instantOf(start + minute * 60_000)
const minuteOf = (instant: Instant | null) => (instant === null ? null : (epochMs(instant) - start) / 60_000)

const office: Calendar = {
  id: 'cn-office',
  timezone: 'Asia/Shanghai',
  week: {
    mon: ['09:00-12:00', '13:00-18:00'],
    tue: ['09:00-12:00', '13:00-18:00'],
    wed: ['09:00-12:00', '13:00-18:00'],
    thu: ['09:00-12:00', '13:00-18:00'],
    fri: ['09:00-12:00', '13:00-17:00'],
    sat: [],
    sun: [],
  },
  days: {},
  coveredThrough: '2026-12-31',
}

const priorities = ['p1', 'p2', 'p3']

/** How its cycles begin and end. */
type Kind = 'once' | 'cancelled' | 'cycles' | 'stated'

interface Measured {
  readonly kind: Kind
  readonly rests: boolean
  readonly targets: readonly (ModelTarget | null)[]
  readonly bases: readonly ('elapsed' | 'working')[]
  readonly rungs: readonly Omit<ModelRung, 'id'>[]
}

type Act =
  | { readonly does: 'call' | 'update'; readonly back: number }
  | { readonly does: 'wait' | 'resume' | 'nothing' }
  | { readonly does: 'priority'; readonly to: number }
  | { readonly does: 'calendar'; readonly ahead: number; readonly works: boolean }
  | { readonly does: 'defer'; readonly by: number }

const quarter = fc.constantFrom(25, 50, 75, 100, 150)
const stretch = fc.oneof(
  quarter.map((percent) => ({ percent })),
  fc.constantFrom(2, 20, 60, 480).map((minutes) => ({ minutes })),
)
const offset = fc
  .tuple(stretch, fc.constantFrom(-1, -1, 0, 1))
  .map(([by, sign]) => ('percent' in by ? { percent: by.percent * sign } : { minutes: by.minutes * sign }))

const measured: fc.Arbitrary<Measured> = fc.record({
  kind: fc.constantFrom<Kind[]>('once', 'once', 'cancelled', 'cycles', 'stated'),
  rests: fc.boolean(),
  targets: fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(4, 20, 40, 240, 480, 1200).map((minutes) => ({ minutes })) },
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }).map((count) => ({ days: count })) },
      { weight: 2, arbitrary: fc.constant(null) },
    ),
    { minLength: 3, maxLength: 3 },
  ),
  bases: fc.array(fc.constantFrom<('elapsed' | 'working')[]>('elapsed', 'working'), { minLength: 3, maxLength: 3 }),
  rungs: fc.array(
    fc
      .record({
        at: offset,
        every: fc.option(stretch),
        times: fc.integer({ min: 2, max: 4 }),
        only: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: fc.subarray(priorities, { minLength: 1 }) }),
      })
      .map((rung) => ({ ...rung, times: rung.every === null ? 1 : rung.times })),
    { maxLength: 4 },
  ),
})

const back = fc.oneof(fc.constant(0), fc.nat(40), fc.nat(600), fc.nat(3000))
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('call' as const), back }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('update' as const), back }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('wait' as const, 'resume' as const, 'nothing' as const) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('priority' as const), to: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('calendar' as const), ahead: fc.integer({ min: 1, max: 4 }), works: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('defer' as const), by: fc.constantFrom(4, 20, 240, 2000) }) },
)
const gap = fc.oneof(fc.constantFrom(0, 2, 4, 10, 20), fc.nat(60), fc.nat(600), fc.constantFrom(540, 720, 1080), fc.nat(2000))
const acts = fc.array(fc.tuple(gap, act), { minLength: 1, maxLength: 12 })

/** `PROPERTY_RUNS=2000` for a long look. */
const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 150) }

/** On what its target depends: the priority, or a field of the form that conditions name. */
type Hinge = 'priority' | 'field'

describe.each<Hinge>(['priority', 'field'])('a clock whose target depends on a %s', (hinge) => {
  it('X2, X3, X4, X8, X10, S12, T14: answers as a watch and a sheet of paper do, whatever is told of the past', () => {
    fc.assert(
      fc.property(measured, acts, (clock, steps) => {
        const both = new Both(clock, hinge)
        expect(both.product()).toEqual(both.model())
        for (const [passes, next] of steps) {
          both.later(passes)
          both.act(next)
          expect(both.product()).toEqual(both.model())
        }
        both.later(9_000)
        expect(both.product()).toEqual(both.model())
      }),
      runs,
    )
  })
})

/** The product and the sheet of paper, side by side. */
class Both {
  readonly #clock: Measured
  readonly #hinge: Hinge
  #value = 'p1'
  readonly #story: Story
  readonly #model: ModelWorld
  #calendar = office
  #waits = 0
  #now = 0

  constructor(clock: Measured, hinge: Hinge) {
    this.#clock = clock
    this.#hinge = hinge
    const measuredClocks =
      hinge === 'field' ? [conditioned(clock)] : priorities.map((id, index) => policyClock(clock, id, index, 'priority')).reduce(joined, [])
    const usual = policyOf()
    this.#model = new ModelWorld(modelOf(clock), 'p1', office, firstDay, days)
    this.#story = new Story({
      now: at(0),
      submission: { priority: 'p1', assignee: 'wang', fields: { level: 'p1' } },
      policy: {
        ...usual,
        type: { ...usual.type, fields: [level] },
        factFields: ['level'],
        begins: 'assignment',
        priorities: priorities.map((id, index) => ({ id, label: id, timeBase: clock.bases[index] ?? 'elapsed', reviewMeeting: false })),
        calendar: { version: 1, calendar: office },
        clocks: [...measuredClocks, solving],
      },
    })
    if (clock.kind === 'once' || clock.kind === 'cancelled') this.#model.start(0)
    this.#story.act(wang, 'accept')
    if (clock.kind === 'cycles') this.#model.start(0)
    this.#model.wake()
  }

  later(minutes: number): void {
    this.#now += minutes
    this.#model.passTo(this.#now)
    this.#story.at(at(this.#now))
  }

  act(next: Act): void {
    const { kind } = this.#clock
    switch (next.does) {
      case 'call': {
        const occurred = Math.max(0, this.#now - next.back)
        this.#story.act(lin, 'contact', { occurredAt: at(occurred) })
        if (kind !== 'cycles') this.#model.stop(occurred)
        break
      }
      case 'update': {
        const occurred = Math.max(0, this.#now - next.back)
        this.#story.act(wang, 'update-progress', { occurredAt: at(occurred) })
        if (kind === 'cycles') this.#model.stop(occurred, 'kept', true)
        if (kind === 'cancelled') this.#model.stop(occurred, 'cancelled')
        break
      }
      case 'wait':
        // A ticket remembers its last three.
        if (this.#model.waiting || this.#waits === 3) break
        this.#waits += 1
        this.#story.act(lin, 'wait')
        this.#model.wait()
        break
      case 'resume':
        if (!this.#model.waiting) break
        this.#story.act(lin, 'resume')
        this.#model.resume()
        break
      case 'priority': {
        const priority = priorities[next.to] ?? 'p1'
        if (priority === this.#value) break
        this.#value = priority
        if (this.#hinge === 'field') this.#story.act(lin, 'correct', { fields: { level: priority } })
        else {
          this.#story.act(wang, 'request-priority-change', { priority })
          this.#story.act(chen, 'decide-priority-change')
        }
        // Another value of a field under which the same is promised changes nothing.
        const meant = this.#hinge === 'field' ? firstAlike(this.#clock, next.to) : priority
        if (meant !== this.#model.priority) this.#model.change(meant)
        break
      }
      case 'calendar': {
        const day = new Date(Date.parse(`${firstDay}T00:00Z`) + (Math.floor(this.#now / 1440) + next.ahead) * 86_400_000)
        const spans = next.works ? ['09:00-12:00', '13:00-18:00'] : []
        this.#calendar = { ...this.#calendar, days: { ...this.#calendar.days, [day.toISOString().slice(0, 10)]: spans } }
        const version = this.#story.state.calendar.version + 1
        const refusal = this.#story.try(system, 'change-calendar', { version, calendar: this.#calendar })
        if (refusal) throw new Error(`the calendar was refused: ${JSON.stringify(refusal)}`)
        this.#model.recount(this.#calendar, firstDay, days)
        break
      }
      case 'defer':
        if (kind !== 'stated') break
        this.#story.act(wang, 'defer', { newDueAt: at(this.#now + next.by) })
        this.#model.start(this.#now, this.#now + next.by)
        break
      case 'nothing':
    }
  }

  /** Everything that the product says when what is due has taken effect: of each cycle by its last event. */
  product(): Answers {
    this.#story.wake()
    const cycles = new Map<number, PromiseState>()
    const said: unknown[] = []
    const broken: unknown[] = []
    for (const event of this.#story.events) {
      for (const promise of event.promises) if (promise.clock === 'measured') cycles.set(promise.cycle, promise)
      if (event.type === 'level-reached') said.push({ cycle: event.cycle, level: event.level, minute: minuteOf(event.occurredAt) })
      if (event.type === 'promise-broken' && event.clock === 'measured')
        broken.push({ cycle: event.cycle, minute: minuteOf(event.occurredAt), decided: event.cause === 'retarget' })
    }
    return {
      cycles: [...cycles.values()].map(({ cycle, startedAt, dueAt, state, stoppedAt, recordedLate }) => ({
        cycle,
        start: minuteOf(startedAt),
        due: minuteOf(dueAt),
        state,
        stopped: minuteOf(stoppedAt),
        late: recordedLate,
      })),
      said: sorted(said),
      broken,
      newest: this.#story.state.promises.find((promise) => promise.clock === 'measured')?.cycle,
    }
  }

  /** The same from the sheet of paper. */
  model(): Answers {
    this.#model.wake()
    return {
      cycles: this.#model.all.map(({ cycle, start, due, state, stopped, late }) => ({ cycle, start, due, state, stopped, late })),
      said: sorted(this.#model.said),
      broken: this.#model.broken,
      newest: this.#model.newest?.cycle,
    }
  }
}

interface Answers {
  readonly cycles: readonly object[]
  readonly said: readonly string[]
  readonly broken: readonly unknown[]
  readonly newest: number | undefined
}

/** At one instant the order of levels says nothing. */
function sorted(said: readonly unknown[]): string[] {
  return said.map((one) => JSON.stringify(one)).toSorted()
}

/** Owed from the first minute on, so that there is something to defer. */
const solving: PolicyClock = {
  id: 'resolution',
  label: 'resolution',
  starts: ['submitted'],
  stops: ['resolved'],
  cancels: [],
  pauses: [],
  whenDue: 'break',
  within: Object.fromEntries(priorities.map((id) => [id, 'PT1M'])),
  timeBase: 'elapsed',
  priorities: null,
  ladder: [],
}

/** What a clock is under one priority; null: nothing. */
function termsOf({ kind, targets, bases }: Measured, index: number): ModelTerms | undefined {
  const target = targets[index] ?? null
  if (target === null) return undefined
  return kind === 'stated' ? { target: null, base: 'elapsed' } : { target, base: bases[index] ?? 'elapsed' }
}

function modelOf(clock: Measured): ModelClock {
  return {
    terms: Object.fromEntries(priorities.map((id, index) => [id, termsOf(clock, index)])),
    rungs: clock.rungs.map((rung, index) => ({ ...rung, id: `rung${index}` })),
    rests: clock.rests,
  }
}

/** The clock as the product has it, with the target of one priority. */
function policyClock(clock: Measured, priority: string, index: number, hinge: Hinge): PolicyClock {
  const { kind, rests, rungs } = clock
  const terms = termsOf(clock, index)
  const moments: Record<Kind, Pick<PolicyClock, 'starts' | 'stops' | 'cancels'>> = {
    once: { starts: ['submitted'], stops: ['contacted'], cancels: [] },
    cancelled: { starts: ['submitted'], stops: ['contacted'], cancels: ['updated'] },
    cycles: { starts: ['accepted', 'updated'], stops: ['updated'], cancels: [] },
    stated: { starts: ['deferred'], stops: ['contacted'], cancels: [] },
  }
  return {
    id: 'measured',
    label: 'measured',
    ...moments[kind],
    pauses: rests ? ['customer'] : [],
    whenDue: 'break',
    within: kind === 'stated' ? null : terms?.target ? { [priority]: durationOf(terms.target) } : {},
    timeBase: null,
    priorities: terms ? [priority] : [],
    ladder: rungs.map((rung, at): Rung => ({
      id: `rung${at}`,
      at: textOf(rung.at),
      ...(rung.every && { every: textOf(rung.every).replace('+', '') }),
      times: rung.times,
      to: ['handler'],
      ...(rung.only && { when: hinge === 'priority' ? { priority: [...rung.only] } : { fields: { level: [...rung.only] } } }),
    })),
  }
}

const level: Policy['type']['fields'][number] = {
  id: 'level',
  label: { 'zh-CN': '级别', 'zh-TW': '級別', en: 'Level' },
  kind: 'choice',
  required: true,
  choices: priorities.map((id) => ({ id, label: { 'zh-CN': id, 'zh-TW': id, en: id } })),
}

/** The first value under which the same is promised. */
function firstAlike(clock: Measured, index: number): string {
  const speaking = (at: number) => clock.rungs.map(({ only }) => only === null || only.includes(priorities[at] ?? ''))
  const all = priorities.map((_, at) => JSON.stringify(termsOf(clock, at) && [termsOf(clock, at), speaking(at)]))
  return priorities[all.findIndex((one) => one === all[index])] ?? 'p1'
}

/** The clock with its targets by the field: the first as the clock's own, the others as exceptions from it; what has none is not concerned. */
function conditioned(clock: Measured): PolicyClock {
  const terms = priorities.map((id, index) => ({
    id,
    timeBase: clock.bases[index] ?? 'elapsed',
    within: termsOf(clock, index)?.target ?? null,
    concerned: termsOf(clock, index) !== undefined,
  }))
  const always = (within: string) => Object.fromEntries(priorities.map((id) => [id, within]))
  const exceptions = terms.flatMap(({ id, within, timeBase }) =>
    within === null ? [] : [{ when: { fields: { level: id } }, within: always(durationOf(within)), timeBase }],
  )
  const concerned = terms.flatMap(({ id, concerned: is }) => (is ? [id] : []))
  return {
    ...policyClock(clock, 'p1', 0, 'field'),
    priorities: null,
    timeBase: null,
    within: clock.kind === 'stated' ? null : always('PT7M'),
    when: concerned.length === 0 ? { fields: { level: { given: false } } } : { fields: { level: concerned } },
    exceptions,
  }
}

/** One clock for all priorities. */
function joined([before]: readonly PolicyClock[], clock: PolicyClock): PolicyClock[] {
  if (!before) return [clock]
  return [
    {
      ...before,
      within: before.within && clock.within ? { ...before.within, ...clock.within } : null,
      priorities: [...(before.priorities ?? []), ...(clock.priorities ?? [])],
    },
  ]
}

function durationOf(target: ModelTarget): string {
  return 'days' in target ? `P${target.days}D` : `PT${target.minutes}M`
}

function textOf(offset: ModelRung['at']): string {
  if ('percent' in offset) return `${offset.percent > 0 ? '+' : ''}${offset.percent}%`
  return `${offset.minutes < 0 ? '-' : '+'}PT${Math.abs(offset.minutes)}M`
}
