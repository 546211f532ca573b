import type { Labels } from '../labels.ts'

/** What is said of a kind of notice, and how kinds are defined. */

/**
 * How a parameter is told: an instant in the profile's zone, a duration in words, an id by its label or name. `base` says
 * whether the duration beside it counts working time, `consequence` what happens by itself when the clock beside it is due, `advice`
 * what else helps where that clock counts until the ticket is solved, `escalation` the level beside it where that is above who works on it.
 * Of a `list` each item is a line, and a field stands there by its id. `labels` is a text in each language, as JSON.
 */
export type ValueKind =
  | 'text'
  | 'list'
  | 'labels'
  | 'number'
  | 'instant'
  | 'duration'
  | 'base'
  | 'clock'
  | 'priority'
  | 'level'
  | 'person'
  | 'cause'
  | 'decision'
  | 'late'
  | 'consequence'
  | 'advice-ahead'
  | 'advice-after'
  | 'escalation'
  | 'outcome'
  | 'intervention'

export interface Placeholder {
  readonly kind: ValueKind
  readonly has: Presence
}

/**
 * Whether there is a value. `ofSomeTypes`: not where the type of the process knows none (without.ts), and brackets are welcome and not needed;
 * `optional`: not always, and a template needs `[square brackets]` around the part that uses it.
 */
export type Presence = 'always' | 'ofSomeTypes' | 'optional'

export interface NoticeKindDefinition {
  readonly label: Labels
  readonly audience: 'customer' | 'staff'
  /** Whether a person may choose not to get it. Nobody may mute what asks them to act, or what a customer is owed. */
  readonly mayMute: boolean
  /** Goes to as many as a whole company at once, each by themselves: it is sent beside all others, and holds none of them up. */
  readonly bulk: boolean
  /** Whether it goes to whoever is above somebody whom mail does not reach. What only some may read does not. */
  readonly climbs: boolean
  /**
   * It is nobody's business but of who gets it: it waits for them where they are away, and in lists of notices they and the management alone see that
   * there was one. Absent: whoever stands in gets it, and colleagues see it.
   */
  readonly confidential?: true
  /** It goes in a digest, however few there are: who gets one gets many at the same time. Absent: it goes by itself. */
  readonly gathered?: true
  /** The reader's signature or decision is waited for: in a digest it stands in front. Absent: it is not. */
  readonly awaited?: true
  readonly params: Readonly<Record<string, Placeholder>>
}

type Params = Readonly<Record<string, Placeholder>>

export function customer(label: Labels, params: Params): NoticeKindDefinition {
  return { label, audience: 'customer', mayMute: false, bulk: false, climbs: true, params }
}

export function staff(label: Labels, params: Params): NoticeKindDefinition {
  return { label, audience: 'staff', mayMute: false, bulk: false, climbs: true, params }
}

export function mutable(label: Labels, params: Params): NoticeKindDefinition {
  return { label, audience: 'staff', mayMute: true, bulk: false, climbs: true, params }
}

/** One for each of those who may read what it tells of, and for nobody else. */
export function toReaders(definition: NoticeKindDefinition, { bulk }: Pick<NoticeKindDefinition, 'bulk'>): NoticeKindDefinition {
  return { ...definition, bulk, climbs: false }
}

/** One of many that somebody is told at the same time. */
export function inDigests(definition: NoticeKindDefinition): NoticeKindDefinition {
  return { ...definition, gathered: true }
}

/** Its reader is waited for, to sign or to decide. */
export function awaited(definition: NoticeKindDefinition): NoticeKindDefinition {
  return { ...definition, awaited: true }
}

/** Of scores, to who decides over them or is scored: neither deputies, nor who is above them, nor in the end the admins may read these. */
export function ofScores(label: Labels, params: Params): NoticeKindDefinition {
  return { ...toReaders(staff(label, params), { bulk: false }), confidential: true }
}

export function must(kind: ValueKind): Placeholder {
  return { kind, has: 'always' }
}

export function may(kind: ValueKind): Placeholder {
  return { kind, has: 'optional' }
}

export function some(kind: ValueKind): Placeholder & { readonly has: 'ofSomeTypes' } {
  return { kind, has: 'ofSomeTypes' }
}
