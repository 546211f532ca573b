import { durationText } from '../duration-text.ts'
import { locales, type Labels, type Locale } from '../labels.ts'
import { own } from '../own.ts'
import type { Profile } from '../profile/schema.ts'
import { alike, changed, changesOf, otherwise, rankedLineChanges, type Change, type Line, type Section } from './change.ts'
import { actChanges } from './acts.ts'
import { clockChanges } from './clocks.ts'
import { comparable } from './comparable.ts'
import { conditionText } from './conditions.ts'
import { notificationChanges } from './notifications.ts'
import { noticeChanges, scriptChanges } from './spoken.ts'
import { roleChanges, stageChanges } from './stages.ts'
import { teller } from './teller.ts'
import { labelIn, typeChanges } from './types.ts'
import { aside, colon, isWord, listed, word, type Word } from './words.ts'

/** What changes from one profile to another, in words of the process (X9): each section only where something does. */
export function profileDifferences(from: Profile, to: Profile, locale: Locale): Section[] {
  const [before, after] = comparable(from, to, locale)
  const sections = sectionsOf(before, after, locale)
  const untold = untoldChanges(before, after, locale)
  if (untold.length === 0) return sections
  const heading = word('whole', locale)
  const [first, ...others] = sections
  return first?.heading === heading
    ? [{ heading, changes: [...first.changes, ...untold] }, ...others]
    : [{ heading, changes: untold }, ...sections]
}

/** Of what no section says a word: that it is otherwise. */
function untoldChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== 'id' && key !== 'version')
  return keys.flatMap((key): Change[] => {
    const now: unknown = own(after, key)
    if (alike(own(before, key), now)) return []
    const alone = { ...before, [key]: now }
    if (sectionsOf(before, alone, locale).length > 0) return []
    return [{ mark: '~', text: isWord(key) ? word(key, locale) : key, inside: [otherwise(locale)] }]
  })
}

function sectionsOf(before: Profile, after: Profile, locale: Locale): Section[] {
  const sections: readonly (readonly [Word, readonly Change[]])[] = [
    ['whole', wholeChanges(before, after, locale)],
    ['stages', stageChanges(before, after, locale)],
    ['promises', clockChanges(before, after, locale)],
    ['acts', actChanges(before, after, locale)],
    ['priorities', priorityChanges(before, after, locale)],
    ['types', typeChanges(before, after, locale)],
    ['routing', rankedLineChanges(routes(before, locale), routes(after, locale), locale)],
    ['lists', listChanges(before, after, locale)],
    ['notifications', notificationChanges(before, after, locale)],
    ['roles', roleChanges(before, after, locale)],
    ['notices', noticeChanges(before, after, locale)],
    ['scripts', scriptChanges(before, after, locale)],
    ['recurring', recurringChanges(before, after, locale)],
  ]
  return sections
    .filter(([, changes]) => changes.length > 0)
    .map(([heading, changes]): Section => ({ heading: word(heading, locale), changes }))
}

function wholeChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  const members: readonly (readonly [Word, (profile: Profile) => string])[] = [
    ['label', ({ label }) => label[locale]],
    ['preparer', ({ document }) => document.preparer],
    ['reviewer', ({ document }) => document.reviewer],
    ['approver', ({ document }) => document.approver],
    ['document', ({ document }) => `${document.title}${aside(document.effectiveFrom, locale)}`],
    ['zone', ({ zone }) => zone],
    ['calendar', ({ calendar }) => calendar],
    ['number', ({ number }) => number.pattern],
    ['dispatch', ({ dispatch }) => say.yes(dispatch.mode === 'automatic')],
    ['planBeforeCompletion', ({ planBeforeCompletion }) => word(planBeforeCompletion, locale)],
    ['attempts', ({ callback }) => String(callback.attempts)],
    ['deferral', ({ deferral }) => durationText(deferral.notice, 'elapsed', locale)],
    ['explained', ({ deferral }) => say.yes(deferral.explained === true)],
    ['handedOff', ({ handedOff }) => handedOff?.at.join(', ') ?? word('none', locale)],
    ['urging', ({ urging }) => durationText(urging.every, 'elapsed', locale)],
    ['deadline', ({ deadline, clocks }) => clocks.find(({ id }) => id === deadline)?.label[locale] ?? word('none', locale)],
    ['reopeningWindow', ({ reopeningWindow }) => durationText(reopeningWindow, 'elapsed', locale)],
    ['languages', ({ languages = locales }) => listed(languages, locale)],
    ['language', ({ language }) => language],
    ['quietHours', (profile) => quietText(profile, locale)],
    ['signature', ({ signature }) => signature?.name[locale] ?? word('none', locale)],
  ]
  return [
    ...members.flatMap(([name, of]) => changed(say.named(name), of(before), of(after))),
    ...say.rules('planImpact', [before.planImpact ?? false, before], [after.planImpact ?? false, after]),
  ]
}

