import { insertNote } from '../../db/notes.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { emptyDirectory } from '../../domain/people.ts'
import { perform } from '../../workflows/engine.ts'
import type { Context } from '../deps.ts'
import { rejected } from '../problems/problem.ts'
import type { StepRequest } from './request.ts'

/** An act that moves no clock: judged by the same rules, on the row's state, and written as a line of the log. */
export async function logged(
  context: Context,
  { host, number, command, caller, expectedVersion, body }: StepRequest,
  { state, version, stage, ...head }: Head,
  begun: RequestIdentity,
): Promise<StoredResponse> {
  const { db, clock } = context
  const at = instantOf(clock.now().getTime())
  const act = {
    requestId: begun.id,
    actor: caller,
    at,
    directory: emptyDirectory,
    ...(expectedVersion !== undefined && { expectedVersion }),
  }
  const policy = await host.policyOf(context, { ...head, state })
  const performed = perform(host.process, command, state, policy, act, body)
  if (!performed.ok) throw rejected(performed.rejection)
  const text = command.entry?.(body)
  if (text === undefined) throw new Error(`${command.name} says nothing that could be written into the log`)
  return inRowsOnce(db, begun, at, async (trx) => {
    await insertNote(trx, { ticket: number, type: command.name, author: caller.id, text, at, requestId: begun.id })
    return { status: 200, body: { number, version, stage, events: [] } }
  })
}
