import { z } from 'zod'
import { countClassified } from '../../db/classified-tickets.ts'
import { headOf } from '../../db/heads.ts'
import { instantOf } from '../../domain/instant.ts'
import { spansCompared } from '../../domain/reviews/effect.ts'
import type { Ask, Reply } from '../../workflows/process.ts'
import { compareKind } from '../../workflows/review/effect.ts'
import type { World } from '../hosting.ts'

const questionSchema = z.object({
  number: z.string(),
  openedAt: z.string(),
  since: z.string(),
  classification: z.object({ module: z.string(), type: z.string(), cause: z.string() }).nullable(),
})

/** Counts the tickets of a classification before and after, as they are known now. */
export async function compareEffect({ db, clock }: World, { kind, question }: Ask): Promise<Reply> {
  if (kind !== compareKind) throw new Error(`nobody knows what a review means by ${kind}`)
  const { number, openedAt, since, classification } = questionSchema.parse(question)
  if (classification === null) return { command: 'note-effect', input: { before: null, after: null } }
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no review ${number}`)
  const at = instantOf(clock.now().getTime())
  const { before, after } = spansCompared({ openedAt, since, at })
  const counted = async (span: { readonly from: string; readonly until: string }) => ({
    ...span,
    ...(await countClassified(db, { profile: head.profile, classification, ...span, asOf: at })),
  })
  return { command: 'note-effect', input: { before: await counted(before), after: await counted(after) } }
}
