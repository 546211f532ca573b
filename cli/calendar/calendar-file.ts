import { parseCalendar } from '../../domain/calendar/load.ts'
import type { Calendar } from '../../domain/calendar/schema.ts'
import { hasCode } from '../../runtime/error-code.ts'
import { shippedCalendars } from '../../runtime/shipped-profiles.ts'
import { faultLines } from '../document-report.ts'
import { readTextFile } from '../text-file.ts'

/** A calendar and the text it was read from. */
export interface CalendarFile {
  readonly calendar: Calendar
  readonly source: string
  /** Whether the file begins with a byte order mark, which the source is without. */
  readonly marked: boolean
}

/**
 * The calendar that a command names: a file, or the id of one that ships with the product.
 * @throws Error that says what is wrong with the file, or which calendars there are
 */
export async function namedCalendar(name: string): Promise<CalendarFile> {
  const shipped = await shippedCalendars()
  const found = shipped.find(({ content }) => content.id === name)
  if (found) return { calendar: found.content, source: found.source, marked: false }
  const file = await calendarFile(name)
  if (file) return file
  const ids = shipped.map(({ content }) => content.id).join(', ')
  throw new Error(`There is neither a file nor a shipped calendar "${name}". Give the path of a calendar file, or one of: ${ids}.`)
}

/** The calendar in a file; undefined when there is no file. @throws Error that says what is wrong with it */
export async function calendarFile(path: string): Promise<CalendarFile | undefined> {
  const file = await readTextFile(path, 'utf-8', false).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (file === undefined) return undefined
  const { text: source, marked } = file
  const result = parseCalendar(source, { format: path.endsWith('.json') ? 'json' : 'yaml' })
  if (!result.ok) throw new Error(faultLines(path, result.errors).join('\n'))
  return { calendar: result.value, source, marked }
}
