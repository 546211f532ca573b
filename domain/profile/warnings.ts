import { isAmong, waitMoment } from './moments.ts'
import type { Clock, Rung } from './clocks.ts'
import { locales, type Locale } from '../labels.ts'
import { lengthOf } from '../text.ts'
import { usualCutOff, type ProfileReport } from './reports.ts'
import { holds, type Condition, type Facts } from './conditions.ts'
import { deadlineClocks, endsWithSolution } from './deadline.ts'
import type { Profile } from './schema.ts'
import { kindTexts, ticketKinds, type TicketKind } from './ticket-kinds.ts'
import type { WarningCode } from './warning-sentences.ts'

/**
 * What a sound profile would let people forget (X13): a deadline that nobody is reminded of, a wait without an end, a ladder that speaks to
 * nobody. Such a profile can be run, and is installed; whoever writes it is told.
 */
export interface Warning {
  readonly code: WarningCode
  readonly path: readonly (string | number)[]
  /** Ids and words of the profile that its sentence names. */
  readonly params: Readonly<Record<string, string | readonly string[]>>
}

export function warningsOf(profile: Profile): Warning[] {
  return [
    ...unnamedDeadline(profile),
    ...neverSolved(profile),
    ...unwatchedDeferrals(profile),
    ...endlessWaits(profile),
    ...(profile.reports ?? []).flatMap((report, at) => unfitReport(report, at, profile.languages ?? locales)),
    ...targetsOfNothing(profile),
    ...profile.clocks.flatMap((clock, at) => [...alwaysResting(clock, at, profile), ...unheard(clock, at, profile)]),
  ]
}

/** What its head, its mails and its file name have no room for, and what is said of it for nothing. */
function unfitReport({ id, label, every, cutOff }: ProfileReport, at: number, languages: readonly Locale[]): Warning[] {
  const long = languages.filter((locale) => lengthOf(label[locale]) > longestTitle)
  return [
    ...long.map((locale): Warning => ({
      code: 'report-label-long',
      path: ['reports', at, 'label', locale],
      params: { given: id, limit: `${longestTitle}` },
    })),
    ...(every !== 'day' && cutOff !== usualCutOff
      ? [{ code: 'cut-off-unused', path: ['reports', at, 'cutOff'], params: { given: id } } as const]
      : []),
  ]
}

/** Characters that stand in one line on a page. */
const longestTitle = 60

function unnamedDeadline({ deadline, clocks }: Profile): Warning[] {
  if (deadline !== undefined) return []
  const solving = deadlineClocks({ clocks })
  const [first] = solving
  return first === undefined ? [] : [{ code: 'deadline-unnamed', path: ['deadline'], params: { known: solving, nearest: first } }]
}

/** Every ticket has a promise that begins with it and ends with its solution, or with whatever ends the deadline that the profile names. */
function neverSolved(profile: Profile): Warning[] {
  const solving = profile.clocks.filter(
    (clock) => (endsWithSolution(clock) || clock.id === profile.deadline) && clock.starts.some((moment) => isAmong(moment, certain)),
  )
  const left = leftBy(profile, solving, () => true)
  return left ? [{ code: 'no-solution-clock', path: ['clocks'], params: meant(left) }] : []
}

/** What happens to every ticket. */
const certain = ['submitted', 'received', 'accepted'] as const

function unwatchedDeferrals(profile: Profile): Warning[] {
  const watching = profile.clocks.filter(({ starts }) => starts.includes('deferred'))
  const left = leftBy(profile, watching, isHeard)
  return left ? [{ code: 'deferral-unwatched', path: ['clocks'], params: meant(left) }] : []
}

function endlessWaits(profile: Profile): Warning[] {
  return profile.waitingFor.flatMap(({ id }, at): Warning[] => {
    const watching = profile.clocks.filter((clock) => isAmong(waitMoment('waiting-started', id), clock.starts) && !restsFor(clock, id))
    const left = leftBy(profile, watching, endsOrIsHeard)
    return left ? [{ code: 'wait-without-end', path: ['waitingFor', at], params: { given: id, ...meant(left) } }] : []
  })
}

