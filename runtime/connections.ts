import { Connection } from '@temporalio/client'
import type { Config } from './config.ts'

type TemporalConfig = Pick<Config, 'temporalAddress'>

/** A server on the same machine or network answers in milliseconds; what has not answered by then is not there. */
const CONNECT_TIMEOUT_MS = 10_000

/**
 * Connects to Temporal.
 * @throws Error naming the address and the remedy when the server does not answer within 10 s
 */
export async function connectTemporal({ temporalAddress }: TemporalConfig): Promise<Connection> {
  try {
    return await Connection.connect({ address: temporalAddress, connectTimeout: CONNECT_TIMEOUT_MS })
  } catch (cause) {
    throw temporalUnreachable(temporalAddress, cause)
  }
}

/** What to tell the operator when Temporal does not answer. */
export function temporalUnreachable(address: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(
    `Temporal does not answer at ${address} (TEMPORAL_ADDRESS): ${reason}. ` +
      'Check the address and that the server runs; `bihuan start` without TEMPORAL_ADDRESS brings its own.',
    { cause },
  )
}
