import type { ServerOptions } from 'node:http'

/**
 * How long a client may take that sends its headers or its body by drops: it must not hold a connection for ever. Node looks at
 * its connections only so often, and every thirty seconds unless it is told otherwise when the server is made.
 */
export const slowClients = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  connectionsCheckingInterval: 1_000,
} as const satisfies ServerOptions
