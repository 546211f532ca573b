import { stringify } from 'yaml'
import { inSeconds } from '../../cli/demo/fast-profile.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { techSupport } from './tickets.ts'

/** Technical support with targets of seconds, so that promises fall due while a test looks on. In real time. */
export function fastProfile(id: string, seconds: Readonly<Record<string, number>>): Profile {
  return inSeconds(techSupport, { id, prefix: id.slice(0, 2).toUpperCase(), seconds })
}

/** The profile as a document that can be put. */
export function documentOf(profile: Profile): string {
  return stringify(profile, { aliasDuplicateObjects: false })
}
