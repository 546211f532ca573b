import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, transform, type Plugin } from 'esbuild'
import { createLogger } from '../runtime/logging.ts'
import { shippedProfiles } from '../runtime/shipped-profiles.ts'
import { productVersion } from '../runtime/version.ts'
import { bundleFrom, workflowsPath } from '../worker/bundle.ts'

/**
 * `npm run release:keep`: keeps what this release runs (API, worker, migrations and the bundle of its workflows) for tests that let it
 * meet a later one, since a checkout has no history to take older code from. Our own code alone: packages are those of the later one.
 */

const root = fileURLToPath(new URL('..', import.meta.url))
const library = join(root, 'test', 'releases', productVersion)

/** What the code reads beside itself, where it reads it. */
const carried = ['package.json', 'profiles', 'runtime/failure-converter.cjs', 'api/openapi/examples.json']

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-release-'))
  await bundleCode(folder)
  const workflows = await workflowCode()
  rmSync(library, { recursive: true, force: true })
  let bytes = store('workflows.js', Buffer.from(workflows))
  for (const name of readdirSync(folder)) bytes += store(name, readFileSync(join(folder, name)))
  for (const path of carried.flatMap(filesOf)) bytes += store(path, readFileSync(join(root, path)))
  // As the rows of its database hold them.
  for (const { content } of await shippedProfiles()) bytes += store(`stored/${content.id}.json`, Buffer.from(JSON.stringify(content)))
  rmSync(folder, { recursive: true, force: true })
  console.log(`Kept ${productVersion} in test/releases/${productVersion}, ${Math.round(bytes / 1024)} KiB.`)
}

async function bundleCode(outdir: string): Promise<void> {
  await build({
    entryPoints: ['api', 'worker', 'migrate'].map((part) => join(root, 'scripts', 'kept-release', `${part}.ts`)),
    outdir,
    absWorkingDir: root,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What the parts share stands once, and the API does not load what the worker needs.
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.11',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [ownPlaces],
  })
}

/** The bundle of the workflows, a fifth as large: without comments, and with a source map of nothing, since the SDK insists on one. */
async function workflowCode(): Promise<string> {
  const { code } = await bundleFrom(workflowsPath, createLogger('release', 'warn'))
  const small = await transform(code, { minifyWhitespace: true, legalComments: 'none', target: 'node20.11' })
  const map = JSON.stringify({ version: 3, file: 'workflows.js', sources: [], names: [], mappings: '' })
  return `${small.code}//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`
}

/** Lets each source go on looking from where it stood: its place beside the bundle, which lies at the root. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const place = JSON.stringify(`./${relative(root, path).split(sep).join('/')}`)
      const contents = readFileSync(path, 'utf8').replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`)
      return { contents, loader: 'ts' }
    })
  },
}

function filesOf(path: string): string[] {
  if (path !== 'profiles') return [path]
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${path}/${name.split(sep).join('/')}`)
}

/** Zipped, so that no tool takes a kept release for sources. */
function store(path: string, content: Uint8Array): number {
  const zipped = gzipSync(content, { level: 9 })
  const file = join(library, `${path}.gz`)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, zipped)
  return zipped.length
}

await main()
