import type { Labels, Locale } from '../labels.ts'
import { durationText } from '../duration-text.ts'
import { noticeLabel } from '../notices/custom.ts'
import { own } from '../own.ts'
import type { Clock, Rung, Targets } from '../profile/clocks.ts'
import { momentLabel } from '../profile/moment-labels.ts'
import { isNothing } from '../profile/rungs.ts'
import type { Profile } from '../profile/schema.ts'
import { fill } from '../template.ts'
import { queryWait } from '../waits.ts'
import { added, alike, changed, changesOf, rankedLineChanges, removed, type Change } from './change.ts'
import { conditionText } from './conditions.ts'
import { placesText } from './notifications.ts'
import { aside, colon, listed, word } from './words.ts'

/** What changes in the promises: targets by priority, and who hears of them when. */
export function clockChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const now = tellerOf(after, locale)
  const then = tellerOf(before, locale)
  return changesOf(before.clocks, after.clocks, {
    locale,
    nameOf: ({ label }) => label[locale],
    of: (clock) => [
      ...(clock.when ? [added(`${word('when', locale)}${colon(locale)}${conditionText(clock.when, after, locale)}`)] : []),
      ...(clock.priorities ? [added(`${word('only', locale)}${colon(locale)}${now.ranks(clock.priorities)}`)] : []),
      ...(['starts', 'stops', 'cancels'] as const).flatMap((when) =>
        clock[when].length === 0 ? [] : [added(`${word(when, locale)}${colon(locale)}${now.moments(clock[when])}`)],
      ),
      ...(clock.timeBase ? [added(`${word('timeBase', locale)}${colon(locale)}${now.counts(clock)}`)] : []),
      ...now.targets(clock).map(added),
      ...(clock.from ? [added(`${word('from', locale)}${colon(locale)}${now.from(clock)}`)] : []),
      ...now.exceptions(clock).map(added),
      ...clock.ladder.map((rung) => added(rungText(rung, after, locale))),
    ],
    inside: (was, is) => [
      ...targetChanges(was.within, is.within, { before, after, locale, bases: [was.timeBase, is.timeBase] }),
      ...(['starts', 'stops', 'cancels'] as const).flatMap((when) =>
        changed(`${word(when, locale)}${colon(locale)}`, then.moments(was[when]), now.moments(is[when])),
      ),
      // By ids: that one is called otherwise is told where it stands.
      ...(alike(was.pauses, is.pauses)
        ? []
        : changed(`${word('pauses', locale)}${colon(locale)}`, then.waits(was.pauses), now.waits(is.pauses))),
      ...(alike(was.priorities, is.priorities)
        ? []
        : changed(`${word('only', locale)}${colon(locale)}`, then.ranks(was.priorities), now.ranks(is.priorities))),
      ...changed(`${word('from', locale)}${colon(locale)}`, then.from(was), now.from(is)),
      ...changed(`${word('timeBase', locale)}${colon(locale)}`, then.counts(was), now.counts(is)),
      ...changed(`${word('whenDue', locale)}${colon(locale)}`, word(was.whenDue, locale), word(is.whenDue, locale)),
      ...rankedLineChanges(then.exceptions(was), now.exceptions(is), locale),
      ...changed(`${word('when', locale)}${colon(locale)}`, conditionText(was.when, before, locale), conditionText(is.when, after, locale)),
      ...rungChanges(was.ladder, is.ladder, { before, after, locale }),
    ],
  })
}

/** Who tells what a clock of this profile says. */
export function tellerOf(profile: Profile, locale: Locale) {
  const names = (ids: readonly string[], list: readonly { readonly id: string; readonly label: Labels }[]) =>
    ids.map((id) => list.find((thing) => thing.id === id)?.label[locale] ?? (id === 'any' ? word('any', locale) : id))
  return {
    moments: (ids: Clock['starts']) =>
      listed(
        ids.map((id) => momentLabel(id, profile, locale)),
        locale,
      ),
    waits: (ids: readonly string[]) => listed(names(ids, [...profile.waitingFor, queryWait]), locale),
    ranks: (ids: readonly string[] | undefined) => listed(names(ids ?? [], profile.priorities), locale),
    counts: ({ timeBase }: Clock) => (timeBase === undefined ? word('none', locale) : word(timeBase, locale)),
    /** The field that it counts from, as the form or the act calls it. */
    from: ({ from }: Clock) => {
      if (!from) return word('none', locale)
      const act = profile.acts?.find(({ id }) => id === from.act)
      const asked = act ? act.fields : profile.types.flatMap(({ fields }) => fields)
      const field = asked.find(({ id }) => id === from.field)?.label[locale] ?? from.field
      return act ? `${act.label[locale]}${aside(field, locale)}` : field
    },
    /** Each as its condition, and the targets under it. */
    exceptions: ({ exceptions = [], timeBase }: Clock) =>
      exceptions.map(({ when, within, timeBase: ofThese = timeBase }) => {
        const targets = profile.priorities.flatMap(({ id, label, timeBase: usual }): [string, string][] => {
          const target = targetFor(within, id)
          return target === undefined ? [] : [[label[locale], durationText(target, ofThese ?? usual, locale)]]
        })
        const text = grouped(targets, locale).map((one) => one.replace(/^: |^：/, '').trim())
        return `${word('exceptions', locale)}${aside(conditionText(when, profile, locale), locale)}${colon(locale)}${listed(text, locale)}`
      }),
    targets: ({ within, timeBase }: Clock) =>
      grouped(
        profile.priorities.map(({ id, label, timeBase: usual }) => {
          const target = targetFor(within, id)
          return [label[locale], target === undefined ? '' : durationText(target, timeBase ?? usual, locale)]
        }),
        locale,
      ).map((text) => `${word('target', locale)}${text}`),
  }
}

