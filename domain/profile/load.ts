import type { z } from 'zod'
import { noBases, type BaseRef, type Bases } from '../derivation/base.ts'
import { idForm } from '../document/checks.ts'
import { itemsOf, memberOf } from '../document/loose.ts'
import { tellOnce, type Mistake } from '../document/mistakes.ts'
import { judgeDocument } from '../document/judge.ts'
import { openDocument, type FaultyDocument, type OpenDocument, type ReadOptions } from '../document/open.ts'
import { sentence } from '../document/sentences.ts'
import { meetingOf } from '../number-meeting.ts'
import { teamIdSchema } from '../people.ts'
import { checkConsistency } from './consistency.ts'
import { derivedOf, resolveProfile } from './derived.ts'
import type { Profile } from './schema.ts'
import { isUnnamed, withEveryLanguage } from './texts.ts'
import { isLeftOut, templateSchema, writtenSchema, type ProfileTemplate } from './written.ts'

export type ProfileResult = ReadProfile | FaultyDocument

interface ReadProfile {
  readonly ok: true
  readonly profile: Profile
  /** What it extends, in the version that was taken; null when it stands for itself. */
  readonly base: BaseRef | null
}

export interface ReadTemplate {
  readonly ok: true
  readonly template: ProfileTemplate
  readonly base: BaseRef | null
}

export interface CheckProfileOptions {
  /** Ids of the calendars there are; a profile that names another is refused. Not checked when absent. */
  readonly calendars?: readonly string[]
  /** Ids of the teams there are; a profile whose tickets would go to another is refused. Not checked when absent. */
  readonly teams?: readonly string[]
  /** What else gives numbers, installed profiles and types of processes; a profile whose numbers could be theirs is refused. Not checked when absent. */
  readonly beside?: readonly Pick<Profile, 'id' | 'number'>[]
  /** What there is to extend. */
  readonly bases?: Bases
  /** Ids that are taken: a profile and a template cannot have the same one. */
  readonly taken?: { readonly profiles: readonly string[]; readonly templates: readonly string[] }
}

export interface ParseProfileOptions extends ReadOptions, CheckProfileOptions {}

/**
 * Reads and validates a profile (X1). A bad one comes back with everything that is wrong: path, line and a reason that
 * says what to write instead, in the given language. A template is refused.
 */
export function parseProfile(text: string, { locale = 'en', ...options }: ParseProfileOptions = {}): ProfileResult {
  const result = parseProfileDocument(text, { locale, ...options })
  if (!result.ok || 'profile' in result) return result
  return { ok: false, errors: [{ path: 'template', reason: sentence('template-here', locale) }] }
}

/** The same for a profile or a template. */
export function parseProfileDocument(text: string, options: ParseProfileOptions = {}): ReadProfile | ReadTemplate | FaultyDocument {
  const opened = openDocument(text, options)
  return opened.ok ? checkProfileDocument(opened, options) : opened
}

/** The same for a text that is read already. */
export function checkProfileDocument(opened: OpenDocument, options: CheckProfileOptions = {}): ReadProfile | ReadTemplate | FaultyDocument {
  const { calendars, teams, beside = [], bases = noBases, taken } = options
  const resolved = resolveProfile(opened.value, bases, opened.locale)
  const isTemplate = memberOf(opened.value, 'template') === true
  const whole = withEveryLanguage(resolved.value)
  const isUnwritten = isUnnamed(resolved.value)
  const { data, errors } = judgeDocument(opened, writtenSchema, {
    derived: { ...derivedOf(resolved), value: whole },
    // Whatever a base would have said is not missing while it cannot be had.
    passOver: (issue) => isUnwritten(issue.path) || ((isTemplate || resolved.baseless) && isLeftOut(issue)),
    across: (_, context) => {
      const profile = resolved.value
      if (!resolved.baseless) checkConsistency(profile, context)
      if (calendars) checkCalendar(profile, calendars, context)
      if (teams) checkTeams(profile, teams, context)
      if (taken) checkId(profile, isTemplate ? 'id-of-profile' : 'id-of-template', isTemplate ? taken.profiles : taken.templates, context)
      if (!isTemplate) checkNumbers(profile, beside, context)
    },
  })
  const faulty: FaultyDocument = { ok: false, errors, read: opened.value }
  if (errors.length > 0) return faulty
  const base = resolved.base ?? null
  if (isTemplate) return { ok: true, template: templateSchema.parse(withoutDerivation(whole)), base }
  if (data === undefined) return faulty
  const { extends: _, remove: __, template: ___, ...profile } = data
  return { ok: true, profile, base }
}

/** What counts once it stands there. */
function withoutDerivation(value: unknown): Record<string, unknown> {
  const entries = Object.entries(typeof value === 'object' && value !== null ? value : {})
  return Object.fromEntries(entries.filter(([key]) => key !== 'extends' && key !== 'remove'))
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

function checkId(profile: unknown, code: string, taken: readonly string[], context: z.RefinementCtx): void {
  const id = memberOf(profile, 'id')
  if (typeof id === 'string' && taken.includes(id)) context.addIssue({ code: 'custom', message: code, input: id, path: ['id'] })
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
