import { z } from 'zod'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { eventSchemas } from './ticket-event-schemas.ts'
import { instantAnswer, personAnswer } from './schemas.ts'

/** Events and notes of a ticket, as the API answers them. What customers are not shown of an event may be missing. */

/** The types there are. */
export const eventTypes = Object.keys(eventSchemas)

const { submitted, ...later } = eventSchemas
const everyEvent = [submitted, ...Object.values(later)] as const

/** Commands that write a line of the log, and no event. */
const logLines = ticketProcess.commands.filter(({ kind }) => kind === 'log').map(({ name }) => name)

const noteSchema = z
  .object({
    type: z.literal(logLines).describe('the command that wrote it: an internal note'),
    id: z.int().min(1).describe('its id'),
    at: instantAnswer('when it was recorded'),
    occurredAt: instantAnswer('when it was recorded'),
    actor: personAnswer('who wrote it'),
    text: z.string().describe('the note'),
  })
  .meta({ id: 'NoteEntry', description: 'An internal note. It moves no clock and has no place among the events but by time; for staff' })

/** One event, by its type. */
const oneEvent = z
  .discriminatedUnion('type', everyEvent)
  .meta({ id: 'TicketEvent', description: 'What happened, when it really did (`occurredAt`) and when it was recorded (`at`)' })

/** A line of the log: an event or a note. */
const oneLine = z
  .discriminatedUnion('type', [noteSchema, ...everyEvent])
  .meta({ id: 'LogEntry', description: 'A line of the log of a ticket: an event, or an internal note' })

/**
 * An event as it is answered from its row, which tells the same of each type of process: what makes it one of the types above is the
 * process that recorded it (test/unit/api/typed-answers.test.ts). Whoever reads the answer finds each by its type.
 */
export interface EventView {
  readonly seq: number
  readonly type: string
  readonly at: string
  readonly occurredAt: string
  readonly actor: string
  readonly stage: string
  readonly [data: string]: unknown
}

export const eventSchema: z.core.$ZodType<z.output<typeof oneEvent>, EventView> = oneEvent
export const logEntrySchema: z.core.$ZodType<z.output<typeof oneLine>, EventView | z.input<typeof noteSchema>> = oneLine
