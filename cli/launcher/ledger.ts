import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { createFileAtomically, writeFileAtomically } from '../../runtime/files.ts'
import { ended, identify, isRunning, stopProcess, type ProcessIdentity } from '../../runtime/processes.ts'
import { fastShutdown } from '../../runtime/postgres-server.ts'
import { processIdentity } from './run-file.ts'
import { own } from '../../domain/own.ts'

const content = z.object({
  launcher: processIdentity,
  children: z.record(z.string(), processIdentity),
  /** The launcher is on its way out: whoever waits a little can have the folder. */
  stopping: z.boolean().default(false),
})
type Content = z.infer<typeof content>

/**
 * The launcher's hold on a data folder, and its list of children, in one file. Who holds it is told by pid and start
 * time, so a launcher that was killed holds nothing.
 */
export type Ledger = {
  /** Notes a child as soon as it runs, or forgets it, so that a later launcher can find what this one leaves behind. */
  note(name: string, child: ProcessIdentity | undefined): void
  /** Calls `told` now and after every change, with all processes: the launcher and its children. */
  onChange(told: (pids: Readonly<Record<string, ProcessIdentity>>) => void): void
  /** Tells others that it will soon be closed. */
  stopping(): void
  close(): void
}

/** Another launcher runs on the data folder. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning'
  readonly launcher: ProcessIdentity

  constructor(message: string, launcher: ProcessIdentity) {
    super(message)
    this.launcher = launcher
  }
}

/**
 * Takes hold of the data folder, ending what a killed launcher left running on it. One that is stopping is waited for.
 * @throws AlreadyRunning when a living launcher holds it
 */
export async function openLedger(path: string, say: (message: string) => void): Promise<Ledger> {
  const launcher = identify(process.pid)
  if (!launcher) throw new Error('This process cannot be identified: /proc is not readable.')
  let children = await take(path, launcher, say)
  let stopping = false
  const write = () => writeFileAtomically(path, serialised({ launcher, children, stopping }), 0o600)
  let changed = (): void => undefined
  const ledger: Ledger = {
    note(name, child) {
      const { [name]: _, ...others } = children
      children = child ? { ...others, [name]: child } : others
      write()
      changed()
    },
    onChange(told) {
      changed = () => told({ launcher, ...children })
      changed()
    },
    stopping() {
      changed = () => undefined
      stopping = true
      write()
    },
    close() {
      rmSync(path, { force: true })
    },
  }
  await endLeftovers(children, ledger, say)
  return ledger
}

/** Writes the launcher into the file; the children that a dead one had left there stay noted until they are ended. */
async function take(path: string, launcher: ProcessIdentity, say: (message: string) => void): Promise<Content['children']> {
  let children: Content['children'] = {}
  while (!createFileAtomically(path, serialised({ launcher, children, stopping: false }), 0o600)) {
    const found = read(path)
    if (found?.stopping && isRunning(found.launcher)) {
      say(`Process ${found.launcher.pid} is still stopping what it ran here: waiting for it.`)
      await ended(found.launcher, STOPPING_TAKES_MS)
      continue
    }
    if (found && isRunning(found.launcher)) throw alreadyRunning(found.launcher)
    // Moved aside, not deleted: if another launcher took hold just now, this is its file, and it gets it back.
    const aside = `${path}.${randomBytes(6).toString('hex')}`
    if (!moved(path, aside)) continue
    const left = read(aside)
    const taken = left && isRunning(left.launcher)
    if (taken) linkSync(aside, path)
    rmSync(aside, { force: true })
    if (taken) throw alreadyRunning(left.launcher)
    children = { ...children, ...left?.children }
  }
  return children
}

/** All parts' graces together; one that stops longer than that is stuck, and waiting is said again. */
const STOPPING_TAKES_MS = 90_000

function alreadyRunning(launcher: ProcessIdentity): AlreadyRunning {
  return new AlreadyRunning(`Process ${launcher.pid} already runs on this data folder.`, launcher)
}

/** In the order in which a launcher stops its children, so that nobody loses what it is writing to. */
async function endLeftovers(children: Content['children'], ledger: Ledger, say: (message: string) => void): Promise<void> {
  const left = ['api', 'worker', 'temporal', 'postgres'].flatMap((name) => {
    const child = own(children, name)
    return child ? [{ name, child, running: isRunning(child) }] : []
  })
  const running = left.filter((one) => one.running).map((one) => one.name)
  if (running.length > 0) say(`A launcher was killed here and left ${running.join(', ')} running: stopping them first.`)
  for (const { name, child } of left) {
    await stopProcess(child, name === 'postgres' ? { signal: fastShutdown, graceMs: 20_000 } : { graceMs: 5_000 })
    ledger.note(name, undefined)
  }
}

function read(path: string): Content | undefined {
  if (!existsSync(path)) return undefined
  try {
    return content.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined
  }
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch {
    return false
  }
}

function serialised(ledger: Content): string {
  return `${JSON.stringify(ledger, null, 2)}\n`
}
