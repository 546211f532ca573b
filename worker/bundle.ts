import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleWorkflowCode, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import type { Logger } from 'pino'
import { failureConverterPath } from '../runtime/payload-codec.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
export const workflowsPath = join(root, 'workflows', 'index.ts')
/** Bundled along with whatever runs processes: it makes their details when somebody looks. */
export const workflowInterceptorModules = [join(root, 'workflows', 'shell', 'current-details.ts')]
/** Loaded once for all workflows. */
const preloadModules: readonly string[] = [join(root, 'worker', 'preloaded.ts')]

/** Where an image carries the bundle of its sources. */
export const prebuiltDir = join(root, 'build')

/**
 * The workflow bundle, built once for each state of the sources: bundling takes seconds, so a start that finds the
 * sources unchanged takes the bundle of the last one, or the one that was built ahead.
 */
export async function workflowBundle(cacheDir: string, log: Logger): Promise<WorkflowBundleWithSourceMap> {
  return keptBundle(cacheDir, { name: 'workflows', folders: sourceFolders, prebuiltDir }, () => {
    log.info('bundling workflows')
    return bundleFrom(workflowsPath, log)
  })
}

/** A bundle of what these folders hold, kept in the cache for as long as that is as it was. */
export async function keptBundle(
  cacheDir: string,
  { name: of, folders, prebuiltDir: built }: { readonly name: string; readonly folders: readonly string[]; readonly prebuiltDir?: string },
  make: () => Promise<WorkflowBundleWithSourceMap>,
): Promise<WorkflowBundleWithSourceMap> {
  const name = `${of}-${await fingerprint(folders)}.js`
  const file = join(cacheDir, name)
  for (const known of [...(built === undefined ? [] : [join(built, name)]), file]) {
    const code = await readFile(known, 'utf8').catch(() => undefined)
    if (code !== undefined) return { code, sourceMap: '' }
  }
  const bundle = await make()
  await mkdir(cacheDir, { recursive: true })
  const half = `${file}.${process.pid}`
  await writeFile(half, bundle.code)
  await rename(half, file)
  return bundle
}

/** A bundle of the workflows that a module exports. */
export async function bundleFrom(path: string, log: Logger, preloaded = preloadModules): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: path,
    workflowInterceptorModules,
    preloadModules: [...preloaded],
    failureConverterPath,
    logger: quietly(log),
  })
}

/** What a bundle of the product's workflows can hold. */
export const sourceFolders: readonly string[] = ['workflows', 'domain']

/** Changes with every source the bundle can hold and with the versions of what it bundles. */
async function fingerprint(folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  const sources = await Promise.all(folders.map((folder) => readdir(join(root, folder), { recursive: true })))
  const files = folders.flatMap((folder, at) =>
    (sources[at] ?? []).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name)),
  )
  for (const name of [
    ...files.toSorted(),
    ...[...preloadModules, failureConverterPath].map((path) => relative(root, path)),
    'package-lock.json',
  ])
    hash.update(name).update(await readFile(join(root, name)))
  return hash.digest('hex').slice(0, 16)
}

/** Bundling reports its steps at info; only its troubles are ours. */
function quietly(log: Logger) {
  return {
    log: () => {},
    trace: () => {},
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.warn(message),
    error: (message: string) => log.error(message),
  }
}
