import { readdirSync, watch, type FSWatcher } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the API and the worker are not made of. The launcher itself goes on as it was started. */
const others = ['bench', 'build', 'cli', 'deploy', 'docs', 'lint', 'node_modules', 'scripts', 'test']
/** Editors also write files of their own beside a source. */
const isSource = /^[^.#].*\.(?:ts|mjs|cjs|json|yaml)$/

/** An editor saves several files at once, and `git switch` hundreds: a change is told when there has been none for so long. */
const QUIET_MS = 200

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Tells of changes to the sources, by their paths; returns what ends it. */
export function watchSources(changed: (files: readonly string[]) => void): () => void {
  // Each folder by itself: what Node calls recursive loses sight of a file that is replaced instead of written.
  const watchers = new Map<string, FSWatcher>()
  const files = new Set<string>()
  let quiet: NodeJS.Timeout | undefined
  const tell = (): void => {
    watchAll()
    const told = [...files].toSorted()
    files.clear()
    if (told.length > 0) changed(told)
  }
  const watchAll = (): void => {
    const tops = foldersIn(root).filter((name) => !name.startsWith('.') && !others.includes(name))
    for (const folder of tops.flatMap((name) => withFoldersIn(join(root, name)))) {
      if (!watchers.has(folder)) watchers.set(folder, watchOne(folder))
    }
  }
  const watchOne = (folder: string): FSWatcher => {
    const watcher = watch(folder, (_, name) => {
      if (name !== null && isSource.test(name)) files.add(relative(root, join(folder, name)))
      // Anything else may be a new folder, to be watched as well.
      clearTimeout(quiet)
      quiet = setTimeout(tell, QUIET_MS)
    })
    // It has been removed.
    watcher.on('error', () => forget(folder))
    return watcher
  }
  const forget = (folder: string): void => {
    watchers.get(folder)?.close()
    watchers.delete(folder)
  }

  watchAll()
  return () => {
    clearTimeout(quiet)
    for (const folder of watchers.keys()) forget(folder)
  }
}

function withFoldersIn(folder: string): string[] {
  return [folder, ...foldersIn(folder).flatMap((name) => withFoldersIn(join(folder, name)))]
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
}
