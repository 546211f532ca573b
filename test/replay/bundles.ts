import { fileURLToPath } from 'node:url'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { pino } from 'pino'
import { bundleFrom, workflowBundle } from '../../worker/bundle.ts'

export type Variant = 'unguarded' | 'guarded' | 'stricter' | 'richer'

/** Bundles of the product's workflows are kept from run to run; a changed source makes a new one. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/bihuan-tests/cache', import.meta.url))

/** The workflow code of the product, or a changed one. */
export async function bundle(variant?: Variant): Promise<WorkflowBundleWithSourceMap> {
  const log = pino({ level: 'silent' })
  if (variant === undefined) return workflowBundle(cache, log)
  return bundleFrom(fileURLToPath(new URL(`variants/${variant}.ts`, import.meta.url)), log)
}
