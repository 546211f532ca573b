import type { Runtime } from '@temporalio/worker'
import { backlogSource } from '../db/backlog.ts'
import type { Logger } from '../runtime/logging.ts'
import { createScrape, type Source } from '../runtime/metrics.ts'
import { freePort } from '../runtime/ports.ts'
import { servePaths } from './http.ts'

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

/**
 * Serves the worker's figures, the SDK's with them, at /metrics.
 * @throws Error naming the variable when the port is taken
 */
export async function serveMetrics(
  { host, metricsPort: port }: { readonly host: string; readonly metricsPort: number },
  sources: Parameters<typeof backlogSource>[0],
  sdk: SdkMetrics | undefined,
  log: Logger,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const scrape = createScrape([backlogSource(sources), ...(sdk ? [sdkSource(sdk.url)] : [])])
  const served = await servePaths({ host, port }, { '/metrics': scrape }, log).catch((cause: unknown) => {
    throw new Error(
      `The worker's figures cannot be served on port ${port} of ${host} (BIHUAN_METRICS_PORT): ${reason(cause)}. Choose another.`,
      { cause },
    )
  })
  log.info({ url: `${served.url}/metrics` }, "the worker's figures are served")
  return served
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

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
