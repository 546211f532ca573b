import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { freePort } from '../../runtime/ports.ts'
import { clusterUrl, fastShutdown, startCluster, waitUntilReady } from '../../runtime/postgres-server.ts'
import { prepareCluster, removeCluster } from '../../runtime/postgres-cluster.ts'
import { identify, killNow, stopProcess, type StartedProcess } from '../../runtime/processes.ts'
import { askKeeper } from '../support/server-keeper.ts'

export interface KillablePostgres {
  /** A database with the shipped profiles and the demo people. */
  readonly url: string
  /** SIGKILL of the postmaster. */
  kill(): Promise<void>
  /** Starts again on the same port with the same data; returns when it serves. */
  restart(): Promise<void>
  /** Stands still: takes connections and statements, and answers none. */
  freeze(): void
  thaw(): void
  stop(): Promise<void>
}

/** A Postgres of its own that keeps what it has committed, to be killed and started again. */
export async function startKillablePostgres(): Promise<KillablePostgres> {
  // A run that is killed leaves it running: its name and owner.json let the next one clear it away (test/support/shared-servers.ts).
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-test-'))
  chmodSync(folder, 0o711) // The account Postgres runs as must be able to enter.
  const made = await askKeeper(inject('servers').keeper, { cluster: 'bihuan' })
  const copied = spawnSync('cp', ['-a', `${made}/.`, folder], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(`the cluster could not be copied: ${copied.stderr}`)
  const logFile = join(folder, 'postgres.log')
  const cluster = await prepareCluster({ dataDir: folder })
  if (!cluster.directory.startsWith(folder)) throw new Error(`Postgres cannot keep a cluster in ${tmpdir()}; set TMPDIR to where it can.`)
  const port = await freePort(0)
  let server = await startCluster(cluster, port, logFile)
  const own = () => writeFileSync(join(folder, 'owner.json'), JSON.stringify({ owner: identify(process.pid), server: server.identity }))
  own()
  await waitUntilReady(cluster, port, server.identity, logFile)
  const kill = async () => {
    killNow(server.identity)
    await server.exited
  }
  return {
    url: clusterUrl(cluster, port, 'bihuan'),
    kill,
    async restart() {
      await kill()
      server = await startedAgain()
      own()
    },
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async stop() {
      signalAll('SIGCONT')
      await stopProcess(server.identity, { signal: fastShutdown })
      removeCluster(cluster)
      rmSync(folder, { recursive: true, force: true })
    },
  }

  /** To the postmaster and its sessions. */
  function signalAll(signal: NodeJS.Signals): void {
    const postmaster = server.identity.pid
    const listed = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).stdout.trim().split('\n')
    const sessions = listed.map((line) => line.trim().split(/\s+/).map(Number)).filter(([, parent]) => parent === postmaster)
    for (const pid of [postmaster, ...sessions.flatMap(([session]) => session ?? [])]) {
      try {
        process.kill(pid, signal)
      } catch {
        // Ended between the list and the signal.
      }
    }
  }

  /** The sessions of a killed postmaster end by themselves, a little later; until then a new one refuses to start. */
  async function startedAgain(): Promise<StartedProcess> {
    for (let attempt = 1; ; attempt += 1) {
      const started = await startCluster(cluster, port, logFile)
      try {
        await waitUntilReady(cluster, port, started.identity, logFile)
        return started
      } catch (error) {
        if (attempt === 20) throw error
      }
    }
  }
}
