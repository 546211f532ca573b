import type { Runtime } from '@temporalio/worker'
import { backlogSource } from '../db/backlog.ts'
import { createScrape, type Source } from '../runtime/metrics.ts'
import { freePort } from '../runtime/ports.ts'
import type { Page } from './http.ts'

type Telemetry = NonNullable<Parameters<typeof Runtime.install>[0]['telemetryOptions']>

/** Where the SDK tells its figures, and the option that makes it. */
export interface SdkMetrics {
  readonly url: string
  readonly telemetryOptions: Telemetry
}

/** The SDK serves its figures itself, on a port that nobody needs to know: the worker's own page brings them along. */
export async function sdkMetrics(): Promise<SdkMetrics> {
  const address = `127.0.0.1:${await freePort(0)}`
  return {
    url: `http://${address}/metrics`,
    telemetryOptions: {
      metrics: { prometheus: { bindAddress: address, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true } },
    },
  }
}

/** The worker's figures, the SDK's with them, as a page. */
export function workerFigures(sources: Parameters<typeof backlogSource>[0], sdk: SdkMetrics | undefined): () => Promise<Page> {
  return createScrape([backlogSource(sources), ...(sdk ? [sdkSource(sdk.url)] : [])])
}

function sdkSource(url: string): Source {
  return {
    name: 'temporal-sdk',
    async read() {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
      if (!response.ok) throw new Error(`the SDK answered ${response.status}`)
      return response.text()
    },
  }
}
