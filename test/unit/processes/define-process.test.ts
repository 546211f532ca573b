import { expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { ownPolicy } from '../../../workflows/common/define-process.ts'
import { begin, perform, settle } from '../../../workflows/engine.ts'
import type { Entry, Recorded } from '../../../workflows/process.ts'
import { callClocks, callProcess, type CallEvent } from '../../support/call.ts'
import { lin, monday, office } from '../../support/tickets.ts'

/** A type that says the least: what it leaves out is as of most, and it knows no working time. */

const policy = ownPolicy({ id: 'tech-support', version: 1, language: 'en', zone: 'Asia/Shanghai' }, callClocks)
const directory = { people: {}, teams: ['tech-support'] }
const act = (at: string) => ({ requestId: 'r1', actor: lin, at, directory })

function agreed() {
  const read = callProcess.birth.read({ by: plus(monday, 'PT1H'), team: 'tech-support' })
  if (!read.ok) throw new Error('not read')
  return begin(callProcess, 'CA1', read.beginning, { policy, act: act(monday), parent: null }).state
}

it('X5: its promise falls due and its ladder goes on at every hour, without a calendar', () => {
  const { state, events } = settle(callProcess, agreed(), policy, plus(monday, 'PT12H'), 'at')
  expect(events.map((event) => (event.type === 'level-reached' ? event.level : event.type))).toEqual([
    'promise-broken',
    'late-1',
    'late-2',
    'late-3',
  ])
  expect(state.promises).toMatchObject([{ state: 'broken', stoppedAt: null }])
})

it('X8: nobody has it, so the lead hears, once, and only of what is not past', () => {
  const { state, events } = settle(callProcess, agreed(), policy, plus(monday, 'PT1H5M'), 'at')
  expect(events.flatMap((event) => callProcess.notices(event, state))).toMatchObject([
    { kind: 'deadline-missed', recipient: { kind: 'role', role: 'lead' }, params: { number: 'CA1', clock: 'call', level: 'lead' } },
  ])
})

it('X6: it is found by what all are found by, is its assignee’s and its customer’s, asks nothing, and rests when it is over', () => {
  const state = { ...agreed(), assignee: 'lin', requester: 'wang' }
  expect(callProcess.searchAttributes.map(({ name }) => name)).toEqual(
    ['Stage', 'Profile', 'Team', 'Assignee', 'NextDue', 'Overdue'].map((name) => `Bihuan${name}`),
  )
  expect(callProcess.owns(state, { id: 'lin', roles: [], teams: [] }, 'agent')).toBe(true)
  expect(callProcess.owns(state, { id: 'lin', roles: [], teams: [] }, 'customer')).toBe(false)
  expect(callProcess.owns(state, { id: 'wang', roles: [], teams: [] }, 'customer')).toBe(true)
  expect(callProcess.holder(state)).toBe('lin')
  expect(callProcess.asks(null, state, policy)).toEqual([])
  expect(callProcess.rests(state)).toBe(false)
  expect(callProcess.rests({ ...state, stage: 'made' })).toBe(true)
})

it('X5: the commands that would end a promise are told where the stage allows them', () => {
  const state = agreed()
  expect(callProcess.deadlines(state, policy).map(({ cancelledBy }) => cancelledBy)).toEqual([['make'], ['make']])
  expect(callProcess.deadlines({ ...state, stage: 'made' }, policy)[0]?.cancelledBy).toEqual([])
})

it('ends by its command, and what was promised is kept', () => {
  const [make] = callProcess.commands
  if (!make) throw new Error('it has no command')
  const done = perform(callProcess, make, agreed(), policy, act(plus(monday, 'PT30M')), {})
  expect(done.ok && done.state).toMatchObject({ stage: 'made', promises: [{ state: 'kept' }] })
})

it('X2: a new version of a calendar is taken over by a policy that counts by one', () => {
  const entry: Entry = { seq: 2, at: monday, occurredAt: monday, actor: 'system', requestId: null, stage: 'open', promises: [] }
  const news: Recorded<CallEvent> = { type: 'calendar-changed', version: 3, calendar: office, moved: 0, ...entry }
  expect(callProcess.amend(policy, news)).toEqual({ ...policy, calendar: { version: 3, calendar: office } })
})
