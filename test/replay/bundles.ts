import { fileURLToPath } from 'node:url'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { pino } from 'pino'
import { bundleFrom, workflowBundle } from '../../worker/bundle.ts'
import { bundleCache } from '../support/bundle-cache.ts'

export type Variant = 'unguarded' | 'guarded' | 'stricter' | 'richer'

const log = pino({ level: 'silent' })

/** The workflow code of the product, or a changed one. */
export async function bundle(variant?: Variant): Promise<WorkflowBundleWithSourceMap> {
  return variant === undefined ? workflowBundle(bundleCache, log) : bundleFrom(variantFile(variant), log)
}

/** Every changed one, as a type of workflow that has its name: bundling takes seconds, and most of what is bundled is the same. */
export async function bundleOfVariants(): Promise<WorkflowBundleWithSourceMap> {
  return bundleFrom(variantFile('index'), log)
}

function variantFile(name: Variant | 'index'): string {
  return fileURLToPath(new URL(`variants/${name}.ts`, import.meta.url))
}
