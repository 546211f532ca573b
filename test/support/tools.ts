import { createHash, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { bundleCache } from './bundle-cache.ts'

/**
 * Tools that judge the API from outside: linters, makers of clients, a fuzzer. They are heavier than the product and of no use
 * to who runs it, so they are no dependencies of it: pinned in test/clients, they are installed into the tests' cache by the
 * first test that needs them. Where they cannot be (no Python, no registry) such a test is skipped and says why; in CI it fails.
 */
export type Tools = { readonly found: true; readonly bin: string } | { readonly found: false; readonly why: string }

const pins = fileURLToPath(new URL('../clients', import.meta.url))

/** The tools of test/clients/package.json; `bin` is where their commands are. */
export async function nodeTools(): Promise<Tools> {
  const files = ['package.json', 'package-lock.json', '.npmrc'].map((name) => join(pins, name))
  return installed('node', files, 'node_modules/.bin', async (folder) => {
    for (const file of files) cpSync(file, join(folder, file.slice(pins.length)))
    await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder, timeout: patienceMs })
  })
}

/** The tools of test/clients/requirements.txt, with a Python of their own. */
export async function pythonTools(): Promise<Tools> {
  const pinned = join(pins, 'requirements.txt')
  return installed('python', [pinned], 'bin', async (folder) => {
    await execa('python3', ['-m', 'venv', folder], { timeout: patienceMs })
    await execa(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', pinned], { timeout: patienceMs })
  })
}

/** A registry may be slow, and a machine busy. */
const patienceMs = 600_000

async function installed(kind: string, pinned: readonly string[], bin: string, install: (folder: string) => Promise<void>): Promise<Tools> {
  const version = createHash('sha256')
  for (const file of pinned) version.update(readFileSync(file))
  const folder = join(bundleCache, '..', `tools-${kind}-${version.digest('hex').slice(0, 12)}`)
  const done = join(folder, 'installed')
  if (existsSync(done)) return { found: true, bin: join(folder, bin) }
  // A Python environment knows where it is, so it cannot be moved into place; whoever comes second begins anew.
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    await install(folder)
    const marker = `${done}-${randomUUID()}`
    mkdirSync(marker)
    renameSync(marker, done)
    return { found: true, bin: join(folder, bin) }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if (process.env['CI'] !== undefined) throw error
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error)
    console.warn(`\n!!! Tests are left out: the ${kind} tools of test/clients cannot be installed here. ${why}\n`)
    return { found: false, why: `the ${kind} tools cannot be installed here` }
  }
}
