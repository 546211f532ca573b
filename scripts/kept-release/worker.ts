import { readFile } from 'node:fs/promises'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { runService } from '../../cli/service.ts'
import { runWorker } from '../../worker/main.ts'

/** The worker of a kept release, as `bihuan worker` runs it. */
await runService('worker', async (config, log) => runWorker(config, log, { bundle: await keptWorkflows() }))

/** The workflows as they were bundled when the release was kept. */
async function keptWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  return { code: await readFile(new URL('../../workflows.js', import.meta.url), 'utf8'), sourceMap: '' }
}
