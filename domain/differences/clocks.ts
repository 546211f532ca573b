import type { Labels, Locale } from '../labels.ts'
import { durationText } from '../duration-text.ts'
import { noticeLabel } from '../notices/custom.ts'
import type { Clock, Rung } from '../profile/clocks.ts'
import { momentLabel } from '../profile/moment-labels.ts'
import { isNothing } from '../profile/rungs.ts'
import type { Profile } from '../profile/schema.ts'
import { fill } from '../template.ts'
import { queryWait } from '../waits.ts'
import { added, alike, changed, changesOf, rankedLineChanges, removed, type Change } from './change.ts'
import { conditionText } from './conditions.ts'
import { placesText } from './notifications.ts'
import { exceptionLines, targetChanges, targetLines } from './targets.ts'
import { teller } from './teller.ts'
import { aside, colon, listed, word } from './words.ts'

/** What changes in the promises: targets by priority, and who hears of them when. */
export function clockChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const now = tellerOf(after, locale)
  const then = tellerOf(before, locale)
  const say = teller(locale)
  return changesOf(before.clocks, after.clocks, {
    locale,
    nameOf: ({ label }) => label[locale],
    of: (clock) => [
      ...(clock.when ? [added(say.under('when', conditionText(clock.when, after, locale)))] : []),
      ...(clock.priorities ? [added(say.one('only', now.ranks(clock.priorities)))] : []),
      ...moments.flatMap((when) => (clock[when].length === 0 ? [] : [added(say.one(when, now.moments(clock[when])))])),
      ...(clock.pauses.length > 0 ? [added(say.one('pauses', now.waits(clock.pauses)))] : []),
      ...(clock.timeBase ? [added(say.one('timeBase', now.counts(clock)))] : []),
      ...now.targets(clock).map(added),
      ...(clock.from ? [added(say.one('from', now.from(clock)))] : []),
      ...now.exceptions(clock).map(({ text }) => added(text)),
      ...(clock.whenDue === 'break' ? [] : [added(say.one('whenDue', word(clock.whenDue, locale)))]),
      ...clock.ladder.map((rung) => added(rungText(rung, after, locale))),
    ],
    inside: (was, is) => [
      ...targetChanges(was.within, is.within, { before, after, locale, clocks: [was, is] }),
      // By ids: that one is called otherwise is told where it stands.
      ...moments.flatMap((when) => say.otherwise(when, [was[when], then.moments(was[when])], [is[when], now.moments(is[when])])),
      ...say.otherwise('pauses', [was.pauses, then.waits(was.pauses)], [is.pauses, now.waits(is.pauses)]),
      ...say.otherwise('only', [was.priorities, then.ranks(was.priorities)], [is.priorities, now.ranks(is.priorities)]),
      ...say.otherwise('from', [was.from, then.from(was)], [is.from, now.from(is)]),
      ...changed(say.named('timeBase'), then.counts(was), now.counts(is)),
      ...changed(say.named('whenDue'), word(was.whenDue, locale), word(is.whenDue, locale)),
      ...rankedLineChanges(then.exceptions(was), now.exceptions(is), locale),
      ...say.rules('when', [was.when, before], [is.when, after]),
      ...rungChanges(was.ladder, is.ladder, { before, after, locale }),
    ],
  })
}

/** By what a clock begins and ends. */
const moments = ['starts', 'stops', 'cancels'] as const

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
    /** For which priorities it is. */
    ranks: (ids: readonly string[] | undefined) =>
      ids === undefined ? word('all', locale) : listed(names(ids, profile.priorities), locale),
    counts: ({ timeBase }: Clock) => (timeBase === undefined ? word('asPriority', locale) : word(timeBase, locale)),
    /** The field that it counts from, as the form or the act calls it. */
    from: ({ from }: Clock) => {
      if (!from) return word('none', locale)
      const act = profile.acts?.find(({ id }) => id === from.act)
      const asked = act ? act.fields : profile.types.flatMap(({ fields }) => fields)
      const field = asked.find(({ id }) => id === from.field)?.label[locale] ?? from.field
      return act ? `${act.label[locale]}${aside(field, locale)}` : field
    },
    exceptions: (clock: Clock) => exceptionLines(clock, profile, locale),
    targets: (clock: Clock) => targetLines(clock, profile, locale),
  }
}

interface Compared {
  readonly before: Profile
  readonly after: Profile
  readonly locale: Locale
}

/** A rung that is otherwise is told as it was and as it is. */
function rungChanges(was: readonly Rung[], is: readonly Rung[], { before, after, locale }: Compared): Change[] {
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
