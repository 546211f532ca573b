import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { hasCode } from './error-code.ts'

/**
 * One process, and no other: a pid alone is reused, a pid with the instant it started is not.
 * `startedAt` is opaque; compare it, never read it.
 */
export type ProcessIdentity = { pid: number; startedAt: string }

export type StartedProcess = {
  identity: ProcessIdentity
  child: ChildProcess
  /** Resolves once, when the process has ended: its exit code or the signal that ended it. */
  exited: Promise<string>
}

export type StartOptions = {
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
  /** Standard output and error are appended here; a file outlives the starter, a pipe would break with it. */
  logFile: string
  cwd?: string
  account?: Account | undefined
  /** Opens a channel on which the child can say that it is ready. */
  channel?: boolean
}

/** A user and group to run as instead of our own. */
export type Account = { name: string; uid: number; gid: number }

/**
 * Starts a child as the leader of its own process group, so that the terminal's Ctrl-C reaches only us and we stop
 * the children in order.
 * @throws Error when the command cannot be started
 */
export async function startProcess(options: StartOptions): Promise<StartedProcess> {
  const log = openSync(options.logFile, 'a', 0o600)
  const child = spawn(options.command, options.args, {
    cwd: options.cwd ?? process.cwd(),
    env: options.env,
    detached: true,
    stdio: options.channel ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    ...(options.account && { uid: options.account.uid, gid: options.account.gid }),
  })
  closeSync(log)
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 'unknown'}`))
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', () => resolve())
    child.once('error', reject)
  })
  // A child that is gone already still has a name to report.
  const identity = identify(child.pid ?? 0) ?? { pid: child.pid ?? 0, startedAt: 'ended at once' }
  return { identity, child, exited }
}

/** The running process with this pid; undefined when there is none, or it has ended and only waits to be reaped. */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  const startedAt = process.platform === 'linux' ? startedAtLinux(pid) : startedAtElsewhere(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

/** Whether the recorded process is still running, and is not another one that took over its pid. */
export function isRunning(recorded: ProcessIdentity): boolean {
  return identify(recorded.pid)?.startedAt === recorded.startedAt
}

/** The command line of a running process, its words joined by blanks. */
export function commandLine(pid: number): string | undefined {
  if (process.platform === 'linux') return readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim()
  const listed = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return listed.status === 0 ? listed.stdout.trim() : undefined
}

/**
 * Stops the recorded process: asks with `signal`, waits `graceMs` milliseconds, then kills its whole group.
 * Another process that took over the pid is never touched.
 */
export async function stopProcess(
  recorded: ProcessIdentity,
  { signal = 'SIGTERM', graceMs = 10_000 }: { signal?: NodeJS.Signals; graceMs?: number } = {},
): Promise<'was gone' | 'stopped' | 'killed'> {
  if (!isRunning(recorded)) return 'was gone'
  send(recorded.pid, signal)
  if (await ended(recorded, graceMs)) return 'stopped'
  killNow(recorded)
  // The kernel ends a killed process once its system call returns: soon, but not at once.
  await ended(recorded, 5_000)
  return 'killed'
}

/** Kills the recorded process and its group without waiting. */
export function killNow(recorded: ProcessIdentity): void {
  if (!isRunning(recorded)) return
  send(-recorded.pid, 'SIGKILL')
  send(recorded.pid, 'SIGKILL')
}

/** Waits at most `withinMs` milliseconds for the end of the process; whether it has ended. */
export async function ended(recorded: ProcessIdentity, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await sleep(50)) {
    if (!isRunning(recorded)) return true
  }
  return !isRunning(recorded)
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // Ended between the check and the signal, or never led a group of its own.
    if (!hasCode(error, 'ESRCH')) throw error
  }
}

/** Clock ticks since boot at which the process started, with the boot's id: pids and ticks both begin anew with it. */
function startedAtLinux(pid: number): string | undefined {
  const stat = readIfThere(`/proc/${pid}/stat`)
  if (stat === undefined) return undefined
  // The command name is in parentheses and may itself hold blanks and parentheses.
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (state === 'Z' || state === 'X') return undefined
  return `${rest[18] ?? ''}@${(readIfThere('/proc/sys/kernel/random/boot_id') ?? '').trim()}`
}

function startedAtElsewhere(pid: number): string | undefined {
  const listed = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  })
  const [state, ...startedAt] = listed.stdout.trim().split(/\s+/)
  return listed.status !== 0 || !state || state.startsWith('Z') ? undefined : startedAt.join(' ')
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
