import { z } from 'zod'
import { labelsSchema, locales } from '../../domain/labels.ts'
import { ladderRoles } from '../../domain/people.ts'
import type { EventType } from '../../workflows/ticket/events.ts'
import { pascal } from '../openapi/names.ts'
import { instantAnswer, personAnswer, promiseChangeSchema, stageSchema } from './schemas.ts'
import { fieldValueSchema } from './ticket-schemas.ts'

/** What every event says. */
export const everyEvent = {
  seq: z.int().min(1).describe('sequence number; the version of the ticket after it'),
  at: instantAnswer('when it was recorded'),
  occurredAt: instantAnswer('when it really took place'),
  actor: personAnswer('who did it'),
  actingFor: personAnswer('the absent person who has the ticket, in whose place `actor` did it').optional(),
  stage: stageSchema,
  promises: z.array(promiseChangeSchema).optional().describe('the promises that it made, moved or ended; in the log, for staff'),
}

/** An event of that type: what every event says, and what it says beside that. */
export function event<T extends EventType, S extends z.ZodRawShape>(type: T, shape: S) {
  return z
    .object({ type: z.literal(type).describe('what happened'), ...everyEvent, ...shape })
    .meta({ id: `${pascal(type)}Event`, description: `An event of the type \`${type}\`` })
}

/** Kinds of members. `said` and `perhaps` are words, ours and the customer's; what begins with `perhaps` is null where there is none. */
export const said = (description: string) => z.string().describe(description)
export const perhaps = (description: string) => z.string().nullable().describe(description)
export const when = instantAnswer
export const perhapsWhen = (description: string) => instantAnswer(description).nullable()
export const whoever = personAnswer
export const perhapsWho = (description: string) => personAnswer(description).nullable()
export const yesNo = (description: string) => z.boolean().describe(description)
export const count = (description: string) => z.int().min(0).describe(description)
export const words = (description: string) => z.array(z.string()).describe(description)
export const satisfaction = z.int().min(1).max(5).nullable().describe('satisfaction, 1 (poor) to 5 (excellent); null: not said')
export const clock = said('id of the clock in the profile')
export const cycle = z.int().min(1).describe('which cycle of the clock, from 1')
export const outcome = z
  .enum(['solved', 'partly', 'unsolved'])
  .meta({ id: 'Outcome', description: "the customer's answer: whether the problem is solved" })

export const calendarVersion = z
  .object({ id: said('id of the calendar'), version: z.int().min(0).describe('its version') })
  .meta({ id: 'CalendarVersion', description: 'A version of a working calendar' })
export const target = z
  .object({
    within: said('duration, ISO 8601'),
    timeBase: z.enum(['elapsed', 'working']).describe('whether all hours count or only working time'),
  })
  .meta({ id: 'Target', description: 'A duration promised' })
export const candidate = z
  .object({
    assignee: whoever('who came into question'),
    insteadOf: perhapsWho('the absent member of the team for whom they stand in'),
    skills: count('how many of the skills wanted they have'),
    inHand: count('how many open tickets they have in hand'),
  })
  .meta({ id: 'DispatchCandidate', description: 'Somebody who could get a ticket by automatic dispatch' })
export const cause = z
  .object({ direct: said('the direct cause'), underlying: said('the root cause') })
  .meta({ id: 'SolutionCause', description: 'Why the problem arose' })
export const classification = z
  .object({ module: said('the module'), type: said('the type of problem'), cause: said('the kind of cause') })
  .meta({ id: 'SolutionClassification', description: 'Where the problem belongs' })
export const recipientShape = {
  kind: z.enum(['customer', 'person', 'team', 'role']).describe('what kind of recipient'),
  id: z.string().optional().describe('id of the person or the team'),
  role: z.enum(ladderRoles).optional().describe('the place over a team'),
  team: z.string().optional().describe('over which team'),
}
export const recipient = z.object(recipientShape).meta({ id: 'Recipient', description: 'To whom a notice goes' })
export const attachedTag = z
  .object({ id: said('id of the tag in the profile'), label: labelsSchema })
  .meta({ id: 'AttachedTag', description: 'A tag that the customer has' })
const maskedContact = z
  .object({
    masked: z
      .object({
        phone: perhaps('phone number, masked'),
        email: perhaps('e-mail address, masked'),
        name: z.string().optional().describe('name, masked, where a phone number or an e-mail address stands in it'),
        company: z.string().optional().describe('company, likewise'),
        account: z.string().optional().describe('user id, likewise'),
      })
      .meta({ id: 'MaskedContact', description: 'How the customer is reached, masked' }),
  })
  .meta({ id: 'CorrectedContact', description: 'A corrected contact: `reveal` shows it' })
const correctedCustomer = z
  .object({
    name: z.string().optional().describe('name of the contact person'),
    company: z.string().optional().describe('the company'),
    account: z.string().optional().describe('the user id'),
  })
  .meta({ id: 'CorrectedCustomer', description: 'What was corrected of the customer' })
export const corrections = z
  .object({
    title: z.string().optional().describe('the title'),
    description: z.string().optional().describe('the description'),
    language: z.enum(locales).optional().describe('in which the customer is written to'),
    customer: correctedCustomer.optional(),
    contact: maskedContact.optional(),
    fields: z.record(z.string(), fieldValueSchema.nullable()).optional().describe("values of the type's fields, by id; null: emptied"),
  })
  .meta({ id: 'Corrections', description: 'The corrected values' })

export const offered = yesNo(
  'true where its team chooses for itself when it comes to be assigned; absent where somebody is chosen automatically',
).optional()

/** What an event says of the facts on which rules depend. */
export const facts = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .optional()
  .describe(
    'values of the fields that conditions of the profile name or its clocks count from, after it; of texts only that there is one. Absent: as before',
  )

export const newDeadline = perhapsWhen(
  'until when it is to be solved from then on; null: that is promised no more. Absent: as before',
).optional()
