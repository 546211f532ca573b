import { describe, expect, it } from 'vitest'
import { locales } from '../../../domain/labels.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import { unwatched, unwatchedReasons } from '../../../workflows/ticket/unwatched.ts'
import { lin, onlyClocks, policyOf, quietTicketIn, ticketIn, wang, type Story } from '../../support/tickets.ts'

/** Promises that somebody can forget: what nobody watches is shown (X5, X13). */

const of = ({ state, policy }: Story) => unwatched(state, policy)
const without = (...clocks: readonly string[]): Pick<Policy, 'clocks'> => ({
  clocks: policyOf().clocks.filter(({ id }) => !clocks.includes(id)),
})
const deferral = { reason: '厂商补丁推迟', newDueAt: '2026-03-20T10:00:00.000Z' }

describe('X5: nobody watches', () => {
  it.each(['intake', 'triage', 'assignment', 'handling', 'verification', 'confirmation', 'closing', 'follow-up'] as const)(
    'nothing of a ticket in %s that goes the usual way',
    (stage) => {
      expect(of(ticketIn(stage))).toEqual([])
    },
  )

  it('a wait for a part that says no end', () => {
    const story = ticketIn('handling', { policy: policyOf(without('wait-limit')) }).acts([
      wang,
      'wait',
      { for: 'part', reason: '等备件到货' },
    ])
    expect(of(story)).toEqual([{ reason: 'wait-without-end', at: story.now }])
    expect(of(story.acts([wang, 'resume']))).toEqual([])
    expect(of(story.acts([wang, 'wait', { for: 'part', until: '2026-03-09T01:00:00.000Z' }]))).toEqual([])
    const measured = ticketIn('handling').acts([wang, 'wait', { for: 'part' }])
    expect(of(measured)).toEqual([])
  })

  it('a wait for the customer only once no clock counts it: without one, or when the customer never answered', () => {
    const story = ticketIn('handling').acts([wang, 'wait'])
    expect(of(story)).toEqual([])
    story.at('2026-03-20T01:00:00.000Z').wake()
    expect(story.state.waiting).not.toBeNull()
    expect(of(story)).toMatchObject([{ reason: 'wait-without-end' }])
    const uncounted = ticketIn('handling', { policy: policyOf(without('customer-answer')) }).acts([wang, 'wait'])
    expect(of(uncounted)).toMatchObject([{ reason: 'wait-without-end' }])
  })

  it('a deferral that no clock of the profile measures, also after a new plan, until the ticket is solved', () => {
    expect(of(ticketIn('handling').acts([wang, 'defer', deferral]))).toEqual([])
    const story = ticketIn('handling', { policy: policyOf(without('deferral')) }).acts([wang, 'defer', deferral])
    expect(of(story)).toEqual([{ reason: 'deferral-without-clock', at: deferral.newDueAt }])
    story.acts([wang, 'plan'])
    expect(of(story)).toMatchObject([{ reason: 'deferral-without-clock', at: deferral.newDueAt }])
    story.acts([wang, 'complete'], [wang, 'verify'], [lin, 'confirm'])
    expect(of(story)).toEqual([])
    expect(of(story.acts([lin, 'reopen']))).toEqual([])
  })

  it('a deferral from before it was kept what was announced', () => {
    const story = ticketIn('handling', { policy: policyOf(without('deferral')) }).acts([wang, 'defer', deferral])
    const { deferredTo: _, ...before } = story.state
    expect(unwatched(before, story.policy)).toEqual([{ reason: 'deferral-without-clock', at: deferral.newDueAt }])
  })

  it('a ticket whose ladders have all spoken, or that has no clock', () => {
    const story = ticketIn('handling', { policy: policyOf(onlyClocks('resolution')) })
    expect(of(story)).toEqual([])
    story.later('P60D').wake()
    expect(of(story)).toEqual([{ reason: 'nothing-ahead', at: null }])
    expect(of(quietTicketIn('handling'))).toEqual([{ reason: 'nothing-ahead', at: null }])
  })

  it('an open question of a closed ticket when nothing else is ahead', () => {
    const story = ticketIn('closing', { policy: policyOf({ clocks: [] }) }).acts([lin, 'reopen'])
    story.acts([wang, 'plan'], [wang, 'complete'], [wang, 'verify'], [lin, 'confirm', { outcome: 'partly', remark: '还想了解备份' }])
    story.acts([wang, 'close'])
    expect(story.state.stage).toBe('follow-up')
    expect(of(story)).toMatchObject([{ reason: 'task-without-clock', at: story.state.tasks[0]?.openedAt }])
    expect(of(story.acts([lin, 'finish-task', { task: story.state.tasks[0]?.id }]))).toEqual([])
  })

  it.each(Object.entries(unwatchedReasons))('%s says what is wrong and what helps, in each language', (_, { text, remedy }) => {
    for (const locale of locales) for (const words of [text, remedy]) expect(words[locale].length).toBeGreaterThan(8)
  })
})
