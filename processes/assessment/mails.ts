import { z } from 'zod'
import { holdersOf, queueMailsTo } from '../../db/queued-mails.ts'
import { headOf } from '../../db/heads.ts'
import { instantOf } from '../../domain/instant.ts'
import { labelsSchema } from '../../domain/labels.ts'
import { noticeKindNames } from '../../domain/notices/kinds.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import type { World } from '../hosting.ts'

const mailSchema = z.object({
  number: z.string(),
  seq: z.int().min(1),
  kind: z.enum(noticeKindNames),
  teams: z.array(z.string()),
  management: z.boolean(),
  except: z.string().nullable(),
  clock: z.string().nullable(),
  dueAt: z.string().nullable(),
})

/**
 * Mails to those who decide: the heads of these departments, and the management where it is theirs to decide or a department has no head. Nobody
 * else, whoever looks after the machine among them.
 */
export async function mailDeciders({ db, clock, log }: World, question: unknown): Promise<void> {
  const { number, seq, kind, teams, management, except, clock: due, dueAt } = mailSchema.parse(question)
  const head = await headOf(db, number)
  if (!head) throw new Error(`the rows know no assessment ${number}`)
  const heads = await Promise.all(teams.map((team) => holdersOf(db, ['department-lead'], [team])))
  const isTheirs = management || heads.some((some) => some.length === 0)
  const managers = isTheirs ? await holdersOf(db, ['management']) : []
  const others = managers.filter((id) => id !== except)
  // Who is left out decides where nobody else could.
  const to = [...new Set([...heads.flat(), ...(others.length > 0 ? others : managers)])].toSorted()
  if (to.length === 0) log.warn({ number, kind }, 'nobody is of the management, and nobody else decides this')
  const { label, period } = titledSchema.parse(head.state)
  const params = {
    number,
    assessment: JSON.stringify(recurringTitle(label, period)),
    ...(due !== null && { clock: due }),
    ...(dueAt !== null && { dueAt }),
  }
  await queueMailsTo(db, { number, seq, kind, params, to }, instantOf(clock.now().getTime()))
}

const titledSchema = z.looseObject({ label: labelsSchema, period: z.string() })
