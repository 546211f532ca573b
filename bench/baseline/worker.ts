import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import type { Baseline } from './argument.ts'

/** Runs bare workflows in a process of its own, as the product's worker runs tickets. */
export async function runBareWorker({ temporalAddress, namespace, taskQueue }: Baseline): Promise<{ stop(): Promise<void> }> {
  const logger = new DefaultLogger('WARN')
  Runtime.install({ logger, shutdownSignals: [] })
  const workflowsPath = fileURLToPath(new URL('bare.workflow.ts', import.meta.url))
  // As the product's worker is connected.
  const connection = await NativeConnection.connect({ address: temporalAddress, grpcCompression: { codec: 'none' } })
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({ workflowsPath, logger }),
    maxCachedWorkflows: cachedWorkflows,
  })
  const running = worker.run()
  return {
    async stop() {
      worker.shutdown()
      await running
      await connection.close()
    },
  }
}

/** As many as the product's worker keeps. */
const cachedWorkflows = 2_000
