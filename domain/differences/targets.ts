import { durationText } from '../duration-text.ts'
import type { Locale } from '../labels.ts'
import { own } from '../own.ts'
import type { Clock, Targets } from '../profile/clocks.ts'
import { branchesOf, listOf, type Condition } from '../profile/conditions.ts'
import type { Profile, ProfilePriority } from '../profile/schema.ts'
import type { Change, Line } from './change.ts'
import { conditionText } from './conditions.ts'
import { aside, colon, listed, word } from './words.ts'

/** Targets by priority, as people read them. */

type Promised = Pick<Clock, 'priorities' | 'when'>

/** The priorities of tickets that a clock is for, and of which a condition can be so. */
export function concerned({ priorities }: Pick<Profile, 'priorities'>, { priorities: only, when }: Promised, and?: Condition) {
  return priorities.filter(({ id }) => (only === undefined || only.includes(id)) && canBe(id, when) && canBe(id, and))
}

function canBe(priority: string, condition: Condition | undefined): boolean {
  return (
    condition === undefined || branchesOf(condition).some(({ priority: named }) => named === undefined || listOf(named).includes(priority))
  )
}

export function targetFor(targets: Targets | undefined, priority: string): string | undefined {
  return typeof targets === 'object' ? own(targets, priority) : targets
}

/** `target: 4 hours`, or one line for each priority that has one. */
export function targetLines(clock: Clock, profile: Profile, locale: Locale): string[] {
  const told = concerned(profile, clock).map((priority): Told => [priority.label[locale], targetText(clock, priority, locale)])
  const [all] = told
  if (all && isSame(told)) return all[1] === '' ? [] : [`${word('target', locale)}${colon(locale)}${all[1]}`]
  return told.filter(([, text]) => text !== '').map(([rank, text]) => ofRank(rank, text, locale))
}

/** `other targets (type: Fault): 4 hours`, or each priority that has one with its own. */
export function exceptionLines({ exceptions = [], timeBase, ...clock }: Clock, profile: Profile, locale: Locale): Line[] {
  return exceptions.map(({ when, within, timeBase: ofThese = timeBase }): Line => {
    const told = concerned(profile, clock, when).map((priority): Told => [
      priority.label[locale],
      targetText({ within, timeBase: ofThese }, priority, locale),
    ])
    const [all] = told
    const some = told.filter(([, text]) => text !== '').map(([rank, text]) => (locale === 'en' ? `${rank} ${text}` : `${rank}${text}`))
    const text = all && isSame(told) && all[1] !== '' ? all[1] : listed(some, locale)
    return {
      text: `${word('exceptions', locale)}${aside(conditionText(when, profile, locale), locale)}${colon(locale)}${text}`,
      means: [when, within, ofThese],
    }
  })
}

/** The name of a priority, and what it gets; nothing where it gets none. */
type Told = readonly [rank: string, text: string]

function targetText({ within, timeBase }: Pick<Clock, 'within' | 'timeBase'>, priority: ProfilePriority, locale: Locale): string {
  const target = targetFor(within, priority.id)
  return target === undefined ? '' : durationText(target, timeBase ?? priority.timeBase, locale)
}

function isSame(told: readonly Told[]): boolean {
  return told.every(([, text]) => text === told[0]?.[1])
}

function ofRank(rank: string, text: string, locale: Locale): string {
  return `${word('target', locale)}${aside(rank, locale)}${colon(locale)}${text}`
}

interface Compared {
  readonly before: Profile
  readonly after: Profile
  readonly locale: Locale
  /** For which tickets the clock is, and by what it counts. */
  readonly clocks: readonly [(Promised & Pick<Clock, 'timeBase'>) | undefined, Promised & Pick<Clock, 'timeBase'>]
}

/** By priority; of one that is new, what it gets. Of one that is no more, or that the clock is not for, it is told elsewhere. */
export function targetChanges(was: Targets | undefined, is: Targets | undefined, { before, after, locale, clocks }: Compared): Change[] {
  const [old, now] = clocks
  const ranks = concerned(after, now)
  const told = ranks.flatMap((priority): Told[] => {
    const earlier = before.priorities.find(({ id }) => id === priority.id)
    const from = earlier && targetText({ within: was, timeBase: old?.timeBase }, earlier, locale)
    const to = targetText({ within: is, timeBase: now.timeBase }, priority, locale)
    const none = word('none', locale)
    return (from || none) === (to || none) ? [] : [[priority.label[locale], `${from || none} → ${to || none}`]]
  })
  const [all] = told
  const isForAll = told.length === ranks.length && isSame(told)
  const lines =
    all && isForAll ? [`${word('target', locale)}${colon(locale)}${all[1]}`] : told.map(([rank, text]) => ofRank(rank, text, locale))
  return lines.map((text): Change => ({ mark: '~', text, inside: [] }))
}
