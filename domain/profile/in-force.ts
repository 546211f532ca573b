import { beginningOf } from '../calendar/local-days.ts'
import type { Instant } from '../instant.ts'
import type { Profile } from './schema.ts'

/** By which of its versions a profile has new tickets run (X1). */

/** When a version begins to count: with the day that its document names, in its own zone. */
export function effectiveAt({ document, zone }: Pick<Profile, 'document' | 'zone'>): Instant {
  return beginningOf(document.effectiveFrom, zone)
}

/** The day in words: the instant would be another day elsewhere. */
export function effectiveDay({ document, zone }: Pick<Profile, 'document' | 'zone'>): string {
  return `${document.effectiveFrom} (${zone})`
}

export interface DatedVersion {
  readonly version: number
  /** When it begins to count; null: it does since it was installed, as all did that earlier releases installed. */
  readonly effectiveAt: Instant | null
  /** When somebody installed it; null: it came with the product, which takes nothing back into use. */
  readonly putAt: Instant | null
}

export const profileStates = ['current', 'upcoming', 'retired'] as const
export type ProfileState = (typeof profileStates)[number]

/** Where a profile stands at an instant. */
export interface Standing {
  /** `upcoming`: no version counts yet. Of one that is `retired` no new ticket is registered; those that run go on. */
  readonly state: ProfileState
  /** The highest version that counts; undefined: none does yet. */
  readonly version: number | undefined
  /** The higher one that is the next to count; undefined: none is to come. */
  readonly next: { readonly version: number; readonly effectiveAt: Instant } | undefined
}

/** `retiredAt`: when it was retired last; null: it never was. What was installed after takes it back into use once it counts. */
export function standingOf(
  versions: readonly DatedVersion[],
  { retiredAt, now }: { readonly retiredAt: Instant | null; readonly now: Instant },
): Standing {
  const counting = versions.filter(({ effectiveAt }) => effectiveAt === null || effectiveAt <= now)
  const version = counting.length === 0 ? undefined : Math.max(...counting.map((one) => one.version))
  const isRetired = retiredAt !== null && !counting.some(({ putAt }) => putAt !== null && putAt > retiredAt)
  const [next] = versions
    .flatMap(({ version: other, effectiveAt }) =>
      effectiveAt !== null && effectiveAt > now && other > (version ?? 0) ? [{ version: other, effectiveAt }] : [],
    )
    // Of two that begin on one day the higher counts.
    .toSorted((a, b) => (a.effectiveAt === b.effectiveAt ? b.version - a.version : a.effectiveAt < b.effectiveAt ? -1 : 1))
  return { state: isRetired ? 'retired' : version === undefined ? 'upcoming' : 'current', version, next }
}

/** The versions that are still to come, in the order in which they will count. One below another that counts by then never does. */
export function announcedAmong(versions: readonly DatedVersion[], now: Instant): NonNullable<Standing['next']>[] {
  const { next } = standingOf(versions, { retiredAt: null, now })
  return next ? [next, ...announcedAmong(versions, next.effectiveAt)] : []
}
