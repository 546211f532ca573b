import type { Labels, Locale } from '../labels.ts'
import { noticeLabel } from '../notices/custom.ts'
import { own } from '../own.ts'
import { momentLabel } from '../profile/moment-labels.ts'
import type { NotificationRule } from '../profile/notification-rules.ts'
import { rolesOf } from '../profile/roles.ts'
import type { Profile } from '../profile/schema.ts'
import { lineChanges, type Change, type Line } from './change.ts'
import { conditionText } from './conditions.ts'
import { aside, colon, listed, word } from './words.ts'

/** What changes in who is told at which moment (X10): each rule as one line, and the usual notices that are not sent. */
export function notificationChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const rules = (profile: Profile) =>
    (profile.notificationRules ?? []).map((rule): Line => ({
      text: ruleText(rule, profile, locale),
      means: [rule.on.toSorted(), rule.to.toSorted(), rule.notice, rule.when],
    }))
  const silenced = (profile: Profile) =>
    (profile.silencedNotices ?? []).map((kind): Line => ({
      text: `${word('silenced', locale)}${colon(locale)}${noticeLabel(profile, kind)[locale]}`,
      means: kind,
    }))
  return [...lineChanges(rules(before), rules(after)), ...lineChanges(silenced(before), silenced(after))]
}

/** `deferred: department head (Deferral reported) (priority: urgent)` */
function ruleText({ on, to, notice, when }: NotificationRule, profile: Profile, locale: Locale): string {
  const moments = listed(
    on.map((moment) => momentLabel(moment, profile, locale)),
    locale,
  )
  const only = when === undefined ? '' : aside(conditionText(when, profile, locale), locale)
  return `${moments}${colon(locale)}${placesText(to, profile, locale)}${aside(noticeLabel(profile, notice)[locale], locale)}${only}`
}

/** Who is meant by the places that a profile names. */
export function placesText(places: readonly string[], profile: Profile, locale: Locale): string {
  const called: Readonly<Record<string, Labels>> = rolesOf(profile)
  return listed(
    places.map((place) => own(called, place)?.[locale] ?? place),
    locale,
  )
}
