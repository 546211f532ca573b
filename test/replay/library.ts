import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { parsed, type Json } from './form.ts'

/** A history that was recorded for a release: a run of a ticket, under the name of the story it comes from. */
export interface Story {
  /** `0.1.0/requirements/solution/…` */
  readonly name: string
  readonly stored: Json
}

const folder = fileURLToPath(new URL('histories', import.meta.url))

/** The histories of all releases, by name. */
export function storedStories(): Story[] {
  const paths = readdirSync(folder, { recursive: true }).map(String)
  return paths
    .filter((path) => path.endsWith(ending))
    .toSorted()
    .map((path) => ({ name: path.slice(0, -ending.length), stored: read(join(folder, path)) }))
}

const ending = '.json.gz'

function read(path: string): Json {
  return parsed(gunzipSync(readFileSync(path)).toString('utf8'))
}
