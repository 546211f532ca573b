import { bareClient, type Bare } from '../baseline/bare.ts'
import { startBareWorker } from '../baseline/processes.ts'
import type { Desk } from './tickets.ts'
import type { Running } from './parts.ts'
import type { Notices } from './quiet-hours.ts'
import type { Office, World } from './world.ts'

/** The product on a database of its own, and beside it the bare worker: what is compared where Temporal takes part. */
export interface Pair {
  readonly office: Office
  readonly desk: Desk
  readonly worker: Running
  readonly bare: Bare
  readonly bareWorker: Running
}

/** Starts both, and stops them when `take` has ended. */
export async function withPair(world: World, name: string, take: (pair: Pair) => Promise<void>, notices?: Notices): Promise<void> {
  const office = await world.database(name, notices)
  const worker = await world.worker(office)
  const api = await world.api(office)
  const bareWorker = await startBareWorker(world)
  const bare = await bareClient(world)
  await take({ office, desk: { ...office, url: api.url }, worker, bare, bareWorker })
  await bare.close()
  for (const part of [api, worker, bareWorker]) await part.stop()
}
