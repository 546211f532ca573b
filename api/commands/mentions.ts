import { directoryOf } from '../../db/people.ts'
import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { isStaff, type Directory } from '../../domain/people.ts'
import { placesOf } from '../../domain/places.ts'
import { standingInApart } from '../../workflows/common/assignees.ts'
import type { Context } from '../deps.ts'
import type { InputError } from '../messages/render.ts'
import type { StepRequest } from './request.ts'

/** Who is named, as the command must know them; and where work would go to a customer, be it the ticket's own among colleagues. */
export async function mentionedIn(
  { db, clock }: Context,
  { command, body }: Pick<StepRequest, 'command' | 'body'>,
  { requester }: Pick<Head, 'requester'>,
): Promise<{ readonly directory: Directory; readonly errors: readonly InputError[] }> {
  const mentions = command.mentions(body)
  const directory = await directoryOf(db, mentions, instantOf(clock.now().getTime()))
  const customers = Object.entries(directory.people).filter(
    ([id, person]) => mentions.people.includes(id) && (id === requester || !isStaff(person)),
  )
  const errors = customers.flatMap(([person]) =>
    placesOf(body, person).map((path): InputError => ({ path, code: 'not-staff', params: { person } })),
  )
  return { directory: standingInApart(requester, directory), errors }
}
