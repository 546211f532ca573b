import { headOf } from '../../db/heads.ts'
import type { AnyBatch, Finishing } from '../../db/projection.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { Head } from '../../db/schema.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Directory } from '../../domain/people.ts'
import { conflict } from '../../domain/rejection.ts'
import { catchUp, written } from '../../gateway/reach.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import { perform } from '../../workflows/engine.ts'
import { hasEnded, isForHolder } from '../../workflows/process.ts'
import { withStoodInFor } from '../access/standing-in.ts'
import type { Context } from '../deps.ts'
import { invalidInput, problem, rejected } from '../problems/problem.ts'
import { mentioned } from './mentions.ts'
import type { StepRequest } from './request.ts'

/** How often a process whose workflow is just changing runs is asked again, and how long is waited in between. */
const attempts = 3
const pauseMs = 150
const startDeadlineMs = 5_000

/** An act of the process, through its workflow. */
export async function updated(context: Context, request: StepRequest, first: Head, begun: RequestIdentity): Promise<StoredResponse> {
  const { db, gateway } = context
  const { number, command, caller, expectedVersion } = request
  const [directory, actor] = await Promise.all([
    mentioned(context, request, first),
    isForHolder(command) ? withStoodInFor(context, caller, first.assignee) : { id: caller.id, roles: caller.roles, teams: caller.teams },
  ])
  let head = first
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    refuseEnded(head, request)
    if (head.workflowStartedAt === null || attempt > 1) await context.starts.now(head, startDeadlineMs, attempt > 1)
    const result = await gateway.step(number, command.name, {
      requestId: begun.id,
      actor,
      input: command.sealed ? await sealedInput(context, { ...request, caller: actor }, head, directory) : request.body,
      directory,
      writtenThrough: head.version,
      ...(expectedVersion !== undefined && { expectedVersion }),
    })
    if (result.kind === 'rejected') throw rejected(result.rejection)
    if (result.kind === 'rows-behind') await catchUp(context, number)
    if (result.kind === 'accepted')
      return answered(context, request, result.answer.batch, { request: begun, outcome: result.answer.outcome })
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt))
    head = (await headOf(db, number)) ?? head
  }
  refuseEnded(head, request)
  throw problem('in-progress', { seconds: retryAfterSeconds })
}

/** The input with what is not for history sealed. Throws 422 with everything that is wrong: with that, and with the rest of it. */
async function sealedInput(context: Context, request: StepRequest, head: Head, directory: Directory): Promise<unknown> {
  const { host, command, caller, body } = request
  if (!host.seal) throw new Error(`${command.name} is to be sealed, and nobody knows how`)
  const sealed = await host.seal(context, head.number, body)
  if (sealed.ok) return sealed.input
  const act = { requestId: request.key, actor: caller, at: instantOf(context.clock.now().getTime()), directory }
  const judged = perform(host.process, command, head.state, await host.policyOf(context, head), act, sealed.rest)
  const others = judged.ok ? [] : (judged.rejection.errors ?? [])
  throw invalidInput([...sealed.errors, ...others.filter(({ code }) => code !== 'nothing-to-change')])
}

/** Writes what the workflow answered, and with it the answer to the request. */
async function answered(context: Context, { host, number }: StepRequest, batch: AnyBatch, finishing: Finishing): Promise<StoredResponse> {
  const { request } = finishing
  const { response } = await written(context, host, batch, finishing)
  if (!response) throw new Error(`request ${request.id} on ${number} was carried out, but has no answer`)
  return { status: 200, body: response }
}

function refuseEnded({ state, stage }: Head, { host, command }: StepRequest): void {
  if (hasEnded(host.process, state)) throw rejected(conflict('ended', { command: command.name, stage }))
}
