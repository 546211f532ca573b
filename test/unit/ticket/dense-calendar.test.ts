import { expect, it } from 'vitest'
import { storedCalendarSchema } from '../../../domain/calendar/schema.ts'
import { targetSchema } from '../../../domain/profile/clocks.ts'
import { lin, office, policyOf, ticketIn, wang } from '../../support/tickets.ts'
import { measured } from '../../support/processor-time.ts'

/** As many spans as a day has room for, as calendars could once have. */
const spans = Array.from({ length: 720 }, (_, span) => `${time(span * 2)}-${time(span * 2 + 1)}`)

function time(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const dense = storedCalendarSchema.parse({
  ...office,
  // Clocks change twice a year.
  timezone: 'Europe/Berlin',
  week: { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans },
  days: {},
})

it('X2: with the longest target that is taken, by the densest calendar that was, each act takes a moment', () => {
  const within = targetSchema.parse('P3653D')
  const policy = policyOf()
  const clocks = policy.clocks.map((clock) => ({
    ...clock,
    ...(typeof clock.within === 'object' && { within: { ...clock.within, low: within } }),
  }))
  const calendar = { ...policy.calendar, calendar: dense }
  const costs: number[] = []
  const timed = <T>(work: () => T): T => {
    const { result, ms } = measured(work)
    costs.push(ms)
    return result
  }
  const story = timed(() => ticketIn('handling', { submission: { priority: 'low' }, policy: { ...policy, clocks, calendar } }))
  expect(story.promise('resolution').dueAt.slice(0, 4)).toBe('2036')
  timed(() => story.acts([wang, 'wait']))
  story.later('P1000D')
  timed(() => story.acts([lin, 'resume']))
  expect(story.promise('resolution').dueAt.slice(0, 4)).toBe('2038')
  // A task of a workflow may take five seconds, and whoever asks waits for it.
  expect(Math.max(...costs)).toBeLessThan(500)
})
