import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { WorkflowNotFoundError } from '@temporalio/client'
import { z } from 'zod'
import { readRunFile, type RunFile } from '../../cli/launcher/run-file.ts'
import type { Account } from '../../runtime/processes.ts'
import { builtEntry } from './built.ts'

/** What a person calls `bihuan`. */
export const cli = fileURLToPath(new URL('../../cli/bihuan.mjs', import.meta.url))
/** The same, made beforehand: for what is not about starting it. */
export const builtCli = builtEntry('cli') ?? cli

/** A launcher in a process of its own. */
export type Launcher = {
  child: ChildProcess
  /** All it has printed so far. */
  printed(): string
  /** Waits for run.json, which says that everything is ready. */
  ready(): Promise<RunFile>
  /** Sends the signal, unless it has ended already, and waits for the end: the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
  ended: Promise<number | null>
}

/** `command` is what a person calls, unless that is said to be another. */
export type LaunchOptions = { dataDir: string; env?: Record<string, string>; account?: Account; command?: string; args?: readonly string[] }

export function launch({ dataDir, env = {}, account, command = cli, args = ['start'] }: LaunchOptions): Launcher {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], BIHUAN_DATA: dataDir, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  // `close`, not `exit`: by then all it printed has been read.
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  let over = false
  void ended.then(() => (over = true))
  return {
    child,
    ended,
    printed: () => printed,
    ready: () =>
      until(() => {
        if (over) throw new Error(`The launcher ended:\n${printed}`)
        return readRunFile(join(dataDir, 'run.json'))
      }),
    end(signal) {
      child.kill(signal)
      return ended
    },
  }
}

/**
 * Waits for the first result that is not undefined. A workflow that Temporal does not know is waited for as well: it is
 * started after its row is written and answered for, so that whoever looks at once may come before it.
 */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await looked(look)
    if (found !== undefined) return found
    await sleep(50)
  }
}

async function looked<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined
    throw error
  }
}

/** A data folder; `mode` 0o700 closes it to the account that Postgres runs as under root. */
export function makeDataFolder({ mode = 0o711, account }: { mode?: number; account?: Account } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-launch-'))
  chmodSync(folder, mode)
  if (account) chownSync(folder, account.uid, account.gid)
  return join(folder, 'data')
}

const clusterRecord = z.object({ directory: z.string() })

/** Where the data folder's Postgres cluster lies. */
export function clusterOf(dataDir: string): string {
  const { directory } = clusterRecord.parse(JSON.parse(readFileSync(join(dataDir, 'postgres.json'), 'utf8')))
  return directory
}

/** Deletes a data folder, and the cluster if that had to be kept elsewhere. */
export function removeDataFolder(dataDir: string): void {
  if (existsSync(join(dataDir, 'postgres.json')) && clusterOf(dataDir).startsWith('/')) {
    rmSync(dirname(clusterOf(dataDir)), { recursive: true, force: true })
  }
  rmSync(dirname(dataDir), { recursive: true, force: true })
}
