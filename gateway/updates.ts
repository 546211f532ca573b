import { setTimeout as sleep } from 'node:timers/promises'
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client, type Connection } from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import { rowsAheadType, rowsBehindType, type StepCall, type WakeCall } from '../workflows/shell/protocol.ts'
import { troubleOf, wasAborted } from './grpc.ts'
import { Trouble } from './trouble.ts'
import { createTurns } from './turns.ts'

/** Sends an Update to the workflow of that number; `updateId` joins attempts at the same. Throws a {@link Trouble} when the outcome is unknown. */
export type SendUpdate = <A>(
  number: string,
  name: string,
  updateId: string,
  call: StepCall | WakeCall,
  deadlineMs: number,
) => Promise<Updated<A>>

/** What became of an Update. */
export type Updated<A> =
  | { readonly kind: 'done'; readonly answer: A }
  | { readonly kind: 'failed'; readonly failure: ApplicationFailure; readonly error: unknown }
  | { readonly kind: 'not-running' | 'rows-behind' }

/** Updates by a connection; those of one process take turns. */
export function createUpdates(client: Client, connection: Connection): SendUpdate {
  const turns = createTurns(updatesAtOnce)
  return update

  async function update<A>(
    number: string,
    name: string,
    updateId: string,
    call: StepCall | WakeCall,
    deadlineMs: number,
  ): Promise<Updated<A>> {
    const deadline = Date.now() + deadlineMs
    const once = () =>
      connection.withDeadline(deadline, () =>
        client.workflow.getHandle(number).executeUpdate<A, [StepCall | WakeCall]>(name, { args: [call], updateId }),
      )
    try {
      return { kind: 'done', answer: await turns.take(number, deadlineMs, () => untilTaken(once, deadline)) }
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return { kind: 'not-running' }
      const failure = error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure ? error.cause : undefined
      if (!failure) throw troubleOf(error, 'outcome-unknown')
      switch (failure.type) {
        case 'AcceptedUpdateCompletedWorkflow':
        // A server that was killed took what a worker had done before for the answer to this: it did not happen.
        case 'UnprocessedUpdate':
          return { kind: 'not-running' }
        case rowsBehindType:
          return { kind: 'rows-behind' }
        case rowsAheadType:
          // Only an operator can mend this: Temporal was restored from a time before the rows.
          throw new Trouble('in-progress', error)
        default:
          return { kind: 'failed', failure, error }
      }
    }
  }
}

/** A server that takes a workflow's state up anew gives up the Updates it held; they are sent again, under their ids. */
async function untilTaken<A>(once: () => Promise<A>, deadline: number): Promise<A> {
  for (;;) {
    try {
      return await once()
    } catch (error) {
      if (!wasAborted(error) || Date.now() + abortedPauseMs > deadline) throw error
      await sleep(abortedPauseMs)
    }
  }
}

/** A server takes ten Updates of one workflow at a time and refuses the others; two are left to whoever wakes it. */
const updatesAtOnce = 8
const abortedPauseMs = 200
