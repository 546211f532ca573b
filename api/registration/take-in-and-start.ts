import type { ProfileOf } from '../../db/process-table.ts'
import type { StoredResponse } from '../../db/requests.ts'
import { conflict } from '../../domain/rejection.ts'
import { numbersTried, takeIn, type Newcomer } from '../../processes/intake.ts'
import type { Draft, ProcessState } from '../../workflows/process.ts'
import type { Context } from '../deps.ts'
import { problem, rejected } from '../problems/problem.ts'

/** Takes in what somebody registers, and starts its workflow after the answer. What is answered is that of the attempt that came first. */
export async function takeInAndStart<S extends ProcessState, E extends Draft, P, F extends ProfileOf, First extends E>(
  context: Context,
  numbers: Iterable<string> | AsyncIterable<string>,
  newcomer: Newcomer<S, E, P, F, First>,
  taken: () => Error = () => new Error(`${numbersTried} numbers in a row of ${newcomer.host.table.name} are taken`),
): Promise<StoredResponse> {
  const { host, request } = newcomer
  const outcome = await takeIn(context.insert, numbers, newcomer)
  switch (outcome.result) {
    case 'inserted':
      context.starts.soon({ ...outcome.intake, of: host }, newcomer.birthContext.policy)
      return outcome.intake.response
    case 'already-done':
      return outcome.response
    case 'key-taken':
      throw problem('key-reused', { key: request.key })
    case 'one-already':
      throw rejected(
        conflict('open-already', outcome.number === null ? {} : { number: outcome.number, url: `/api/${host.plural}/${outcome.number}` }),
      )
    case 'number-taken':
      throw taken()
  }
}
