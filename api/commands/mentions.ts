import { directoryOf } from '../../db/people.ts'
import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Directory } from '../../domain/people.ts'
import { standingInApart, unfitForWork } from '../../workflows/common/assignees.ts'
import type { Context } from '../deps.ts'
import type { InputError } from '../messages/render.ts'
import type { StepRequest } from './request.ts'

/** Who is named, as the command must know them; and where work would go to whom it cannot. */
export async function mentionedIn(
  { db, clock }: Context,
  { command, body }: Pick<StepRequest, 'command' | 'body'>,
  { requester }: Pick<Head, 'requester'>,
): Promise<{ readonly directory: Directory; readonly errors: readonly InputError[] }> {
  const mentions = command.mentions(body)
  const directory = await directoryOf(db, mentions, instantOf(clock.now().getTime()))
  return { directory: standingInApart(requester, directory), errors: unfitForWork(body, mentions, { requester, directory }) }
}
