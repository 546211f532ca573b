import type { Labels, Locale } from '../labels.ts'
import { own } from '../own.ts'
import type { Targets } from '../profile/clocks.ts'
import type { Profile, ProfileField, ProfileType } from '../profile/schema.ts'
import { added, alike, changed, changesOf, type Change } from './change.ts'
import { targetChanges } from './targets.ts'
import { conditionText } from './conditions.ts'
import { teller } from './teller.ts'
import { aside, listed, word } from './words.ts'

/** What changes in the types of tickets: their team, what they ask for, and their own targets. */
export function typeChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  return changesOf(before.types, after.types, {
    locale,
    nameOf: labelIn(locale),
    of: (type) => [
      added(say.one('team', type.team ?? word('none', locale))),
      ...type.fields.map((field) => added(say.one('field', fieldText(field, after, locale)))),
    ],
    inside: (was, is) => [
      ...changed(say.named('team'), was.team ?? word('none', locale), is.team ?? word('none', locale)),
      ...changed(say.named('skills'), listed(was.skills, locale), listed(is.skills, locale)),
      ...fieldChanges(was.fields, is.fields, { before, after, locale }),
      ...ownTargets(was, is, before, after, locale),
    ],
  })
}

export interface Both {
  readonly before: Profile
  readonly after: Profile
  readonly locale: Locale
}

export function fieldChanges(old: readonly ProfileField[], now: readonly ProfileField[], { before, after, locale }: Both): Change[] {
  const say = teller(locale)
  return changesOf(old, now, {
    locale,
    ranked: true,
    nameOf: (field) => say.one('field', field.label[locale]),
    of: (field) => [
      ...(field.required ? [added(word('required', locale))] : []),
      ...(field.requiredWhen ? [added(say.under('requiredWhen', conditionText(field.requiredWhen, after, locale)))] : []),
    ],
    inside: (was, is) => [
      ...changed(say.named('kind'), was.kind, is.kind),
      ...changed(say.named('required'), say.yes(was.required), say.yes(is.required)),
      ...say.rules('requiredWhen', [was.requiredWhen, before], [is.requiredWhen, after], 'none'),
      ...changed(say.named('internal'), say.yes(was.internal === true), say.yes(is.internal === true)),
      ...changed(say.named('choices'), choicesText(was, locale), choicesText(is, locale)),
    ],
  })
}

export function fieldText({ label, required, requiredWhen }: ProfileField, profile: Profile, locale: Locale): string {
  if (required) return `${label[locale]}${aside(word('required', locale), locale)}`
  if (!requiredWhen) return label[locale]
  return `${label[locale]}${aside(teller(locale).under('requiredWhen', conditionText(requiredWhen, profile, locale)), locale)}`
}

function choicesText({ choices = [] }: ProfileField, locale: Locale): string {
  return listed(choices.map(labelIn(locale)), locale)
}

/** By clock, since the same type may have its own targets for several. */
function ownTargets(was: ProfileType, is: ProfileType, before: Profile, after: Profile, locale: Locale): Change[] {
  return after.clocks.flatMap((clock): Change[] => {
    const { id, label, within } = clock
    const earlier = before.clocks.find((clock) => clock.id === id)
    const [old, now] = [own(was.targets, id), own(is.targets, id)]
    // What changes with the clock is told of the clock.
    if (alike(old, now)) return []
    const inside = targetChanges(both(earlier?.within, old, before), both(within, now, after), {
      ...{ before, after, locale },
      clocks: [earlier, clock],
    })
    return inside.length === 0 ? [] : [{ mark: '~', text: label[locale], inside }]
  })
}

/** A type's own targets leave the others to the clock. */
function both(ofClock: Targets | undefined, ofType: Targets | undefined, { priorities }: Profile): Targets | undefined {
  if (typeof ofType === 'string' || ofClock === undefined) return ofType
  const all = typeof ofClock === 'string' ? Object.fromEntries(priorities.map(({ id }) => [id, ofClock])) : ofClock
  return { ...all, ...ofType }
}

export function labelIn(locale: Locale): (thing: { readonly label: Labels }) => string {
  return ({ label }) => label[locale]
}
