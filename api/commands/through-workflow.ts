import type { Finishing, TicketBatch } from '../../db/projection.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import { findTicket, type Ticket } from '../../db/tickets.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Directory } from '../../domain/people.ts'
import { conflict } from '../../domain/rejection.ts'
import { catchUp, written } from '../../gateway/reach.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import { policyOf } from '../../processes/policies.ts'
import { perform } from '../../workflows/engine.ts'
import { hasEnded, isForHolder } from '../../workflows/process.ts'
import type { TicketCommand } from '../../workflows/ticket/command.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import { sealedCorrection, withoutCustomer } from '../contacts/sealing.ts'
import type { Context } from '../deps.ts'
import { invalidInput, Problem, problem, rejected } from '../problems/problem.ts'
import { mentioned } from './mentions.ts'
import type { StepRequest } from './request.ts'

/** How often a ticket whose workflow is just changing runs is asked again, and how long is waited in between. */
const attempts = 3
const pauseMs = 150
const startDeadlineMs = 5_000

/** An act of the process, through its workflow. */
export async function updated(context: Context, request: StepRequest, first: Ticket, begun: RequestIdentity): Promise<StoredResponse> {
  const { db, gateway } = context
  const { number, command, caller, expectedVersion } = request
  const [directory, actor] = await Promise.all([
    mentioned(context, request, first),
    isForHolder(command) ? withStoodInFor(context, caller, first.assignee) : { id: caller.id, roles: caller.roles, teams: caller.teams },
  ])
  let ticket = first
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    refuseEnded(ticket, command)
    if (ticket.workflowStartedAt === null || attempt > 1) await context.starts.now(ticket, startDeadlineMs, attempt > 1)
    const result = await gateway.step(number, command.name, {
      requestId: begun.id,
      actor,
      input: command.sealed ? await sealedInput(context, { ...request, caller: actor }, ticket, directory) : request.body,
      directory,
      writtenThrough: ticket.version,
      ...(expectedVersion !== undefined && { expectedVersion }),
    })
    if (result.kind === 'rejected') throw rejected(result.rejection)
    if (result.kind === 'rows-behind') await catchUp(context, number)
    if (result.kind === 'accepted')
      return answered(context, number, result.answer.batch, { request: begun, outcome: result.answer.outcome })
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt))
    ticket = (await findTicket(db, number)) ?? ticket
  }
  refuseEnded(ticket, command)
  throw problem('in-progress', { seconds: retryAfterSeconds })
}

/** The input with what is contact data sealed. Throws 422 with everything that is wrong: with the contact, and with the rest of it. */
async function sealedInput(context: Context, request: StepRequest, ticket: Ticket, directory: Directory): Promise<unknown> {
  const { command, caller, body } = request
  try {
    return sealedCorrection(context.keys, ticket, body)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const act = { requestId: request.key, actor: caller, at: instantOf(context.clock.now().getTime()), directory }
    const policy = await policyOf(context, ticket)
    const judged = perform(ticketProcess, command, ticket.state, policy, act, withoutCustomer(body))
    const others = judged.ok ? [] : (judged.rejection.errors ?? [])
    throw invalidInput([...error.errors, ...others.filter(({ code }) => code !== 'nothing-to-change')])
  }
}

/** Writes what the workflow answered, and with it the answer to the request. */
async function answered(reach: Context, number: string, batch: TicketBatch, finishing: Finishing): Promise<StoredResponse> {
  const { request } = finishing
  const { response } = await written(reach, number, batch, finishing)
  if (!response) throw new Error(`request ${request.id} on ${number} was carried out, but has no answer`)
  return { status: 200, body: response }
}

function refuseEnded(ticket: Ticket, command: TicketCommand): void {
  if (hasEnded(ticketProcess, ticket.state)) throw rejected(conflict('ended', { command: command.name, stage: ticket.stage }))
}
