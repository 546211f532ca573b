import { isDatabaseAway } from '../db/connect.ts'
import { markWorkflowsStarted, type UnstartedTicket } from '../db/intake.ts'
import { inRowsOnce, insertNote } from '../db/effects.ts'
import { directoryOf } from '../db/people.ts'
import type { Finishing, TicketBatch } from '../db/projection.ts'
import { beginRequestOn, type RequestClaim, type RequestIdentity, type StoredResponse } from '../db/requests.ts'
import { findTicket, type Ticket } from '../db/tickets.ts'
import type { Contact } from '../domain/customer.ts'
import { instantOf } from '../domain/instant.ts'
import { pathText } from '../domain/issues.ts'
import { isStaff, type Actor, type Directory, type DirectoryPerson } from '../domain/people.ts'
import type { Policy } from '../domain/profile/policy.ts'
import { conflict, forbidden } from '../domain/rejection.ts'
import { steps } from '../runtime/metrics.ts'
import { alsoTrace } from '../runtime/trace.ts'
import { perform } from '../workflows/engine.ts'
import { noteInput } from '../workflows/ticket/collaboration.ts'
import type { TicketCommand } from '../workflows/ticket/command.ts'
import { isForHolder } from '../workflows/process.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import { actorOn, isCustomerOf, isOnlyCustomer, unknownTicket, visible } from './access.ts'
import type { Context } from './deps.ts'
import { retryAfterSeconds } from './gateway.ts'
import { fitting } from './input.ts'
import type { Answer } from './once.ts'
import { policyOf } from './policies.ts'
import { contactShown } from './shown-contact.ts'
import type { InputError } from './messages/render.ts'
import { invalidInput, Problem, problem, rejected } from './problem.ts'
import { sealedCorrection, withoutCustomer } from './sealing.ts'
import { withStoodInFor } from './standing-in.ts'
import { catchUp, written } from './writing.ts'

/** One act of one person on one ticket. */
export interface StepRequest {
  readonly number: string
  readonly command: TicketCommand
  /** The JSON as it was sent. */
  readonly body: unknown
  readonly caller: Actor
  /** Idempotency-Key. */
  readonly key: string
  /** If-Match. */
  readonly expectedVersion: number | undefined
}

/** The stored answer, and the contact in clear where the act was to see it: that is decrypted each time and never stored. */
export interface StepAnswered extends Answer {
  /** The ticket's customer, if it was they who acted; null: it was staff. */
  readonly customer: string | null
  /** Null: what was asked once does not show it any more. */
  readonly contact?: Contact | null
}

/**
 * Carries out one command: once for each key, on the ticket's workflow, and into the rows before it answers. Throws a
 * {@link Problem}: refused (403, 404, 409, 412, 422), or not known to have happened (503, 504: same key again).
 */
export async function step(context: Context, request: StepRequest): Promise<StepAnswered> {
  const { db, once } = context
  const { number, command, caller, key, body } = request
  let seen: Ticket | undefined
  let fit = request
  const look = (ticket: Ticket | undefined) => {
    seen = visible(ticket, caller, number)
    alsoTrace({ number })
    return seen
  }
  try {
    try {
      fit = { ...request, body: fittingBody(request) }
    } catch (unfit) {
      // Before all else, whoever may not see the ticket hears that it is not there.
      look(await findTicket(db, number))
      throw unfit
    }
    const posted = {
      caller: caller.id,
      key,
      route: `POST /api/tickets/{number}/${command.name}`,
      ticket: number,
      body,
      async begin(claim: RequestClaim) {
        const begun = await beginRequestOn(db, claim, isOnlyCustomer(caller) ? caller.id : null)
        if (!begun) throw unknownTicket(number)
        look(begun.ticket)
        return begun.request
      },
    }
    const stored = await once(posted, (begun) => {
      const ticket = visible(seen, caller, number)
      const onIt = { ...fit, caller: actorOn(ticket, caller) }
      requireRole(onIt)
      return context.limits.within(onIt.caller, 'acts', () =>
        command.kind === 'log' ? logged(context, onIt, ticket, begun) : updated(context, onIt, ticket, begun),
      )
    })
    const answer = { ...stored, customer: isCustomerOf(visible(seen, caller, number), caller) ? caller.id : null }
    steps.inc({ command: command.name, outcome: answer.replayed ? 'replayed' : 'accepted', code: '' })
    return command.shows === 'contact' ? { ...answer, contact: await contactShown(context, fit, answer) } : answer
  } catch (error) {
    if (!seen) throw error
    countTrouble(command, error)
    // The zone is a courtesy; a database that is away must not take the problem's place.
    if (error instanceof Problem)
      error.zone = await context.profileOf(seen).then(
        ({ zone }) => zone,
        () => error.zone,
      )
    throw error
  }
}

