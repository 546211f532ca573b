import type { InstalledProfile } from '../../db/profiles.ts'
import type { ProfileState, Standing } from '../../domain/profile/in-force.ts'

/** Where a profile stands, as it is told (X1). */
export interface StandingView {
  readonly state: ProfileState
  /** The version that is the next to come into force, and its day. */
  readonly next: { readonly version: number; readonly effectiveFrom: string } | null
}

/** `versions`: those of the profile, the next one among them. */
export function standingView({ state, next }: Standing, versions: readonly Pick<InstalledProfile, 'profile'>[]): StandingView {
  const coming = next && versions.find(({ profile }) => profile.version === next.version)?.profile
  return { state, next: coming ? { version: coming.version, effectiveFrom: coming.document.effectiveFrom } : null }
}
