import { z } from 'zod'
import type { Commendations } from '../../domain/assessment/commendations.ts'
import { own } from '../../domain/own.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { instantAnswer, personAnswer } from './schemas.ts'

/** What is answered of commendations 表彰. */

const decidedShape = { by: personAnswer('who decided it'), at: instantAnswer('when') }

const nominationSchema = z
  .object({
    nomination: z.int().min(1).describe('its number, as `commend` and `decline-nomination` name it'),
    person: personAnswer('who found the solution'),
    ticket: z.string().describe('number of the ticket that was solved'),
    why: z.string().describe('what is new about the solution, as who nominated says'),
    by: personAnswer('who nominated them'),
    at: instantAnswer('when'),
    decided: z
      .object({
        ...decidedShape,
        commended: z.boolean().describe('whether they are commended for it'),
        reason: z.string().nullable().describe('why it was declined, or what they are commended for; null: nothing was said'),
      })
      .meta({ id: 'NominationDecision', description: 'What the management decided of a nomination' })
      .nullable()
      .describe('null: nothing; once it is closed, nothing will be'),
  })
  .meta({ id: 'Nomination', description: 'That a colleague was nominated for an innovative solution' })

const proposedSchema = z
  .object({
    person: personAnswer('who is proposed'),
    commended: z
      .object({ ...decidedShape, remark: z.string().nullable().describe('what for; null: nothing was said') })
      .meta({ id: 'OutstandingCommendation', description: 'That somebody is commended as outstanding' })
      .nullable()
      .describe('that they are commended; null: they are not'),
  })
  .meta({ id: 'ProposedOutstanding', description: 'Somebody whom the final scores propose as outstanding' })

export const commendationsSchema = z
  .object({
    nominations: z.array(nominationSchema).describe('in the order in which they came'),
    proposed: z
      .array(proposedSchema)
      .nullable()
      .describe('whom the final scores propose as outstanding 优秀个人; null: not all of them are final'),
    closedAt: instantAnswer('since when nothing more is decided; null: it can still be').nullable(),
  })
  .meta({ id: 'Commendations', description: 'Commendations 表彰, as far as the caller may see whom they concern' })

export function commendationsView({
  nominations,
  proposed,
  outstanding,
  closedAt,
}: Commendations): Unchanging<z.input<typeof commendationsSchema>> {
  return {
    nominations: nominations.map(({ id, ...nomination }) => ({ nomination: id, ...nomination })),
    proposed: proposed && proposed.map((person) => ({ person, commended: own(outstanding, person) ?? null })),
    closedAt,
  }
}

/** Ids of the people whom they name. */
export function idsInCommendations({ nominations, proposed, outstanding }: Commendations): string[] {
  return [
    ...nominations.flatMap(({ person, by, decided }) => [person, by, ...(decided ? [decided.by] : [])]),
    ...(proposed ?? []),
    ...Object.values(outstanding).map(({ by }) => by),
  ]
}
