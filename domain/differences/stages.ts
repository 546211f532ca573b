import type { Labels, Locale } from '../labels.ts'
import type { Profile } from '../profile/schema.ts'
import { namedRoles, rolesOf } from '../profile/roles.ts'
import { isUnless, leavingOut, leftOutBy, optionalStages, stagesOf } from '../profile/stages.ts'
import type { ProcessStage } from '../stages.ts'
import { fill } from '../template.ts'
import { changed, type Change } from './change.ts'
import { conditionText, ruleText } from './conditions.ts'
import { teller } from './teller.ts'
import { word } from './words.ts'

/** What changes in the path: which stages are left out, and what each is called among colleagues and to customers. */
export function stageChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  const then = new Map(stagesOf(before).map((stage) => [stage.id, stage]))
  return stagesOf(after).flatMap((is): Change[] => {
    const was = then.get(is.id) ?? is
    const inside = [
      ...changed('', was.labels[locale], is.labels[locale]),
      ...changed(say.named('customerReads'), readOf(was)[locale], readOf(is)[locale]),
      ...say.ruled('leftOut', leftOutText(before, is.id, locale), leftOutText(after, is.id, locale)),
    ]
    return inside.length === 0 ? [] : [{ mark: '~', text: was.labels[locale], inside }]
  })
}

export function roleChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const [then, now] = [rolesOf(before), rolesOf(after)]
  return namedRoles.flatMap((id) => changed('', then[id][locale], now[id][locale]))
}

function readOf({ customer, labels }: ProcessStage): Labels {
  return customer ?? labels
}

/** However the profile says it. */
function leftOutText(profile: Profile, id: string, locale: Locale): string {
  const stage = optionalStages.find((one) => one === id)
  const when = stage === undefined ? false : leavingOut(stage, { ...profile, leftOut: leftOutBy(profile) })
  if (!isUnless(when)) return ruleText(when, profile, locale)
  const but = fill(word('unless', locale), { condition: conditionText(when.unless, profile, locale) })
  return `${word('yes', locale)}${but}`
}
