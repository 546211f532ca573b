import type { Locale } from '../labels.ts'
import type { ProfileAct } from '../profile/acts.ts'
import type { Profile } from '../profile/schema.ts'
import { stagesOf } from '../profile/stages.ts'
import { stageLabel } from '../stages.ts'
import { added, changed, changesOf, type Change } from './change.ts'
import { placesText } from './notifications.ts'
import { teller } from './teller.ts'
import { fieldChanges, fieldText, labelIn } from './types.ts'
import { listed } from './words.ts'

/** What changes in an organisation's own acts (X11): where and by whom they are recorded, and what they ask. */
export function actChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  const stages = (act: ProfileAct, profile: Profile) =>
    listed(
      act.stages.map((stage) => stageLabel(stagesOf(profile), stage, locale)),
      locale,
    )
  const roles = (act: ProfileAct, profile: Profile) => placesText(act.roles, profile, locale)
  const seen = (act: ProfileAct) => say.yes(act.visibleToCustomer)
  return changesOf(before.acts ?? [], after.acts ?? [], {
    locale,
    nameOf: labelIn(locale),
    of: (act) => [
      added(say.one('recordedIn', stages(act, after))),
      added(say.one('recordedBy', roles(act, after))),
      ...act.fields.map((field) => added(say.one('field', fieldText(field, after, locale)))),
    ],
    inside: (was, is) => [
      ...say.otherwise('recordedIn', [was.stages, stages(was, before)], [is.stages, stages(is, after)]),
      ...say.otherwise('recordedBy', [was.roles, roles(was, before)], [is.roles, roles(is, after)]),
      ...changed(say.named('visibleToCustomer'), seen(was), seen(is)),
      ...fieldChanges(was.fields, is.fields, { before, after, locale }),
    ],
  })
}
