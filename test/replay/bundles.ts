import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { workflowsPath } from '../../worker/bundle.ts'

export type Variant = 'unguarded' | 'guarded' | 'stricter' | 'richer'

/** The workflow code of the product, or a changed one. */
export async function bundle(variant?: Variant): Promise<WorkflowBundleWithSourceMap> {
  const silent = () => {}
  return bundleWorkflowCode({
    workflowsPath: variant === undefined ? workflowsPath : fileURLToPath(new URL(`variants/${variant}.ts`, import.meta.url)),
    logger: { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent },
  })
}
