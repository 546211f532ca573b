import { insertNote } from '../../db/notes.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import { policyOf } from '../../processes/policies.ts'
import { perform } from '../../workflows/engine.ts'
import { noteInput } from '../../workflows/ticket/collaboration.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { Context } from '../deps.ts'
import { rejected } from '../problems/problem.ts'
import type { StepRequest } from './request.ts'

/** An act that moves no clock: judged by the same rules, on the row's state, and written as a line of the log. */
export async function logged(
  context: Context,
  { number, command, caller, expectedVersion, body }: StepRequest,
  ticket: Ticket,
  begun: RequestIdentity,
): Promise<StoredResponse> {
  const { db, clock } = context
  const at = instantOf(clock.now().getTime())
  const act = {
    requestId: begun.id,
    actor: caller,
    at,
    directory: { people: {}, teams: [] },
    ...(expectedVersion !== undefined && { expectedVersion }),
  }
  const performed = perform(ticketProcess, command, ticket.state, await policyOf(context, ticket), act, body)
  if (!performed.ok) throw rejected(performed.rejection)
  const { text } = noteInput.parse(body)
  return inRowsOnce(db, begun, at, async (trx) => {
    await insertNote(trx, { ticket: number, author: caller.id, text, at, requestId: begun.id })
    return { status: 200, body: { number, version: ticket.version, stage: ticket.stage, events: [] } }
  })
}
