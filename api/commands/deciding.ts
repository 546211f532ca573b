import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Act } from '../../workflows/process.ts'
import { perform } from '../../workflows/engine.ts'
import { isForHolder } from '../../workflows/process.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { Context } from '../deps.ts'
import { invalidInput } from '../problems/problem.ts'
import { mentioned } from './mentions.ts'
import type { StepRequest } from './request.ts'

/** By what an act is decided beside state and policy, the same for every kind of command: who acts and who is named, and the input. */

/** Who acts, for whom they stand in where the command is the holder's, and what is known of whom they name. */
export async function partiesOf(context: Context, request: StepRequest, head: Head): Promise<Pick<Act, 'actor' | 'directory'>> {
  const { id, roles, teams } = request.caller
  const [directory, actor] = await Promise.all([
    mentioned(context, request, head),
    isForHolder(request.command) ? withStoodInFor(context, request.caller, head.assignee) : { id, roles, teams },
  ])
  return { actor, directory }
}

export interface Input {
  readonly input: unknown
  /** The version of the rows from which it was filled in: on another one it would say something else. Absent: it was not. */
  readonly of?: number
}

/** The input as history may hold it. Throws 422 with everything that is wrong: with what had to be sealed, and with the rest of it. */
export async function inputOf(
  context: Context,
  { host, command, key, body }: StepRequest,
  head: Head,
  parties: Pick<Act, 'actor' | 'directory'>,
): Promise<Input> {
  if (!command.sealed) return { input: body }
  if (!host.seal) throw new Error(`${command.name} is to be sealed, and nobody knows how`)
  const sealed = await host.seal(context, head.number, body)
  if (sealed.ok) return sealed
  const act = { requestId: key, at: instantOf(context.clock.now().getTime()), ...parties }
  const judged = perform(host.process, command, head.state, await host.policyOf(context, head), act, sealed.rest)
  const others = judged.ok ? [] : (judged.rejection.errors ?? [])
  throw invalidInput([...sealed.errors, ...others.filter(({ code }) => code !== 'nothing-to-change')])
}
