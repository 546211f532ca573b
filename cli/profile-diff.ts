import { contentOf, readProfile } from '../api/operations/profiles.ts'
import { wantedIn } from '../domain/derivation/base.ts'
import { linesOf } from '../domain/differences/change.ts'
import { profileDifferences } from '../domain/differences/profiles.ts'
import { word } from '../domain/differences/words.ts'
import { memberOf } from '../domain/document/loose.ts'
import { openDocument } from '../domain/document/open.ts'
import { parseProfile } from '../domain/profile/load.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { whereIfRunning } from './asking.ts'
import { createClient } from './client.ts'
import type { Asking } from './commands/asking.ts'
import { faultLines } from './document-report.ts'
import { isFile, mostPieces, readNamed } from './profile-files.ts'
import { terminalWidth } from './demo/narrator.ts'
import { wrap } from './terminal-text.ts'

/** `bihuan profile diff`: what changes from one profile to another. */
export async function diffProfiles(from: string, to: string, asking: Asking): Promise<void> {
  const [before, after] = [await profileNamed(from, asking), await profileNamed(to, asking)]
  const { lang } = asking
  const sections = profileDifferences(before, after, lang)
  console.log(`${nameOf(before)} → ${nameOf(after)}`)
  if (sections.length === 0) console.log(word('nothing', lang))
  for (const { heading, changes } of sections) {
    console.log(`\n${heading}`)
    for (const line of changes.flatMap((change) => linesOf(change)).flatMap(shown)) console.log(line)
  }
}

async function profileNamed(named: string, asking: Asking): Promise<Profile> {
  const product = isFile(named) ? undefined : whereIfRunning(asking)
  if (product) {
    const { id, version } = wantedIn(named) ?? { id: named, version: undefined }
    const client = createClient({ ...product, locale: asking.lang })
    const read = await client.read(readProfile, { params: { id }, ...(version !== undefined && { query: { version: String(version) } }) })
    if ('template' in read) throw new Error(noProfile(named))
    return contentOf(read)
  }
  const { name, text, format, bases } = await readNamed(named)
  const opened = openDocument(text, { format, locale: asking.lang, mostPieces })
  if (opened.ok && memberOf(opened.value, 'template') === true) throw new Error(noProfile(named))
  const result = parseProfile(text, { format, bases, mostPieces, locale: asking.lang })
  if (!result.ok) throw new Error(faultLines(name, result.errors).join('\n'))
  return result.profile
}

/** A template lacks what only a profile can say. */
function noProfile(named: string): string {
  return `${named} is a template, and only profiles are compared. What a profile says otherwise than its base: bihuan profile show --why <file>.`
}

function nameOf({ id, version }: Profile): string {
  return `${id}@${version}`
}

function shown({ depth, mark, text }: ReturnType<typeof linesOf>[number]): string[] {
  const indent = ' '.repeat(2 + 4 * depth)
  const [first = '', ...rest] = wrap(text, terminalWidth(widest) - indent.length - 2)
  return [`${indent}${mark} ${first}`, ...rest.map((line) => `${indent}  ${line}`)]
}

/** Columns: what a terminal shows, and a mail quotes. */
const widest = 110
