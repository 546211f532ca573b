import { readdir, readFile } from 'node:fs/promises'
import { parseCalendar } from '../domain/calendar/load.ts'
import type { Calendar } from '../domain/calendar/schema.ts'
import type { BaseRef, Bases } from '../domain/derivation/base.ts'
import { basesIn } from '../domain/derivation/documents.ts'
import type { DocumentError } from '../domain/document/open.ts'
import { parseProfileDocument } from '../domain/profile/load.ts'
import { faultsInUsual } from '../domain/profile/notices.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { ProfileTemplate } from '../domain/profile/written.ts'

/** A document as it ships: what it says, and how it was written, comments included. */
export interface Shipped<T> {
  readonly content: T
  readonly source: string
  /** What a profile or a template extends; absent: nothing. */
  readonly base?: BaseRef | null
}

/** All documents that ship with the product. */
export interface ShippedDocuments {
  readonly profiles: readonly Shipped<Profile>[]
  readonly templates: readonly Shipped<ProfileTemplate>[]
  readonly calendars: readonly Shipped<Calendar>[]
}

/** They, each list by id. Throws when one is faulty, or the words that profiles leave to us: that is a broken installation. */
export async function shippedDocuments(): Promise<ShippedDocuments> {
  const faults = faultsInUsual()
  if (faults.length > 0)
    throw new Error(['usual words in domain/notices/usual.ts are faulty:', ...faults.map((fault) => `  ${fault}`)].join('\n'))
  const calendars = await shippedCalendars()
  const files = await profileFiles()
  const known = { calendars: calendars.map(({ content }) => content.id), bases: basesIn(files) }
  const profiles: Shipped<Profile>[] = []
  const templates: Shipped<ProfileTemplate>[] = []
  for (const { path, text } of files) {
    const result = parseProfileDocument(text, known)
    if (!result.ok) throw broken(path, result.errors)
    const { base } = result
    if ('profile' in result) profiles.push({ content: result.profile, source: text, base })
    else templates.push({ content: result.template, source: text, base })
  }
  return { profiles, templates, calendars }
}

/** The profiles that ship with the product, by id (X1). */
export async function shippedProfiles(): Promise<readonly Shipped<Profile>[]> {
  return (await shippedDocuments()).profiles
}

/** What ships with the product and can be extended (X9). */
export async function shippedBases(): Promise<Bases> {
  return basesIn(await profileFiles())
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

function profileFiles(): Promise<{ path: string; text: string }[]> {
  return yamlFiles(new URL('../profiles/', import.meta.url))
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
