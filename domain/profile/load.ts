import type { z } from 'zod'
import { idForm } from '../document/checks.ts'
import { itemsOf, memberOf } from '../document/loose.ts'
import { tellOnce, type Mistake } from '../document/mistakes.ts'
import { readDocument, type FaultyDocument, type ReadOptions } from '../document/read.ts'
import { meetingOf } from '../number-meeting.ts'
import { teamIdSchema } from '../people.ts'
import { checkConsistency } from './consistency.ts'
import { profileSchema, type Profile } from './schema.ts'

export type ProfileResult = { readonly ok: true; readonly profile: Profile } | FaultyDocument

export interface ParseProfileOptions extends ReadOptions {
  /** Ids of the calendars there are; a profile that names another is refused. Not checked when absent. */
  readonly calendars?: readonly string[]
  /** Ids of the teams there are; a profile whose tickets would go to another is refused. Not checked when absent. */
  readonly teams?: readonly string[]
  /** What else gives numbers, installed profiles and types of processes; a profile whose numbers could be theirs is refused. Not checked when absent. */
  readonly beside?: readonly Pick<Profile, 'id' | 'number'>[]
}

/**
 * Reads and validates a profile (X1). A bad one comes back with everything that is wrong: path, line and a reason that
 * says what to write instead, in the given language.
 */
export function parseProfile(text: string, { calendars, teams, beside = [], ...reading }: ParseProfileOptions = {}): ProfileResult {
  const result = readDocument(text, profileSchema, reading, (profile, context) => {
    checkConsistency(profile, context)
    if (calendars) checkCalendar(profile, calendars, context)
    if (teams) checkTeams(profile, teams, context)
    checkNumbers(profile, beside, context)
  })
  return result.ok ? { ok: true, profile: result.value } : result
}

function checkCalendar(profile: unknown, calendars: readonly string[], context: z.RefinementCtx): void {
  const calendar = memberOf(profile, 'calendar')
  if (typeof calendar !== 'string' || !idForm.test(calendar) || calendars.includes(calendar)) return
  const params = { known: calendars }
  context.addIssue({ code: 'custom', message: 'unknown-calendar', params, input: calendar, path: ['calendar'] })
}

function checkTeams(profile: unknown, teams: readonly string[], context: z.RefinementCtx): void {
  const faults = (['types', 'routing'] as const).flatMap((list) =>
    itemsOf(memberOf(profile, list)).flatMap((one, at): Mistake[] => {
      const given = memberOf(one, 'team')
      if (typeof given !== 'string' || !teamIdSchema.safeParse(given).success || teams.includes(given)) return []
      return [{ path: [list, at, 'team'], code: 'unknown-team-here', given, params: { known: teams } }]
    }),
  )
  tellOnce(faults, context)
}

/** One profile counts its numbers by itself: no other may be able to give the same. */
function checkNumbers(profile: unknown, beside: readonly Pick<Profile, 'id' | 'number'>[], context: z.RefinementCtx): void {
  const pattern = memberOf(memberOf(profile, 'number'), 'pattern')
  if (typeof pattern !== 'string') return
  for (const other of beside) {
    const number = other.id === memberOf(profile, 'id') ? undefined : meetingOf(pattern, other.number.pattern)
    if (number === undefined) continue
    const params = { at: number, known: other.number.pattern, nearest: other.id }
    context.addIssue({ code: 'custom', message: 'number-meets', params, input: pattern, path: ['number', 'pattern'] })
  }
}
