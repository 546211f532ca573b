import { z } from 'zod'
import type { Kysely } from 'kysely'
import { holdersWithTeams, queueMailsTo, type Holder } from '../../db/queued-mails.ts'
import { headOf } from '../../db/heads.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { labelsSchema } from '../../domain/labels.ts'
import { noticeKindNames } from '../../domain/notices/kinds.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import type { DecidersMail } from '../../workflows/assessment/asking.ts'
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
  const told = toldAmong(await superiorsNow(db), { teams, management })
  const others = told.filter((id) => id !== except)
  // Who is left out decides where nobody else could.
  const to = others.length > 0 ? others : told
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

/** Heads of departments and the management, as they are now. */
export function superiorsNow(db: Kysely<Database>): Promise<readonly Holder[]> {
  return holdersWithTeams(db, ['department-lead', 'management'])
}

/** Whom of them a mail goes to: the management, too, where a department has no head. */
export function toldAmong(superiors: readonly Holder[], { teams, management }: Pick<DecidersMail, 'teams' | 'management'>): string[] {
  const heads = teams.map((team) => superiors.filter((one) => one.roles.includes('department-lead') && one.teams.includes(team)))
  const isTheirs = management || heads.some((some) => some.length === 0)
  const managers = isTheirs ? superiors.filter(({ roles }) => roles.includes('management')) : []
  return [...new Set([...heads.flat(), ...managers].map(({ id }) => id))].toSorted()
}

const titledSchema = z.looseObject({ label: labelsSchema, period: z.string() })
