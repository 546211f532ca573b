import { insertNote } from '../../db/notes.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import { perform } from '../../workflows/engine.ts'
import type { Context } from '../deps.ts'
import { rejected } from '../problems/problem.ts'
import { inputOf, partiesOf } from './deciding.ts'
import type { StepRequest } from './request.ts'

/** An act that moves no clock: judged by the same rules, on the row's state, and written as a line of the log. */
export async function logged(context: Context, request: StepRequest, head: Head, begun: RequestIdentity): Promise<StoredResponse> {
  const { db, clock } = context
  const { host, number, command, expectedVersion } = request
  const { state, version, stage } = head
  const parties = await partiesOf(context, request, head)
  const { input } = await inputOf(context, request, head)
  const at = instantOf(clock.now().getTime())
  const act = { requestId: begun.id, ...parties, at, ...(expectedVersion !== undefined && { expectedVersion }) }
  const performed = perform(host.process, command, state, await host.policyOf(context, head), act, input)
  if (!performed.ok) throw rejected(performed.rejection)
  const text = command.entry?.(input)
  if (text === undefined) throw new Error(`${command.name} says nothing that could be written into the log`)
  return inRowsOnce(db, begun, at, async (trx) => {
    await insertNote(trx, { ticket: number, type: command.name, author: parties.actor.id, text, at, requestId: begun.id })
    return { status: 200, body: { number, version, stage, events: [] } }
  })
}
