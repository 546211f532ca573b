import { z } from 'zod'
import type { ProcessTable } from '../../db/process-table.ts'
import { said } from '../../domain/labels.ts'
import { defineBirth } from '../../workflows/common/birth.ts'
import { defineCommandOf } from '../../workflows/common/command.ts'
import { commonTransition, type CommonEvent } from '../../workflows/common/common-events.ts'
import { defineProcess, type OwnPolicy, type Worked } from '../../workflows/common/define-process.ts'
import type { StatedClock } from '../../workflows/common/stated-clock.ts'

/** The least that a type can say: a call that somebody is to make by an instant. It knows no working time, no parent and no priorities. */

export interface CallState extends Worked {
  readonly stage: 'open' | 'made'
  readonly agreedAt: string
}

export type CallEvent = CommonEvent | { readonly type: 'agreed'; readonly by: string; readonly team: string } | { readonly type: 'made' }

const callClock: StatedClock<CallEvent> = {
  id: 'call',
  label: said('回电', '回電', 'Call'),
  dueBy: (event) => (event.type === 'agreed' ? event.by : undefined),
  stops: ['made'],
  ladder: [{ id: 'late', at: '+PT5M', every: 'PT10M', times: 3, to: ['handler', 'representative'] }],
  endedBy: ['make'],
}
export const callClocks = [callClock]

const agreement = z.strictObject({ by: z.string(), team: z.string() })

const birth = defineBirth<CallState, CallEvent, OwnPolicy, z.output<typeof agreement>>({
  input: agreement,
  initial: (number, agreedAt) => ({
    version: 0,
    number,
    stage: 'open',
    promises: [],
    assignee: null,
    requester: null,
    team: '',
    agreedAt,
  }),
  check: () => [],
  first: (_, { by, team }) => ({ type: 'agreed', by, team }),
})

const make = defineCommandOf<CallState, CallEvent, OwnPolicy, object, 'make', object>(
  {
    name: 'make',
    labels: said('回电', '回電', 'Make the call'),
    summary: 'Makes the call.',
    requirements: [],
    may: { agent: 'any' },
    stages: ['open'],
    input: () => z.strictObject({}),
    decide: () => [{ type: 'made' }],
  },
  ({ agreedAt }) => agreedAt,
)

export const callProcess = defineProcess<CallState, CallEvent, OwnPolicy, z.output<typeof agreement>>({
  name: 'call',
  labels: said('回电', '回電', 'call'),
  several: { labels: said('回电', '回電', 'calls'), counted: said('{count} 次回电', '{count} 次回電', '{count} calls') },
  stages: [
    { id: 'open', labels: said('待回电', '待回電', 'to be made'), is: 'open' },
    { id: 'made', labels: said('已回电', '已回電', 'made'), is: 'ended' },
  ],
  commands: [make],
  clocks: callClocks,
  birth,
  transition(_, event) {
    switch (event.type) {
      case 'agreed':
        return { team: event.team }
      case 'made':
        return { stage: 'made' }
      default:
        return commonTransition({}, event)
    }
  },
})

export const callTable: ProcessTable<CallState, CallEvent> = {
  name: 'calls',
  columns: {
    team: { type: 'text', ofState: ({ team }) => team },
    assignee: { type: 'text', nullable: true, ofState: ({ assignee }) => assignee },
    requester: { type: 'text', nullable: true, ofState: ({ requester }) => requester },
    agreedAt: { type: 'timestamptz', ofState: ({ agreedAt }) => agreedAt },
  },
  head: { title: 'team', startedAt: 'agreed_at' },
}
