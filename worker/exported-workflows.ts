import type { Registry } from '../processes/hosting.ts'
import { RegistryError } from '../processes/registry.ts'

/** What the entry of a workflow bundle exports, and what it should. */

/**
 * Makes sure that a worker can run the workflow of every type that it keeps. Where one is missing, the SDK fails each workflow task of such
 * a process and the server gives it again, for ever: whoever opened one would wait and hear nothing.
 * @throws RegistryError naming each type, and the line that is missing
 */
export function checkWorkflows(processes: Registry, bundle: string): void {
  const exported = exportedBy(bundle)
  if (exported === undefined) return
  const missing = processes.flatMap(({ process: { name }, plural }) => (exported.includes(name) ? [] : [{ name, plural }]))
  if (missing.length === 0) return
  const faults = missing.map(
    ({ name, plural }) =>
      `  - ${name} (/api/${plural}) has no workflow "${name}" there. Add its line: export { ${name} } from './${name}/${name}.workflow.ts'`,
  )
  throw new RegistryError(
    `The workflow bundle lacks process types that are registered: its entry, workflows/index.ts, exports ${exported.join(', ')}.\n${faults.join('\n')}`,
  )
}

/** Names that the entry of a bundle exports; undefined where it was bundled in a way that does not tell. */
export function exportedBy(bundle: string): string[] | undefined {
  const importing = partOf(bundle, 'exports.importWorkflows = ', '\n}')
  const entry = importing === undefined ? undefined : /"([^"]+)"\);/.exec(importing)?.[1]
  if (entry === undefined) return undefined
  const module = partOf(bundle, `\n/***/ ${JSON.stringify(entry)}`, '\n/***/ }')
  if (module === undefined) return undefined
  return [...module.matchAll(/^\/\* harmony export \*\/ {3}"?([\w$-]+)"?: \(\) =>/gm)].map(([, name = '']) => name)
}

function partOf(text: string, beginning: string, end: string): string | undefined {
  const from = text.indexOf(beginning)
  if (from < 0) return undefined
  const to = text.indexOf(end, from)
  return text.slice(from, to < 0 ? undefined : to)
}
