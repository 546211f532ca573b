import { idSchema } from '../document/checks.ts'
import { readDocument, type DocumentError, type ReadOptions } from '../document/read.ts'
import { profileSchema, type Profile } from './schema.ts'

export type ProfileResult =
  | { readonly ok: true; readonly profile: Profile }
  | { readonly ok: false; readonly errors: readonly DocumentError[] }

export interface ParseProfileOptions extends ReadOptions {
  /** Ids of the calendars there are; a profile that names another is refused. Not checked when absent. */
  readonly calendars?: readonly string[]
}

/**
 * Reads and validates a profile (X1). A bad one comes back with everything that is wrong: path, line and a reason that
 * says what to write instead, in the given language.
 */
export function parseProfile(text: string, { calendars, ...reading }: ParseProfileOptions = {}): ProfileResult {
  const result = readDocument(text, calendars ? profileUsing(calendars) : profileSchema, reading)
  return result.ok ? { ok: true, profile: result.value } : result
}

function profileUsing(calendars: readonly string[]) {
  const known = calendars.join(', ')
  return profileSchema.safeExtend({
    calendar: idSchema.refine((calendar) => calendars.includes(calendar), { error: 'unknown-calendar', params: { known } }),
  })
}
