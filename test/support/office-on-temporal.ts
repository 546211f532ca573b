import { Client } from '@temporalio/client'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import type { WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { createGateway } from '../../gateway/gateway.ts'
import { durationMs } from '../../domain/instant.ts'
import { processes as ours } from '../../processes/index.ts'
import { systemClock, type Clock } from '../../runtime/clock.ts'
import { createDataConverter, createPayloadVault, type PayloadVault } from '../../runtime/payload-codec.ts'
import { runWorker } from '../../worker/main.ts'
import { furnishedRooms, startedProcesses, type Kept, type Office, type Place } from './api.ts'
import { recordHistories } from './recording.ts'
import { openNamespace, startTimeSkippingServer, type DevServerTestOptions } from './servers.ts'
import { speaker } from './speaking.ts'

/** An office whose tickets are workflows on a real Temporal, with the product's worker. */
export interface OfficeOnTemporal extends Office {
  /** Opens what Temporal stores of this office's tickets. */
  readonly vault: PayloadVault
  /** Perhaps with workflow code of another version. */
  startWorker(bundle?: WorkflowBundleWithSourceMap): Promise<void>
  /** Reads in clear what the product writes to Temporal. */
  readonly client: Client
  /** The Temporal server, to look at histories as they are stored. */
  readonly temporal: TestWorkflowEnvironment
  /** Lets time pass, where the server skips time: everybody's, the API's and the worker's included. */
  later(duration: string): Promise<void>
}

export interface OfficeOptions extends DevServerTestOptions {
  readonly worker?: boolean
  /** By default the product's own types. */
  readonly kept?: Kept
  /** Where somebody works already; it outlives the office. By default a place of its own. */
  readonly place?: Place
  /** A server that skips time, for what takes days. */
  readonly skipsTime?: boolean
}

export async function openOfficeOnTemporal({
  kept,
  place,
  worker = true,
  skipsTime = false,
  ...server
}: OfficeOptions = {}): Promise<OfficeOnTemporal> {
  const temporal = place?.temporal ?? (await (skipsTime ? startTimeSkippingServer() : openNamespace(server)))
  const { processes = ours } = kept ?? {}
  const { db, config, log, token, apisThrough, close } = await furnishedRooms(
    { temporalAddress: temporal.address, temporalNamespace: temporal.namespace ?? 'default' },
    kept,
    place,
  )
  let ahead = 0
  const clock: Clock = skipsTime ? { now: () => new Date(Date.now() + ahead) } : systemClock
  const onTemporal = { ...config, skipsTime }
  const begin = (bundle = kept?.bundle) => runWorker(onTemporal, log, { clock, processes, bundle })
  let running = worker ? await begin() : undefined
  const gateway = createGateway({ ...onTemporal, processes })
  const api = apisThrough(gateway, clock)
  const first = api()
  const client = new Client({
    connection: temporal.client.connection,
    namespace: config.temporalNamespace,
    dataConverter: createDataConverter(config),
  })
  const histories = recordHistories({ client, numbers: () => startedProcesses(db) })

  return {
    db,
    gateway,
    api,
    config,
    token,
    person: async (id) => speaker(first, await token(id)),
    vault: createPayloadVault(config),
    client,
    temporal,
    settled: () => first.settled(),
    async stopWorker() {
      await running?.stop()
      running = undefined
    },
    async startWorker(bundle) {
      running ??= await begin(bundle)
    },
    async later(duration) {
      if (!skipsTime) throw new Error('this office lives in real time')
      await temporal.sleep(durationMs(duration))
      // The server alone knows how far it went; in between its time runs as ours.
      ahead = (await temporal.currentTimeMs()) - Date.now()
    },
    async close() {
      await first.settled()
      await histories.save()
      await running?.stop()
      await gateway.close()
      await close()
      if (!place) await temporal.teardown()
    },
  }
}
