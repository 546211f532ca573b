import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import type { Environment } from './environment.ts'

/** How a program is recognised: run with `args`, what it prints matches `version`, whose first group is the version. */
export type Executable = { name: string; args: readonly string[]; version: RegExp }

/** A program is simply not there, which nobody needs to hear of while there are other ways. */
export class Absent extends Error {}

/**
 * The program as the shell would find it.
 * @throws Error when it is not there or does not run
 */
export async function onPath(executable: Executable, env: Environment): Promise<{ path: string; version: string }> {
  const path = findOnPath(executable.name, env)
  if (!path) throw new Absent('is not there')
  return { path, version: await runs(path, executable) }
}

/** Where the shell would find a command; undefined when nowhere. */
export function findOnPath(name: string, env: Environment): string | undefined {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/**
 * Runs the program once; its version as it tells it.
 * @throws Error when it does not run, or is another program
 */
export async function runs(path: string, executable: Executable): Promise<string> {
  const tried = await execa(path, executable.args, { reject: false, all: true, timeout: 20_000, stdin: 'ignore' })
  const version = executable.version.exec(tried.all ?? '')?.[1]
  if (version !== undefined) return version
  throw new Error(`${path} does not run as ${executable.name}: ${(tried.all || tried.message || 'no output').trim().slice(0, 300)}`)
}
