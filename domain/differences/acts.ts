import type { Locale } from '../labels.ts'
import { roleLabels } from '../people.ts'
import type { ProfileAct } from '../profile/acts.ts'
import type { Profile } from '../profile/schema.ts'
import { own } from '../own.ts'
import { stageLabel } from '../stages.ts'
import { levelLabels } from '../terms.ts'
import { ticketStages } from '../ticket-stages.ts'
import { added, changed, changesOf, type Change } from './change.ts'
import { fieldChanges, fieldText, labelIn, teller } from './types.ts'
import { listed } from './words.ts'

/** What changes in an organisation's own acts (X11): where and by whom they are recorded, and what they ask. */
export function actChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  const stages = (act: ProfileAct) =>
    listed(
      act.stages.map((stage) => stageLabel(ticketStages, stage, locale)),
      locale,
    )
  const roles = (act: ProfileAct) =>
    listed(
      act.roles.map((role) => (role === 'handler' ? own(levelLabels, role) : roleLabels[role])?.[locale] ?? role),
      locale,
    )
  const seen = (act: ProfileAct) => say.yes(act.visibleToCustomer)
  return changesOf(before.acts ?? [], after.acts ?? [], {
    locale,
    nameOf: labelIn(locale),
    of: (act) => [
      added(say.one('recordedIn', stages(act))),
      added(say.one('recordedBy', roles(act))),
      ...act.fields.map((field) => added(say.one('field', fieldText(field, after, locale)))),
    ],
    inside: (was, is) => [
      ...changed(say.named('recordedIn'), stages(was), stages(is)),
      ...changed(say.named('recordedBy'), roles(was), roles(is)),
      ...changed(say.named('visibleToCustomer'), seen(was), seen(is)),
      ...fieldChanges(was.fields, is.fields, { before, after, locale }),
    ],
  })
}
