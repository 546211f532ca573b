import { readdirSync, readFileSync } from 'node:fs'
import { table } from '../tables.ts'

/** Which tests carry which requirement, by the ids that their names begin with. */

export interface Requirement {
  readonly id: string
  readonly text: string
  readonly status: string
}

/** The requirements of a profile, as docs/requirements.md says; empty where it names no ids for it. */
export function requirementsOf(profile: string, page: string): Requirement[] {
  const letter = new RegExp(`^\\| ([A-Z]) \\| \`${profile}\``, 'm').exec(page)?.[1]
  return letter === undefined
    ? []
    : [...page.matchAll(new RegExp(`^\\| (${letter}\\d+) \\| (.+) \\| (.+) \\|$`, 'gm'))].map(([, id = '', text = '', status = '']) => ({
        id,
        text,
        status,
      }))
}

/** Files of tests by the ids in the names of their tests, paths as seen from the root. */
export function testFiles(root: URL): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  const files = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
  for (const file of files.toSorted()) {
    const ids = [...readFileSync(new URL(`test/${file}`, root), 'utf8').matchAll(named)].flatMap(([, given = '']) => given.split(/, ?/))
    for (const id of new Set(ids)) found.set(id, [...(found.get(id) ?? []), `test/${file}`])
  }
  return found
}

/** A name of a test or of a group: a text that begins with the ids it drives, and a colon. */
const named = /['"`]((?:[STRMQX]\d+, ?)*[STRMQX]\d+)\b: /g

export function requirementsTable(requirements: readonly Requirement[], tests: ReadonlyMap<string, readonly string[]>): string {
  return table(
    ['', 'Requirement', 'Status', 'Tests'],
    requirements.map(({ id, text, status }) => [
      id,
      text,
      status,
      (tests.get(id) ?? []).map((path) => `[${path.replace(/^test\/|\.test\.ts$/g, '')}](../../${path})`).join('<br>') || '–',
    ]),
  )
}
