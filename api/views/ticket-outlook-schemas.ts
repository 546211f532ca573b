import { z } from 'zod'
import { recipientShape } from './ticket-event-members.ts'
import { instantAnswer, namesSchema, noticeKindSchema, personAnswer, promiseSchema, stageSchema } from './schemas.ts'
import { undeliveredSchema, unwatchedSchema, waitingSchema } from './ticket-schemas.ts'

/** What happens next to a ticket. */

const reachedSchema = z
  .object({
    ...recipientShape,
    label: z.string().describe('who that is: a place as the profile calls it, else a name'),
    people: z.array(z.string()).describe('whom it would reach as things are now, past empty places and absences: ids of people'),
  })
  .meta({ id: 'ReachedRecipient', description: 'Who will hear of it' })

const deadlineSchema = z
  .object({
    clock: z.string().describe('id of the clock in the profile; `waiting` and `reopening` are no promises'),
    label: z.string().describe('what the clock is called'),
    cycle: z.int().min(0).describe('which cycle of the clock'),
    level: z.string().describe('`due`, `end`, or the level of the ladder that is reached'),
    dueAt: instantAnswer('when it happens'),
    notice: noticeKindSchema.nullable().describe('kind of notice that says it; null: nothing is said'),
    noticeLabel: z.string().nullable().describe('what that kind is called'),
    to: z.array(reachedSchema).describe('who will hear of it'),
    cancelledBy: z.array(z.string()).describe('commands that would prevent it'),
  })
  .meta({ id: 'OutlookDeadline', description: 'What happens if nobody acts' })

const nextStepSchema = z
  .object({ command: z.string().describe('name of the command'), label: z.string().describe('what it is called') })
  .meta({ id: 'OutlookStep', description: 'A command that leads on' })

export const outlookSchema = z
  .object({
    number: z.string().describe('number of the ticket'),
    version: z.int().min(1).describe('sequence number of its last event'),
    stage: stageSchema,
    stageLabel: z.string().describe('what the stage is called; for customers the same as `customerStatus`'),
    customerStatus: z.string().describe('where it stands, in the plain words that its customer reads'),
    holder: personAnswer('who has it in hand; null: nobody').nullable(),
    waiting: waitingSchema.nullable().describe('what it waits for; null: for nothing'),
    promises: z.array(promiseSchema).describe('what was promised and is not settled'),
    next: z.array(deadlineSchema).describe('what happens if nobody acts, soonest first'),
    steps: z.array(nextStepSchema).describe('commands that lead on'),
    unwatched: z.array(unwatchedSchema).describe('what no clock reminds anybody of; for staff'),
    undelivered: z.array(undeliveredSchema).describe('what the customer has not heard; for staff'),
    names: namesSchema,
  })
  .meta({ id: 'Outlook', description: 'What happens next to a ticket, when, and what would prevent it' })
