import { z } from 'zod'
import { eventSchema } from './ticket-events.ts'
import { contactSchema, stageSchema } from './schemas.ts'

/** What a step answers. */
const stepShape = {
  number: z.string().describe('number of the ticket'),
  version: z.int().min(1).describe('sequence number of its last event'),
  stage: stageSchema,
  events: z.array(eventSchema).describe('what then happened; empty for a note'),
}

export const stepSchema = z.object(stepShape).meta({ id: 'StepAnswer', description: 'What an act made of a ticket' })

export const revealedSchema = z
  .object({
    ...stepShape,
    contact: contactSchema
      .nullable()
      .describe(
        'null in the answer to a repeated key: minutes later, after a correction, or when the caller may not see it any more; reveal it anew',
      ),
  })
  .meta({ id: 'RevealAnswer', description: "The customer's contact; that somebody looked is on record" })
