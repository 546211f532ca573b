import { countedBy } from '../../db/create-process-table.ts'
import type { ProfileOf, ProcessTable } from '../../db/process-table.ts'
import type { SampleEvent } from '../../workflows/sample/events.ts'
import { faultlessIn, type DrawnTicket, type SampleState } from '../../workflows/sample/state.ts'

/** What is said of a sample beside its state. */
export interface SampleForm extends ProfileOf {
  /** What whoever drew it called it; empty: nothing. */
  readonly title: string
}

export const sampleTable: ProcessTable<SampleState, SampleEvent, SampleForm> = {
  name: 'samples',
  columns: {
    title: { type: 'text', prose: true, ofForm: ({ title }) => title },
    sample: { type: 'text', ofState: ({ sample }) => sample },
    assignee: { type: 'text', nullable: true, ofState: ({ assignee }) => assignee },
    openedAt: { type: 'timestamptz', ofState: ({ openedAt }) => openedAt },
    manner: { type: 'text', ofState: ({ manner }) => manner },
    drawnFrom: { type: 'text', nullable: true, ofState: ({ of }) => of },
    periodFrom: { type: 'timestamptz', nullable: true, ofState: ({ from }) => from },
    periodUntil: { type: 'timestamptz', nullable: true, ofState: ({ until }) => until },
    wanted: { type: 'integer', ofState: ({ wanted }) => wanted },
    frame: { type: 'integer', nullable: true, ofState: ({ frame }) => frame },
    seed: { type: 'text', nullable: true, ofState: ({ seed }) => seed },
    tickets: { type: 'text[]', ofState: ({ tickets }) => tickets.map(({ ticket }) => ticket) },
    drawn: { type: 'integer', ofState: ({ tickets }) => tickets.length },
    judged: { type: 'integer', ofState: (state) => inState(state, 'judged') },
    excused: { type: 'integer', ofState: (state) => inState(state, 'excused') },
    faultless: { type: 'integer', ofState: faultlessIn },
    ...countedBy,
  },
  head: { title: 'title', startedAt: 'opened_at', team: `''::text collate "C"` },
}

function inState({ tickets }: SampleState, wanted: DrawnTicket['state']): number {
  return tickets.filter(({ state }) => state === wanted).length
}
