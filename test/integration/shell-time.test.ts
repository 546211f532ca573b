import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instantOf, plus } from '../../domain/instant.ts'
import { startTimeSkippingServer } from '../support/servers.ts'
import { openHall, replayAll, startCounter, startTicket, whyRefused, type Hall, type TicketDesk } from '../support/shell/desk.ts'
import { lin, quietPolicy, usual, wang, zhao } from '../support/tickets.ts'

/** The shell and time, on a server that skips it. No workflow is kept in memory: every task replays the whole history. */

let hall: Hall

beforeAll(async () => {
  hall = await openHall(startTimeSkippingServer, { cached: 0 })
})

afterAll(async () => {
  await hall.close()
})

describe('deadlines', () => {
  it('T12: a callback not made is broken as of the instant it was due, by a timer, and the rows have it', async () => {
    const ticket = await resolved('callback')
    const [promise] = ticket.rows.state?.promises ?? []
    await hall.env.sleep('25 hours')
    const broken = ticket.rows.events.at(-1)
    expect(broken).toMatchObject({
      type: 'promise-broken',
      clock: 'callback',
      occurredAt: promise?.dueAt,
      actor: 'system',
      requestId: null,
    })
    expect(Date.parse(broken?.at ?? '') - Date.parse(promise?.dueAt ?? '')).toBeLessThan(1_000)
    expect(broken?.promises).toEqual([expect.objectContaining({ state: 'broken', stoppedAt: null })])
    await finish(ticket)
  })

  it('X8: a callback made in time and recorded after the breach is kept, recorded late', async () => {
    const ticket = await resolved('late-record')
    const called = plus(instantOf(await hall.env.currentTimeMs()), 'PT1H')
    await hall.env.sleep('30 hours')
    const { batch } = await ticket.act(lin, 'callback', { ...usual.callback, occurredAt: called })
    expect(batch.state.promises).toMatchObject([{ state: 'kept', stoppedAt: called, recordedLate: true }])
    await finish(ticket)
  })

  it('T4: waiting ends by itself at its stated end', async () => {
    const ticket = await startTicket(hall, 'waiting')
    const until = plus(instantOf(await hall.env.currentTimeMs()), 'P2D')
    await ticket.act(lin, 'wait', { ...usual.wait, until })
    await hall.env.sleep('49 hours')
    expect(ticket.rows.events.at(-1)).toMatchObject({ type: 'waiting-ended', occurredAt: until, actor: 'system' })
    await ticket.act(lin, 'withdraw', usual.withdraw)
    await ticket.handle.result()
  })

  it('T4: cancelled and set again, each wait ends once, at its own instant', async () => {
    const ticket = await startTicket(hall, 'waits')
    const from = instantOf(await hall.env.currentTimeMs())
    await ticket.act(lin, 'wait', { ...usual.wait, until: plus(from, 'P1D') })
    await ticket.act(lin, 'resume', {})
    await ticket.act(lin, 'wait', { ...usual.wait, until: plus(from, 'P3D') })
    await hall.env.sleep('4 days')
    expect(
      ticket.rows.events.filter(({ type, actor }) => type === 'waiting-ended' && actor === 'system').map(({ occurredAt }) => occurredAt),
    ).toEqual([plus(from, 'P3D')])
    await ticket.act(lin, 'withdraw', usual.withdraw)
    await ticket.handle.result()
  })

  it('is archived when the reopening window ends; the rows have the last word before the workflow completes', async () => {
    const started = Date.now()
    const ticket = await resolved('archive', quietPolicy({ reopeningWindow: 'P30D' }))
    await ticket.acts([wang, 'close'], [lin, 'callback'])
    const end = ticket.rows.state?.reopenableUntil
    await ticket.handle.result()
    expect(ticket.rows.events.at(-1)).toMatchObject({ type: 'archived', occurredAt: end, stage: 'archived' })
    expect(ticket.rows.state).toMatchObject({ stage: 'archived' })
    expect(await ticket.refusal(lin, 'contact', usual.contact)).toEqual({ refused: 'not-running' })
    // Thirty-seven days of a ticket's life take no longer than its acts.
    expect(Date.now() - started).toBeLessThan(15_000)
  })

  it('37 days pass in under a second', async () => {
    const counter = await startCounter(hall, 'quick')
    const at = instantOf((await hall.env.currentTimeMs()) + 37 * 86_400_000)
    await counter.act(lin, 'arm', { at })
    const started = Date.now()
    await hall.env.sleep('38 days')
    expect(counter.rows.events.at(-1)).toMatchObject({ type: 'rang', occurredAt: at })
    expect(Date.now() - started).toBeLessThan(2_000)
    await counter.act(lin, 'end')
    await counter.handle.result()
  })

  it('acts that move no deadline leave its timer alone', async () => {
    const ticket = await resolved('one-timer')
    for (let act = 0; act < 5; act += 1) await ticket.act(lin, 'contact', usual.contact)
    const timers = (await ticket.history()).filter(({ timerStartedEventAttributes: timer }) => timer)
    expect(timers).toHaveLength(1)
    await finish(ticket)
  })
})

