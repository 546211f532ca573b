import type { Labels } from '../labels.ts'
import { spokenBy, type Speaking } from '../profile/languages.ts'
import type { NoticeKindDefinition } from './definition.ts'
import { definitionOf, isNoticeKind, type NoticeKind } from './kinds.ts'
import { customParams } from './moment-values.ts'

/**
 * Kinds of notices that a profile adds (X10), sent by its rules and the rungs of its clocks. Their ids begin as none of the product's ever will,
 * so that a row names the one or the other for good.
 */
export type CustomKind = `custom-${string}`
export type AnyNoticeKind = NoticeKind | CustomKind

const prefix = 'custom-'
/** What stands behind the prefix. */
export const customKindTail = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
export const customKindForm = new RegExp(`^${prefix}${customKindTail.source.slice(1)}`)

export function isCustomKind(kind: string): kind is CustomKind {
  return customKindForm.test(kind)
}

export function isAnyNoticeKind(kind: string): kind is AnyNoticeKind {
  return isNoticeKind(kind) || isCustomKind(kind)
}

/** A kind of notice as a profile defines it. */
export interface CustomNotice {
  readonly id: string
  readonly label: Labels
  readonly audience: 'customer' | 'staff'
  readonly mayMute: boolean
  readonly subject: Labels
  readonly text: Labels
}

/** Whatever has kinds of its own; absent: it has none. */
export interface WithCustomNotices extends Partial<Speaking> {
  readonly customNotices?: readonly CustomNotice[] | undefined
}

export function customNoticeIn({ customNotices = [] }: WithCustomNotices, kind: string): CustomNotice | undefined {
  return customNotices.find(({ id }) => id === kind)
}

/** What a kind is, the product's or the profile's own; undefined where the profile has none of that id. */
export function definitionIn(profile: WithCustomNotices, kind: AnyNoticeKind): NoticeKindDefinition | undefined {
  if (!isCustomKind(kind)) return definitionOf(kind)
  const custom = customNoticeIn(profile, kind)
  if (!custom) return undefined
  const { label, audience, mayMute } = custom
  return { label, audience, mayMute, bulk: false, climbs: true, params: customParams }
}

/** What a kind is called; a text that is the id itself where nobody has a label for it. */
export function noticeLabel(profile: WithCustomNotices, kind: string): Labels {
  const label = isAnyNoticeKind(kind) ? definitionIn(profile, kind)?.label : undefined
  return label ? spokenBy(profile, label) : { 'zh-CN': kind, 'zh-TW': kind, en: kind }
}