function quietText({ quietHours, priorities }: Profile, locale: Locale): string {
  if (!quietHours) return word('none', locale)
  const { from, until, except } = quietHours
  const names = except.map((id) => priorities.find((priority) => priority.id === id)?.label[locale] ?? id)
  const but = names.length === 0 ? '' : aside(`${word('except', locale)}${colon(locale)}${listed(names, locale)}`, locale)
  return `${from}–${until}${but}`
}

function priorityChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  return changesOf(before.priorities, after.priorities, {
    locale,
    ranked: true,
    nameOf: labelIn(locale),
    inside: (was, is) => [
      ...changed(say.named('timeBase'), word(was.timeBase, locale), word(is.timeBase, locale)),
      ...say.rules('reviewMeeting', [was.reviewMeeting, before], [is.reviewMeeting, after]),
      ...changed(say.named('criterion'), was.criterion[locale], is.criterion[locale]),
    ],
  })
}

/** The matrix row by row. */
function routes(profile: Profile, locale: Locale): Line[] {
  return (profile.routing ?? []).map(({ when, team, skills }) => {
    const wanted = skills.length === 0 ? '' : aside(listed(skills, locale), locale)
    return { text: `${conditionText(when, profile, locale)} → ${team}${wanted}`, means: [when, team, skills] }
  })
}

/** What can be chosen from. */
function listChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const lists: readonly (readonly [Word, (profile: Profile) => readonly Term[]])[] = [
    ['channels', ({ channels }) => channels],
    ['waitingFor', ({ waitingFor }) => waitingFor],
    ['planKinds', ({ planKinds }) => planKinds],
    ['modules', ({ classification }) => classification.modules],
    ['causes', ({ classification }) => classification.causes],
    ['customerTags', ({ customerTags }) => customerTags],
  ]
  const say = teller(locale)
  const of = lists.flatMap(([name, listOf]): Change[] => {
    const inside = changesOf(listOf(before), listOf(after), {
      locale,
      ranked: true,
      nameOf: labelIn(locale),
      inside: () => [],
    })
    return inside.length === 0 ? [] : [{ mark: '~', text: word(name, locale), inside }]
  })
  return [
    ...of,
    ...changed(say.named('closed'), say.yes(before.classification.closed), say.yes(after.classification.closed)),
    ...changed(say.named('emptyWords'), listed(before.classification.emptyWords, locale), listed(after.classification.emptyWords, locale)),
  ]
}

interface Term {
  readonly id: string
  readonly label: Labels
}

/** Of what comes again it is told which one is otherwise; what it holds, `profile show` says. */
function recurringChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const told = { locale, nameOf: labelIn(locale), inside: () => [] }
  return [
    ...changesOf<Term>(before.reports ?? [], after.reports ?? [], told),
    ...changesOf<Term>(before.assessments ?? [], after.assessments ?? [], told),
    ...changesOf<Term>(before.samples ?? [], after.samples ?? [], told),
    ...(alike(before.reviews, after.reviews) ? [] : [{ mark: '~' as const, text: word('reviews', locale), inside: [] }]),
  ]
}