describe('the rows', () => {
  it('are written by an activity until it works, however often that takes', async () => {
    const ticket = await resolved('stubborn')
    const before = hall.recorder.failed
    hall.recorder.failNext(7)
    await hall.env.sleep('26 hours')
    await hall.env.sleep('10 minutes')
    expect(hall.recorder.failed - before).toBe(7)
    expect(ticket.rows.events.at(-1)?.type).toBe('promise-broken')
    await finish(ticket)
  })

  it('while they cannot be written, acts go on, and one answer closes the gap', async () => {
    const ticket = await resolved('away')
    hall.recorder.failNext(1_000_000)
    await hall.env.sleep('25 hours')
    expect(ticket.rows.events.at(-1)?.type).toBe('confirmed')
    await ticket.act(wang, 'close', usual.close)
    expect(ticket.rows.events.slice(-2).map(({ type }) => type)).toEqual(['promise-broken', 'closed'])
    hall.recorder.failNext(0)
    await finish(ticket)
  })
})

describe('a process that is woken', () => {
  it('is woken when something is due: once, at its instant on record, without an activity; for nothing it refuses without a trace', async () => {
    const counter = await startCounter(hall, 'woken', { woken: true })
    const at = plus(instantOf(await hall.env.currentTimeMs()), 'PT1H')
    const { batch } = await counter.act(lin, 'arm', { at })
    expect(batch.wakeAt).toBe(at)
    await hall.env.sleep('30 minutes')
    // The server that skips time writes the task of a refused Update into history; another one does not.
    const said = async () =>
      (await counter.history()).filter(
        ({
          workflowTaskScheduledEventAttributes: scheduled,
          workflowTaskStartedEventAttributes: started,
          workflowTaskCompletedEventAttributes: done,
        }) => !scheduled && !started && !done,
      )
    const before = await said()
    await expect(counter.wake().catch(whyRefused)).resolves.toMatchObject({ refused: 'nothing-due' })
    expect(await said()).toEqual(before)
    await hall.env.sleep('31 minutes')
    expect(counter.rows.events.map(({ type }) => type)).not.toContain('rang')
    expect((await counter.wake()).wakeAt).toBeNull()
    expect(counter.rows.events.at(-1)).toMatchObject({ type: 'rang', occurredAt: at, actor: 'system' })
    await expect(counter.wake().catch(whyRefused)).resolves.toMatchObject({ refused: 'nothing-due' })
    await hall.env.sleep('2 hours')
    expect(counter.rows.events.filter(({ type }) => type === 'rang')).toHaveLength(1)
    expect((await counter.history()).some((event) => event.activityTaskScheduledEventAttributes)).toBe(false)
    await counter.act(lin, 'end')
  })

  it('that nobody wakes wakes by itself ten to thirty minutes later, and its rows have it', async () => {
    const counter = await startCounter(hall, 'unwoken', { woken: true })
    const at = plus(instantOf(await hall.env.currentTimeMs()), 'PT1H')
    await counter.act(lin, 'arm', { at })
    await hall.env.sleep('69 minutes')
    expect(counter.rows.events.at(-1)).toMatchObject({ type: 'armed' })
    await hall.env.sleep('22 minutes')
    expect(counter.rows.events.at(-1)).toMatchObject({ type: 'rang', occurredAt: at })
    await counter.act(lin, 'end')
  })

  it('whose answer was lost brings it with the next wake; a command it is told is carried out once', async () => {
    const counter = await startCounter(hall, 'lost', { woken: true })
    const at = plus(instantOf(await hall.env.currentTimeMs()), 'PT1H')
    await counter.act(lin, 'arm', { at })
    await hall.env.sleep('61 minutes')
    const writtenThrough = counter.rows.version
    const command = { id: 'calendar 2', command: 'count', input: {} }
    const lost = await counter.handle.executeUpdate<{ events: unknown[] }, [unknown]>('wake', { args: [{ writtenThrough, command }] })
    expect(lost.events).toHaveLength(2)
    await counter.wake({ command })
    expect(counter.rows.events.map(({ type }) => type)).toEqual(['armed', 'rang', 'counted'])
    await expect(counter.wake({ command }).catch(whyRefused)).resolves.toMatchObject({ refused: 'nothing-due' })
    await counter.act(lin, 'end')
  })
})

it('every history made here replays', async () => {
  const ids = [
    'callback',
    'late-record',
    'waiting',
    'waits',
    'archive',
    'quick',
    'one-timer',
    'stubborn',
    'away',
    'woken',
    'unwoken',
    'lost',
  ]
  expect(await replayAll(hall, ids)).toEqual(new Map(ids.map((id) => [id, 1])))
})

/** A ticket the customer has just called solved; its callback is due in 24 hours. */
async function resolved(number: string, policy = quietPolicy()): Promise<TicketDesk> {
  const ticket = await startTicket(hall, number, policy)
  return ticket.acts(
    [lin, 'review-intake'],
    [lin, 'diagnose'],
    [wang, 'claim'],
    [wang, 'accept'],
    [wang, 'complete'],
    [zhao, 'verify'],
    [lin, 'confirm'],
  )
}

/** Sees a resolved ticket to its archive, so that it stirs no more while others are looked at. */
async function finish(ticket: TicketDesk): Promise<void> {
  const state = ticket.rows.state
  if (state?.stage === 'closing') await ticket.acts([wang, 'close'])
  if (state?.promises.some(({ stoppedAt }) => stoppedAt === null)) await ticket.acts([lin, 'callback'])
  await ticket.handle.result()
  expect(ticket.rows.state?.stage).toBe('archived')
}
