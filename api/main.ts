import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { getRequestListener } from '@hono/node-server'
import { z } from 'zod'
import { connect } from '../db/connect.ts'
import { keysOf } from '../db/contact-vault.ts'
import { systemClock } from '../runtime/clock.ts'
import { dataPaths, type Config } from '../runtime/config.ts'
import type { Logger } from '../runtime/logging.ts'
import { createPayloadVault } from '../runtime/payload-codec.ts'
import { httpUrl } from '../runtime/ports.ts'
import { slowClients } from '../runtime/slow-clients.ts'
import { createApp } from './app.ts'
import { answerClientError, answerUnreadable } from './http/client-error.ts'
import { createGateway, type Gateway } from '../gateway/gateway.ts'
import type { Registry } from '../processes/hosting.ts'
import { processes as ours } from '../processes/index.ts'

/**
 * Serves the HTTP API until `stop()`, which first turns load balancers away, then lets requests under way finish. Neither
 * Postgres nor Temporal must be there when it starts: `/ready` says which is away.
 * @throws Error when the port is taken
 */
export async function runApi(
  config: Config,
  log: Logger,
  { processes = ours, gateway = createGateway({ ...config, processes }, (message) => log.warn(message)) }: Serving = {},
): Promise<{ url: string; stop(): Promise<void> }> {
  const db = connect(config.databaseUrl, {
    applicationName: 'bihuan-api',
    onBrokenConnection: (err) => log.warn({ err }, 'a database connection broke; the next query opens another'),
  })
  let stopping = false
  const { app, stop: stopStarts } = createApp({
    db,
    gateway,
    clock: systemClock,
    keys: keysOf(...config.keys),
    codec: { vault: createPayloadVault(config), uis: config.temporalUis, secret: config.uiCodecSecret },
    customerLimits: config.customerLimits,
    log,
    processes,
    hosts: config.hosts,
    workflowPage: workflowPages(config),
    stopping: () => stopping,
  })
  const listener = getRequestListener(app.fetch, { errorHandler: answerUnreadable })
  // Node refuses a request without Host with nothing in its answer; the listener refuses it with a problem.
  const server = createServer({ ...slowClients, requireHostHeader: false }, (request, response) => {
    // Asks a client that keeps its connection to come back on another one, where somebody else may answer.
    if (stopping) response.setHeader('Connection', 'close')
    void listener(request, response)
  })
  server.on('clientError', answerClientError)
  // Longer than proxies keep idle connections (most a minute): one that closes here just as a request comes loses it.
  server.keepAliveTimeout = 75_000
  const url = await listening()
  log.info({ url }, 'the API is served')

  return {
    url,
    async stop() {
      stopping = true
      await sleep(config.drainSeconds * 1_000)
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const forced = setTimeout(() => server.closeAllConnections(), graceMs)
      await closed
      clearTimeout(forced)
      await stopStarts()
      await gateway.close()
      await db.destroy()
    },
  }

  function listening(): Promise<string> {
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(config.port, config.host, () => {
        const address = server.address()
        const port = typeof address === 'object' && address ? address.port : config.port
        resolve(httpUrl(config.host, port))
      })
    })
  }
}

interface Serving {
  readonly processes?: Registry
  readonly gateway?: Gateway
}

/** A step waits 20 s for its workflow; a little longer lets it answer. */
const graceMs = 25_000

const runFile = z.object({ temporalUi: z.string() })

/** The Temporal UI's page of a ticket's workflow, where the launcher has written down the address of that UI. */
function workflowPages({ embedded, dataDir, temporalNamespace }: Config): (number: string) => string | undefined {
  let ui: string | undefined
  return (number) => {
    // The file is written once everything has started, so later than this process.
    if (embedded) ui ??= uiIn(dataPaths(dataDir).run)
    return ui === undefined
      ? undefined
      : `${ui.replace(/\/$/, '')}/namespaces/${encodeURIComponent(temporalNamespace)}/workflows/${encodeURIComponent(number)}`
  }
}

function uiIn(path: string): string | undefined {
  try {
    return runFile.parse(JSON.parse(readFileSync(path, 'utf8'))).temporalUi
  } catch {
    return undefined
  }
}
