import { headOf } from '../../db/heads.ts'
import type { AnyBatch, Finishing } from '../../db/projection.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { Head } from '../../db/schema.ts'
import { conflict } from '../../domain/rejection.ts'
import { catchUp, startDeadlineMs, written } from '../../gateway/reach.ts'
import { retryAfterSeconds } from '../../gateway/trouble.ts'
import { hasEnded } from '../../workflows/process.ts'
import type { Context } from '../deps.ts'
import { problem, rejected } from '../problems/problem.ts'
import { inputOf, partiesOf } from './deciding.ts'
import type { StepRequest } from './request.ts'

/** How often a process whose workflow is just changing runs, or that somebody else was quicker on, is asked again, and how long is waited in between. */
const attempts = 3
const pauseMs = 150

/** An act of the process, through its workflow. */
export async function updated(context: Context, request: StepRequest, first: Head, begun: RequestIdentity): Promise<StoredResponse> {
  const { db, gateway } = context
  const { number, command, expectedVersion } = request
  const parties = await partiesOf(context, request, first)
  let head = first
  let missing = false
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    refuseEnded(head, request)
    if (head.workflowStartedAt === null || missing) await context.starts.now(head, startDeadlineMs, missing)
    const { input, of } = await inputOf(context, request, head)
    const version = expectedVersion ?? of
    const result = await gateway.step(number, command.name, {
      requestId: begun.id,
      ...parties,
      input,
      writtenThrough: head.version,
      ...(version !== undefined && { expectedVersion: version }),
    })
    // Who named no version is not to hear of one: what was filled in from the rows is filled in anew.
    const overtaken = result.kind === 'rejected' && result.rejection.kind === 'stale' && expectedVersion === undefined
    if (result.kind === 'rejected' && !overtaken) throw rejected(result.rejection)
    if (result.kind === 'rows-behind' || overtaken) await catchUp(context, number)
    if (result.kind === 'accepted')
      return answered(context, request, result.answer.batch, { request: begun, outcome: result.answer.outcome })
    missing = result.kind === 'not-running'
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt))
    head = (await headOf(db, number)) ?? head
  }
  refuseEnded(head, request)
  throw problem('in-progress', { seconds: retryAfterSeconds })
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
