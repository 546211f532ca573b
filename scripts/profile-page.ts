import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { basesIn } from '../domain/derivation/documents.ts'
import { memberOf } from '../domain/document/loose.ts'
import { resolveProfile } from '../domain/profile/derived.ts'
import { examplesIn, type Examples } from './profile-reference/examples.ts'
import { profileParts } from './profile-reference/nodes.ts'
import { profileReference } from './profile-reference/page.ts'

/** docs/profile.md with its reference as the schema has it and documents use it; what stands around it is written by hand. */
export function profilePage(page: string, root: URL): string {
  const made = profileReference(profileParts, documentedExamples(root))
  return page.replace(/(<!-- reference: made by npm run docs:generate -->\n)[\s\S]*?(<!-- end -->)/, (_, begin: string, end: string) =>
    [begin, '\n', made, '\n', end].join(''),
  )
}

/** Lines of the profiles that come along, with all that they extend; then those of the examples and recipes, and of what ships as it is written. */
export function documentedExamples(root: URL): Examples {
  const shipped = yamlIn('profiles/', root)
  const bases = basesIn(shipped.map((text) => ({ text })))
  return examplesIn(
    [
      ...shipped.map((text) => resolveProfile(parse(text), bases, 'en').value).filter((value) => memberOf(value, 'template') !== true),
      ...[...yamlIn('docs/examples/', root), ...yamlIn('docs/recipes/', root), ...shipped].map((text): unknown => parse(text)),
    ],
    profileParts,
  )
}

function yamlIn(folder: string, root: URL): string[] {
  const files = readdirSync(new URL(folder, root)).filter((name) => name.endsWith('.yaml'))
  return files.toSorted().map((name) => readFileSync(new URL(`${folder}${name}`, root), 'utf8'))
}
