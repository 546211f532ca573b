import { z } from 'zod'

/** What a process of the baseline is told when it starts. */
export const baselineSchema = z.object({
  temporalAddress: z.string(),
  namespace: z.string(),
  taskQueue: z.string(),
  databaseUrl: z.string(),
})
export type Baseline = z.output<typeof baselineSchema>

export const bareTaskQueue = 'bare'