/** The body as the process is to see it. Throws what is wrong with the request whatever the ticket. */
function fittingBody(request: StepRequest): unknown {
  requireRole(request)
  return fitting(request.command.input, request.body).sent
}

function requireRole({ command, caller }: StepRequest): void {
  if (!caller.roles.some((role) => command.may[role]))
    throw rejected(forbidden('wrong-role', { command: command.name, roles: Object.keys(command.may) }))
}

/** Refused for good, to be sent again, or a mistake of ours: each problem has its code, of which there are only so many. */
function countTrouble({ name }: TicketCommand, error: unknown): void {
  const { status, code } = error instanceof Problem ? error : problem(isDatabaseAway(error) ? 'database-away' : 'internal')
  const outcome =
    status === 429 ? 'busy' : status === 503 ? 'unavailable' : status === 504 ? 'unknown' : status < 500 ? 'rejected' : 'failed'
  steps.inc({ command: name, outcome, code })
}

/** What it takes to reach a ticket's workflow and its rows; the worker's sweeper has it too. */
export type Reach = Pick<Context, 'db' | 'gateway' | 'clock' | 'profileOf'>

/** Starts the workflow of a ticket and notes it; one that runs already stays as it is. */
export async function startWorkflow(reach: Reach, ticket: UnstartedTicket, deadlineMs: number): Promise<void> {
  await beginWorkflow(reach, ticket, deadlineMs)
  await markWorkflowsStarted(reach.db, [ticket.number], instantOf(reach.clock.now().getTime()))
}

/** Starts the workflow of a ticket, by the policy it was taken in with or the one of now. */
export async function beginWorkflow(reach: Reach, ticket: UnstartedTicket, deadlineMs: number, policy?: Policy): Promise<void> {
  const { gateway, clock } = reach
  const { type, submittedAt } = ticket.state
  await gateway.start(
    {
      id: ticket.number,
      policy: policy ?? (await policyOf(reach, { ...ticket, type, submittedAt })),
      state: ticket.state,
      // Time never runs backwards on record; only for the first event is it known without reading the log.
      recordedAt: ticket.state.version === 1 ? submittedAt : instantOf(clock.now().getTime()),
      woken: true,
    },
    deadlineMs,
  )
}

/** How often a ticket whose workflow is just changing runs is asked again, and how long is waited in between. */
const attempts = 3
const pauseMs = 150
const startDeadlineMs = 5_000

/** An act of the process, through its workflow. */
async function updated(context: Context, request: StepRequest, first: Ticket, begun: RequestIdentity): Promise<StoredResponse> {
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

/** An act that moves no clock: judged by the same rules, on the row's state, and written as a line of the log. */
async function logged(
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

function refuseEnded(ticket: Ticket, command: TicketCommand): void {
  if (ticketProcess.ended(ticket.state)) throw rejected(conflict('ended', { command: command.name, stage: ticket.stage }))
}

/** Who is named, as the command must know them. Throws 422 where work would go to a customer, be it the ticket's own among colleagues. */
async function mentioned({ db, clock }: Context, { command, body }: StepRequest, { requester }: Ticket): Promise<Directory> {
  const mentions = command.mentions(body)
  const { people, teams } = await directoryOf(db, mentions, instantOf(clock.now().getTime()))
  const known = Object.entries(people)
  const customers = known.filter(([id, person]) => mentions.people.includes(id) && (id === requester || !isStaff(person)))
  const errors = customers.flatMap(([person]) =>
    placesOf(body, person).map((path): InputError => ({ path, code: 'not-staff', params: { person } })),
  )
  if (customers.length > 0) throw invalidInput(errors)
  return { people: Object.fromEntries(known.map(([id, person]) => [id, standingInApart(person, requester)])), teams }
}

/** Nobody stands in on a ticket of which they are the customer. */
function standingInApart(person: DirectoryPerson, requester: string | null): DirectoryPerson {
  return requester !== null && person.absence?.deputy === requester ? { ...person, absence: { deputy: null } } : person
}

/** Where in the input somebody is named; as a whole, where it is written in another way than it is read. */
function placesOf(body: unknown, person: string): string[] {
  const places = placesWithin(body, person)
  return places.length === 0 ? [''] : places
}

function placesWithin(value: unknown, person: string, path: readonly PropertyKey[] = []): string[] {
  if (typeof value === 'string') return value.trim() === person ? [pathText(path)] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => placesWithin(item, person, [...path, Array.isArray(value) ? Number(key) : key]))
}
