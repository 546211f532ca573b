import type { Head } from '../../db/schema.ts'
import type { Act } from '../../workflows/act.ts'
import type { Context } from '../deps.ts'
import { invalidInput } from '../problems/problem.ts'
import { objections, partiesIn } from './objections.ts'
import type { StepRequest } from './request.ts'

/** By what an act is decided beside state and policy, the same for every kind of command: who acts and who is named, and the input. */

/**
 * Who acts, for whom they stand in where the command is the holder's, and what is known of whom they name. Throws 422 with everything that is
 * wrong where work would go to a customer.
 */
export async function partiesOf(context: Context, request: StepRequest, head: Head): Promise<Pick<Act, 'actor' | 'directory'>> {
  const { errors, ...parties } = await partiesIn(context, request, head)
  if (errors.length > 0) throw invalidInput(await objections(context, request, head, request.body))
  return parties
}

export interface Input {
  readonly input: unknown
  /** The version of the rows from which it was filled in: on another one it would say something else. Absent: it was not. */
  readonly of?: number
}

/** The input as the process is given it. Throws 422 with everything that is wrong: with what had to be made ready, and with the rest of it. */
export async function inputOf(context: Context, request: StepRequest, head: Head): Promise<Input> {
  const { host, command, body } = request
  if (!command.prepared) return { input: body }
  if (!host.prepare) throw new Error(`${command.name} is to be made ready, and nobody knows how`)
  const ready = await host.prepare(context, { command: command.name, number: head.number }, body)
  if (ready.ok) return ready
  throw invalidInput(await objections(context, request, head, body))
}