interface Compared {
  readonly before: Profile
  readonly after: Profile
  readonly locale: Locale
  /** By what the clocks count of themselves. */
  readonly bases: readonly [Clock['timeBase'], Clock['timeBase']]
}

/** By priority; of one that is new, what it gets. Of one that is no more it is told elsewhere. */
export function targetChanges(was: Targets | undefined, is: Targets | undefined, { before, after, locale, bases }: Compared): Change[] {
  const told = after.priorities.flatMap(({ id, label, timeBase }): [string, string][] => {
    const earlier = before.priorities.find((priority) => priority.id === id)
    const [from, to] = [earlier && targetFor(was, id), targetFor(is, id)]
    const text = (target: string | undefined, base: 'elapsed' | 'working') =>
      target === undefined ? word('none', locale) : durationText(target, base, locale)
    const [old, now] = [text(from, bases[0] ?? earlier?.timeBase ?? timeBase), text(to, bases[1] ?? timeBase)]
    return old === now ? [] : [[label[locale], `${old} → ${now}`]]
  })
  const isForAll = told.length === after.priorities.length
  return (isForAll ? grouped(told, locale) : told.map(([rank, text]) => ofRank(rank, text, locale))).map((text): Change => ({
    mark: '~',
    text: `${word('target', locale)}${text}`,
    inside: [],
  }))
}

/** One line where all priorities have the same, else one for each that has something. */
function grouped(told: readonly (readonly [rank: string, text: string])[], locale: Locale): string[] {
  const [first] = told
  if (first && told.every(([, text]) => text === first[1])) return first[1] === '' ? [] : [`${colon(locale)}${first[1]}`]
  return told.filter(([, text]) => text !== '').map(([rank, text]) => ofRank(rank, text, locale))
}

function ofRank(rank: string, text: string, locale: Locale): string {
  return `${aside(rank, locale)}${colon(locale)}${text}`
}

export function targetFor(targets: Targets | undefined, priority: string): string | undefined {
  return typeof targets === 'object' ? own(targets, priority) : targets
}

/** A rung that is otherwise is told as it was and as it is. */
function rungChanges(was: readonly Rung[], is: readonly Rung[], { before, after, locale }: Omit<Compared, 'bases'>): Change[] {
  const old = was.filter((rung) => !is.some((one) => alike(one, rung)))
  const fresh = is.filter((rung) => !was.some((one) => alike(one, rung)))
  return [...old.map((rung) => removed(rungText(rung, before, locale))), ...fresh.map((rung) => added(rungText(rung, after, locale)))]
}

/** `25% of the target before it is due: handler (Deadline near)` */
export function rungText({ at, every, times, to, notice, when }: Rung, profile: Profile, locale: Locale): string {
  const who = placesText(to, profile, locale)
  const told = notice === undefined ? '' : aside(noticeLabel(profile, notice)[locale], locale)
  const again =
    every === undefined
      ? ''
      : `${locale === 'en' ? ', ' : '，'}${fill(word('again', locale), { every: offsetText(every, locale), times: String(times) })}`
  return `${whenText(at, locale)}${again}${colon(locale)}${who}${told}${when === undefined ? '' : aside(conditionText(when, profile, locale), locale)}`
}

function whenText(at: string, locale: Locale): string {
  if (isNothing(at)) return word('due', locale)
  return fill(word(at.startsWith('-') ? 'before' : 'after', locale), { time: offsetText(at.replace(/^[+-]/, ''), locale) })
}

function offsetText(offset: string, locale: Locale): string {
  return offset.endsWith('%') ? fill(word('ofTarget', locale), { share: offset }) : durationText(offset, 'elapsed', locale)
}