/** What a type says of a clock whose instant somebody states, or that is due at the instant in a field. */
function targetsOfNothing({ types, clocks }: Profile): Warning[] {
  return types.flatMap(({ id, targets }, at) =>
    Object.keys(targets).flatMap((given): Warning[] => {
      const clock = clocks.find((one) => one.id === given)
      return clock && clock.within === undefined
        ? [{ code: 'target-unused', path: ['types', at, 'targets', given], params: { given, nearest: id } }]
        : []
    }),
  )
}

/** It starts with waits for which it rests, and with nothing else. */
function alwaysResting(clock: Clock, at: number, { waitingFor }: Profile): Warning[] {
  const isStarted = (reason: string) => isAmong(waitMoment('waiting-started', reason), clock.starts)
  const started = waitingFor.map(({ id }) => id).filter(isStarted)
  const resting = started.filter((reason) => restsFor(clock, reason))
  return resting.map((reason): Warning => ({ code: 'rests-from-start', path: ['clocks', at, 'pauses'], params: { given: reason } }))
}

/** Nobody here ever hears of it. Where its end closes the ticket, something happens all the same. */
function unheard(clock: Clock, at: number, profile: Profile): Warning[] {
  const left = leftBy(profile, [clock], endsOrIsHeard, (facts) => concerns(clock, facts))
  return left ? [{ code: 'clock-unheard', path: ['clocks', at, 'ladder'], params: { given: clock.id, ...meant(left) } }] : []
}

function endsOrIsHeard(clock: Clock, facts: Facts): boolean {
  return clock.whenDue === 'close' || isHeard(clock, facts)
}

/** Whether some rung speaks to a colleague. */
function isHeard({ ladder }: Clock, facts: Facts): boolean {
  return ladder.some((rung) => speaksToStaff(rung) && holds(rung.when, facts))
}

function speaksToStaff({ to }: Pick<Rung, 'to'>): boolean {
  return to.some((place) => place !== 'customer')
}

/** As tickets do: `workflows/common/terms.ts`. */
function restsFor({ pauses }: Clock, reason: string): boolean {
  return pauses.includes(reason) || pauses.includes('any')
}

function concerns({ priorities, when }: Clock, facts: Facts): boolean {
  return (priorities === undefined || priorities.includes(facts.priority)) && holds(when, facts)
}

type Does = (clock: Clock, facts: Facts) => boolean

/** Kinds of tickets for which none of the clocks does it. */
interface Left {
  readonly kinds: readonly TicketKind[]
  /** It is so of all that were asked about. */
  readonly isAll: boolean
}

function leftBy(
  { types, ...profile }: Profile,
  clocks: readonly Clock[],
  does: Does,
  isAsked: (facts: Facts) => boolean = () => true,
): Left | undefined {
  const kinds = types.flatMap((type) => {
    const found = ticketKinds(type, clocks.flatMap(conditionsOf), profile, mostLookedThrough)
    // What cannot be looked through is not held against anybody.
    if (found === undefined || found === 'too-many') return []
    return found.filter(({ facts }) => isAsked(facts)).map((kind) => ({ ...kind, text: types.length === 1 ? kind.text : withType(kind) }))
  })
  const left = kinds.filter(({ facts }) => !clocks.some((clock) => concerns(clock, facts) && does(clock, facts)))
  return left.length === 0 ? undefined : { kinds: left, isAll: left.length === kinds.length }
}

/** Fewer than of routes: every clock and every wait is looked at. */
const mostLookedThrough = 1_000

function withType({ text, facts: { type } }: TicketKind): string {
  return text.startsWith('{ type: ') ? text : text.replace('{ ', `{ type: ${type}, `)
}

function conditionsOf({ priorities, when, ladder }: Clock): Condition[] {
  return [
    ...(priorities === undefined ? [] : [{ priority: [...priorities] }]),
    ...[when, ...ladder.map((rung) => rung.when)].filter((condition) => condition !== undefined),
  ]
}

/** Which tickets are meant; nothing where all are. */
function meant({ kinds, isAll }: Left): { readonly at: readonly string[] } {
  return { at: isAll ? [] : kindTexts(kinds) }
}
