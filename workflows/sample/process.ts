import { said } from '../../domain/labels.ts'
import { own } from '../../domain/own.ts'
import { tallyOf } from '../../domain/samples/judgement.ts'
import { changeCalendarOf } from '../common/calendar-news.ts'
import { commonTransition } from '../common/common-events.ts'
import { clockExpires } from '../common/deadlines.ts'
import { defineProcess } from '../common/define-process.ts'
import { sampleClocks } from './clocks.ts'
import { beganAt, type SampleCommand } from './command.ts'
import { sampleDisplay } from './display.ts'
import { birth, type Drawing } from './drawing.ts'
import { abandon, close, handOver } from './ending.ts'
import type { RecordedSampleEvent, SampleEvent } from './events.ts'
import { excuseTicket, judge, rejudge } from './judging.ts'
import { climbing, sampleNotices } from './notices.ts'
import { openSampleStages, sampleStages } from './stages.ts'
import type { DrawnTicket, SamplePolicy, SampleState } from './state.ts'

const commands: readonly SampleCommand[] = [
  judge,
  rejudge,
  excuseTicket,
  close,
  abandon,
  handOver,
  changeCalendarOf({ stages: openSampleStages }, beganAt),
]

/** A sample 抽检: tickets that are judged by criteria of the profile, by a day that was promised; the results are figures (Q7). */
export const sampleProcess = defineProcess<SampleState, SampleEvent, SamplePolicy, Drawing>({
  name: 'sample',
  labels: said('抽检', '抽檢', 'sample'),
  several: { labels: said('抽检', '抽檢', 'samples'), counted: said('{count} 次抽检', '{count} 次抽檢', '{count} samples') },
  stages: sampleStages,
  clocks: sampleClocks,
  display: sampleDisplay,
  birth,
  commands,
  transition,
  expire(state, deadline, policy) {
    const events: readonly SampleEvent[] = clockExpires(state, deadline, policy)
    return deadline.clock === 'closing' ? [...events, { type: 'closed' }] : events
  },
  notices: sampleNotices,
  asks: (event, state, policy) => (event === null ? [] : climbing(event, state, policy)),
})

function transition(state: SampleState, event: RecordedSampleEvent): Partial<SampleState> {
  switch (event.type) {
    case 'opened': {
      const { sample, judge: assignee, manner, of, from, until, wanted, frame, seed, tickets, teams, involved, calendar } = event
      const drawn = tickets.map((ticket): DrawnTicket => ({
        ...{ ticket, team: own(teams, ticket) ?? '', involved: own(involved, ticket) ?? [] },
        ...{ state: 'pending', met: null, of: null, judgedAt: null },
      }))
      return { sample, assignee, manner, of, from, until, wanted, frame, seed, calendar, tickets: drawn }
    }
    case 'judged':
    case 'rejudged':
      return changed(state, event.ticket, { state: 'judged', ...tallyOf(event.answers), judgedAt: event.judgedAt })
    case 'ticket-excused':
      return changed(state, event.ticket, { state: 'excused', met: null, of: null })
    case 'all-judged':
      return { stage: 'judged' }
    case 'handed-over':
      return { assignee: event.to }
    case 'abandoned':
    case 'closed':
      return { stage: 'closed' }
    default:
      return commonTransition({}, event)
  }
}

function changed({ tickets }: SampleState, number: string, change: Partial<DrawnTicket>): Pick<SampleState, 'tickets'> {
  return { tickets: tickets.map((one) => (one.ticket === number ? { ...one, ...change } : one)) }
}
