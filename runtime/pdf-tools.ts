import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { platform } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Environment } from './environment.ts'
import { Absent } from './executables.ts'
import { cacheFolder, inStaging } from './server-cache.ts'
import { fetching } from './server-sources.ts'
import { firstThatWorks, type FoundProgram } from './temporal-server.ts'

/** What PDFs are set with, and how to see that it works. */
export interface PdfTools {
  /** Folder of the package.json and the package-lock.json that name them, each by its hash. */
  readonly pins: string
  /** The package of fonts, and those of its folders that are kept: the other weights are four fifths of it. */
  readonly fonts: { readonly package: string; readonly kept: readonly string[] }
  /** The package by whose version it goes. */
  readonly compiler: string
  /** @throws Error where what is in the folder does not work on this machine */
  works(folder: string): Promise<unknown>
}

export interface FetchOptions {
  readonly env?: Environment
  /** Hears of every long step. */
  readonly say?: (message: string) => void
}

/**
 * Finds the compiler and the fonts of PDFs: in our cache, or on the npm registry, which is where their makers publish them. They are 75 MB that only
 * PDFs need, so the first PDF fetches them, and no installation and no start waits for them.
 * @throws Error naming both ways and why each failed
 */
export async function resolvePdfTools(
  tools: PdfTools,
  { env = process.env, say = () => undefined }: FetchOptions = {},
): Promise<FoundProgram> {
  const cache = cacheFolder(env)
  // The pins are part of the name: raising one fetches anew instead of using the old one for ever.
  const path = join(cache, `pdf-tools-${await fingerprint(tools.pins)}-${platform()}-${process.arch}`)
  return firstThatWorks(
    'what PDFs are set with',
    [
      { name: `the copy in ${cache}`, find: () => kept(path, tools) },
      { name: 'the npm registry', find: () => inStaging(cache, (staging) => installed(staging, path, tools, { env, say })) },
    ],
    [],
    `Make the registry that npm uses reachable for a minute, or copy ${path} from a machine that has it.`,
    say,
  )
}

type Found = Omit<FoundProgram, 'from'>

async function kept(path: string, { compiler }: PdfTools): Promise<Found> {
  if (!existsSync(path)) throw new Absent('is not there')
  return { path, version: await versionOf(path, compiler) }
}

/** Installs what is pinned, makes sure that it works, and only then gives it its name: nobody ever sees half of it. */
async function installed(staging: string, path: string, tools: PdfTools, { env, say }: Required<FetchOptions>): Promise<Found> {
  const folder = join(staging, 'tools')
  await mkdir(folder)
  for (const name of pinFiles) await copyFile(join(tools.pins, name), join(folder, name))
  const { command, args } = npm(env)
  // A cache of its own, so that what has come so far can be seen to grow; npm compares each package with its pinned hash.
  const options = [
    'ci',
    '--prefix',
    folder,
    '--cache',
    join(staging, 'cache'),
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]
  await fetching('the compiler and the fonts of PDFs from the npm registry', command, [...args, ...options], staging, {}, say)
  await keepOnly(join(folder, 'node_modules', tools.fonts.package), tools.fonts.kept)
  await tools.works(folder)
  // Of two processes that fetch at once the second finds the name taken, by the same thing.
  await rename(folder, path).catch((error: unknown) => {
    if (!existsSync(path)) throw error
  })
  return { path, version: await versionOf(path, tools.compiler) }
}

const pinFiles = ['package.json', 'package-lock.json', '.npmrc']

/** The npm that runs us, else the one on PATH. */
function npm(env: Environment): { readonly command: string; readonly args: readonly string[] } {
  const running = env['npm_execpath']
  return running?.endsWith('npm-cli.js') ? { command: process.execPath, args: [running] } : { command: 'npm', args: [] }
}

/** Files stay, among them the licence. */
async function keepOnly(folder: string, kept: readonly string[]): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!kept.includes(name) && (await stat(path)).isDirectory()) await rm(path, { recursive: true })
  }
}

async function versionOf(path: string, compiler: string): Promise<string> {
  const described: unknown = JSON.parse(await readFile(join(path, 'node_modules', compiler, 'package.json'), 'utf8'))
  return z.object({ version: z.string() }).parse(described).version
}

async function fingerprint(pins: string): Promise<string> {
  const lock = await readFile(join(pins, 'package-lock.json'))
  return createHash('sha256').update(lock).digest('hex').slice(0, 12)
}
