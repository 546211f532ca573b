import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { idForm } from '../domain/document/checks.ts'
import { decode } from '../domain/document/encoding.ts'
import type { DocumentFormat } from '../domain/document/open.ts'
import { pinnedOf, wantedIn, type Bases } from '../domain/derivation/base.ts'
import { basesIn } from '../domain/derivation/documents.ts'
import { hasCode } from '../runtime/error-code.ts'
import { shippedBases } from '../runtime/shipped-profiles.ts'
import { readTextFile } from './text-file.ts'

/** Profiles in files, and what they extend: what stands beside them as `<id>.yaml` or `<id>.json`, and what ships. */

export function formatOf(file: string): DocumentFormat {
  return file.endsWith('.json') ? 'json' : 'yaml'
}

/** A document that somebody names on the command line, and what it can extend. */
export interface NamedText {
  readonly name: string
  readonly text: string
  readonly format: DocumentFormat
  readonly bases: Bases
}

/** Ids have neither dots nor slashes. */
export function isFile(named: string): boolean {
  return named === '-' || /[./]/.test(named)
}

/** A file, or what ships under that id. @throws Error that says what there is */
export async function readNamed(named: string): Promise<NamedText> {
  if (isFile(named)) {
    const { text } = await readTextFile(named)
    return { name: named, text, format: formatOf(named), bases: await basesBeside(named) }
  }
  const bases = await shippedBases()
  const wanted = wantedIn(named)
  const ref = wanted && pinnedOf(bases, wanted)
  const text = ref && bases.find(ref)?.written.text
  if (text === undefined)
    throw new Error(
      `"${named}" does not ship with the product: there are ${bases.known.join(', ')}. Start the product to ask for what is installed, or give a file such as ${named}.yaml.`,
    )
  return { name: named, text, format: 'yaml', bases }
}

/** Of a file that somebody checks on their own machine, where nobody else waits. */
export const mostPieces = 1_000_000

export async function basesBeside(file: string): Promise<Bases> {
  const shipped = await shippedBases()
  const folder = file === '-' ? '.' : dirname(file)
  const looked = new Map<string, { readonly bases: Bases; readonly count: number }>()
  const besideIt = (id: string) => {
    const known = looked.get(id)
    if (known) return known
    const files = filesFor(folder, id)
    const found = { bases: basesIn(files), count: files.length }
    looked.set(id, found)
    return found
  }
  // A file that stands beside it is meant before what ships under the same id.
  const placeOf = (id: string): Bases => (besideIt(id).count > 0 ? besideIt(id).bases : shipped)
  return {
    known: shipped.known,
    versionsOf: (id) => placeOf(id).versionsOf(id),
    find: (base) => placeOf(base.id).find(base),
    isUnreadable: (id) => besideIt(id).count > 0 && besideIt(id).bases.known.length === 0,
  }
}

function filesFor(folder: string, id: string): { readonly text: string; readonly format: DocumentFormat }[] {
  if (!idForm.test(id)) return []
  return ['yaml', 'json'].flatMap((ending) => {
    const path = join(folder, `${id}.${ending}`)
    try {
      const read = decode(readFileSync(path))
      return read.ok ? [{ text: read.text, format: formatOf(path) }] : []
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return []
      throw error
    }
  })
}
