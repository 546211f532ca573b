import { describe, expect, it } from 'vitest'
import { said } from '../../../domain/labels.ts'
import { noticeKinds } from '../../../domain/notices/kinds.ts'
import { plus } from '../../../domain/instant.ts'
import type { CommonEvent } from '../../../workflows/common/common-events.ts'
import { customerParams } from '../../../workflows/common/recipients.ts'
import { policyClocks, statedPromises, type StatedClock } from '../../../workflows/common/stated-clock.ts'
import type { Entry } from '../../../workflows/process.ts'
import type { PromiseState } from '../../../workflows/promise.ts'
import { monday } from '../../support/tickets.ts'

/** A clock that promises an instant which somebody states. */

type VisitEvent =
  | CommonEvent
  | { readonly type: 'planned'; readonly until: string }
  | { readonly type: 'moved'; readonly to: string }
  | { readonly type: 'arrived' | 'called-off' | 'noted' }

const arrival: StatedClock<VisitEvent> = {
  id: 'arrival',
  label: said('上门', '到府', 'Arrival'),
  dueBy: (event) => (event.type === 'planned' ? event.until : event.type === 'moved' ? event.to : undefined),
  stops: ['arrived'],
  cancels: ['called-off'],
  ladder: [
    { id: 'reminder', at: '-PT30M', times: 1, to: ['handler'] },
    { id: 'late', at: '+PT10M', every: 'PT10M', times: 2, to: ['lead'] },
  ],
  endedBy: [],
}
const planned = plus(monday, 'PT2H')
const policy = { clocks: policyClocks([arrival], 'en') }

/** What becomes of the newest cycle. */
function after(...events: readonly (readonly [VisitEvent, string])[]): readonly PromiseState[] {
  let promises: readonly PromiseState[] = []
  for (const [event, at] of events) promises = [...promises, ...statedPromises([arrival], { promises }, { ...event, ...entry(at) }, policy)]
  return promises
}

const entry = (at: string): Entry => ({ seq: 1, at, occurredAt: at, actor: 'lin', requestId: 'r', stage: 'open', promises: [] })
const plan = [{ type: 'planned', until: planned }, monday] as const
const broken = [{ type: 'promise-broken', clock: 'arrival', cycle: 1, dueAt: planned, cause: 'time' }, planned] as const

describe('a clock by a stated instant', () => {
  it('X5: promises that instant from the event on that states it, with its ladder', () => {
    expect(after(plan)).toMatchObject([
      { clock: 'arrival', cycle: 1, startedAt: monday, dueAt: planned, state: 'running', stoppedAt: null, provisional: false },
    ])
    expect(after(plan)[0]?.basis?.rungs).toEqual([
      { id: 'reminder', at: plus(planned, '-PT30M'), time: 1 },
      { id: 'late', at: plus(planned, 'PT10M'), time: 1 },
    ])
  })

  it('is kept by what stops it in time, and stays broken when that comes later', () => {
    expect(after(plan, [{ type: 'arrived' }, plus(monday, 'PT1H')]).at(-1)).toMatchObject({ cycle: 1, state: 'kept' })
    expect(after(plan, broken).at(-1)).toMatchObject({ state: 'broken', stoppedAt: null })
    const late = plus(planned, 'PT1H')
    expect(after(plan, broken, [{ type: 'arrived' }, late]).at(-1)).toMatchObject({ state: 'broken', stoppedAt: late })
    // Told late, it was in time.
    expect(after(plan, broken, [{ type: 'arrived' }, plus(monday, 'PT1H')]).at(-1)).toMatchObject({ state: 'kept', recordedLate: true })
  })

  it('is moved by another instant: what was owed is cancelled, or stays broken, and the next cycle is due then', () => {
    const to = plus(monday, 'P1D')
    const move = [{ type: 'moved', to }, plus(monday, 'PT1H')] as const
    expect(after(plan, move).slice(1)).toMatchObject([
      { cycle: 1, state: 'cancelled', stoppedAt: move[1] },
      { cycle: 2, startedAt: move[1], dueAt: to, state: 'running' },
    ])
    const afterBreach = [{ type: 'moved', to }, plus(planned, 'PT1H')] as const
    expect(after(plan, broken, afterBreach).slice(2)).toMatchObject([
      { cycle: 1, state: 'broken' },
      { cycle: 2, state: 'running' },
    ])
    expect(after(plan, [{ type: 'arrived' }, plus(monday, 'PT1H')], afterBreach).at(-1)).toMatchObject({ cycle: 2, state: 'running' })
  })

  it('owes nothing after what cancels it, or once it has lapsed; what ends nothing, changes nothing', () => {
    const at = plus(monday, 'PT1H')
    expect(after(plan, [{ type: 'called-off' }, at]).at(-1)).toMatchObject({ state: 'cancelled', stoppedAt: at })
    const lapsed = { type: 'promise-lapsed', clock: 'arrival', cycle: 1, dueAt: planned } as const
    expect(after(plan, [lapsed, planned]).at(-1)).toMatchObject({ state: 'cancelled', stoppedAt: planned })
    expect(after(plan, [{ type: 'noted' }, at])).toHaveLength(1)
    expect(after([{ type: 'arrived' }, at], [{ type: 'called-off' }, at])).toEqual([])
  })

  it('X4: goes up its ladder rung by rung, and repeats what is to be repeated; another clock’s rungs are not its own', () => {
    const rung = (clock: string): VisitEvent => ({
      type: 'level-reached',
      clock,
      cycle: 1,
      level: 'late-1',
      rung: 'late',
      dueAt: planned,
      warning: false,
      notice: 'deadline-missed',
      to: [],
      again: null,
    })
    const at = plus(planned, 'PT10M')
    expect(after(plan, broken, [rung('arrival'), at]).at(-1)?.basis?.rungs).toContainEqual({
      id: 'late',
      at: plus(planned, 'PT20M'),
      time: 2,
    })
    expect(after(plan, [rung('another'), at])).toHaveLength(1)
  })

  it('is carried by the policy: a process whose policy knows no such clock promises nothing', () => {
    expect(statedPromises([arrival], { promises: [] }, { ...plan[0], ...entry(monday) }, { clocks: [] })).toEqual([])
    expect(policy.clocks).toMatchObject([{ id: 'arrival', label: 'Arrival', whenDue: 'break', within: null, pauses: [] }])
  })
})

describe('what a ladder tells customers', () => {
  const level = { clock: 'arrival', dueAt: planned }
  it('X4: is when it is due where the kind has words for it', () => {
    const dueAt = { kind: 'instant', optional: false } as const
    expect(customerParams({ params: { number: dueAt, dueAt } }, level, 'VS1')).toEqual({ number: 'VS1', dueAt: planned })
    expect(customerParams({ params: { number: dueAt, dueAt, clock: dueAt } }, level, 'VS1')).toEqual({ number: 'VS1', ...level })
  })

  it('is the number and nothing else for the kinds of tickets', () => {
    const told = Object.values(noticeKinds).filter(({ audience }) => audience === 'customer')
    expect(told.map((kind) => customerParams(kind, level, 'TS1'))).toEqual(told.map(() => ({ number: 'TS1' })))
  })
})
