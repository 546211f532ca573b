import { type usualTemplates, withUsualTemplates } from '../notices/usual.ts'
import type { Profile } from './schema.ts'

/**
 * Profiles as earlier releases stored them, brought to today's form when they are read: a key that is missing means what it meant then. The
 * row stays as it is, since an older release may still read it. What is optional in today's schema says there what its absence means and needs no
 * step here; what does need one, `test/unit/profiles/stored.test.ts` finds in the documents that releases have stored.
 */

type Kinds = Profile['notices']
type LaterKind = keyof typeof usualTemplates

/** As some release stored it. */
export type StoredProfile = Omit<Profile, 'notices' | 'scripts'> & {
  readonly scripts?: Profile['scripts']
  readonly notices: Omit<Kinds, LaterKind> & Partial<Pick<Kinds, LaterKind>>
}

export function upgraded(stored: StoredProfile): Profile {
  return {
    ...stored,
    // There were none before they had a place.
    scripts: stored.scripts ?? [],
    // Kinds that came later have the usual words, as they have in a document of today that says nothing of them (ADR 32).
    notices: withUsualTemplates(stored.notices),
  }
}
