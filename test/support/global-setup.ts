import type { TestProject } from 'vitest/node'
import { startSharedServers, type SharedServers } from './shared-servers.ts'

declare module 'vitest' {
  interface ProvidedContext {
    servers: SharedServers['provided']
  }
}

/** Both projects that need servers run this; the servers are started once for all of them and stopped by the last. */
const shared: { users: number; servers: Promise<SharedServers> | undefined } = sharedState()

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.users += 1
  shared.servers ??= startSharedServers()
  const servers = await shared.servers
  project.provide('servers', servers.provided)
  return async () => {
    shared.users -= 1
    if (shared.users === 0) await servers.stop()
  }
}

/** Each project loads its own copy of this module, so what they share hangs on the process. */
function sharedState(): typeof shared {
  const holder: typeof globalThis & { bihuanTestServers?: typeof shared } = globalThis
  return (holder.bihuanTestServers ??= { users: 0, servers: undefined })
}
