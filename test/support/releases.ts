import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { z } from 'zod'
import { basesIn } from '../../domain/derivation/documents.ts'
import { resolveProfile } from '../../domain/profile/derived.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { startProcess, stopProcess } from '../../runtime/processes.ts'

/** Releases as `npm run release:keep` kept them, each to be run beside what we have now. */

const library = fileURLToPath(new URL('../releases/', import.meta.url))
/** Below the packages, which the code of a release looks for above itself. */
const cache = fileURLToPath(new URL('../../node_modules/.cache/bihuan-tests/', import.meta.url))

/** Their versions. */
export const keptReleases: readonly string[] = readdirSync(library).toSorted()

export type Environment = Readonly<Record<string, string>>

export interface Release {
  /** Brings a database to what it needs, and makes the demo people there. */
  migrate(env: Environment): Promise<void>
  start(part: 'api' | 'worker', env: Environment): Promise<ReleasedPart>
  /** A profile as it was shipped, with all that it extends: in the keys of then. */
  profile(id: string): Profile
  /** What its processes have said. */
  log(): string
  remove(): void
}

/** What a key of today would mean that it lacks is what we promise of profiles that are stored. */
const profileSchema = z.custom<Profile>((value) => typeof value === 'object' && value !== null)

export interface ReleasedPart {
  /** Where an API listens. */
  readonly url: string
  /** As a deploy does it: what is under way is finished. Says how it ended. */
  stop(): Promise<string>
}

export function unpackRelease(version: string): Release {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, `release-${version}-`))
  const kept = join(library, version)
  for (const name of readdirSync(kept, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.gz'))) {
    const file = join(folder, name.replace(/\.gz$/, ''))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, gunzipSync(readFileSync(join(kept, name))))
  }
  const logFile = join(folder, 'release.log')
  const log = () => readFileSync(logFile, 'utf8')
  const run = (part: string, env: Environment, channel: boolean) =>
    startProcess({ command: process.execPath, args: [join(folder, `${part}.mjs`)], env, logFile, cwd: folder, channel })

  return {
    log,
    profile(id) {
      const texts = readdirSync(join(folder, 'profiles')).filter((name) => name.endsWith('.yaml'))
      const bases = basesIn(texts.map((name) => ({ text: readFileSync(join(folder, 'profiles', name), 'utf8') })))
      return profileSchema.parse(resolveProfile(parse(readFileSync(join(folder, 'profiles', `${id}.yaml`), 'utf8')), bases, 'en').value)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
    async migrate(env) {
      const how = await (await run('migrate', env, false)).exited
      if (how !== 'code 0') throw new Error(`migrate of ${version} ended with ${how}:\n${log()}`)
    },
    async start(part, env) {
      const { child, exited, identity } = await run(part, env, true)
      const { ready } = await new Promise<z.output<typeof readySchema>>((resolve, reject) => {
        child.once('message', (message) => resolve(readySchema.parse(message)))
        void exited.then((how) => reject(new Error(`${part} of ${version} ended with ${how}:\n${log()}`)))
      })
      return {
        url: ready,
        async stop() {
          await stopProcess(identity, { graceMs: 30_000 })
          return exited
        },
      }
    },
  }
}

const readySchema = z.object({ ready: z.string() })
