import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, type Plugin } from 'esbuild'

/**
 * The product as JavaScript, made once for a run of tests. What starts as a process of its own from it saves the second that
 * `tsx` takes to load and to read each source, and a run starts hundreds.
 */

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Among the modules, so that they are found from there. */
const cache = join(root, 'node_modules', '.cache', 'bihuan-tests')

/** Each by its path in the folder that is made. */
const entries = { cli: 'cli/main.ts', 'faults-api': 'test/faults/entries/api.ts', 'faults-worker': 'test/faults/entries/worker.ts' }
type Entry = keyof typeof entries

/** Builds all entries; the folder they are in, which `end` removes. */
export async function buildProduct(): Promise<{ readonly folder: string; end(): void }> {
  mkdirSync(cache, { recursive: true })
  removeOld()
  const folder = mkdtempSync(join(cache, prefix))
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Keeps apart what a command imports only when it runs.
    splitting: true,
    tsconfigRaw: {},
    plugins: [whereItWas],
    logLevel: 'error',
  })
  return { folder, end: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The file to start, given by {@link builtFolder}; undefined outside a run of tests. */
export function builtEntry(entry: Entry): string | undefined {
  const folder = process.env[builtFolder]
  return folder === undefined ? undefined : join(folder, `${entry}.mjs`)
}

/** Name of the variable that tells the tests where it was built. */
export const builtFolder = 'BIHUAN_TEST_BUILT'

/** Modules look for files beside their source, so each goes on saying where that is. */
const whereItWas: Plugin = {
  name: 'where-it-was',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
      loader: 'ts',
    }))
  },
}

const prefix = 'built-'
const dayMs = 86_400_000

/** What runs left behind that were killed. */
function removeOld(): void {
  for (const name of readdirSync(cache).filter((name) => name.startsWith(prefix))) {
    const folder = join(cache, name)
    const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? {}
    if (mtimeMs !== undefined && Date.now() - mtimeMs > dayMs) rmSync(folder, { recursive: true, force: true })
  }
}
