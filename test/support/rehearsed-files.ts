import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rehearsalView, type RehearsalView } from '../../api/views/rehearsal.ts'
import { parseCalendar } from '../../domain/calendar/load.ts'
import { readDocument } from '../../domain/document/read.ts'
import { openDocument } from '../../domain/document/open.ts'
import { checkProfileDocument, parseProfile } from '../../domain/profile/load.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { warnOf } from '../../domain/profile/warned.ts'
import { imaginedSchema, storySchema } from '../../rehearsal/asked.ts'
import { rehearse } from '../../rehearsal/rehearse.ts'
import { shippedBases, shippedCalendars } from '../../runtime/shipped-profiles.ts'

/** Profiles in files of docs/, checked and rehearsed as the command does it: in English, on the calendar that they name. */

const bases = await shippedBases()
const calendars = new Map((await shippedCalendars()).map(({ content }) => [content.id, content]))

/** The profile, and what it would let people forget. @throws Error that says what is wrong with it */
export function checkedFile(path: string): { readonly profile: Profile; readonly warnings: readonly string[] } {
  const opened = openDocument(readFileSync(path, 'utf8'), { locale: 'en' })
  if (!opened.ok) throw new Error(`${path}: ${JSON.stringify(opened.errors)}`)
  const checked = checkProfileDocument(opened, { bases })
  if (!checked.ok || !('profile' in checked)) throw new Error(`${path}: ${JSON.stringify(checked)}`)
  return { profile: checked.profile, warnings: warnOf(opened, checked.profile, { bases }).map(({ code, text }) => `${code}: ${text}`) }
}

/** What is wrong with a text, as line and path. */
export function faultsIn(text: string): string[] {
  const checked = parseProfile(text, { bases, locale: 'en' })
  return checked.ok ? [] : checked.errors.map(({ line, path }) => `${line} ${path}`)
}

/** @param story a file with acts */
export async function rehearsedFile(path: string, ticket: object, story?: string): Promise<RehearsalView> {
  const { profile } = checkedFile(path)
  const acts = story === undefined ? { ok: true as const, value: [] } : readDocument(readFileSync(story, 'utf8'), storySchema)
  if (!acts.ok) throw new Error(`${story}: ${JSON.stringify(acts.errors)}`)
  const rehearsed = await rehearse({
    profile,
    calendar: { version: 1, calendar: calendarBeside(path, profile.calendar) },
    ticket: imaginedSchema.parse({ at: '2026-12-01T09:00', ...ticket }),
    story: acts.value,
    language: 'en',
  })
  if (!rehearsed.ok) throw new Error(JSON.stringify(rehearsed.errors))
  return rehearsalView(rehearsed.rehearsal, { profile, locale: 'en' })
}

function calendarBeside(path: string, id: string) {
  const file = join(dirname(path), `${id}.yaml`)
  const beside = existsSync(file) ? parseCalendar(readFileSync(file, 'utf8')) : undefined
  const calendar = beside?.ok ? beside.value : calendars.get(id)
  if (!calendar) throw new Error(`there is no calendar ${id}`)
  return calendar
}
