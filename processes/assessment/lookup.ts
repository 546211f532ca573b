import { z } from 'zod'
import { headOf } from '../../db/heads.ts'
import { assessmentModels, modelOf } from '../../db/models.ts'
import { holdersOf } from '../../db/queued-mails.ts'
import { hadTicket } from '../../db/ticket-holders.ts'
import { subjectKey, type AssessmentModel, type ScoreItem } from '../../domain/assessment/model.ts'
import { partyPath } from '../../workflows/assessment/command.ts'
import { worked } from '../../workflows/assessment/commending.ts'
import { otherDeciders } from '../../workflows/assessment/objections.ts'
import type { Addressed, Prepared, Preparing } from '../hosting.ts'
import { rosterOf } from './roster.ts'

/**
 * Looks up what an input names and its process does not know: items of the model, the ticket of a nomination, whether somebody else could decide.
 * Whether that is as it must be, the process judges, after everything that says who may act at all.
 */
export async function lookedUp({ db }: Preparing, { number }: Addressed, input: unknown): Promise<Prepared> {
  const named = namedSchema.parse(input)
  const found = new Map<string, string>()
  if (named.ticket !== undefined) {
    const ticket = await headOf(db, named.ticket, 'ticket')
    if (ticket) found.set('ticket', ticket.requester ?? '')
    if (ticket && named.person !== undefined && (await hadTicket(db, ticket.number, named.person))) found.set(worked, '')
  }
  if (named.subject !== undefined && (named.item !== undefined || named.excused !== undefined)) {
    const items = itemsOf((await modelOf(db, assessmentModels, number))?.model, named.subject)
    for (const [path, id] of placesOf(named)) {
      const item = items.get(id)
      if (!item) continue
      found.set(path, item.what)
      if (item.recordedBy !== undefined) found.set(partyPath(path, 'recordedBy'), item.recordedBy)
      if (item.deferral !== undefined) found.set(partyPath(path, 'deferredBy'), item.deferral.by)
    }
  }
  if (named.upheld !== undefined) {
    const head = await headOf(db, number, 'assessment')
    const subject = head && rosterOf(head).subjects.find((one) => subjectKey(one) === named.subject)
    const managers = await holdersOf(db, ['management'])
    // Whose own score it is, decides nothing about it either.
    if (managers.some((id) => id !== subject?.confirmedBy && id !== subject?.speaker)) found.set(otherDeciders, '')
  }
  return { ok: true, input: { ...named, found: Object.fromEntries(found) } }
}

const namedSchema = z.looseObject({
  subject: z.string().optional(),
  item: z.string().optional(),
  excused: z.array(z.string()).optional(),
  upheld: z.boolean().optional(),
  ticket: z.string().optional(),
  person: z.string().optional(),
})

function placesOf({ item, excused = [] }: z.output<typeof namedSchema>): (readonly [path: string, id: string])[] {
  return [...(item === undefined ? [] : [['item', item] as const]), ...excused.map((id, at) => [`excused[${at}]`, id] as const)]
}

function itemsOf(model: AssessmentModel | undefined, key: string): Map<string, ScoreItem> {
  const subject = model?.subjects.find((one) => subjectKey(one) === key)
  return new Map(subject?.results.flatMap(({ items }) => items.map((item) => [item.id, item])))
}
