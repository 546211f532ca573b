import { readdir, readFile } from 'node:fs/promises'
import { parseCalendar } from '../domain/calendar/load.ts'
import type { Calendar } from '../domain/calendar/schema.ts'
import type { DocumentError } from '../domain/document/read.ts'
import { parseProfile } from '../domain/profile/load.ts'
import { faultsInUsual } from '../domain/profile/notices.ts'
import type { Profile } from '../domain/profile/schema.ts'

/** A document as it ships: what it says, and how it was written, comments included. */
export interface Shipped<T> {
  readonly content: T
  readonly source: string
}

/** The profiles that ship with the product, by id (X1). Throws when one is faulty, or the words that it leaves to us: that is a broken installation. */
export async function shippedProfiles(): Promise<Shipped<Profile>[]> {
  const faults = faultsInUsual()
  if (faults.length > 0)
    throw new Error(['usual words in domain/notices/usual.ts are faulty:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
  const calendars = (await shippedCalendars()).map(({ content }) => content.id)
  const files = await yamlFiles(new URL('../profiles/', import.meta.url))
  return files.map(({ path, text }) => {
    const result = parseProfile(text, { calendars })
    if (!result.ok) throw broken(path, result.errors)
    return { content: result.profile, source: text }
  })
}

/** The working calendars that ship with the product, by id (X2). Throws when one is faulty. */
export async function shippedCalendars(): Promise<Shipped<Calendar>[]> {
  const files = await yamlFiles(new URL('../profiles/calendars/', import.meta.url))
  return files.map(({ path, text }) => {
    const result = parseCalendar(text)
    if (!result.ok) throw broken(path, result.errors)
    return { content: result.value, source: text }
  })
}

async function yamlFiles(folder: URL): Promise<{ path: string; text: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).toSorted()
  return Promise.all(names.map(async (name) => ({ path: name, text: await readFile(new URL(name, folder), 'utf8') })))
}

function broken(path: string, errors: readonly DocumentError[]): Error {
  return new Error(
    [`shipped file ${path} is faulty:`, ...errors.map(({ path: at, line, reason }) => `  line ${line ?? '?'}: ${at}: ${reason}`)].join(
      '\n',
    ),
  )
}
