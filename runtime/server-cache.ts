import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Environment } from './environment.ts'
import { Absent, runs, type Executable } from './executables.ts'

type Program = { path: string; version: string }

/** Where fetched servers are kept for every checkout of this user. */
export function cacheFolder(env: Environment): string {
  const base = env['XDG_CACHE_HOME']
  // The XDG rules: a relative path is to be ignored.
  return join(base && isAbsolute(base) ? base : join(env['HOME'] || homedir(), '.cache'), 'bihuan')
}

/**
 * The program kept in the cache. One that does not run is removed, so that the next way fetches it anew.
 * @throws Error when there is none, or it does not run
 */
export async function cached(folder: string, name: string, executable: Executable): Promise<Program> {
  const path = join(folder, name)
  if (!existsSync(path)) throw new Absent('is not there')
  try {
    return { path, version: await runs(path, executable) }
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
}

/**
 * Fetches a program to a folder of its own, runs it once and only then moves it to its name in the cache: nobody ever
 * sees half of it, and of two processes that fetch at once the later simply replaces the same thing.
 * @throws Error when it cannot be fetched or does not run
 */
export async function fetchIntoCache(
  folder: string,
  name: string,
  executable: Executable,
  fetch: (staging: string) => Promise<string>,
): Promise<Program> {
  return inStaging(folder, async (staging) => {
    const fetched = await fetch(staging)
    await chmod(fetched, 0o755)
    const version = await runs(fetched, executable)
    const path = join(folder, name)
    await rename(fetched, path)
    return { path, version }
  })
}

/** Makes something in a folder of its own beside where it is to be kept, which is removed after. */
export async function inStaging<T>(folder: string, make: (staging: string) => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true })
  await removeAbandoned(folder)
  const staging = await mkdtemp(join(folder, stagingPrefix))
  try {
    return await make(staging)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

const stagingPrefix = '.fetching-'

/** No fetch is allowed to take longer than a few minutes, so one of an hour ago was killed. */
const ABANDONED_AFTER_MS = 3_600_000

async function removeAbandoned(folder: string): Promise<void> {
  for (const entry of await readdir(folder)) {
    if (!entry.startsWith(stagingPrefix)) continue
    const path = join(folder, entry)
    const made = await stat(path).catch(() => undefined)
    if (made && Date.now() - made.mtimeMs > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true })
  }
}
