import { z } from 'zod'
import { said } from '../../domain/labels.ts'
import { conflict } from '../../domain/rejection.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { openStages } from './availability.ts'
import { defineCommand } from './command.ts'
import { reasonSchema } from '../common/inputs.ts'
import { opening } from '../common/other-processes.ts'
import type { Ask } from '../process.ts'
import type { RecordedTicketEvent } from './events.ts'
import type { TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 重大事件: a lead says that it is one, and a review of it opens (T17). It moves no clock. */

export const declareMajor = defineCommand({
  name: 'declare-major',
  labels: said('认定重大事件', '認定重大事件', 'Declare major'),
  summary: 'Makes the ticket a major incident: a review of it opens.',
  requirements: ['T17'],
  may: { supervisor: 'any', 'department-lead': 'any' },
  stages: openStages,
  input: () => z.strictObject({ reason: reasonSchema }),
  blocked: ({ state }) => (state.majorAt === undefined ? undefined : conflict('done-already', { command: 'declare-major' })),
  // Of a letter of its own: by the common route `-F1` is what people open for the ticket.
  decide: ({ state }, { reason }) => [{ type: 'major-declared', reason, review: `${state.number}-M1` }],
})

/** A major incident is reviewed. Which tickets are like it, its analysis says: of its classification another review may be open. */
export function asks(event: RecordedTicketEvent | null, { number }: TicketState, { language }: Policy): Ask[] {
  if (event?.type !== 'major-declared') return []
  return [opening('review', event.review, { title: `${title[language]} ${number}`, reason: event.reason, parent: number })]
}

const title = said('重大事件复盘', '重大事件檢討', 'Major incident')

export const transitions: Transitions<'major-declared'> = {
  'major-declared': (_, event) => ({ majorAt: event.at }),
}
