import { holds, type Facts } from '../../domain/profile/conditions.ts'
import { isAmong, type Moment } from '../../domain/profile/moments.ts'
import type { NotificationRule } from '../../domain/profile/notification-rules.ts'
import { isNoticeKind, noticeKinds } from '../../domain/notices/kinds.ts'
import { toldOf } from '../../domain/notices/moment-values.ts'
import type { Entry, Notice, Notification } from '../process.ts'
import { placedAt, type Staffed } from './places.ts'

/** Whom the rules of a profile have told of an event (X10). */

/** What an event is, as rules see it. */
interface Occasion {
  readonly moments: readonly Moment[]
  readonly facts: Facts
  /** Who did it, and knows it. */
  readonly actor: string
}

/** By each rule that speaks of a moment of the event and whose condition holds then; none where nobody but who did it would be told. */
export function notificationsBy(rules: readonly NotificationRule[], { moments, facts, actor }: Occasion, staffed: Staffed): Notification[] {
  return rules.flatMap(({ id: rule, on, to, notice, when }): Notification[] => {
    const moment = moments.find((one) => isAmong(one, on))
    if (moment === undefined || !holds(when, facts)) return []
    const told = placedAt(to, staffed).filter(({ recipient }) => recipient.kind !== 'person' || recipient.id !== actor)
    return told.length === 0 ? [] : [{ rule, on: moment, notice, to: told }]
  })
}

/** What they are told, of the values that the event brings: what the moment has for such a reader, and the kind has words for. */
export function noticesByRules({ notifications = [] }: Pick<Entry, 'notifications'>, values: Notice['params']): Notice[] {
  return notifications.flatMap(({ on, notice: kind, to }) =>
    to.map(({ place, recipient }): Notice => {
      const told = toldOf(on, recipient.kind === 'customer' ? 'customer' : 'staff', values)
      const said = Object.entries(told).filter(([name]) => !isNoticeKind(kind) || Object.hasOwn(noticeKinds[kind].params, name))
      return { kind, recipient, params: { ...Object.fromEntries(said), on, as: place } }
    }),
  )
}
