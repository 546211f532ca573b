import { readProfile } from '../api/operations/profiles.ts'
import { wantedIn } from '../domain/derivation/base.ts'
import { memberOf } from '../domain/document/loose.ts'
import { openDocument } from '../domain/document/open.ts'
import { wholeProfile } from '../domain/profile/shown.ts'
import { parseProfileDocument } from '../domain/profile/load.ts'
import { whereIfRunning } from './asking.ts'
import { download } from './client.ts'
import type { Asking } from './commands/asking.ts'
import { reportFaults } from './document-report.ts'
import { isFile, mostPieces, readNamed } from './profile-files.ts'

/**
 * `bihuan profile show`: a profile with all that it extends, as YAML. A file is read as it stands; an id is asked of the product that
 * runs, and where none does it is what ships.
 */
export async function showProfile(named: string, { why, ...asking }: Asking & { readonly why?: boolean }): Promise<void> {
  const product = isFile(named) ? undefined : whereIfRunning(asking)
  if (product) {
    const { id, version } = wantedIn(named) ?? { id: named, version: undefined }
    const query = new URLSearchParams({ showing: why ? 'why' : 'whole', ...(version !== undefined && { version: String(version) }) })
    const path = `${readProfile.path.replace('{id}', encodeURIComponent(id))}?${query.toString()}`
    process.stdout.write(await download({ ...product, locale: asking.lang }, path, 'application/yaml'))
    return
  }
  const { name, text, format, bases } = await readNamed(named)
  const opened = openDocument(text, { format, locale: asking.lang, mostPieces })
  // What is wrong with it is told first: the whole of a faulty document is nobody's.
  const checked = parseProfileDocument(text, { format, locale: asking.lang, mostPieces, bases })
  if (!opened.ok || !checked.ok) return reportFaults(name, checked.ok ? [] : checked.errors)
  const ref = { id: String(memberOf(opened.value, 'id')), version: Number(memberOf(opened.value, 'version')) }
  process.stdout.write(wholeProfile({ opened, ref }, bases, why === true))
}
