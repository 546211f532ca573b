import { z } from 'zod'
import type { Head } from '../../db/schema.ts'
import { labelsSchema } from '../../domain/labels.ts'
import type { AssessmentState } from '../../workflows/assessment/state.ts'

/** Who is scored, how far each score has come, and who is to be commended, as the row of an assessment has it. */
export type Roster = Pick<AssessmentState, 'label' | 'period' | 'subjects' | 'nominations' | 'proposed'>

export function rosterOf({ state }: Pick<Head, 'state'>): Roster {
  return rosterSchema.parse(state)
}

const rosterSchema = z.looseObject({
  label: labelsSchema,
  period: z.string(),
  subjects: z.array(
    z.object({
      kind: z.enum(['person', 'team']),
      id: z.string(),
      teams: z.array(z.string()),
      leads: z.boolean(),
      speaker: z.string().nullable(),
      confirmedBy: z.string().nullable(),
      decided: z.record(z.string(), z.enum(['excuse', 'confirm-act'])),
      objectBy: z.string().nullable(),
      prolonged: z.literal(true).exactOptional(),
      objection: z.object({ seq: z.int(), by: z.string(), decideBy: z.string(), isDecided: z.boolean() }).nullable(),
      isFinal: z.boolean(),
    }),
  ),
  nominations: z.array(
    z.object({ id: z.int(), person: z.string(), ticket: z.string(), by: z.string(), state: z.enum(['open', 'commended', 'declined']) }),
  ),
  proposed: z.array(z.object({ person: z.string(), isCommended: z.boolean() })).nullable(),
}) satisfies z.ZodType<Roster>
