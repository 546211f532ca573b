import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { startProcess, type StartedProcess } from '../../runtime/processes.ts'
import type { Running } from '../harness/parts.ts'
import type { World } from '../harness/world.ts'
import { bareTaskQueue, baselineSchema, type Baseline } from './argument.ts'

/** What ours is compared with runs in processes of its own too, so that both sides share the machine alike. */

/** Starts the bare worker; returns when it polls. */
export async function startBareWorker(world: World): Promise<Running> {
  return (await start(world, 'bare-worker', '')).running
}

/** Starts the bare routes on a database; returns when they are served. */
export async function startBareRoutes(world: World, databaseUrl: string): Promise<Running & { readonly url: string }> {
  const { running, said } = await start(world, 'bare-routes', databaseUrl)
  return { ...running, url: said() }
}

async function start(world: World, name: string, databaseUrl: string) {
  const { temporalAddress, namespace } = world
  const baseline: Baseline = { temporalAddress, namespace, taskQueue: bareTaskQueue, databaseUrl }
  let said = ''
  const running = await world.parts.start({
    name,
    start: () =>
      startProcess({
        command: process.execPath,
        args: [...process.execArgv, entry, name, JSON.stringify(baseline)],
        env: process.env,
        logFile: world.log(name),
        channel: true,
      }),
    ready: async (started) => {
      said = await ready(started, name)
    },
    stopSignal: 'SIGTERM',
    graceMs: 10_000,
  })
  return { running, said: () => said }
}

const entry = fileURLToPath(new URL('../bench.mjs', import.meta.url))
const readyMessage = z.object({ ready: z.string() })

function ready({ child, exited }: StartedProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(readyMessage.parse(message).ready))
    void exited.then((end) => reject(new Error(`${name} ended (${end}) before it was ready`)))
  })
}

/** What a process of the baseline does: runs until it is told to end. */
export async function serveBaseline(name: string, argument: string): Promise<void> {
  const baseline = baselineSchema.parse(JSON.parse(argument))
  const running = name === 'bare-worker' ? await worker(baseline) : await routes(baseline)
  process.once('SIGTERM', () => {
    void running.stop().then(() => process.exit(0))
  })
  process.send?.({ ready: running.url })
}

async function worker(baseline: Baseline) {
  const { runBareWorker } = await import('./worker.ts')
  return { ...(await runBareWorker(baseline)), url: '' }
}

async function routes(baseline: Baseline) {
  const { runBareRoutes } = await import('./routes.ts')
  return runBareRoutes(baseline)
}
