import { z } from 'zod'
import { own } from '../../domain/own.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { pascal } from '../openapi/names.ts'
import { eventShapes } from './event-shapes.ts'
import { shownToCustomers } from './for-customer.ts'
import { instantAnswer, personAnswer, promiseChangeSchema, stageSchema } from './schemas.ts'

/** Events and notes of a ticket, as the API answers them. What customers are not shown of an event may be missing. */

const everyEvent = {
  seq: z.int().min(1).describe('sequence number; the version of the ticket after it'),
  at: instantAnswer('when it was recorded'),
  occurredAt: instantAnswer('when it really took place'),
  actor: personAnswer('who did it'),
  actingFor: personAnswer('the absent person who has the ticket, in whose place `actor` did it').optional(),
  stage: stageSchema,
  promises: z.array(promiseChangeSchema).optional().describe('the promises that it made, moved or ended; in the log, for staff'),
}

/** The types there are. */
export const eventTypes = Object.keys(eventShapes)

const { submitted, ...later } = eventShapes
const eventSchemas = [eventOf('submitted', submitted), ...Object.entries(later).map(([type, shape]) => eventOf(type, shape))] as const

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
export const eventSchema = z
  .discriminatedUnion('type', eventSchemas)
  .meta({ id: 'TicketEvent', description: 'What happened, when it really did (`occurredAt`) and when it was recorded (`at`)' })

/** A line of the log: an event or a note. */
export const logEntrySchema = z
  .discriminatedUnion('type', [noteSchema, ...eventSchemas])
  .meta({ id: 'LogEntry', description: 'A line of the log of a ticket: an event, or an internal note' })

function eventOf(type: string, shape: z.ZodRawShape) {
  return z
    .object({ type: z.literal(type).describe('what happened'), ...everyEvent, ...withHidden(type, shape) })
    .meta({ id: `${pascal(type)}Event`, description: `An event of the type \`${type}\`` })
}

/** Of an event that customers see too, what they do not see of it may be missing. */
function withHidden(type: string, shape: z.ZodRawShape): z.ZodRawShape {
  const shown = own(shownToCustomers, type)
  if (shown === undefined) return shape
  return Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, shown.includes(name) ? schema : z.optional(schema)]))
}
