import { describe, expect, it } from 'vitest'
import { plus } from '../../../domain/instant.ts'
import { lin, monday, quietTicketIn as ticketIn, wang } from '../../support/tickets.ts'

describe('X8: when it happened and when it was recorded', () => {
  it('X8: both are kept apart', () => {
    const story = ticketIn('handling')
    const call = plus(story.now, 'PT10M')
    story.later('PT3H').act(lin, 'contact', { occurredAt: call })
    expect(story.last('contacted')).toMatchObject({ occurredAt: call, at: story.now })
  })

  it('X8: without a word about it, it happened now', () => {
    const story = ticketIn('handling').acts([lin, 'contact'])
    expect(story.last('contacted')).toMatchObject({ occurredAt: story.now, at: story.now })
  })

  it('X8: any offset names the same instant', () => {
    const story = ticketIn('handling').later('P1D')
    story.act(lin, 'contact', { occurredAt: '2026-03-02T18:00:00.5+08:00' })
    expect(story.last('contacted').occurredAt).toBe('2026-03-02T10:00:00.500Z')
  })

  it('X8: what is stated for the next minute takes place now: clocks of two machines differ', () => {
    const story = ticketIn('confirmation')
    story.act(lin, 'contact', { occurredAt: new Date(Date.parse(story.now) + 500).toISOString() })
    expect(story.last('contacted')).toMatchObject({ occurredAt: story.now, at: story.now })
    story.act(lin, 'confirm', { occurredAt: plus(story.now, 'PT1M') })
    expect(story.last('confirmed')).toMatchObject({ occurredAt: story.now, at: story.now })
    expect(story.state).toMatchObject({ resolvedAt: story.now, confirmation: { at: story.now } })
  })

  it('X8: nothing happens in the future', () => {
    const story = ticketIn('handling')
    const given = plus(story.now, 'PT1M1S')
    expect(story.refusal(lin, 'contact', { occurredAt: given })).toEqual({
      kind: 'invalid',
      code: 'invalid-input',
      errors: [{ path: 'occurredAt', code: 'in-the-future', params: { given, now: story.now } }],
    })
  })

  it('X8: a conversation is not older than the ticket', () => {
    expect(ticketIn('handling').refusal(lin, 'contact', { occurredAt: plus(monday, 'PT0S').replace('T01', 'T00') })).toMatchObject({
      errors: [{ path: 'occurredAt', code: 'too-early', params: { earliest: monday } }],
    })
  })

  it('X8: nobody confirms before being asked, nor is called back before the solution', () => {
    const confirmation = ticketIn('confirmation')
    const asked = confirmation.state.confirmationAskedAt
    expect(confirmation.refusal(lin, 'confirm', { occurredAt: monday })).toMatchObject({
      errors: [{ code: 'too-early', params: { earliest: asked } }],
    })
    const closing = ticketIn('closing')
    expect(closing.refusal(lin, 'callback', { occurredAt: asked })).toMatchObject({
      errors: [{ code: 'too-early', params: { earliest: closing.state.resolvedAt } }],
    })
  })

  it('X8, T12: a callback made in time and recorded late turns the breach into kept, recorded late; the breach stays in the log', () => {
    const story = ticketIn('closing')
    const { dueAt } = story.promise('callback')
    const called = plus(story.now, 'PT23H')
    story.later('P3D').wake()
    expect(story.promise('callback').state).toBe('broken')
    story.act(lin, 'callback', { occurredAt: called })
    expect(story.promise('callback')).toEqual({
      clock: 'callback',
      cycle: 1,
      startedAt: story.state.resolvedAt,
      dueAt,
      pausedMinutes: 0,
      state: 'kept',
      stoppedAt: called,
      recordedLate: true,
      provisional: false,
    })
    expect(story.events.map(({ type }) => type)).toContain('promise-broken')
    expect(story.last('called-back').promises).toEqual([story.promise('callback')])
  })

  it('X8, T12: the same when nobody had noticed the breach yet', () => {
    const story = ticketIn('closing')
    const called = plus(story.now, 'PT23H')
    const events = story.later('P3D').act(lin, 'callback', { occurredAt: called })
    expect(events.map(({ type }) => type)).toEqual(['promise-broken', 'called-back'])
    expect(story.promise('callback')).toMatchObject({ state: 'kept', recordedLate: true })
  })

  it('X8, T12: made late, it stays broken', () => {
    const story = ticketIn('closing')
    const called = plus(story.now, 'PT25H')
    story.later('P3D').act(lin, 'callback', { occurredAt: called })
    expect(story.promise('callback')).toMatchObject({ state: 'broken', stoppedAt: called, recordedLate: false })
  })

  it('X8, T12: an answer recorded late promises the callback from when it was given, even if that is over already', () => {
    const story = ticketIn('confirmation')
    const answered = plus(story.now, 'PT1H')
    story.later('P3D').act(lin, 'confirm', { occurredAt: answered })
    expect(story.state.resolvedAt).toBe(answered)
    expect(story.promise('callback')).toMatchObject({ startedAt: answered, dueAt: plus(answered, 'PT24H'), state: 'running' })
    story.wake()
    expect(story.last('promise-broken')).toMatchObject({ occurredAt: plus(answered, 'PT24H'), at: story.now })
  })

  it('X8: an answer after an outage neither rescues a broken promise nor breaks a kept one', () => {
    const late = ticketIn('closing').later('PT24H1S')
    expect(late.act(lin, 'callback').map(({ type }) => type)).toEqual(['promise-broken', 'called-back'])
    const kept = ticketIn('closing')
    const called = plus(kept.now, 'PT2H')
    kept.later('PT2H').act(lin, 'callback')
    expect(kept.promise('callback')).toMatchObject({ state: 'kept', stoppedAt: called })
    expect(wang.id).toBe(kept.state.assignee)
  })
})
