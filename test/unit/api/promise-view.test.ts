import { describe, expect, it } from 'vitest'
import { cycleView } from '../../../api/views/promise.ts'
import { lin, ticketIn, wang } from '../../support/tickets.ts'

describe('X3: how long a promise rested', () => {
  it('is told in real time, and in the working time by which its due instant moved', () => {
    const story = ticketIn('handling', { submission: { priority: 'medium' } })
    expect(cycleView(story.promise('resolution'))).toMatchObject({ pausedMs: 0, pausedWorkingMs: 0 })
    // From Friday, 16:30:05 in Shanghai, to Monday, 9:10.
    story.at('2026-03-06T08:30:05Z').act(wang, 'wait', { for: 'customer' })
    story.at('2026-03-09T01:10:00Z').act(lin, 'supplement')
    const working = (89 * 60 + 55 + 10 * 60) * 1000
    expect(cycleView(story.promise('resolution'))).toMatchObject({
      dueAt: '2026-03-10T02:39:55.000Z',
      pausedMs: ((64 * 60 + 39) * 60 + 55) * 1000,
      pausedWorkingMs: working,
    })
  })

  it('is not said to have been no working time where that was not kept', () => {
    const { basis: _, ...promise } = ticketIn('handling').promise('resolution')
    expect(cycleView({ ...promise, pausedMinutes: 1.23456 })).toMatchObject({ pausedMs: 74_074, pausedWorkingMs: null })
  })
})
