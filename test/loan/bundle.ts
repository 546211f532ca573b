import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { bundleFrom } from '../../worker/bundle.ts'

/** The workflows of tickets and loans. */
export async function bundleWithLoans(): Promise<WorkflowBundleWithSourceMap> {
  const path = (name: string) => fileURLToPath(new URL(`workflows/${name}.ts`, import.meta.url))
  return bundleFrom(path('index'), pino({ level: 'silent' }), [path('preloaded')])
}
