import { said } from '../../domain/labels.ts'
import type { StatedClock } from '../common/stated-clock.ts'
import type { SampleEvent } from './events.ts'

/** What a sample promises: that it is judged in time. What climbs goes to the quality department and the management, whom the process asks for (`asks`). */

export const sampleClocks: readonly StatedClock<SampleEvent>[] = [
  {
    id: 'judging',
    label: said('抽检评定', '抽檢評定', 'Judging'),
    dueBy: (event) => (event.type === 'opened' ? event.judgeBy : undefined),
    stops: ['all-judged'],
    cancels: ['abandoned'],
    ladder: [
      { id: 'reminder', at: '-PT24H', times: 1, to: ['handler'], notice: 'sample-due' },
      { id: 'late', at: '0%', times: 1, to: ['handler'], notice: 'sample-late' },
      { id: 'still-late', at: '+PT48H', every: 'PT72H', times: 10, to: ['handler'], notice: 'sample-late' },
    ],
    endedBy: ['judge', 'excuse-ticket', 'abandon'],
  },
  {
    id: 'closing',
    label: said('更正期', '更正期', 'Time for corrections'),
    dueBy: (event) => (event.type === 'all-judged' ? event.closesAt : undefined),
    stops: ['closed'],
    cancels: ['abandoned'],
    whenDue: 'lapse',
    ladder: [],
    endedBy: ['close', 'abandon'],
  },
]
