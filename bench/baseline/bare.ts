import { randomUUID } from 'node:crypto'
import { Client, Connection, type WorkflowHandle } from '@temporalio/client'
import type { World } from '../harness/world.ts'
import { bareTaskQueue } from './argument.ts'

/** The client of bare workflows. */
export interface Bare {
  readonly client: Client
  /** Starts one that ends after so many steps. */
  start(steps: number): Promise<WorkflowHandle>
  close(): Promise<void>
}

export async function bareClient({ temporalAddress, namespace }: World): Promise<Bare> {
  const connection = await Connection.connect({ address: temporalAddress })
  const client = new Client({ connection, namespace })
  return {
    client,
    start: (steps) => client.workflow.start('bare', { workflowId: `bare-${randomUUID()}`, taskQueue: bareTaskQueue, args: [steps] }),
    close: () => connection.close(),
  }
}

/** One step: a synchronous Update that is recorded and answered. */
export async function bareStep(handle: WorkflowHandle | undefined): Promise<void> {
  if (!handle) throw new Error('there is no such workflow')
  await handle.executeUpdate<number, [string]>('step', { args: ['正在排查中'] })
}

/** A life of so many steps; the workflow's id. */
export async function bareLife(bare: Bare, steps: number): Promise<string> {
  const handle = await bare.start(steps)
  for (let step = 0; step < steps; step += 1) await bareStep(handle)
  return handle.workflowId
}
