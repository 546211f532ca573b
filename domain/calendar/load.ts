import type { DocumentResult, ReadOptions } from '../document/open.ts'
import { readDocument } from '../document/read.ts'
import { calendarSchema, type Calendar } from './schema.ts'

/** Reads and validates a calendar (X2); a bad one comes back with everything that is wrong, as a profile does. */
export function parseCalendar(text: string, options: ReadOptions = {}): DocumentResult<Calendar> {
  return readDocument(text, calendarSchema, options)
}
